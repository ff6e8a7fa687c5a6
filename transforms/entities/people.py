"""The people that an article names, each with the office that is printed beside the name."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from transforms.entities.appointments import find_appointed
from transforms.entities.foreign_names import find_foreign_names, is_part_of_sound
from transforms.entities.frames import find_again, find_framed
from transforms.entities.name_choice import choose_names, without_overlaps
from transforms.entities.name_lines import find_in_lines
from transforms.entities.name_tables import NameTables
from transforms.entities.names import Candidate, find_candidates
from transforms.entities.office_frames import find_behind_offices
from transforms.entities.office_words import CALLED, HONORIFICS, TITLES_BEHIND
from transforms.entities.offices import title_before, title_behind, title_taken
from transforms.entities.parted_names import find_parted
from transforms.entities.records import Mention
from transforms.entities.spaced_names import find_spaced, without_blanks
from transforms.printed import PrintedArticle
from transforms.text.characters import HAN

CREDITED = "person.credited"
FOREIGN = "person.foreign"
WELL_KNOWN = "person.well-known"
APPOINTMENT = "person.appointed"
FRAMED = "person.framed"
OFFICE_BEFORE = "person.office-before"
OFFICE_BEHIND = "person.office-behind"
WEIGHED = "person.weighed"

# What is called after a person and names none.
NAMED_AFTER = re.compile(
    "(?:新时代中国特色社会主义|生态文明|法治|文化|强军|外交|经济|军事|文艺|哲学)?(?:思想|理论|主义)|列宁主义"
    "|精神(?!抖擞|矍铄|饱满|状态|很|不|十)|路(?!过|上|边|遇)|街(?!头|上|边)|旗(?![下手帜袍舰])|苏木|嘎查|以[东南西北]|[县村镇乡区](?![长委政里])|[杯奖牌式庄屯寨湾沟]"
    f"|(?:（[{HAN}]{{2,6}}）)?[^，。；：、“”\n的在和是于将说创办任到向与给为]{{0,10}}有限(?:责任)?公司"
    "|(?:公司|集团)(?!的?[董总副])|(?:大道|广场|小学|中学|学校|学院|大学|医院|基金会|公园|大桥|故里)(?!校?长)"
)
SURELY = 6.0  # log-odds of a name of two characters that is looked for where it is no candidate by itself
CALLS = frozenset(f"{HONORIFICS}|{TITLES_BEHIND}|{CALLED}".split("|"))  # `吴先生`, `张老师`: somebody, and no name
HIDDEN = "某"  # stands for what a name is made of: `李某`, `张某某`
TELLING, APPOINTING = frozenset("，（今现年只刚"), frozenset("为的")  # what stands behind such names
# Behind a name a life is told, or an age.
PORTRAIT = re.compile(
    "[，（](?:男|女)[，）]|(?:[，（]|今年|现年|年仅|年近|年过|只有|刚满)[0-9一二三四五六七八九十]{1,3}[多余]?岁"
)
# Before a name and behind a mark: the family that an obituary lists (`妻柳含烟，子柳川`).
KIN = re.compile("[，。、；：\n](?:[妻夫子女媳婿孙兄弟姐妹父母]|[长次][子女媳婿]|孙[子女]|外孙女?|儿媳|女婿|岳[父母])$")
KIN_CHARS = 3
SPEECH = "：“"
LEADING = re.compile(
    f"(?![着了过得地说称写问答]|指出|强调|表示|介绍|告诉|认为|教授)[{HAN}]{{0,9}}$"
)  # between the name of who speaks and the speech: `直摇头：“`
LONGEST_LEAD = 9  # characters
TELLS = re.compile(
    f"(?:汇报|补充|解释|回忆|总结|感慨|感叹|接着|笑着|含泪|当即|反复|[{HAN}]{{2}}地)说[，：“]"
)  # the same: `李明汇报说，`
SAYS = re.compile("(?:说|介绍|回忆|告诉记者|表示|感慨|坦言)[，。：]")
# Before a name, who speaks behind a quotation: `“……。”做木工的李明说，`.
QUOTED_BEFORE = re.compile("”(?:[^，。！？；：“”\n]{0,23}的)?$")
QUOTED_CHARS = 25
SPEAKS = 1.5  # log-odds that a speech adds
# A term that is called after somebody and names none: `“雷锋车”`; not what is said: `“小明说”`.
IN_TERM = re.compile(f"(?![们说道])[{HAN}]{{1,2}}”")
APPOINTED = re.compile("(?:任命|选举|补选|聘任|免去|推选|推举|拜)$")  # before a name that `为` or `的` follows
NATIVE = 3.0  # log-odds of a native name, where the sounds of its first characters prove nothing
LONGEST_NATIVE = 3  # characters
TOLD = 3.0  # log-odds that it adds
KIN_WORD = re.compile("(?<=[着他她个小大俩])孙[子女儿]")  # 抱着孙子|来道谢
PARALLEL = re.compile(f"以[{HAN}]{{2,4}}、以$")  # 以日保周、以|周保月: ways and means, one after the other
PARALLEL_CHARS = 7
# Where reporters have it from, and who takes an office: `记者|从澄溪市统计局获悉`, `李健|任局长`.
HEARD_FROM = re.compile("从[^，。；：\n]{2,30}(?:获悉|了解到|得知|采访)")
TAKES = re.compile(f"[{HAN}]{{0,16}}?(?:{TITLES_BEHIND})(?=[，。；]|$)")
DIVISION = ("市", "县", "区")  # no name ends so: `高凉市`
BANNERS = ("嘎查", "苏木")  # nor before the rest of one: `宝日胡硕嘎|查`
SPOT = re.compile(f"[{HAN}]{{2}}[村祠庙寺]$")  # nor one of three: `薛庄村`, `吕仙祠`
HAMLET = re.compile("家[庄村沟湾坡岭寨屯店桥堡河坝营]$")  # `李家庄`: a village is called after a family


def find_people(article: PrintedArticle, tables: NameTables) -> list[Mention]:
    """Return every naming of a person in the body, in order."""
    text = article.body
    native = [name for name in find_candidates(text, tables) if not is_part_of_sound(text, name, tables)]
    likely = {name.start for name in native if name.log_odds > NATIVE}
    foreign = [name for name in find_foreign_names(text, tables) if name.start not in likely or is_long(name)]
    candidates = [_with_told(text, name) for name in (*native, *foreign) if names_person(text, name)]
    appointed = list(find_appointed(text, tables))
    framed = [
        *find_framed(text, tables, candidates),
        *find_in_lines(text, tables),
        *find_spaced(text, tables),
        *find_parted(text, tables),
        *find_behind_offices(text, tables, candidates),
    ]
    well_known = set(tables.well_known.findall(text))
    chosen = choose_names([*candidates, *appointed, *framed], text, sure=(*article.credited, *well_known))
    surely = {without_blanks(text[name.start : name.end]) for name in chosen if name.log_odds > SURELY}
    if again := list(find_again(text, surely, tables)):
        chosen = without_overlaps([*chosen, *again])
    names = [name for name in chosen if names_person(text, name)]
    basis = {
        **dict.fromkeys((text[name.start : name.end] for name in foreign), FOREIGN),
        **dict.fromkeys(well_known, WELL_KNOWN),
        **dict.fromkeys((text[name.start : name.end] for name in framed), FRAMED),
        **dict.fromkeys((text[name.start : name.end] for name in appointed), APPOINTMENT),
    }
    ends = [0, *(name.end for name in names)]
    mentions = (_mention(text, name, tables.offices, low) for name, low in zip(names, ends, strict=False))
    return [replace(mention, rule_id=_rule(mention, article.credited, basis)) for mention in mentions]


def is_long(name: Candidate) -> bool:
    """Whether a name written by its sound is longer than any native one that may begin at its place."""
    return name.end - name.start > LONGEST_NATIVE


def names_person(text: str, name: Candidate) -> bool:
    """Whether the words name somebody, and not a work (`《李亚仙》`), place or doctrine called after one."""
    if text[name.start - 1 : name.start] == "《" and text.find("》", name.end, name.end + 3) >= 0:
        return False
    if HIDDEN in text[name.start : name.end]:
        return False
    if text[name.start - 1 : name.start] == "“" and IN_TERM.match(text, name.end):
        return False
    if (
        KIN_WORD.match(text, name.start)
        or (
            text[name.start - 1 : name.start] == "以" and PARALLEL.search(text, name.start - PARALLEL_CHARS, name.start)
        )
        or text[name.start + 1 : name.end] in CALLS
        or text[name.start : name.end].endswith(DIVISION)
        or text[name.end - 1 : name.end + 1] in BANNERS
        or SPOT.match(text[name.start : name.end])
        or HEARD_FROM.match(text, name.start)
        or (name.end - name.start == LONGEST_NATIVE and text[name.end - 1] in "任兼" and TAKES.match(text, name.end))
    ):
        return False
    return NAMED_AFTER.match(text, name.end) is None and HAMLET.search(text, name.start, name.end) is None


def _with_told(text: str, name: Candidate) -> Candidate:
    """Return the name with what the text tells of who bears it: a life, an appointment, a family, a speech."""
    behind = text[name.end : name.end + 1]
    is_told = (
        (behind in TELLING and PORTRAIT.match(text, name.end) is not None)
        or (behind in APPOINTING and APPOINTED.search(text, max(0, name.start - 2), name.start) is not None)
        or KIN.search(text, max(0, name.start - KIN_CHARS), name.start) is not None
    )
    more = TOLD if is_told else SPEAKS if _speaks(text, name) else 0.0
    return Candidate(name.start, name.end, name.log_odds + more) if more else name


def _speaks(text: str, name: Candidate) -> bool:
    """Tell whether somebody speaks here who is called so."""
    if _leads_to_speech(text, name.end) or TELLS.match(text, name.end):
        return True
    low = max(0, name.start - QUOTED_CHARS)
    return SAYS.match(text, name.end) is not None and QUOTED_BEFORE.search(text, low, name.start) is not None


def _leads_to_speech(text: str, end: int) -> bool:
    speech = text.find(SPEECH, end, end + LONGEST_LEAD + len(SPEECH))
    return speech >= 0 and LEADING.match(text, end, speech) is not None


def _mention(text: str, name: Candidate, offices: Mapping[str, str], low: int) -> Mention:
    """Return the naming with its office, which reaches over no name before it."""
    before = title_before(text, name.start, offices, low=_past_office(text, low, name.start))
    title = before or title_behind(text, name.end) or title_taken(text, (name.start, name.end), offices)
    return Mention(
        kind="person",
        surface=text[name.start : name.end],
        start=name.start,
        end=name.end,
        rule_id=WEIGHED,
        title=text[title.start : title.end] if title else None,
        title_start=title.start if title else None,
        title_end=title.end if title else None,
        organisation=title.organisation if title else None,
    )


def _past_office(text: str, low: int, start: int) -> int:
    """Return `low`, where the name before one at `start` ends, or where the office behind it does: `陈毅将军|视察`."""
    behind = title_behind(text, low) if low else None
    return behind.end if behind and behind.end < start else low


def _rule(mention: Mention, credited: Collection[str], basis: Mapping[str, str]) -> str:
    """Return the rule that says most of why this is a name."""
    if mention.surface in credited:
        return CREDITED
    if mention.title_start is not None:
        return OFFICE_BEFORE if mention.title_start < mention.start else OFFICE_BEHIND
    return basis.get(mention.surface, WEIGHED)
