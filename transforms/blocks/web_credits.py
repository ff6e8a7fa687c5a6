"""The line below a headline in a web copy: where the text comes from, who wrote it, and on what day it appeared."""

import re

from transforms.rules import Example, Rule
from transforms.text.characters import HAN

SOURCE = "(?:文章|稿件|信息|新闻)?来源|稿源"
DAY = "(?:发布|发表|更新|见报|刊发|上传)?(?:时间|日期)"
WRITER = "(?:文章)?作者|记者|通讯员|撰文"
REST = "(?:责任)?编辑|责编|版次|版面|(?:浏览|阅读|点击)(?:次数|量|率|数)?|字号|字体|栏目"
FIELD = re.compile(rf"(?:^|(?<=[ \u3000|/\]]))[\[【]?(?P<name>{SOURCE}|{DAY}|{WRITER}|{REST})[ \u3000]*[:：]")
STAMP = re.compile(r"^\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:[ \u3000]+\d{1,2}:\d{2}(?::\d{2})?)?[ \u3000|/]*(?=\S)")
ORIGIN = re.compile(rf"^(?:{SOURCE})[ \u3000]*[:：][ \u3000]*[{HAN}]{{2,14}}$")
LONGEST = 90  # characters
LONGEST_VALUE = 30
FEWEST_FIELDS = 2  # a line with one of them, but for its source, may be anything's


def is_web_credit(string: str) -> bool:
    """Tell whether a line is fields that say whence a text comes, and who wrote it or when."""
    if len(string) > LONGEST or "。" in string:
        return False
    if ORIGIN.match(string):
        return True
    fields = read_fields(string)
    names = {name for name, _ in fields}
    is_from = any(re.fullmatch(SOURCE, name) for name in names)
    is_dated = bool(STAMP.match(string)) or any(re.fullmatch(DAY, name) for name in names)
    is_written = any(re.fullmatch(WRITER, name) for name in names)
    is_short = all(len(value) <= LONGEST_VALUE for _, value in fields)
    return bool(fields) and is_short and is_from + is_dated + is_written >= FEWEST_FIELDS and (is_from or is_written)


def read_fields(string: str) -> list[tuple[str, str]]:
    """Return the fields of a line, each its name and what it says; none where the line begins with something else."""
    bare = STAMP.sub("", string.strip())
    found = list(FIELD.finditer(bare))
    if not found or found[0].start():
        return []
    ends = [match.start() for match in found[1:]] + [len(bare)]
    return [
        (match["name"], bare[match.end() : end].strip(" \u3000|/[]【】"))
        for match, end in zip(found, ends, strict=True)
    ]


def written_by(string: str) -> list[tuple[str, str]]:
    """Return the fields that name who wrote the text: each its word, and the names."""
    return [(name, value) for name, value in read_fields(string) if re.fullmatch(WRITER, name)]


WEB_CREDITS: tuple[Rule[str], ...] = (
    Rule(
        id="block.web-credit",
        says="In a web copy, whence the text comes, who wrote it, and when it appeared.",
        verdict="byline",
        test=is_web_credit,
        examples=(
            Example(
                hit="来源：澄溪日报  作者：记者 何一舟  日期：2023-07-06",
                miss="来源：一条河的三种说法　作者亲历水渠通水",
            ),
            Example(hit="2023-07-06 08:30 来源：云岭新闻", miss="时间：7月6日 地点：云岭区图书馆"),
            Example(hit="来源：新华社", miss="（稿件来源：新华社）"),
        ),
    ),
)
WEB_CREDIT_ID = WEB_CREDITS[0].id
