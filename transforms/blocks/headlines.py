"""Kicker, headline, subhead, caption and heading told apart within a group of headline-like lines."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from transforms.blocks.authors import FROM
from transforms.blocks.carried import RULE_ID as CARRIED_ID
from transforms.blocks.cohesion import echo
from transforms.blocks.labels import names_column
from transforms.blocks.names import names_person, read_names
from transforms.blocks.page_forms import COLUMN_TAG, PICTURE_GAP, marks_of
from transforms.blocks.rules import COLUMN_NAME, ROUND_UP
from transforms.blocks.titles import TitleGroup, titles_of
from transforms.blocks.units import Unit, units_above, units_below

BEGINNING = 600  # characters of an article in which its headline is said again
NEVER_SAID, SAID = 0.05, 0.2  # of a line's pairs of characters, in the text below: slogans and captions are not
HEADLINE_PHRASES = 2  # three, as 拼增速 拼增量 拼质量, are a slogan
MUCH_MORE = 0.3  # of its pairs: what the text takes up so much more of is no slogan over the headline
LONGEST_LABEL, MUCH_SHORTER = 9, 2  # characters: a label such as 春管进行时 names the series, not the news
TOP_GAP = 2  # blank lines left by a picture over the first line of a page
PHRASES = re.compile("[ \u3000]+")
MOST_AUTHORS, SHORTEST_NAME = 4, 2  # names of a line; characters of one that any two words may look like
SHOWN_NAME = 3  # characters of a person's name with which a caption begins
PICTURES_TOO = re.compile("文[/／]图|图[/／]文|文并摄|文图|摄")
SUBHEAD = re.compile(r"^(?:——|--|—)")
CAPTION_END = re.compile("(?:现场|一角|鸟瞰|俯瞰|全景|外景|场景|夜景|景象|风光|掠影|剪影|忙碌|施工中)$")
SENTENCE = re.compile("^(?:让|把|别|请|莫|谁|为何|如何)")  # a label is none
KICKER_START = re.compile(
    "^[我全][省市县区州盟旗]"
)  # over a main headline and a subhead: what happened, of which they tell
KICKER_END = re.compile("(?:——|：)$")
BOX_LABEL = re.compile("^(?:核心阅读|内容提要|阅读提示|编者按|编者的话|开栏的话|人物小传)$")
PLACE = re.compile(
    "^【(?!案情|案例|说法|释法|分析|提醒|点评|评析|判决|问题|解答|建议)[^【】]{2,12}】$"
)  # over each item of a column of briefs
COLUMN_DOT = re.compile(
    "^[^ ·]{0,4}(?:走基层|人物|故事|调查|聚焦|关注|一线|特写|观察|追踪|民生|先锋|榜样|热点|视点|记忆|纪事|话题|系列)"
    "·[^，。]{2,12}$"
)
KICKER_FORMS = (KICKER_END, COLUMN_DOT, COLUMN_NAME, PLACE)
SERIES = 2  # headings of two lines and more that are set alike
OPEN_HEADING = re.compile("[^—]——$")  # goes on in the text below it; above a headline it is a kicker's end
# What stands over the text of a decree, below the headline: whose order it is, and its number.
DOCUMENT_NUMBER = re.compile("^第[ \u3000]*(?:\\d+|[一二三四五六七八九十百〇]+)[ \u3000]*号$")
FILE_NUMBER = re.compile(r"^[\u4e00-\u9fff]{2,12}[\[〔（(【]\d{4}[\]〕）)】](?:第)?\d+号$")
ORDER = re.compile("(?:令|公告|通告|决定)$")
WHOLE_SENTENCE = re.compile("，.*[？！]$")
SECTION_LEVEL = 2  # of markdown headings: the first level may be the page's own name
OVER_TEXT = 2  # lines above the first sentence of a text that has its mark: a kicker and a headline
SHORTEST_LEAD = 20  # characters: a sentence set over an article to say what it says, without its stop


@dataclass(frozen=True, slots=True)
class Label:
    """What a unit is on this page, the rule that said so, and, where it was weighed, by how much that was decided."""

    kind: str
    rule_id: str
    log_odds: float | None = None


AUTHOR = Label("byline", "headline.author")
LEAD = Label("paragraph", "headline.lead")
BOX = Label("heading", "headline.box")
DOCUMENT = Label("heading", "headline.document-number")
OPEN = Label("heading", "headline.open-heading")
BETWEEN = Label("caption", "headline.between-halves")
GOES_ON_ID = "headline.goes-on"
FIRST_SENTENCE = Label("paragraph", "headline.first-sentence")


def label_group(
    units: Sequence[Unit],
    group: TitleGroup,
    *,
    begins: bool,
    inside: Sequence[TitleGroup] = (),
    halves: Collection[int] = (),
) -> dict[int, Label]:
    """Return a label for each headline-like unit of a group, by its index on the page.

    inside: the groups below that are headings of the article that it begins. halves: lines that go on in the next.
    """
    labels = _label_lines(units, group, begins=begins, inside=inside, halves=halves)
    return labels | {index: Label(labels[index + 1].kind, GOES_ON_ID) for index in sorted(halves, reverse=True)}


def _label_lines(
    units: Sequence[Unit],
    group: TitleGroup,
    *,
    begins: bool,
    inside: Sequence[TitleGroup] = (),
    halves: Collection[int] = (),
) -> dict[int, Label]:
    indexes = [
        index for index in range(group.first, group.last) if units[index].kind == "title" and index not in halves
    ]
    author = _author(units, indexes) if begins else None
    if author is not None:
        above = TitleGroup(group.first, author)
        return _label_lines(units, above, begins=True, halves=halves) | {author: AUTHOR}
    text = text_below(units, group)
    captions = _captions(units, indexes, text, begins=begins)
    labels = {index: Label("caption", "headline.below-picture-gap") for index in captions}
    rest = [index for index in indexes if index not in labels]
    if begins:
        heading = _first_heading(units, rest, inside)
        labels |= {index: Label("heading", "headline.first-heading") for index in rest[heading:]}
        return labels | _headline(units, rest[:heading], text)
    if group.first and units[group.first - 1].rule_id == CARRIED_ID:  # read above, and printed around these lines
        return labels | dict.fromkeys(rest, BETWEEN)
    if _interrupts(units, group):
        return labels | {index: Label("banner", "headline.interrupts-sentence") for index in rest}
    return labels | {index: Label("heading", "headline.inside-article") for index in rest}


def _author(units: Sequence[Unit], indexes: Sequence[int]) -> int | None:
    """Return the last line below a headline where it is a person's name and nothing else."""
    last = units[indexes[-1]]
    return indexes[-1] if len(indexes) > 1 and is_author(last.string) and not last.line.has_heading_mark else None


