"""Does the sentence that this line leaves open go on in that one? A decision with a number.

The log-odds are a weighted sum of what the language model says of the cut and of the form of both lines. The weights
were fitted by logistic regression (L2) on the pages with known truth that lie beside the project, by
`tests/benches/fit_continuity.py`, which prints them with their accuracy on held-out pages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from transforms.blocks.units import CUT_END, CUT_START, Unit
from transforms.language.model import LanguageModel

FULL_COLUMN = 200  # characters: a longer paragraph says no more by its length
OPENING = re.compile("[“‘（《〈]")
PHRASE_BREAK = re.compile("[，、 \u3000]+")
CLOSING = re.compile("[”’）》〉]")

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": 0.39,
        "language": 0.53,
        "title_language": -0.06,
        "title_comma": 0.51,
        "title_parallel": -1.88,
        "comma": 1.63,
        "length": 1.06,
        "title_like": -2.35,
        "title_below": -2.83,
        "opens_below": -1.12,
        "quote_below": -2.00,
        "pause_at_end": -3.88,
        "closed_at_end": -2.99,
        "marked": -0.55,
        "bare": 0.47,
        "phrases": -1.14,
        "cut_end": 3.23,
        "cut_start": 1.41,
        "open_brackets": 2.32,
        "lead": -1.15,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Two lines and what they look like: is_title_like and is_marked of the one above, the others of the one below.

    is_lead: the line above stands right below a headline, where a summary is set without its full stop.
    is_parallel: other lines of the page have its form, phrase by phrase, as the headings of an article do.
    is_bare: headings of the page are marked as such, and the line above is not.
    """

    above: str
    below: str
    is_title_like: bool = False
    is_marked: bool = False
    is_title_below: bool = False
    opens_below: bool = False
    is_lead: bool = False
    is_parallel: bool = False
    is_bare: bool = False


def goes_on(cut: Cut, language: LanguageModel) -> float:
    """Return the log-odds that a sentence left open by the line above goes on in the one below; above 0 it does."""
    return sum(WEIGHTS[name] * value for name, value in features(cut, language).items())


def features(cut: Cut, language: LanguageModel) -> dict[str, float]:
    """Return what the decision is made of, by name."""
    above, below = cut.above, cut.below
    says = language.goes_on(above, below)
    return {
        "bias": 1.0,
        "language": says,
        "title_language": says if cut.is_title_like else 0.0,
        "title_comma": cut.is_title_like and "，" in above,
        "title_parallel": cut.is_title_like and cut.is_parallel,
        "comma": "，" in above or "、" in above,
        "length": min(len(above), FULL_COLUMN) / 100,
        "title_like": cut.is_title_like,
        "title_below": cut.is_title_below,
        "opens_below": cut.opens_below,
        "quote_below": below[:1] in {"“", "《", "（", '"'},
        "pause_at_end": above[-1:] in {"，", "、", "；"},
        "closed_at_end": above[-1:] in {"）", "”", "》", '"'},
        "marked": cut.is_marked,
        "bare": cut.is_title_like and cut.is_bare,
        "phrases": _phrase_break(above, language) if cut.is_title_like else 0.0,
        "cut_end": bool(CUT_END.search(above)),
        "cut_start": bool(CUT_START.match(above)),
        "open_brackets": len(OPENING.findall(above)) - len(CLOSING.findall(above)),
        "lead": cut.is_lead,
    }


def _phrase_break(string: str, language: LanguageModel) -> float:
    """Return how plainly a space parts two phrases of a headline, in units of ten log-odds; a wrap's space does not."""
    left, space, right = string.strip().partition(" ")
    if not space:
        return 0.0
    return max(-1.0, min(1.0, -language.goes_on(left, right.strip()) / 10))


def phrase_form(string: str) -> tuple[int, ...]:
    """Return the lengths of a line's phrases, which headings of one article share."""
    return tuple(len(phrase) for phrase in PHRASE_BREAK.split(string.strip()))


def cut_between(
    above: Unit, below: Unit, *, is_lead: bool = False, is_parallel: bool = False, has_marks: bool = False
) -> Cut:
    """Return the cut between two units of a page; has_marks: its headings are marked."""
    return Cut(
        above=above.string,
        below=below.string,
        is_title_like=above.kind == "title",
        is_marked=above.line.has_heading_mark,
        is_title_below=below.kind == "title",
        opens_below=below.opens or below.kind == "byline",
        is_lead=is_lead,
        is_parallel=is_parallel,
        is_bare=has_marks and not above.line.has_heading_mark,
    )
