"""Stints: the appearances of one name in one office, which are one person beyond doubt, and the nodes they make."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.entities.identity.appearances import CREDIT, Appearance, Naming
from transforms.entities.identity.nodes import Held, Node
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


def find_stints(appearances: Iterable[Appearance]) -> Iterator[Stint]:
    """Yield the stints; an appearance without an organisation is one of its own."""
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


def make_node(stint: Stint) -> Node:
    """Return the node of a stint."""
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


def full_scopes(scope: str, contexts: Iterable[str]) -> list[str]:
    """Return an organisation in each context that it is named in, where it does not say its own area."""
    if "/" not in scope:
        return [scope]
    return [f"{context}/{say_scope(scope)}" for context in sorted({*contexts, scope.partition("/")[0]})]


def is_newsroom(scope: str) -> bool:
    """Tell whether a scope is that of the people who make a paper."""
    return scope.endswith(("/newsroom", "/correspondents"))


def say_scope(scope: str) -> str:
    """Return an organisation as a person would say it."""
    return SCOPED.sub("", scope)


def first_day(person: Appearance) -> date | None:
    """Return the first day on which a person's text may have been printed."""
    return min((naming.lower for naming in person.namings if naming.lower), default=None)


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


def _is_past(stint: Stint, person: Appearance) -> bool:
    """Tell whether a text says that the office was held before, which proves nothing of its own day."""
    return any(office.is_past and office.scope == stint.scope for office in person.offices)


def _in_print(naming: Naming) -> tuple[bool, date, str, int, str]:
    return (naming.start == CREDIT, naming.lower or UNKNOWN_DAY, naming.text, naming.start, naming.ref)