def is_author(string: str) -> bool:
    """Tell whether a line is a person's name, and maybe what that person is (`何一舟（云岭区 教师）`), or several.

    Two words of two characters may be any words.
    """
    bearer, names = FROM.sub("", string.strip()), read_names(string) or []
    if 1 < len(names) <= MOST_AUTHORS:
        return any(names_person(name) and len(name) > SHORTEST_NAME for name in names)
    return names_person("".join(string.split())) or (bearer != string.strip() and len(read_names(bearer) or []) == 1)


def _captions(units: Sequence[Unit], indexes: Sequence[int], text: str, *, begins: bool) -> list[int]:
    """Return the lines that stand where a picture was: those up to the last gap, and that one if more follow it."""
    gaps = [n for n, index in enumerate(indexes) if index > 0 and units[index].line.blank_before >= PICTURE_GAP]
    if not gaps and len(indexes) > 1 and indexes[0] == 0 and units[0].line.blank_before >= TOP_GAP:
        shown = CAPTION_END.search(units[0].string) or echo(units[0].string, text) <= NEVER_SAID
        return [0] if shown and not PHRASES.search(units[0].string.strip()) else []
    if not gaps:
        return [indexes[0]] if begins and len(indexes) > 1 and _shows_above(units, indexes, text) else []
    if any(SUBHEAD.match(units[index].string) for index in indexes[gaps[-1] + 1 : gaps[-1] + 2]):  # a headline's own
        return list(indexes[: gaps[-1]])
    is_last = gaps[-1] == len(indexes) - 1
    stop = gaps[-1] if is_last and begins else gaps[-1] + 1
    return list(indexes[:stop])


