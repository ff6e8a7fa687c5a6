"""Misprints mended: the last word on a page's text, so that no repair undoes it and the proof names the correction."""

from collections.abc import Iterable
from itertools import pairwise

from transforms.corrections.locate import find_clean
from transforms.corrections.records import Action, Placed, of_action, stale
from transforms.spans import Edit, Piece, Text


def correct_text(page: Text, placed: Iterable[Placed]) -> Text:
    """Return the repaired page with its misprints mended, each an edit of rule `correction.<id>`."""
    mine = of_action(placed, Action.CORRECT_TEXT)
    for before, place in pairwise(mine):
        if place.start < before.end:  # the second would take back the first
            found = f"that {before.correction.id} mends it too"
            raise stale(place.correction, found=found, remedy="keep one of them")
    for place in mine:
        page = page.edit([_edit(page, place)], place.correction.rule_id)
    return page


def _edit(page: Text, place: Placed) -> Edit:
    bounds = find_clean(page, place.start, place.end)
    if isinstance(bounds, Piece):
        raise stale(
            place.correction,
            found=f"that {bounds.rule_id} changes {page.raw[bounds.raw_start : bounds.raw_end]!r} as a whole",
            remedy="take all of that into expect, and into one correction",
        )
    start, end = bounds
    if page.string[start:end] == place.correction.becomes:
        remedy = "the reader gives it by itself now: delete the correction"
        raise stale(place.correction, found=place.correction.becomes, remedy=remedy)
    return Edit(start, end, place.correction.becomes)
