"""People: which appearances of a name are one person. Never by the name alone, but by name and organisation.

An appearance with an office is a naming of (name, organisation, post); those that agree in all three are one node.
One without is a node of its own, which only its page can lead to a person.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from transforms.entities.identity import rules
from transforms.entities.identity.appearances import CREDIT, Appearance, Naming, is_seat
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.nodes import Clash, Edge, Held, Node, judge
from transforms.entities.identity.offices import Office

SCOPED = re.compile("^(?:.*/|称号：)")  # what only this project puts before a name
OFFICE_GAP = timedelta(days=2_000)  # a term is five years: the same name in the same office later may be another's
STAFF_GAP = timedelta(days=730)  # of people of one name among a firm's workers or a village's people
UNKNOWN_DAY = date.max


@dataclass(slots=True)
class Stint:
    """The appearances of one name in one office, without a long gap between them."""

    name: str
    office: Office | None
    appearances: list[Appearance]
    key: str

    @property
    def scope(self) -> str:
        """The organisation of the office; empty without one."""
        return self.office.scope if self.office else ""

    @property
    def contexts(self) -> frozenset[str]:
        """The papers and districts of the texts."""
        return frozenset(name for person in self.appearances for n in person.namings for name in n.contexts)


def gather_people(appearances: Iterable[Appearance]) -> tuple[list[Node], list[Edge], dict[str, str]]:
    """Return the nodes of people, the edges between them, and the node of each naming by its ref."""
    stints = list(_find_stints(appearances))
    nodes = {stint.key: _node(stint) for stint in stints}
    held: dict[tuple[str, str, int], list[Stint]] = defaultdict(list)
    for stint in stints:
        for person in stint.appearances:
            held[person.name, person.text, person.number].append(stint)
    members = {
        naming.ref: own[0].key
        for stint in stints
        for person in stint.appearances
        if (own := held[person.name, person.text, person.number])[0] is stint
        for naming in person.namings
    }
    edges = [*_of_one_person(held.values()), *_of_one_organisation(stints), *_of_one_page(stints)]
    return list(nodes.values()), edges, members


def _find_stints(appearances: Iterable[Appearance]) -> Iterator[Stint]:
    by_office: dict[tuple[str, str, str, str, str], list[tuple[Appearance, Office]]] = defaultdict(list)
    for person in appearances:
        mark = f"|{person.mark}" if person.mark else ""
        scoped = [office for office in person.offices if office.scope]
        for office in scoped:
            by_office[person.name, office.scope, office.post, office.rank, mark].append((person, office))
        if not scoped:
            yield Stint(person.name, None, [person], f"person|{person.name}|@{person.text}|{person.number}{mark}")
    for (name, scope, post, rank, mark), held in sorted(by_office.items(), key=lambda item: item[0]):
        gap = STAFF_GAP if rank == "staff" and not is_newsroom(scope) else OFFICE_GAP
        for number, run in enumerate(_runs([person for person, _ in held], gap)):
            later = f"|{run[0].text}" if number else ""
            yield Stint(name, held[0][1], run, f"person|{name}|{scope}|{rank}:{post}{later}{mark}")


def full_scopes(scope: str, contexts: Iterable[str]) -> list[str]:
    """Return an organisation in each context that it is named in, where it does not say its own area."""
    if "/" not in scope:
        return [scope]
    return [f"{context}/{say_scope(scope)}" for context in sorted({*contexts, scope.partition("/")[0]})]


def is_newsroom(scope: str) -> bool:
    """Tell whether a scope is that of the people who make a paper."""
    return scope.endswith(("/newsroom", "/correspondents"))


def _runs(people: Sequence[Appearance], gap: timedelta) -> Iterator[list[Appearance]]:
    """Cut appearances where the gap between two is too long; those without a day belong to the first run."""
    ordered = sorted(people, key=lambda person: (first_day(person) or date.min, person.text, person.number))
    run: list[Appearance] = []
    last = date.min
    for person in ordered:
        day = first_day(person)
        if run and day is not None and last != date.min and day - last > gap:
            yield run
            run = []
        last = max(last, day or last)
        run.append(person)
    if run:
        yield run


def first_day(person: Appearance) -> date | None:
    """Return the first day on which a person's text may have been printed."""
    return min((naming.lower for naming in person.namings if naming.lower), default=None)


