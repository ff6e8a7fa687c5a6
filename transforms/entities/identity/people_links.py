"""Which stints are one person: the edges that a text, an organisation, a leadership or a page gives."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from transforms.entities.identity import rules
from transforms.entities.identity.nodes import Edge, judge
from transforms.entities.identity.stints import (
    OFFICE_GAP,
    UNKNOWN_DAY,
    Stint,
    first_day,
    full_scopes,
    is_newsroom,
    say_scope,
)


def link_stints(stints: Sequence[Stint], of_one_person: Iterable[Sequence[Stint]]) -> Iterator[Edge]:
    """Yield the edges. of_one_person: the stints that each person of each text has."""
    yield from _of_one_person(of_one_person)
    yield from _of_one_organisation(stints)
    yield from _of_one_page(stints)


def _of_one_person(held: Iterable[Sequence[Stint]]) -> Iterator[Edge]:
    """Join the offices that one text gives to one person."""
    seen: set[tuple[str, str]] = set()
    for stints in held:
        for other in stints[1:]:
            pair = (stints[0].key, other.key)
            if pair[0] != pair[1] and pair not in seen:
                seen.add(pair)
                both = " and ".join(sorted(_printed(stint) for stint in (stints[0], other)))
                says = f"One text names {other.name} with both offices: {both}."
                yield judge(*pair, rules.OFFICES_OF_ONE_TEXT, says)


def _of_one_organisation(stints: Sequence[Stint]) -> Iterator[Edge]:
    by_scope: dict[tuple[str, str], list[Stint]] = defaultdict(list)
    by_area: dict[tuple[str, str], list[Stint]] = defaultdict(list)
    for stint in stints:
        if stint.office is not None:
            for scope in full_scopes(stint.office.scope, stint.contexts):
                by_scope[stint.name, scope].append(stint)
            for area in full_scopes(stint.office.area, stint.contexts) if stint.office.area else ():
                by_area[stint.name, area].append(stint)
    for (name, scope), group in sorted(by_scope.items()):
        for one, other in pairwise(sorted(group, key=_in_time)):
            yield _same_organisation(name, scope, one, other)
    for (name, area), group in sorted(by_area.items()):
        for one, other in pairwise(sorted(group, key=_in_time)):
            if one.office and other.office and one.office.scope != other.office.scope:
                yield _same_leadership(name, area, one, other)


def _same_organisation(name: str, scope: str, one: Stint, other: Stint) -> Edge:
    says = f"One name, {name}, and one organisation, {say_scope(scope)}: {_say_stint(one)}; {_say_stint(other)}."
    if _days_between(one, other) > OFFICE_GAP:
        return judge(one.key, other.key, rules.LONG_SILENCE, says, decision="undecided")
    ranks = {stint.office.rank for stint in (one, other) if stint.office}
    if is_newsroom(scope) and _are_of_two_papers(one, other):
        return judge(one.key, other.key, rules.NAME_ALONE, says, decision="undecided")
    if "staff" in ranks and not is_newsroom(scope):
        return judge(one.key, other.key, rules.STAFF, says, decision="undecided")
    return judge(one.key, other.key, rules.ONE_ORGANISATION, says)


def _same_leadership(name: str, area: str, one: Stint, other: Stint) -> Edge:
    says = f"One name, {name}, in the leadership of {say_scope(area)}: {_say_stint(one)}; {_say_stint(other)}."
    if _days_between(one, other) > OFFICE_GAP:
        return judge(one.key, other.key, rules.LONG_SILENCE, says, decision="undecided")
    return judge(one.key, other.key, rules.ONE_LEADERSHIP, says)


def _of_one_page(stints: Sequence[Stint]) -> Iterator[Edge]:
    """Lead a bare name back to the one person of that name whom its page names with an office."""
    on_page: dict[tuple[str, str], dict[tuple[str, int], Stint]] = defaultdict(dict)
    for stint in stints:
        if stint.office is not None and not is_newsroom(stint.office.scope):
            for person in stint.appearances:
                on_page[stint.name, person.page].setdefault((person.text, person.number), stint)
    for stint in stints:
        if stint.office is None and stint.appearances[0].is_bare:
            found = list(on_page.get((stint.name, stint.appearances[0].page), {}).values())
            if len(found) == 1:
                says = f"{stint.name} stands without an office, and its page names one: {_printed(found[0])}."
                yield judge(stint.key, found[0].key, rules.ONE_PAGE, says)


def _are_of_two_papers(one: Stint, other: Stint) -> bool:
    """Tell whether two credits are of two papers that are known."""
    papers = {stint.office.scope.partition("/")[0] for stint in (one, other) if stint.office}
    return len(papers) > 1 and not any(paper.startswith("@") for paper in papers)


def _days_between(one: Stint, other: Stint) -> timedelta:
    """Return how long nobody names either of two stints, of which one begins first."""
    earlier = [day for person in one.appearances if (day := first_day(person))]
    later = [day for person in other.appearances if (day := first_day(person))]
    return min(later) - max(earlier) if earlier and later else timedelta(0)


def _in_time(stint: Stint) -> tuple[date, str]:
    return (min((first_day(p) or UNKNOWN_DAY for p in stint.appearances), default=UNKNOWN_DAY), stint.key)


def _printed(stint: Stint) -> str:
    return stint.office.printed if stint.office else "without an office"


def _say_stint(stint: Stint) -> str:
    days = sorted({day for person in stint.appearances if (day := first_day(person))})
    when = f" ({days[0]} to {days[-1]})" if len(days) > 1 else f" ({days[0]})" if days else ""
    return f"{_printed(stint)}{when}"
