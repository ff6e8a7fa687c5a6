"""Names in a frame that is closed on both sides, where a word can be a name too: `县长阳光说，`, `县领导洪流、安邦`.

Behind an office and before what somebody says or attends, between a mark and an age, nothing stands but a name; so what
begins with a surname there is one, however ordinary its characters are elsewhere. What may stand there besides is the
manner of speaking (`书记公开表示`): an adverb, or a word that is used as one.
"""

import re
from collections.abc import Container, Iterable, Iterator
from math import log1p

from transforms.entities.name_tables import PAIR, SELDOM, USUAL, NameTables
from transforms.entities.names import FUNCTIONS, Candidate, find_namings
from transforms.entities.offices import office_word
from transforms.text.characters import HAN

FRAMED = 9.0  # log-odds: less than a list of appointments tells
LENGTHS = (3, 2, 4)  # characters of a name, the most frequent first
# What people say in some manner, what they do at meetings, and what tells of one person. Each alternative begins with
# a character of its own: so a search passes quickly over what is none.
SAYS = "说道?|介绍|表示|指出|强调|要求|回[忆应答]|感慨|感叹|解释|补充|呼吁|提醒|建议|算了|分析|通报"
SAYING = "(?=[，：。“、]|说[，：。“]|记者|市民|大家|广大|消费者|游客|家长|司机|了?一笔账)"
DOES = (
    "认为|坦言|坦承|透露|告诉|直言|评价|出席|主持(?!人)|宣读|致辞|致欢迎辞|作了?[^，。]{0,8}(?:发言|讲话|报告|说明)|率队|带队|见证"
    "|到会|发言|家[的里中住]|列席|对(?:记者|笔者|大家)[^，。]{0,4}?[说讲道]"
)
SEX, AGE = "（[男女][，）]", "，\\d{2}岁|（\\d{2}岁"
AGED = re.compile(
    "|".join(
        (
            *(f"{at}\\d{{1,2}}岁" for at in ("今年", "现年", "年仅", "年近", "年过", "年满", "只有", "刚满")),
            "，[男女]，",
        )
    )
)
RIGHT = re.compile("|".join((*(verb + SAYING for verb in SAYS.split("|")), DOES, SEX, AGE, "同志(?!们)|女士|先生")))
SPEAKS = re.compile(SAYS)
# Words of what class go on behind an office: before what is said any but nouns; before what is done no adjectives too.
SAID = frozenset("advptfrcm")
DONE = frozenset("dvptfrc")
# Nouns that do.
GOES_ON = frozenset(
    re.findall("..", "全程全体全部和谐家长家属家人干部党委党组常委明年安全计划平时权威代表时候时间方面单位普遍广泛明确")
)
# What a name may be of; no place and no organisation in a list.
WHOLE = re.compile(f"(?!.*[的了着在是说等们为与把被让])[{HAN}]+(?<![省市县区镇乡村局委办院校厂站部队])")
ALSO = frozenset("则也还又却曾都均便就所")  # before what somebody says or does
HEADS = frozenset("、；\n\u3000 ")  # what stands before a name that is followed by who it is
CLOSING = re.compile("等|出席|参加|到会|陪同|分别|[，。；\n]|$")
# Who is introduced by name; a place and a product may be too: `名叫高家湾的小村`.
CALLED = re.compile(
    "|".join(
        f"{call}([{HAN}]{{2,4}}?)(?=[，。、（]"
        f"|的(?![小山村镇乡街地软平公品网项]|[{HAN}]{{0,4}}(?:[村寨屯店镇县]|公司|餐厅|小区|地方)))"
        for call in ("位叫", "个叫", "人叫", "名叫", "本名", "原名", "化名", "艺名", "学名", "乳名")
    )
)
# Behind who heads something, a noun that goes on with what somebody does too: `镇长阳光也走进直播间`.
HEADED = re.compile(f"[长记书任席理裁授]([{HAN}]{{2}})(?=[也还又则却就都已曾正将对把]|在(?!任|职|位))")
NOUNS = frozenset("nm")
ITEM = f"[{HAN}]{{2,4}}"
ITEMS = re.compile(ITEM)
LIST = re.compile(f"(?<=、){ITEM}(?:、{ITEM})*(?=、)")
OF_NAMES = 2  # items of a list that are surely names, where the others in it are taken for names too
SURELY = 1.0  # log-odds of such an item
LONGEST_TAIL = 14  # characters behind a list that say what it is of
NOT_PEOPLE = re.compile(
    "等?[\\d一二两三四五六七八九十多]*[余多]?[个家座条处种项类款]|等(?:地|乡|镇|村|省|市|区|县|街道|产品|作物|产业|方面)"
)
# What ends the name of where somebody works or lives, and stands before who speaks: `县交警大队周代群认为，`.
WORKPLACES = frozenset("村局处科队所站院校社厂司镇乡区县市行")
ORGANISED = frozenset("行会所站处科队社厂司办委局部院校园店馆台报网方线组")
CLAUSE = frozenset("，。；：！？、“”\n ")  # what a clause begins behind
BEFORE_AGED = CLAUSE | {"的"}


