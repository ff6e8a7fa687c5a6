"""The areas that a text is at home in: what `区`, `市` and `该镇` stand for where they are printed without a name.

Levels, from the widest: district, town, village. A text's home at a level is the area that most of its namings say;
where they say none, the page's. `市` is the paper's own city, whichever others a text tells of. What the rest of the
lake says is never asked, so that a naming keeps its meaning when other issues arrive.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

NAME = r"(?![我全本该各这那同])[^省市区县州镇乡村（）]"  # of an area: `云岭区青石街道` is two, `该区` is none
WIDE_NAME = r"(?![我全本该各这那同])[^省市区县（）]"  # 新乡市, 镇江市, 杭州市, 镇平县
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


def find_homes(namings: pl.DataFrame) -> pl.DataFrame:
    """Give each `text_key` its home: columns of HOME_LEVELS, null where neither text nor page says it.

    namings: `text_key`, `page_key` and `words`, the names and titles that may hold an area.
    """
    distinct = namings.select(pl.col("words").drop_nulls().unique().sort())
    areas = pl.DataFrame(
        list(_list_areas(distinct["words"].to_list())),
        schema={"words": pl.String, "level": pl.String, "area": pl.String},
        orient="row",
    )
    named = namings.join(areas, on="words")
    homes = namings.select("text_key", "page_key").unique("text_key", keep="first", maintain_order=True)
    by_text = _most_named(named, "text_key")
    by_page = _most_named(named, "page_key")
    return (
        homes.join(by_text, on="text_key", how="left")
        .join(by_page, on="page_key", how="left", suffix="_page")
        .select("text_key", "page_key", *(pl.coalesce(level, f"{level}_page").alias(level) for level in HOME_LEVELS))
        .sort("text_key")
    )


def _list_areas(words: list[str]) -> Iterator[tuple[str, str, str]]:
    for name in words:
        for level, area in read_areas(name)[0].items():
            yield name, level, area


def _most_named(named: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return the area that more than half of the namings say, by key and level, as columns."""
    counts = named.filter(pl.col("level").is_in(HOME_LEVELS)).group_by(key, "level", "area").len()
    ranked = counts.filter(pl.col("len") * 2 > pl.col("len").sum().over(key, "level"))
    wide = ranked.select(
        key, *(pl.col("area").filter(level=level).first().over(key).alias(level) for level in HOME_LEVELS)
    )
    return wide.unique(key)
