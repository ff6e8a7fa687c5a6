"""Whether a sentence speaks of what was or of what is to come: a planned day says nothing of the day of print."""

import re
from enum import Enum

SENTENCE = re.compile(r"[^。！？；\n]{1,400}")  # a longer one is read in pieces: every rule looks at a whole sentence
FUTURE = re.compile(
    "将(?!近)|拟|预计(?!为|达)|计划|力争|争取|力保|定于|有望|确保|届时|截止|报名|下月|明年|暂停|展望|即将|待到|有效期|施行|起实施"
)
BEFORE_A_DAY = re.compile("^(?:之前|以前|前(?!后|期|夕|往|来|三|两))")
REACH_CHARS = 12  # a plan's word stands this close to its day (measured in the project's notes on figures)


class Tense(Enum):
    """What time a rule asks for; ANY where it does not matter."""

    PAST = 0
    PLANNED = 1
    ANY = 2


def has_tense(tense: Tense, sentence: str, start: int, end: int) -> bool:
    """Tell whether the time named from start to end is of this tense."""
    return tense in (Tense.ANY, Tense.PLANNED if is_planned(sentence, start, end) else Tense.PAST)


def is_planned(sentence: str, start: int, end: int, *, reach: int | None = REACH_CHARS) -> bool:
    """Tell whether the time named from start to end is to come.

    `reach`: how many characters around it may say so; None: the whole sentence.
    """
    if BEFORE_A_DAY.match(sentence[end:]):
        return True
    first = 0 if reach is None else max(0, start - reach)
    last = len(sentence) if reach is None else end + reach
    return bool(FUTURE.search(sentence[first:last]))
