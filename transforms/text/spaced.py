"""Words set wide: `招 聘 启 事` becomes `招聘启事`, where a line holds nothing but single characters, evenly apart.

A line of two such characters may be two words, or a name: `深　度`, `舒　望`. It is put together where both name a
kind of text, such as `启　事`.
"""

import re

from transforms.spans import Edit, Text
from transforms.text.characters import HAN

RULE_ID = "text.spaced-out"
SPACES = "[ \u3000]{1,4}"
WIDE = re.compile(
    rf"^[ \u3000]*(?P<words>[{HAN}](?P<gap>{SPACES})[{HAN}](?:(?P=gap)[{HAN}])+)[ \u3000]*$", re.MULTILINE
)
PAIRS = (
    *("启事", "通告", "通知", "公示", "声明", "讣告", "更正", "致歉", "简讯", "短讯", "快讯", "社论", "短评", "时评"),
    *("随笔", "散文", "诗歌", "小说", "连载", "特写", "通讯", "目录", "导读", "要目", "要闻", "综合", "副刊", "专版"),
)  # fmt: skip
PAIR = re.compile(
    rf"^[ \u3000]*(?P<words>(?:{'|'.join(f'{pair[0]}{SPACES}{pair[1]}' for pair in PAIRS)}))[ \u3000]*$", re.MULTILINE
)
GAP = re.compile(SPACES)


def is_set_wide(printed: str) -> bool:
    """Tell whether a line as it was printed is one word set wide."""
    return WIDE.fullmatch(printed) is not None


def close_spaced_words(text: Text) -> Text:
    """Return the text without the spaces inside words that are set wide on a line of their own."""
    found = [match for pattern in (WIDE, PAIR) for match in pattern.finditer(text.string)]
    gaps = [
        Edit(match.start("words") + gap.start(), match.start("words") + gap.end(), "")
        for match in sorted(found, key=lambda match: match.start())
        for gap in GAP.finditer(match["words"])
    ]
    return text.edit(gaps, RULE_ID)
