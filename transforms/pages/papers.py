"""What papers are called, and the stable id that a name gives."""

import re
from functools import cache

from pypinyin import lazy_pinyin

# The longer kind first: 都市报 is not a 市报.
KINDS = (
    *("广播电视报", "都市报", "青年报", "法制报", "法治报", "经济报", "教育报", "科技报", "老年报", "生活报", "工人报"),
    *("农民报", "消费报", "旅游报", "新闻报", "日报", "晚报", "早报", "晨报", "午报", "时报", "商报", "导报", "快报"),
    *("周报", "新报", "画报", "党报", "军报", "周刊"),
)
KIND = "|".join(KINDS)
NAME = rf"[\u4e00-\u9fff]{{1,8}}?(?:{KIND})"
UNKNOWN = "unknown"


@cache
def slug_pattern() -> re.Pattern[str]:
    """Return the pattern of a slug inside a path (chengxi-ribao, renminribao): the groups are place and kind."""
    kinds = "|".join(sorted((_slug(kind) for kind in KINDS), key=lambda slug: (-len(slug), slug)))
    return re.compile(rf"(?<![a-z])([a-z]{{2,}}?)[-_ ]?({kinds})(?![a-z])")


def newspaper_id_of(name: str) -> str:
    """Return the slug of a paper's name in simplified script: 平顶山日报 gives pingdingshan_ribao."""
    kind = next((kind for kind in KINDS if name.endswith(kind) and name != kind), "报" if name.endswith("报") else "")
    place = name.removesuffix(kind)
    return "_".join(filter(None, (_slug(place), _slug(kind))))


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(words)).lower())