def find_framed(text: str, tables: NameTables, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the names that their frames tell: between an office and its verb, and in lists of names."""
    for right in RIGHT.finditer(text):
        yield from _behind_office(text, right, tables)
    for aged in AGED.finditer(text):
        for name in _filling(text, aged.start(), tables, also=BEFORE_AGED):
            if tables.words.keys().isdisjoint((text[name.start : name.end], text[name.start : name.start + PAIR])):
                yield name
    for called in CALLED.finditer(text):
        group = called.lastindex or 0
        if may_be_name(called[group], tables):
            yield Candidate(*called.span(group), FRAMED)
    for headed in HEADED.finditer(text):
        is_rare = 0.0 < tables.words.get(headed[1], 0.0) < log1p(USUAL)
        is_noun = (is_rare or tables.classes.get(headed[1]) in NOUNS) and headed[1] not in GOES_ON
        if is_noun and may_be_name(headed[1], tables) and office_word(text, headed.start(1), tables.offices):
            yield Candidate(*headed.span(1), FRAMED)
    yield from _listed(text, tables, candidates)


def find_again(text: str, surfaces: Iterable[str], tables: NameTables) -> Iterator[Candidate]:
    """Yield where names of two characters that the article is sure of begin a clause again: `，安邦还通报了`.

    One that is used as an adverb elsewhere must speak or act there: `郑重强调`, not `郑重承诺`.
    """
    for at, surface in find_namings(text, {surface for surface in surfaces if len(surface) == PAIR}):
        end = at + PAIR
        if text[at - 1 : at] in CLAUSE and (tables.classes.get(surface) not in SAID or RIGHT.match(text, end)):
            yield Candidate(at, end, FRAMED)


def may_be_name(words: str, tables: NameTables) -> bool:
    """Tell whether a name may be so written: behind a surname, with no character that hardly stands in names."""
    is_borne = words[:1] in tables.surnames or (words[:1] in SELDOM and words[:PAIR] not in tables.words)
    single = len(words) <= LENGTHS[0] and is_borne and words[:1] not in FUNCTIONS
    compound = len(words) >= LENGTHS[0] and words[:2] in tables.compound_surnames
    return (single or compound) and WHOLE.fullmatch(words) is not None


def _behind_office(text: str, right: re.Match[str], tables: NameTables) -> Iterator[Candidate]:
    speaks = SPEAKS.match(right[0]) is not None
    classes = SAID if speaks else DONE
    end = right.start() - (text[right.start() - 1 : right.start()] in ALSO)  # 律师区楚良|则认为
    for name in _filling(text, end, tables, also=HEADS if right[0][0] == "（" else frozenset()):
        if not _goes_on(text[name.start : name.end], classes, tables):
            yield name
            return
    start = right.start() - LENGTHS[0]
    if speaks and start > 0 and text[start - 1] in WORKPLACES and _is_strange(text[start : right.start()], tables):
        yield Candidate(start, right.start(), FRAMED)


def _is_strange(words: str, tables: NameTables) -> bool:
    """Tell whether nothing but a name is so written: no word is in it, and it ends as no organisation does."""
    known = tables.words.keys().isdisjoint((words, words[:2], words[1:]))
    return known and words[-1] not in ORGANISED and may_be_name(words, tables)


def _goes_on(words: str, classes: Container[str], tables: NameTables) -> bool:
    """Tell whether a word begins here that goes on behind an office: `书记公开表示`, `代表时说`."""
    return tables.classes.get(words[:2]) in classes or words[:2] in GOES_ON


def _filling(text: str, end: int, tables: NameTables, *, also: Container[str] = frozenset()) -> Iterator[Candidate]:
    """Yield the name that fills what stands between an office, or one of these characters, and an end."""
    for start in (end - length for length in LENGTHS):
        is_whole = start >= 0 and may_be_name(text[start:end], tables)
        if is_whole and (office_word(text, start, tables.offices) or text[start - 1 : start] in also):
            yield Candidate(start, end, FRAMED)
            return


def _listed(text: str, tables: NameTables, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the items of lists that hold enough sure names: whole ones between two marks, the first and the last."""
    runs = [found.span() for found in LIST.finditer(text)]
    if not runs:
        return
    sure = [name for name in candidates if name.log_odds > SURELY]
    spans = {(name.start, name.end) for name in sure}
    starts, ends = {name.start for name in sure}, {name.end for name in sure}
    for start, end in runs:
        items = [(start + found.start(), start + found.end()) for found in ITEMS.finditer(text[start:end])]
        known = sum(span in spans for span in items) + (start - 1 in ends) + (end + 1 in starts)
        if known < OF_NAMES or 2 * known < len(items) or NOT_PEOPLE.search(text, end, end + LONGEST_TAIL):
            continue
        strange = (span for span in items if span not in spans)
        yield from (Candidate(*span, FRAMED) for span in strange if may_be_name(text[slice(*span)], tables))
        if start - 1 not in ends:
            yield from _filling(text, start - 1, tables)
        if end + 1 not in starts:
            last = [found.start() for n in LENGTHS if (found := CLOSING.match(text, end + 1 + n))]
            yield from (Candidate(end + 1, at, FRAMED) for at in last if may_be_name(text[end + 1 : at], tables))
