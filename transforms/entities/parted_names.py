"""Names of three characters that a blank parts, by a typesetter or a broken line: `荆　轲南`, `王　志　远`.

A blank proves nothing: it stands between two names as well (`王伟 李明`). So the words are weighed as if it were not
there: three characters must be a name, and a likelier one than the first two alone.
"""

import re
from collections.abc import Iterator, Mapping

from transforms.entities.frames import FRAMED, may_be_name
from transforms.entities.name_tables import NameTables
from transforms.entities.names import Candidate, weigh_names
from transforms.entities.offices import office_word
from transforms.text.characters import HAN

BLANK = "[ \u3000]"
BLANKS = re.compile(BLANK)
PARTED = re.compile(
    f"(?<!{BLANK})[{HAN}](?:{BLANK}{{1,3}}[{HAN}]{BLANK}{{0,3}}[{HAN}]|[{HAN}]{BLANK}{{1,3}}[{HAN}])(?!{BLANK}+[{HAN}])"
)
CLOSED = re.compile("[\n，。！？；：、（“和与及]")
AROUND = 8  # characters on both sides that say whether it is a name: tables of contexts reach no further
LIKELY = 3.0  # log-odds of a name without its blank; and of another that begins behind it
# How much likelier three must be than the first two where the text goes on: mostly it is two (`佟　乐|正调试`).
MARGIN = 4.0
ENDED = re.compile("[\n，。！？；：、）”]")


def find_parted(text: str, tables: NameTables) -> Iterator[Candidate]:
    """Yield the names of three characters with a blank inside that stand behind an office or a mark."""
    if not BLANKS.search(text):
        return
    at = 0
    while found := PARTED.search(text, at):
        start, end = found.span()
        at = start + 1
        if not _may_begin(text, start, tables) or not may_be_name(BLANKS.sub("", found[0]), tables):
            continue
        odds = _weigh(text, start, end, tables)
        if odds > LIKELY:
            yield Candidate(start, end, FRAMED + odds)
            at = end


def _may_begin(text: str, start: int, tables: NameTables) -> bool:
    is_closed = not start or CLOSED.match(text, start - 1) is not None
    return is_closed or office_word(text, start, tables.offices) is not None


def _weigh(text: str, start: int, end: int, tables: NameTables) -> float:
    """Return the log-odds that the three are a name; none where fewer, or what the blank leads to, are one."""
    before, name = text[max(0, start - AROUND) : start], BLANKS.sub("", text[start:end])
    weighed = _by_span(before + name + text[end : end + AROUND], tables)
    first, last = len(before), len(before) + len(name)
    odds = weighed.get((first, last), 0.0)
    least = 0.0 if ENDED.match(text, end) or end == len(text) else MARGIN
    is_shorter = weighed.get((first, last - 1), 0.0) + least > odds
    is_next = BLANKS.match(text, end - 2) is not None and _begins_name(text[end - 1 : end + AROUND], tables)
    return 0.0 if is_shorter or is_next else odds


def _begins_name(words: str, tables: NameTables) -> bool:
    return any(odds > LIKELY for (start, _), odds in _by_span(words, tables).items() if start == 0)


def _by_span(words: str, tables: NameTables) -> Mapping[tuple[int, int], float]:
    return {(name.start, name.end): name.log_odds for name in weigh_names(words, tables)}
