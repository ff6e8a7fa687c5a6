"""The office beside a name: `云岭区委副书记、区长` before it, `总书记` behind it, whole as printed.

Before a name an office ends with a word of `seeds/reference/offices.csv` and reaches back to the mark, the verb or the
name that it follows; what is joined to it by `、` or `，` belongs to it where it is an office of its own.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from transforms.entities.name_tables import OFFICE_KINDS
from transforms.entities.office_words import (
    NO_ORGANISATION_ENDS,
    ORGANISATION_ENDS,
    PROVINCES,
    STOP,
    TITLES_BEHIND,
    WORKER,
)
from transforms.text.characters import HAN

LONGEST_WORD = 8  # characters of a word of the list of offices
LONGEST = 40  # characters of an office with what it is joined to: the longest of a month of newspapers has 36
PHRASE = re.compile(rf"[{HAN}A-Za-z0-9·（）()“”《》-]+$")
LEADING = re.compile(
    "(?:我[国省市州县区]|[该此其各某与及跟说、，]|本(?!溪)|现(?![代场役])|(?<=该)案|有(?=[国省市州县区旗乡镇大])|当(?![地代阳涂])"
    "|和(?!平[区县]|田[地市县]|县|[顺静硕政龙林])|同(?![济仁心志盟]|[江德安])|应(?![急用城县届征激聘变])|来(?=[省市县区镇乡]))+(?=..)"
)
REPEATED = re.compile(
    r"(.)(?=副?\1长)|院(?=(?:副|代)?检察长)"
)  # `该局副局长`: without `该` the first word says nothing
WORKING = re.compile(f"[{HAN}](?:{WORKER})$")
# A company is called after its place, and by characters that are prepositions elsewhere: `河南同盛瑞工贸有限公司`.
PLACE = re.compile(f"(?:{PROVINCES}|[{HAN}]{{2,3}}[省市县区])")
COMPANY = re.compile("公司|集团|酒店|合作社|学校|医院")
AND = re.compile("和(?!平[区县]|田[地市县])|[与及、]")
ORGANISATION = re.compile(rf"(?:{ORGANISATION_ENDS})(?<!{NO_ORGANISATION_ENDS})$")
BEHIND = re.compile(TITLES_BEHIND)
# Who takes an office. `为` says so behind a word of appointment alone, in its sentence or in a list of the appointed.
TAKEN = re.compile(
    rf"(?:、[{HAN}·]{{2,15}}?){{0,11}}(?:（[{HAN}，、]{{1,12}}）)?(?:同志)?(?P<verb>兼?任|为)(?P<office>[{HAN}（）、]{{2,40}}?)(?:职务)?(?=[；;。，\n]|\Z)"
)
APPOINTED = re.compile(
    "(?:任命|任免|聘任|选举|补选|推选|当选)(?![^：。；\n]*(?:免去|免职))[^。\n：]{0,60}\\Z"
    "|(?:任命|聘任|选举|补选|推选)[^。，；]{0,10}[：:]\\s*(?:(?!免去|免职)[^。：:])*\\Z"
)
LONGEST_LIST = 600  # characters from the head of a list of the appointed
# `已是县医院副院长的冉光荣`: an office that somebody is said to hold.
HELD = re.compile(rf"(?:已是|身为|作为|担任|现任|时任|身兼)[{HAN}]{{2,20}}的$")
# They are called so and end with no office of the list: 汇川技术有限公司|外事经理, 畜牧科学院|高级畜牧师.
EMPLOYER = re.compile("公司|集团|总厂|医院|学院|科学院|银行|[支分]行|(?:大学|中学|小学|学校)(?!生)")
FORMER = re.compile("原(?![平阳])")  # 原|临浦县水利局局长; not 原平市
PARTS = re.compile("[、，]|兼(?!职)")  # what parts the offices of one person
DEPUTY = re.compile("(?:常务副|第一副|副|代理|代|原|前|名誉|首席|执行|原党[组委])$")  # 审计局|原党组|书记


class Title(NamedTuple):
    """An office [start, end) of a text, and the words of it that name an organisation."""

    start: int
    end: int
    organisation: str | None


def title_before(text: str, name_start: int, offices: Mapping[str, str], *, low: int = 0) -> Title | None:
    """Return the office that ends where a name begins (a space may stand between) and begins at `low` or later."""
    end = name_start
    while end and text[end - 1] == " ":
        end -= 1
    held = HELD.search(text, max(low, end - LONGEST), end)
    end -= held is not None
    head = office_word(text, end, offices)
    if head is None or end - len(head) < low:
        return None
    start = _phrase_start(text, end, head, offices, low)
    while start > low and text[start - 1] in "、，":
        above = office_word(text, start - 1, offices)
        if above is None or start - 1 - len(above) < low or end - start > LONGEST:
            break
        wider = _phrase_start(text, start - 1, above, offices, low)
        if text[start - 1] == "，" and wider and text[wider - 1] not in "，。、\n”“：；":
            break
        start = wider
    return Title(start, end, _organisation(text[start:end], offices))


def title_behind(text: str, name_end: int) -> Title | None:
    """Return the office that begins where a name ends: `习近平总书记`."""
    title = BEHIND.match(text, name_end)
    return Title(name_end, title.end(), None) if title else None


def title_taken(text: str, name: tuple[int, int], offices: Mapping[str, str]) -> Title | None:
    """Return the office that somebody takes: `任命：李明为县教育局局长；`, `王芳任局长。`."""
    start, end = name
    taken = TAKEN.match(text, end)
    if taken is None or office_word(text, taken.end("office"), offices) is None:
        return None
    if taken["verb"] == "为" and not APPOINTED.search(text, max(0, start - LONGEST_LIST), start):
        return None
    return Title(*taken.span("office"), _organisation(taken["office"], offices))


def office_word(text: str, end: int, offices: Mapping[str, str]) -> str | None:
    """Return the longest word of an office that ends here."""
    for length in range(LONGEST_WORD, 1, -1):
        word = text[max(0, end - length) : end]
        if offices.get(word) in OFFICE_KINDS:
            return word
    worker = WORKING.search(text, max(0, end - 2), end)
    return worker[0] if worker else None


def _phrase_start(text: str, end: int, head: str, offices: Mapping[str, str], low: int) -> int:
    """Return where the words begin that an office ends: behind the last mark or stop before its own word."""
    phrase = PHRASE.search(text, max(low, end - LONGEST), end)
    start = phrase.start() if phrase else end - len(head)
    before = end - len(head)
    for stop in STOP.finditer(text, start, before):
        if not (PLACE.fullmatch(text[start : stop.start()]) and COMPANY.search(text, stop.end(), before)):
            start = stop.end()
    start = _behind_conjunction(text, start, before, end, offices)
    start = _behind_open_bracket(text, start, end)
    lead = LEADING.match(text, start, end)
    if lead is None:
        return start
    repeated = REPEATED.match(text, lead.end(), end)
    return repeated.end() if repeated else lead.end()


def _behind_conjunction(text: str, start: int, before: int, end: int, offices: Mapping[str, str]) -> int:
    """Leave `和` inside one organisation (`住房和城乡建设局`), and cut where it joins two people.

    The office's own word, from `before` on, may begin with what the organisation ends with: `旅游|局党组成员`.
    """
    for sign in AND.finditer(text, start, before):
        is_one = any(ORGANISATION.search(text, sign.end(), at) for at in range(before, end - 1))
        if office_word(text, sign.start(), offices) or sign.start() == start or not is_one:
            start = sign.end()
    return start


def _behind_open_bracket(text: str, start: int, end: int) -> int:
    """Cut behind a mark that opens and is not closed before the name, or closes and was not opened."""
    for opening, closing in ("“”", "（）", "()", "《》"):
        at = text.rfind(opening, start, end)
        if at >= 0 and text.find(closing, at, end) < 0:
            start = at + 1
        at = text.find(closing, start, end)
        if at >= 0 and text.rfind(opening, start, at) < 0:
            start = at + 1
    return start


def _organisation(title: str, offices: Mapping[str, str]) -> str | None:
    """Return the words of the first office that name an organisation, before its last word."""
    named = (_employer(office, offices) for office in PARTS.split(title))
    return next(filter(None, named), None)


def _employer(office: str, offices: Mapping[str, str]) -> str | None:
    """Return the words before an office, by the shortest word of it that leaves an organisation: 某公司|总经理."""
    former = FORMER.match(office)
    office = office[former.end() :] if former else office
    for length in range(2, len(office)):
        rest = DEPUTY.sub("", office[:-length])
        if offices.get(office[-length:]) in OFFICE_KINDS and len(rest) > 1 and ORGANISATION.search(rest):
            return rest
    ends = [found.end() for found in EMPLOYER.finditer(office) if _is_closed(office[: found.end()])]
    return office[: ends[-1]] if ends and ends[-1] < len(office) else None


def _is_closed(words: str) -> bool:
    return words.count("（") == words.count("）")
