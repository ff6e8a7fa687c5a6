"""The areas that a text is at home in: what `区`, `市` and `该镇` stand for where they are printed without a name.

Levels, from the widest: district, town, village. A text's home at a level is the area that most of its namings say;
where they say none, the page's. `市` is the paper's own city, whichever others a text tells of. What the rest of the
lake says is never asked, so that a naming keeps its meaning when other issues arrive.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

NO_FIRST = "(?![我全本该各这那同副]|代[县区镇乡]长)"  # `该区`, `副县长`, `代县长` name none
NAME = NO_FIRST + r"[^省市区县州镇乡村（）]"  # of an area: `云岭区青石街道` is two
WIDE_NAME = NO_FIRST + r"[^省市区县（）]"  # 新乡市, 镇江市, 杭州市, 镇平县
ZONE_NAMES = [
    "城乡一体化示范区",
    "高新技术产业开发区",
    "经济技术开发区",
    "高新区",
    "经开区",
    "示范区",
    "开发区",
    "新城区",
]
ZONES = "|".join(ZONE_NAMES)
NO_CITY = "城 都 超 上 夜 集 股 楼 门 县级".split()  # noqa: SIM905
NO_DISTRICT = (  # noqa: SIM905
    "园 社 小 景 校 矿 城 辖 厂 灾 片 库 街 山 林 牧 商 郊 老 "
    "度假 保护 住宅 生活 服务 疏导 功能 聚集 集聚 游览 开发 示范 试验"
).split()


def _not_behind(words: list[str]) -> str:
    return "".join(f"(?<!{word})" for word in words)


LEVELS = {
    "city": rf"{WIDE_NAME}{{2,5}}?{_not_behind(NO_CITY)}(?:市(?!场|民|政|值|容|级)|自治州)",
    "district": rf"(?:{ZONES}|{NAME}{{1,6}}?(?:{_not_behind(NO_DISTRICT)}区(?!域|块|间|级))"
    rf"|{WIDE_NAME}{{1,6}}?(?:(?<!城)县(?!城|域|级)|自治旗))",
    "town": rf"{NAME}{{1,6}}?(?:街道|(?<!小)(?<!特色)镇(?!级)|(?<![城下返回故家])乡(?!级|村|镇))",
    "village": rf"{NAME}{{1,6}}?(?:(?<![农城驻])(?<!行政)(?<!自然)村(?!级|镇)|社区)",
}
PROVINCE = r"(?:中共)?(?:[^省市区县各全入我本]{2,3}省|(?:内蒙古|广西|西藏|宁夏|新疆)[^市区县]{0,4}自治区)?"
CHAIN = re.compile(PROVINCE + "".join(f"(?P<{level}>{pattern})?" for level, pattern in LEVELS.items()))
# `上半年|云岭区生产总值…`; of `奋力谱写云岭区新篇章` all would be the area's name.
TIME = re.compile(
    r"^(?:(?:[今去前]年|\d{4}年)?(?:[上下]半年|前?[一二三四]季度|\d+(?:[-至—]\d+)?月份?|前\d+个?月)|[今去前]年|\d{4}年)，?"
)
LONGEST_IN_HEAD = 4  # characters
WIDTHS = str.maketrans({"(": "（", ")": "）"})


HOME_LEVELS = ("district", "town", "village")


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a text is at home; None where nothing says it. page: that of the text, where neither paper nor district do.

    So texts of one home are few, and a name is looked at once for all of them.
    """

    page: str
    paper: str | None = None
    district: str | None = None
    town: str | None = None
    village: str | None = None

    @property
    def contexts(self) -> tuple[str, ...]:
        """What a name that many have is held to: the paper, and the district told of; the page where both lack."""
        district = self.district if self.district not in ZONE_NAMES else None
        known = [self.paper] * bool(self.paper) + [f"@{district}"] * bool(district)
        return tuple(context for context in known if context is not None) or (self.page,)

    @property
    def circle(self) -> str:
        """The first of the contexts, which stands in a full name whose own area nothing says."""
        return self.contexts[0]


def read_areas(words: str) -> tuple[dict[str, str], str]:
    """Split the areas at the head of a name from the rest: `澄溪市云岭区工商联` into city, district and 工商联."""
    match = CHAIN.match(words.translate(WIDTHS))
    if match is None:
        return {}, words
    return {level: area for level, area in match.groupdict().items() if area}, words[match.end() :]


def read_headline(words: str) -> list[tuple[str, str]]:
    """Return the areas that a headline begins with, by level: behind a time, and behind no other words."""
    areas, _ = read_areas(TIME.sub("", words))
    first = next(iter(areas.values()), "")
    return list(areas.items()) if len(first) <= LONGEST_IN_HEAD or first in ZONE_NAMES else []


def most_named(counts: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Return the area that more than half of the namings of its level say. counts: by level and area."""
    found = {}
    for level, areas in counts.items():
        area, most = max(areas.items(), key=lambda item: item[1])
        if most * 2 > sum(areas.values()):
            found[level] = area
    return found


def home_at(page: str, paper: str | None, areas: Mapping[str, str]) -> Home:
    """Return the home of a text. areas: by level; page: that of its first print."""
    known = Home(
        page="",
        paper=paper,
        district=areas.get("district"),
        town=areas.get("town"),
        village=areas.get("village"),
    )
    return known if any(known.contexts) else replace(known, page=page)
