"""Units: lines cut where two printed units share one, and named by the rule that their own words meet."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transforms.blocks.authors import is_sender
from transforms.blocks.furniture import CONTINUED, CONTINUED_FROM_ID, ends_article
from transforms.blocks.lines import Line
from transforms.blocks.rules import AGENCY, DATELINE, OPENER, ROLE, RULES, SOURCE_CREDIT
from transforms.rules import Example, Rule
from transforms.text.characters import CLOSERS, HAN, SENTENCE_ENDS, count_han

LONGEST_TITLE = 46  # characters; the longest headlines of a daily run to two lines of twenty
LONGEST_STUCK_TITLE = 40
WINDOW = 1500  # characters above and below that are compared; about two articles of a daily
PLAIN = "block.paragraph"
TITLE_LIKE = "block.title-like"
OPENER_ID, SENDER_ID = "block.opener", "block.sender"
NAMES_ID, VERSE_ID, TABLE_ID = "block.names", "block.verse", "block.table-row"
NOTICE_END_ID = "block.notice-end"
SET_LINES = frozenset(
    {NAMES_ID, VERSE_ID, TABLE_ID, NOTICE_END_ID}
)  # rules of lines that are set as they are: no sentence goes on below them

FIELD = re.compile(
    "^(?:公司|单位|报名|咨询|联系|监督|举报|办公)?(?:地址|电话|地点|时间|方式|联系人|网址|邮箱)"
    "[ \u3000]*[:：][ \u3000]*\\S"
    "|^[\u4e00-\u9fff]{2,8}(?:电话|热线|手机|传真|微信|QQ)[ \u3000]*[:：][ \u3000]*\\d"
    "|^(?:停电|停水|停气|断水|施工|封闭|影响|管制|检修)(?:范围|区域|路段|线路|设备|时间|日期|原因)"
    "[ \u3000]*[:：][ \u3000]*\\S"
)
DAY = re.compile(
    "^(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\\d{1,2}|[一二三四五六七八九十]{1,3})日$"
)  # without a year, as letters are dated
STUCK_TITLE = re.compile(rf"^(?P<title>[^。，；]{{4,{LONGEST_STUCK_TITLE}}}?)[ \u3000]+(?=本报讯[ \u3000]*[（(])")
TAIL_CREDIT = re.compile(
    rf"(?<=[。！？”）…])[ \u3000]*(?P<credit>[（(](?:本报|{ROLE})[^（）()。]{{2,60}}[)）]"
    rf"|(?:[（(])?(?:(?:{AGENCY}[ \u3000]*)?{ROLE}[ \u3000]*)?[{HAN}]{{1,3}}[ \u3000]?[{HAN}]{{1,2}}"
    rf"(?:[ \u3000、]+[{HAN}]{{2,3}}){{0,3}}"
    rf"[ \u3000]*(?:摄影|摄)(?:[)）])?)$"
)
TAIL_BRACKET = re.compile(rf"(?<=[。！？”…])[ \u3000]*(?P<credit>[（(][{HAN}、 \u3000]{{2,24}}[)）])$")
CONTINUED_END = re.compile(rf"{CONTINUED.pattern}[ \u3000]*$")
WHOLE_BRACKET = re.compile(r"^[（(](?:[^（）()]|[（(][^（）()]*[)）])*[)）]$")
ENDED_BEFORE_BRACKET = re.compile(r"[。！？…][”’]?[（(][^（）()]{1,16}[)）]$")
NOT_TITLE_START = re.compile(
    r"^[，。、；：？！”’）》·●■◆▲△▽◇○★□①-⑳]|^[（(]?[一二三四五六七八九十]{1,2}[)）]?、|^\d{1,2}[．.、]\D|^第[一二三四五六七八九十百]+[条章节]|^[^（(）)]{2,20}[)）](?=.)"
)
LIST_OR_SENTENCE = re.compile(r"[。；]|[，、：；].?$|.{6}！.{8,}！$")
# 本报电 opens the items of a column of briefs too, but names neither the day nor who sent it.
DATED = re.compile(
    rf"[^，。：]{{2,40}}日[ \u3000]*(?:电|讯)|[^，。：（(]{{2,16}}(?:电|讯)[ \u3000]*[（(](?:本报|{AGENCY})?{ROLE}"
)
# A line that stops where no headline would, or starts as a report does, is a paragraph that a column's end cut off.
CUT_END = re.compile(
    r"(?:[（(“《的和与及在将以把被从是让其该并或而由于至]|因为|为了|如果|但是|不能|不会|必须|能够|成为|称为"
    r"|，[^，]{2,}[\u4e00-\u9fff]\d{1,2})$"
)
UNPAIRED = re.compile("^[^（]*）|（[^）]*$")  # half of a bracket, which no headline cuts
REFRAIN = re.compile(r"^(\S{1,6})(\S)[ \u3000]+(?!\1)\S{1,6}\2$")  # two phrases that end alike: 人在 堤在
CUT_START = re.compile(
    r"^(?:为了|为(?:进一步|切实|全面|深入|确保|保证)|该[区市县镇乡村局所校院公街]|近日|日前|当地时间|首先|其次|最后|早在|\d{1,2}月\d{1,2}日|截至|目前|此外|同时|据了解|据介绍|记者|会议|"
    r"今年以来|近年来|去年以来|“我们|下一步|参观|随后|其中|接下来|通过)"
)
RESULT = re.compile(
    rf"^(?:[男女][{HAN}]{{0,4}}组|第[一二三四五六七八九十\d]{{1,3}}名)[:：、 \u3000]+\S"
)  # a row of a list of results
TURN = re.compile(r"^(?:记者|主持人|问|答|Q|A)[:：]")
SALUTATION = re.compile(rf"^(?:[{HAN}]{{1,8}}们[、，]?){{1,4}}[！：]$")
SPEECH = re.compile(r"^“.*[？！…，]”$|^“[^”]*$|[说道问][：:]$")


@dataclass(frozen=True, slots=True)
class Unit:
    """One printed unit: where it lies, what it is by its own words, and the rule that said so.

    kind: title (a headline or heading, not yet told apart), paragraph, byline, credit, banner, masthead, colophon,
    scrap. opens: an article's opener or dateline stands at its head. log_odds: where its kind was weighed, by how much
    that decision was won.
    """

    line: Line
    kind: str
    rule_id: str
    opens: bool = False
    log_odds: float | None = None

    @property
    def string(self) -> str:
        """The repaired text."""
        return self.line.string

    @property
    def is_open(self) -> bool:
        """Whether it is text that stops in the middle of a sentence."""
        return self.kind == "paragraph" and self.rule_id not in SET_LINES and ends_open(self.string)


def name_units(lines: Sequence[Line], *, rules: Sequence[Rule[str]] = RULES) -> list[Unit]:
    """Return the units of a page in printed order."""
    return [unit for line in lines for unit in _units_of(line, rules)]


def units_above(units: Sequence[Unit], index: int) -> Iterator[Unit]:
    """Yield the units above one, the nearest first; nothing is copied, so that a long page costs no more a line."""
    return (units[at] for at in range(index - 1, -1, -1))


def units_below(units: Sequence[Unit], index: int) -> Iterator[Unit]:
    """Yield the units from `index` on."""
    return (units[at] for at in range(index, len(units)))


def window(units: Iterable[Unit]) -> Iterator[str]:
    """Yield the paragraphs of the units, up to WINDOW characters: what is above or below, to be compared."""
    length = 0
    for unit in units:
        if length >= WINDOW:
            return
        if unit.kind == "paragraph":
            length += len(unit.string)
            yield unit.string


def is_title_like(string: str) -> bool:
    """Tell whether a line has the form of a headline or heading: short, and no sentence."""
    if len(string) > LONGEST_TITLE or count_han(string) < 2:  # noqa: PLR2004 - one character is no title
        return False
    if (CUT_END.search(string) and not REFRAIN.match(string)) or (
        CUT_START.match(string) and "，" in string and not string.endswith("）")
    ):
        return False
    return not (
        WHOLE_BRACKET.match(string)
        or UNPAIRED.search(string)
        or NOT_TITLE_START.search(string)
        or LIST_OR_SENTENCE.search(string)
        or SPEECH.search(string)
        or SALUTATION.match(string)
        or TURN.match(string)
        or RESULT.match(string)
        or FIELD.match(string)
    )


def ends_open(string: str) -> bool:
    """Tell whether a paragraph stops in the middle of a sentence."""
    if WHOLE_BRACKET.match(string) or ENDED_BEFORE_BRACKET.search(string):
        return False
    if string[-1:].isdigit() and FIELD.match(string):  # a number that was asked for
        return False
    bare = string.rstrip(CLOSERS + "\"' ")
    return bool(bare) and bare[-1] not in SENTENCE_ENDS + "：:"


def starts_as_list(string: str) -> bool:
    """Tell whether a line begins with a mark or a number, as the items of lists do."""
    return bool(NOT_TITLE_START.search(string))


def is_opener(unit: Unit | None) -> bool:
    """Tell whether a unit opens a report: 本报讯, or a dateline that names the day."""
    return unit is not None and (unit.rule_id == OPENER_ID or (unit.opens and bool(DATED.match(unit.string))))


def opens(unit: Unit | None) -> bool:
    """Tell whether a unit says who sent what follows: an opener, a dateline, or a line that names the reporter."""
    return unit is not None and (unit.rule_id == OPENER_ID or unit.opens or unit.kind == "byline")


def _units_of(line: Line, rules: Sequence[Rule[str]]) -> Iterator[Unit]:
    follows = False  # an opener, or a mark of what page it goes on from: what stands behind it on its line is text
    for part, forced in _parts(line):
        rule = forced or next((rule for rule in rules if rule.test(part.string)), None)
        opens = bool(DATELINE.match(part.string))
        if rule is not None:
            yield Unit(part, rule.verdict, rule.id)
        elif not opens and not follows and is_title_like(part.string):
            yield Unit(part, "title", TITLE_LIKE)
        else:
            yield Unit(part, "paragraph", PLAIN, opens)
        follows = forced in {OPENER_RULE, CONTINUED_RULE, CONTINUED_FROM_RULE}


def _parts(line: Line) -> Iterator[tuple[Line, Rule[str] | None]]:
    """Cut a line behind a mark of the page it goes on from, and before one of the page it goes on to."""
    start = CONTINUED.match(line.string)
    if start and start.end() < len(line.string):
        mark, line = line.split(start.end())
        yield mark, CONTINUED_RULE if ends_article(mark.string) else CONTINUED_FROM_RULE
    end = CONTINUED_END.search(line.string)
    if end and end.start():
        line, mark = line.split(end.start())
        yield from _reported(line)
        yield mark, CONTINUED_RULE
    else:
        yield from _reported(line)


def _reported(line: Line) -> Iterator[tuple[Line, Rule[str] | None]]:
    """Cut a line before an opener, behind it, and before a credit at its end."""
    stuck = STUCK_TITLE.match(line.string)
    if stuck:
        title, line = line.split(stuck.end())
        yield title, None
    opener = OPENER.match(line.string)
    if opener and opener.end() < len(line.string):
        head, line = line.split(opener.end())
        yield head, OPENER_RULE
    elif opener:
        yield line, OPENER_RULE
        return
    tail = TAIL_CREDIT.search(line.string)
    if tail and tail.start() > 0:
        line, credit = line.split(tail.start("credit"))
        yield line, None
        yield credit, TAIL_RULE
        return
    sender = TAIL_BRACKET.search(line.string)
    if sender and "。" in line.string[: sender.start()] and is_sender(sender["credit"]):
        line, credit = line.split(sender.start("credit"))
        yield line, None
        yield credit, SENDER_RULE
        return
    source = SOURCE_CREDIT.search(line.string)
    if source and source.start("credit"):
        line, credit = line.split(source.start("credit"))
        yield line, None
        yield credit, SOURCE_RULE
        return
    yield line, None


CONTINUED_RULE, CONTINUED_FROM_RULE, SOURCE_RULE = (
    next(rule for rule in RULES if rule.id == name)
    for name in ("block.continued", CONTINUED_FROM_ID, "block.picture-source")
)
OPENER_RULE: Rule[str] = Rule(
    id=OPENER_ID,
    says="The words that open a report: 本报讯 with the people who sent it.",
    verdict="byline",
    test=lambda s: bool(OPENER.match(s)),
    examples=(
        Example(hit="本报讯（记者何一舟 通讯员林溪）", miss="据本报讯息，大坝已经合龙。"),
        Example(hit="本报云岭讯 （通讯员 何一舟）麦坡镇的水渠通了。", miss="本报云岭讯息中心（何一舟）成立。"),
        Example(
            hit="（记者何一舟）3月1日，云岭区开工建设七座便民桥，年底前全部通车。", miss="（记者何一舟）大坝已经合龙。"
        ),
        Example(hit="晚报讯（记者何一舟）麦坡镇的水渠通了。", miss="晚报讯息栏目今日起改版"),
        Example(hit="本报讯 通讯员何一舟报道 麦坡镇的水渠通了。", miss="据本报讯员何一舟报道 麦坡镇的水渠通了。"),
        Example(hit="本报讯 记者何一舟报道：麦坡镇的水渠通了。", miss="据本报记者何一舟报道：麦坡镇的水渠通了。"),
    ),
)
SENDER_RULE: Rule[str] = Rule(
    id=SENDER_ID,
    says="A bracket at the end of an article's last line that holds who sent it, and nothing else.",
    verdict="credit",
    test=lambda s: bool(TAIL_BRACKET.search(s)),
    examples=(
        Example(hit="水渠通到了地头。（何一舟）", miss="水渠通到了地头。（何一舟看到的是头一次放水）"),
        Example(hit="水渠通到了地头。（区融媒体中心）", miss="水渠通到了地头（何一舟）。"),
    ),
)
TAIL_RULE: Rule[str] = Rule(
    id="block.tail-credit",
    says="A credit at the end of an article's last line.",
    verdict="credit",
    test=lambda s: bool(TAIL_CREDIT.search(s)),
    examples=(
        Example(hit="大坝已经合龙。（本报记者 何一舟）", miss="大坝已经合龙（本报记者何一舟看到）。"),
        Example(hit="麦田里机声隆隆。何 一 摄", miss="他爱好拍摄"),
    ),
)