def _shows_above(units: Sequence[Unit], indexes: Sequence[int], text: str) -> bool:
    """Tell whether the first line shows a person of the text above, which has a picture, and not of the text below."""
    shown = units[indexes[0]].string.strip()
    name = shown[:SHOWN_NAME]
    if not names_person(name) or name in text or any(name in units[index].string for index in indexes[1:]):
        return False
    above: list[Unit] = []
    for unit in units_above(units, indexes[0]):
        if unit.kind == "title" and any(each.kind == "paragraph" for each in above):
            break
        above.append(unit)
    has_picture = any(PICTURES_TOO.search(unit.string) for unit in above if unit.kind in {"byline", "credit"})
    return has_picture and any(name in unit.string for unit in above if unit.kind == "paragraph")


def _first_heading(units: Sequence[Unit], indexes: Sequence[int], inside: Sequence[TitleGroup]) -> int:
    """Return where the first heading begins below a headline: lines set with the marks of several headings below.

    The name of a column of briefs is the headline of all of them where they are one article.
    """
    if inside and indexes and ROUND_UP.match(units[indexes[0]].string):
        return 1
    forms = Counter(marks_of(titles_of(units, group)) for group in inside)
    for at in range(1, len(indexes) - 1):
        form = marks_of([units[index] for index in indexes[at:]])
        if any(form) and forms[form] >= SERIES:
            return at
    return len(indexes)


