"""Pictured halves: a column's end cut a sentence in two, and a picture with a line over it stands between the halves.

A photo news ends with who took the picture, so text right below that goes on with the sentence above. Where the picture
shows what the text above tells, and the line over it says nothing of the picture, that is a banner and the picture is
the text's own. Else it is a photo news, and the lower half is read above it, with all text down to the next headline.
"""

from collections.abc import Sequence
from itertools import takewhile

from transforms.blocks.carried import Carried
from transforms.blocks.cohesion import echo
from transforms.blocks.continuity import cut_between, goes_on
from transforms.blocks.distant import text_end
from transforms.blocks.headlines import NEVER_SAID
from transforms.blocks.pictures import LONGEST_CAPTION, NOT_TOLD, is_picture_credit, says_itself
from transforms.blocks.titles import ASIDE, TitleGroup, title_groups, titles_of
from transforms.blocks.units import Unit, units_above, window
from transforms.language.model import LanguageModel


def find_pictured(units: Sequence[Unit], language: LanguageModel) -> list[Carried]:
    """Return what is read further up than it stands, past a picture, in printed order."""
    found = (_pictured(units, group, language) for group in title_groups(units))
    return [carried for carried in found if carried is not None]


def _pictured(units: Sequence[Unit], group: TitleGroup, language: LanguageModel) -> Carried | None:
    picture, above = _picture(units, group), group.first - 1
    if picture is None or above < 0:
        return None
    credit, shown, lines = picture
    lower = next((at for at in range(credit + 1, len(units)) if units[at].kind not in ASIDE), len(units))
    if lower == len(units) or not _are_halves(units[above], lines[0], units[lower], language):
        return None
    odds = goes_on(cut_between(units[above], units[lower]), language)
    over = takewhile(lambda unit: unit.kind != "title", units_above(units, group.first))
    is_own = echo(shown, "\n".join(window(over))) >= NOT_TOLD
    is_banner = is_own and echo("\n".join(lines), shown) <= NEVER_SAID
    end = lower + 1 if is_banner else text_end(units, lower)
    return Carried(lower, end, above, odds, is_banner=is_banner) if odds > 0 else None


def _are_halves(upper: Unit, line: str, lower: Unit, language: LanguageModel) -> bool:
    """Tell whether a sentence may go on below a picture, and more likely so than in the line over it."""
    if not upper.is_open or lower.kind != "paragraph" or lower.opens:
        return False
    return language.goes_on(upper.string, lower.string) > language.goes_on(upper.string, line)


def _picture(units: Sequence[Unit], group: TitleGroup) -> tuple[int, str, list[str]] | None:
    """Return the credit of the picture below some lines, what it shows, and the lines without it; None without one."""
    lines = [title.string for title in titles_of(units, group)]
    below = units[group.last : group.last + 2]
    if below and is_picture_credit(below[0]):
        shown = below[0].string if says_itself(below[0]) else lines.pop()
        return (group.last, shown, lines) if lines else None
    is_shown = len(below) > 1 and below[0].kind == "paragraph" and len(below[0].string) <= LONGEST_CAPTION
    return (group.last + 1, below[0].string, lines) if is_shown and is_picture_credit(below[1]) else None
