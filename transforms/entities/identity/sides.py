"""The tables before a step and after it: which names and nodes are held against each other on either side."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from transforms.entities.identity.decisions import Ruling, list_apart
from transforms.entities.identity.inputs import article_of
from transforms.entities.identity.intake import ARTICLES, TEXTS
from transforms.entities.identity.shared_offices import NEAR_NAMES
from transforms.entities.identity.tables import Parts, Tables, batch
from transforms.entities.identity.text_stages import NEAR
from transforms.entities.identity.texts import find_home, name_people, name_things, open_text
from transforms.entities.identity.thing_stages import MEETINGS, THINGS, open_thing
from transforms.entities.identity.things import list_meetings

PERSON = "person|"
View = Callable[[str, Collection[str]], dict[str, Parts]]


@dataclass(frozen=True, slots=True)
class Side:
    """The tables before a step, or after it, with what people decided then.

    nodes: of the namings that somebody decided of, the node; of a person the name.
    """

    read: View
    rulings: Sequence[Ruling]
    nodes: Mapping[str, str]

    def partners(self) -> dict[str, set[str]]:
        """Return the nodes that a decision holds against each other."""
        partners: dict[str, set[str]] = defaultdict(set)
        for ruling in self.rulings:
            if ruling.first in self.nodes and ruling.second in self.nodes:
                one, other = self.nodes[ruling.first], self.nodes[ruling.second]
                partners[one].add(other)
                partners[other].add(one)
        return partners


def is_person(key: str) -> bool:
    """Tell whether a key is that of a person's name."""
    return key.startswith(PERSON)


def refs_of(rulings: Iterable[Ruling]) -> set[str]:
    """Return the namings that rulings speak of."""
    return {ref for ruling in rulings for ref in (ruling.first, ruling.second)}


def texts_of(refs: Collection[str], read: View) -> dict[str, str]:
    """Return the text of each naming."""
    known = read(ARTICLES, {article_of(ref) for ref in refs})
    return {ref: known[article_of(ref)][""] for ref in refs if article_of(ref) in known}


def locate(refs: Collection[str], read: View, rulings: Sequence[Ruling]) -> dict[str, str]:
    """Return the node of each naming, of a person the name."""
    texts = texts_of(refs, read)
    found: dict[str, str] = {}
    for key, parts in read(TEXTS, set(texts.values())).items():
        text = open_text(key, parts)
        if text is not None:
            home = find_home(text, parts)
            found |= {naming.ref: f"{PERSON}{naming.name}" for naming in name_people(text, home)}
            found |= {thing.row["ref"]: thing.node for thing in name_things(text, home, list_apart(rulings))}
    return {ref: found[ref] for ref in refs if ref in found}


def unite_meets(meets: Iterable[Mapping[str, Iterable[str]]]) -> dict[str, set[str]]:
    """Put together what keys meet on several sides."""
    united: dict[str, set[str]] = defaultdict(set)
    for meet in meets:
        for key, others in meet.items():
            united[key].update(others)
    return united


def meet_people(names: Collection[str], side: Side) -> dict[str, set[str]]:
    """Return the names that some names are held against."""
    near = side.read(NEAR_NAMES, names)
    met = {name: set(chain.from_iterable(parts.values())) for name, parts in near.items()}
    for key, others in side.partners().items():
        name = key.removeprefix(PERSON)
        if is_person(key) and name in names:
            met.setdefault(name, set()).update(other.removeprefix(PERSON) for other in others if is_person(other))
    return met


def meet_things(nodes: Collection[str], side: Side) -> dict[str, set[str]]:
    """Return the nodes that some nodes are held against."""
    opened = {key: open_thing(key, parts) for key, parts in side.read(THINGS, nodes).items()}
    meetings = {key: list_meetings(thing) for key, thing in opened.items() if thing is not None}
    at = side.read(MEETINGS, set(chain.from_iterable(meetings.values())))
    met = {key: {node for meeting in mine for node in at.get(meeting, ())} for key, mine in meetings.items()}
    for key, parts in side.read(NEAR, nodes).items():
        met.setdefault(key, set()).update(end for edges in parts.values() for a, b, *_ in edges for end in (a, b))
    for key, others in side.partners().items():
        if key in nodes and not is_person(key):
            met.setdefault(key, set()).update(other for other in others if not is_person(other))
    return met


def tie_people(tables: Tables, side: Side) -> Iterator[Sequence[str]]:
    """Yield the names that are held against each other, in a build."""
    for names in batch(tables.changed(NEAR_NAMES)):
        for name, parts in tables.now(NEAR_NAMES, names).items():
            yield [name, *chain.from_iterable(parts.values())]
    yield from tie_decided(side)


def tie_decided(side: Side) -> Iterator[Sequence[str]]:
    """Yield the names of people that a decision holds against each other."""
    for key, others in side.partners().items():
        if is_person(key):
            yield [person.removeprefix(PERSON) for person in (key, *others) if is_person(person)]


def tie_things(tables: Tables, side: Side) -> Iterator[Sequence[str]]:
    """Yield the nodes that are held against each other, in a build."""
    for meetings in batch(tables.changed(MEETINGS)):
        yield from map(list, tables.now(MEETINGS, meetings).values())
    for nodes in batch(tables.changed(NEAR)):
        for parts in tables.now(NEAR, nodes).values():
            yield from ((a, b) for edges in parts.values() for a, b, *_ in edges)
    for key, others in side.partners().items():
        if not is_person(key):
            yield [node for node in (key, *others) if not is_person(node)]
