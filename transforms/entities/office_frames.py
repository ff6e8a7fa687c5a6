"""Names right behind an office that their characters do not tell: `理事长排早途挨家签合同`, `作家方军平采访他`.

Behind who somebody is hardly anything stands but a name; what begins there with a surname, holds no word, and ends
where one begins is taken for one, unless a likelier name shares its characters.
"""

import re
from collections.abc import Iterable, Iterator
from math import log1p

from transforms.entities.frames import ALSO, may_be_name
from transforms.entities.name_tables import LONE, MARKS, PARTICLES, USUAL, NameTables
from transforms.entities.names import Candidate
from transforms.entities.offices import office_word
from transforms.text.characters import HAN

LIKELY = 2.5  # log-odds: a name that its own characters tell outweighs it
LENGTHS = (3, 2)
ENOUGH = {3: -2.1, 2: 0.5}  # log-odds of the characters of a name so long
UNTOLD = -1.2  # of a surname that so few bear that no table tells of it
WORD = -0.5  # of a given name that is a word: `农民过大江`
ENDS = MARKS | PARTICLES | LONE
DONE = frozenset("着了过")  # behind a verb: `支月|开了`
NO_LAST = PARTICLES | LONE | ALSO
AT_ONCE = "就"  # behind a verb too: `顾客张口就夸`
USUAL_ODDS, LEAST = log1p(USUAL), 0.1  # of a given name that is a word: before a mark only a usual one says no
TOLD = 14.0  # log-odds: more than a shorter name has anywhere
# Names of women of Vietnam, which a surname and 氏 begin.
VIETNAMESE = re.compile(f"[阮黎陈范武裴邓胡吴杨潘丁梁黄]氏[{HAN}]{{1,2}}?(?=[，。、；：（）对在向说和与表介告]|\\Z)")


def find_behind_offices(text: str, tables: NameTables, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the names that stand behind an office and before a word, where no likely candidate begins."""
    likely = {name.start for name in candidates if name.log_odds > 0.0}
    for found in tables.behind_office.finditer(text):
        start = found.start()
        name = None if start in likely else _name_at(text, start, tables)
        if name and office_word(text, start, tables.offices):
            yield name
    for found in VIETNAMESE.finditer(text):
        yield Candidate(*found.span(), TOLD)


def _name_at(text: str, start: int, tables: NameTables) -> Candidate | None:
    """Return the longest name that may begin here."""
    for end in (start + length for length in LENGTHS if start + length <= len(text)):
        name = text[start:end]
        is_likely = _odds(name, tables) > ENOUGH[end - start] and may_be_name(name, tables)
        if is_likely and _is_strange(text, start, end, tables):
            return Candidate(start, end, LIKELY)
    return None


def _odds(name: str, tables: NameTables) -> float:
    """Return what the characters of a name say for it, without what stands around it."""
    surname = tables.surnames.get(name[0], UNTOLD)
    if len(name) < LENGTHS[0]:
        return surname + tables.alone.get(name[1], 0.0)
    word = WORD if name[1:] in tables.words else 0.0
    return surname + tables.first.get(name[1], 0.0) + tables.last.get(name[2], 0.0) + word


def _is_strange(text: str, start: int, end: int, tables: NameTables) -> bool:
    """Tell whether no word is in the name or runs over its ends, and one begins behind it."""
    words, given, behind = tables.words, text[start + 1 : end], text[end : end + 1]
    over = (text[start:end], text[start : start + 2], text[end - 1 : end + 1])
    if not words.keys().isdisjoint(over) or text[end - 1] in NO_LAST or behind in DONE:
        return False
    if words.get(text[start - 1 : start + 1], 0.0) >= USUAL_ODDS:  # 总工|程量
        return False
    if words.get(given, 0.0) >= (USUAL_ODDS if behind in MARKS else LEAST) and given not in tables.called:
        return False
    if end - start < LENGTHS[0]:
        return (behind in ENDS or not behind) and behind != AT_ONCE
    return not behind or behind in ENDS or text[end : end + 2] in words or text[end + 1 : end + 2] in DONE
