"""What is asked for: words read into what must stand in an article and what must not, and patterns that find them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum

from warehouse.errors import SettingsFault
from warehouse.search.folding import classes, fold
from warehouse.search.ranking import NEARBY

MOST_CHARS = 200  # of all words together: a headline has 40, and a pattern of 200 is still matched in one pass
MOST_WORDS = 12
QUOTED = '"[^"]+"'
ASKED = re.compile(f" (-?{QUOTED}|[^ ]+) ")
HIDDEN = frozenset({"Cc", "Cf", "Cs"})  # categories of Unicode: what print does not show


@dataclass(frozen=True, slots=True)
class Query:
    """Words in the form in which texts are compared (`folding.fold`): all of `wanted`, none of `refused`."""

    wanted: tuple[str, ...]
    refused: tuple[str, ...] = ()


class Order(Enum):
    """In which order hits come."""

    RANKED = "ranked"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles count. With a day, those count that may have appeared then, and undated ones do not."""

    newspapers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which of the hits are shown: the order, and the place of the first (from 0) and how many."""

    order: Order
    offset: int
    limit: int


def read_query(words: str) -> Query:
    """Read what a person types: words with spaces between, "several words" in quotes, -word for what must not stand.

    Quotes count where they enclose a whole word; inside one they are looked for. Repeated words count once.
    Raises SettingsFault where nothing is asked for, too much, or a quote is opened and not closed.
    """
    spaced = re.sub(" +", "  ", " " + _visible(fold(words.replace("\n", " "))) + " ")
    wanted: dict[str, None] = {}
    refused: dict[str, None] = {}
    for asked in ASKED.findall(spaced):
        is_refused = asked.startswith("-") and len(asked) > 1
        word = _unquoted(asked[is_refused:])
        (refused if is_refused else wanted)[word] = None
    _require_usable(wanted, refused)
    return Query(tuple(wanted), tuple(refused))


def pattern(word: str) -> str:
    """Give the regular expression (RE2) that matches a folded word in all its forms, in a text as it stands."""
    return "".join(map(_one_of, word))


def near_pattern(words: tuple[str, ...]) -> str:
    """Give the regular expression that matches all words close together, in their order or the reverse."""
    gap = f"[^\\n]{{0,{NEARBY}}}"
    parts = [pattern(word) for word in words]
    return f"{gap.join(parts)}|{gap.join(reversed(parts))}"


def _visible(text: str) -> str:
    kept = (character for character in text if unicodedata.category(character) not in HIDDEN)
    return "".join(character for character in kept if not "\ufdd0" <= character <= "\ufdef")  # they are no characters


def _unquoted(asked: str) -> str:
    if re.fullmatch(QUOTED, asked):
        return re.sub(" +", " ", asked[1:-1].strip() or asked)
    if asked.startswith('"') and asked.count('"') == 1 and asked != '"':
        raise SettingsFault(f"{asked}: the quote is not closed; close it, or leave it away.")
    return asked


def _one_of(character: str) -> str:
    forms = classes().get(character, character)
    return f"[{''.join(map(_escaped, forms))}]" if len(forms) > 1 else _escaped(character)


def _escaped(character: str) -> str:
    """Escape what means something in a pattern: every ASCII character that is no letter, digit or underscore."""
    is_plain = not character.isascii() or character.isalnum() or character == "_"
    return character if is_plain else f"\\{character}"


def _require_usable(wanted: dict[str, None], refused: dict[str, None]) -> None:
    if not wanted:
        rest = " beside what must not stand there" if refused else ""
        raise SettingsFault(f"Nothing to look for{rest}; give one or several words, e.g. 重点项目 投资.")
    if len(wanted) + len(refused) > MOST_WORDS or sum(map(len, (*wanted, *refused))) > MOST_CHARS:
        raise SettingsFault(f"Too much to look for; give at most {MOST_WORDS} words of {MOST_CHARS} characters in all.")