def _node(stint: Stint) -> Node:
    namings = [naming for person in stint.appearances for naming in person.namings]
    lower = min((naming.lower for naming in namings if naming.lower), default=None)
    current = [n for person in stint.appearances if not _is_past(stint, person) for n in person.namings]
    uppers, lowers = [n.upper for n in current if n.upper], [n.lower for n in current if n.lower]
    offices: tuple[Held, ...] = ()
    if stint.office is not None:
        office = stint.office
        # certain days only: named by the earliest last day, and still by the latest first one
        first, last = min(uppers, default=None), max(lowers, default=None)
        offices = (
            Held(scope=office.scope, area=office.area, post=office.post, rank=office.rank, first=first, last=last),
        )
    return Node(
        key=stint.key,
        kind="person",
        name=stint.name,
        first=lower or UNKNOWN_DAY,
        shown=min(namings, key=_in_print).ref,
        text_count=len({person.text for person in stint.appearances}),
        offices=offices,
        texts=frozenset(person.text for person in stint.appearances),
        contexts=stint.contexts,
        pages=frozenset(naming.page for naming in namings if naming.start != CREDIT),
    )


def _is_past(stint: Stint, person: Appearance) -> bool:
    """Tell whether a text says that the office was held before, which proves nothing of its own day."""
    return any(office.is_past and office.scope == stint.scope for office in person.offices)


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


def _are_of_two_papers(one: Stint, other: Stint) -> bool:
    """Tell whether two credits are of two papers that are known."""
    papers = {stint.office.scope.partition("/")[0] for stint in (one, other) if stint.office}
    return len(papers) > 1 and not any(paper.startswith("@") for paper in papers)


def _days_between(one: Stint, other: Stint) -> timedelta:
    """Return how long nobody names either of two stints, of which one begins first."""
    earlier = [day for person in one.appearances if (day := first_day(person))]
    later = [day for person in other.appearances if (day := first_day(person))]
    return min(later) - max(earlier) if earlier and later else timedelta(0)


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


def _in_print(naming: Naming) -> tuple[bool, date, str, int, str]:
    return (naming.start == CREDIT, naming.lower or UNKNOWN_DAY, naming.text, naming.start, naming.ref)


def _in_time(stint: Stint) -> tuple[date, str]:
    return (min((first_day(p) or UNKNOWN_DAY for p in stint.appearances), default=UNKNOWN_DAY), stint.key)


def _printed(stint: Stint) -> str:
    return stint.office.printed if stint.office else "without an office"


def say_scope(scope: str) -> str:
    """Return an organisation as a person would say it."""
    return SCOPED.sub("", scope)


def _say_stint(stint: Stint) -> str:
    days = sorted({day for person in stint.appearances if (day := first_day(person))})
    when = f" ({days[0]} to {days[-1]})" if len(days) > 1 else f" ({days[0]})" if days else ""
    return f"{_printed(stint)}{when}"


def people_clash(looks: Looks) -> Clash:
    """Return the test of two groups of people: their names are alike, and their offices one person's."""

    def clash(one: Sequence[Node], other: Sequence[Node]) -> str | None:
        names = sorted({(a.name, b.name) for a in one for b in other if a.name != b.name})
        strange = [pair for pair in names if not looks.are_forms(*pair)]
        if strange:
            return f"{strange[0][0]} and {strange[0][1]} are not alike"
        return offices_clash(one, other)

    return clash


def offices_clash(one: Sequence[Node], other: Sequence[Node]) -> str | None:
    """Say which full-time offices of two organisations two groups hold at one time; None where they hold none."""
    for a in (held for node in one for held in node.offices):
        for b in (held for node in other for held in node.offices):
            if a.scope != b.scope and not (a.area and a.area == b.area) and _are_seats(a, b) and _overlap(a, b):
                return f"{a.post} of {say_scope(a.scope)} and {b.post} of {say_scope(b.scope)} are held at one time"
    return None


def _are_seats(a: Held, b: Held) -> bool:
    offices = (Office(scope=h.scope, area=h.area, post=h.post, rank=h.rank, printed="") for h in (a, b))
    return all(is_seat(office) and office.rank == "chief" for office in offices)


def _overlap(a: Held, b: Held) -> bool:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    return max(a.first, b.first) <= min(a.last, b.last)