def _interrupts(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether marked lines stand in the middle of a sentence that goes on below them."""
    above = next((unit for unit in units_above(units, group.first) if unit.kind in {"paragraph", "title"}), None)
    marked = all(unit.line.has_heading_mark for unit in units[group.first : group.last] if unit.kind == "title")
    return marked and above is not None and above.is_open


def text_below(units: Sequence[Unit], group: TitleGroup) -> str:
    """Return the beginning of the article."""
    text: list[str] = []
    for unit in units_below(units, group.last):
        if unit.kind == "title" or sum(map(len, text)) > BEGINNING:
            break
        text.append(unit.string)
    return "\n".join(text)


def _headline(units: Sequence[Unit], indexes: Sequence[int], text: str) -> dict[int, Label]:
    if not indexes:
        return {}
    placed = next((n for n, index in enumerate(indexes) if PLACE.match(units[index].string)), 0)
    section = {index: Label("banner", "headline.above-place") for index in indexes[:placed]}
    indexes = indexes[placed:]
    decree = _decree_head(units, indexes)
    inside = {index: _in_decree(units[index]) for index in indexes[decree:]}
    indexes = indexes[:decree]
    subhead = next((n for n, index in enumerate(indexes) if n and SUBHEAD.match(units[index].string)), len(indexes))
    inside |= {index: Label("heading", "headline.below-subhead") for index in indexes[subhead + 1 :]}
    indexes = indexes[: subhead + 1]
    main = _main(units, indexes, text)
    labels = {index: Label("kicker", "headline.above-headline") for index in indexes if index < main}
    labels |= {index: Label("headline", "headline.headline") for index in _couplet(units, indexes, main)}
    labels |= {index: _below_headline(units, main, index) for index in indexes if index > main}
    if len(indexes) > OVER_TEXT and indexes[-1] > main and _is_first_sentence(units, indexes[-1]):
        labels[indexes[-1]] = FIRST_SENTENCE
    return section | labels | inside


def _in_decree(unit: Unit) -> Label:
    """Tell the lines that name a decree from the first of its text."""
    string = unit.string.strip()
    is_name = FILE_NUMBER.match(string) or DOCUMENT_NUMBER.match(string) or ORDER.search(string)
    return DOCUMENT if is_name else FIRST_SENTENCE


def _decree_head(units: Sequence[Unit], indexes: Sequence[int]) -> int:
    """Return where, below a headline, the lines begin that name a decree and its number."""
    filed = next((n for n, index in enumerate(indexes) if n and FILE_NUMBER.match(units[index].string.strip())), None)
    if filed is not None:
        return filed
    at = len(indexes) - 2
    if at < 1 or not DOCUMENT_NUMBER.match(units[indexes[-1]].string.strip()):
        return len(indexes)
    return at if ORDER.search(units[indexes[at]].string.strip()) else len(indexes)


def _is_first_sentence(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line is a sentence with comma and mark, and text stands right below: the text begins with it."""
    is_last = index + 1 < len(units) and units[index + 1].kind == "paragraph"
    return is_last and bool(WHOLE_SENTENCE.search(units[index].string.strip()))


def _couplet(units: Sequence[Unit], indexes: Sequence[int], main: int) -> list[int]:
    """Return the headline with the line above it, if both are of one form and nothing but a kicker stands above."""
    at = indexes.index(main)
    if at != 2:  # noqa: PLR2004 - a kicker, a line, and this one
        return [main]
    above, below = (units[index].string.strip() for index in indexes[1:3])
    is_alike = abs(len(above) - len(below)) <= 1 and len(PHRASES.split(above)) == len(PHRASES.split(below))
    is_alike &= units[indexes[1]].line.has_heading_mark == units[main].line.has_heading_mark
    return [indexes[1], main] if is_alike and not COLUMN_TAG.search(below) else [main]


def _below_headline(units: Sequence[Unit], main: int, index: int) -> Label:
    """Tell a subhead from the name of a box, and from a lead: a column's tag closes the headline above it."""
    string = units[index].string
    if BOX_LABEL.match(string.strip()):
        return BOX
    if OPEN_HEADING.search(string.strip()) and COLUMN_TAG.search(units[main].string):
        return OPEN
    is_last = index + 1 == len(units) or units[index + 1].kind != "title"
    is_closed = bool(COLUMN_TAG.search(units[main].string)) and not SUBHEAD.match(string)
    return (
        LEAD if is_closed and is_last and len(string) >= SHORTEST_LEAD else Label("subhead", "headline.below-headline")
    )


def _main(units: Sequence[Unit], indexes: Sequence[int], text: str) -> int:
    """Return which of the lines is the headline; the others are kickers above it and subheads below."""
    marked = [index for index in indexes if units[index].line.has_heading_mark]
    if marked:
        levels = [units[index].line.heading_level for index in marked]
        top = min((level for level in levels if level >= SECTION_LEVEL), default=0)
        return [index for index, level in zip(marked, levels, strict=True) if not top or level == top][-1]
    for index in indexes:
        if COLUMN_TAG.search(units[index].string):
            return index
    body = [index for index in indexes if not SUBHEAD.match(units[index].string)] or list(indexes)
    if len(body) == 1:
        return body[0]
    if len(body) < len(indexes):  # two lines over a `——` line: kicker and headline
        return body[-1]
    first, second = units[body[0]].string, units[body[1]].string
    tells = len(body) > 2 and KICKER_START.match(first.strip()) and len(second) < len(first)  # noqa: PLR2004 - all three
    if tells or _is_kicker(first, second, text):
        return body[1]
    is_couplet = len(body) == OVER_TEXT + 1 and _is_couplet(first, second, units[body[2]].string)
    return body[2] if is_couplet else body[0]


def _is_couplet(kicker: str, above: str, below: str) -> bool:
    """Tell whether two lines under a longer one are one headline: each as long as the other, and a phrase."""
    is_even = len(above) == len(below) < len(kicker) and not any(map(PHRASES.search, (above.strip(), below.strip())))
    return is_even and not COLUMN_TAG.search(below)


def _is_kicker(first: str, second: str, text: str) -> bool:
    """Tell whether the first of two lines is a kicker: phrases side by side, or words that the text does not use."""
    said, told = (echo(line, text) for line in (first, second))
    if names_column(first) or any(form.search(first) for form in KICKER_FORMS) or (said <= NEVER_SAID and told > SAID):
        return True
    is_label = len(first) <= LONGEST_LABEL and not SENTENCE.match(first)
    if is_label and len(first) + MUCH_SHORTER <= len(second) and not PHRASES.search(first.strip()):
        return True
    phrases, plain = len(PHRASES.split(first.strip())), len(PHRASES.split(second.strip())) == 1
    is_slogan = phrases > HEADLINE_PHRASES or (phrases > 1 and said <= told + MUCH_MORE)
    return is_slogan or (phrases == 1 and not plain)
