"""Days and papers set by a person: they come before all that names and pages say, with the reason as their proof."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from transforms.corrections.locate import locate
from transforms.corrections.records import UNKNOWN, Action, Correction, stale
from transforms.pages.dating import CORRECTION, Dating, combine_datings
from transforms.pages.papers import newspaper_id_of

ACTIONS = frozenset({Action.SET_DATE, Action.SET_PAPER})
REMEDY = "look at the page with ./lake review, then mend or delete the correction"


def correct_datings(
    datings: Sequence[Dating], corrections: Sequence[Correction], raw_pages: Sequence[str]
) -> list[Dating]:
    """Return the datings of one file's pages, in their order, as a person set them; other corrections pass."""
    corrected = list(datings)
    owners: dict[tuple[Action, int], list[str]] = defaultdict(list)
    for correction in (c for c in corrections if c.action in ACTIONS):
        found = observe_dating(datings, correction, raw_pages)
        if found != correction.expect:
            raise stale(correction, found=repr(found), remedy=REMEDY)
        for index in _indexes(datings, correction, raw_pages):
            owners[correction.action, index].append(correction.id)
            if len(owned := owners[correction.action, index]) > 1:
                raise stale(correction, found=f"that {owned[0]} sets it too", remedy="keep one of them")
            corrected[index] = _set(corrected[index], correction)
    return corrected


def observe_dating(datings: Sequence[Dating], correction: Correction, raw_pages: Sequence[str]) -> str:
    """Say which day or paper the pages of a correction have, in the words that its `expect` is written with."""
    found = combine_datings([datings[index] for index in _indexes(datings, correction, raw_pages)])
    return found.newspaper_id if correction.action is Action.SET_PAPER else say_span(found)


def say_span(dating: Dating) -> str:
    """Write what is known of a day: 2023-07-04, or bounds, or unknown."""
    if dating.issue_date:
        return dating.issue_date.isoformat()
    if dating.date_lower and dating.date_upper:
        return f"{dating.date_lower.isoformat()}..{dating.date_upper.isoformat()}"
    return UNKNOWN


def _indexes(datings: Sequence[Dating], correction: Correction, raw_pages: Sequence[str]) -> list[int]:
    return [place.page_index for place in locate([correction], raw_pages)] or list(range(len(datings)))


def _set(dating: Dating, correction: Correction) -> Dating:
    if correction.action is Action.SET_PAPER:
        name = correction.becomes
        return replace(dating, newspaper=name, newspaper_id=newspaper_id_of(name), newspaper_basis=CORRECTION)
    if correction.becomes == UNKNOWN:
        return replace(dating, issue_date=None, date_lower=None, date_upper=None, basis=None, evidence=None)
    days = [date.fromisoformat(day) for day in correction.becomes.split("..")]
    return replace(
        dating,
        issue_date=days[0] if len(days) == 1 else None,
        date_lower=days[0],
        date_upper=days[-1],
        basis=CORRECTION,
        evidence=correction.reason,
    )
