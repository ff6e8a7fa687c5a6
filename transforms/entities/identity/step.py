"""One step from the tables as they were to the tables as they are, and the rows of the lake that differ."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

import polars as pl

from transforms.entities.identity.blocks import find_blocks, pack
from transforms.entities.identity.decisions import Ruling, list_apart
from transforms.entities.identity.inputs import article_of
from transforms.entities.identity.intake import ARTICLES, TEXTS
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.people_blocks import resolve_people
from transforms.entities.identity.report import CONTRIBUTORS, ENTITIES, LINKS, MENTIONS, Resolved, number_of
from transforms.entities.identity.shared_offices import NEAR_NAMES, OFFICES, give_near_names, give_offices
from transforms.entities.identity.tables import Parts, Place, Tables, batch
from transforms.entities.identity.text_stages import (
    NAMES,
    NEAR,
    PAGES,
    SHARES,
    SHORTS,
    give_areas,
    give_home,
    give_namings,
    share_key,
)
from transforms.entities.identity.texts import find_home, name_people, name_things, open_text
from transforms.entities.identity.thing_blocks import UNIONS, resolve_things
from transforms.entities.identity.thing_stages import (
    MASKS,
    MEETINGS,
    THINGS,
    count_words,
    find_cores,
    give_meetings,
    give_near,
    give_share,
    give_short,
    list_shares,
    open_thing,
)
from transforms.entities.identity.things import list_meetings

NAMES_AT_ONCE, NODES_AT_ONCE = 256, 2_000  # that are resolved together
SHARES_AT_ONCE = 100  # each may hold hundreds of texts
PERSON = "person|"

View = Callable[[str, Collection[str]], dict[str, Parts]]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a table of the lake that are new or differ, and the keys of those that are gone."""

    table: str
    rows: pl.DataFrame
    gone: Sequence[str] = ()


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


@dataclass(slots=True)
class Step:
    """One step. was, now: what people decided, before it and after it. fresh: the articles that were put in.

    nodes, meant: after `run`, of the namings that somebody decided of: the node (of a person the name), the entity.
    """

    tables: Tables
    looks: Looks
    was: Sequence[Ruling]
    now: Sequence[Ruling]
    fresh: frozenset[str] = frozenset()
    nodes: Mapping[str, str] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)

    def run(self) -> Iterator[Found]:
        """Yield what differs, table by table and block by block."""
        tables = self.tables
        turned = _refs_of(set(self.was) ^ set(self.now))
        for read in (tables.was, tables.now):
            for text in set(_texts_of(turned, read).values()):
                tables.touch(TEXTS, text)
        tables.derive(TEXTS, give_areas)
        tables.derive(PAGES, give_home)
        earlier, later = (partial(give_namings, apart=list_apart(rulings)) for rulings in (self.was, self.now))
        tables.derive(TEXTS, later, before=earlier, anew=self._fresh_texts())
        decided = _refs_of([*self.was, *self.now])
        self.nodes = _locate(decided, tables.now, self.now)
        before = Side(tables.was, self.was, _locate(decided, tables.was, self.was))
        after = Side(tables.now, self.now, self.nodes)
        tables.derive(NAMES, give_offices)
        tables.derive(OFFICES, partial(give_near_names, looks=self.looks))
        tables.settle()
        yield from self._people(before, after, turned)
        tables.derive(SHARES, give_share, size=SHARES_AT_ONCE)
        find_cores(tables, count_words(tables))
        tables.derive(THINGS, give_meetings)
        tables.derive(MASKS, partial(give_near, looks=self.looks))
        tables.derive(SHORTS, give_short)
        tables.settle()
        yield from self._things(before, after, turned)

    def _people(self, before: Side, after: Side, turned: Collection[str]) -> Iterator[Found]:
        affected = {key for side in (before, after) for ref in turned if _is_person(key := side.nodes.get(ref, ""))}
        names = [
            *self.tables.changed(NAMES),
            *self.tables.changed(NEAR_NAMES),
            *(key.removeprefix(PERSON) for key in affected),
        ]
        sides = (before, after)
        blocks = find_blocks(names, lambda some: _unite_meets(_meet_people(some, side) for side in sides))
        for block in pack(blocks, NAMES_AT_ONCE):
            was, now = (
                resolve_people(side.read(NAMES, block), side.read(NEAR_NAMES, block), side.rulings, self.looks)
                for side in sides
            )
            yield from _differences(was, now)
            differing = [
                pair for pair in now.meant.items() if was.meant.get(pair[0]) != pair[1] or self._is_fresh(pair[0])
            ]
            yield from _meant(differing)
            self.meant |= {ref: now.meant[ref] for ref in self.nodes if ref in now.meant}

    def _things(self, before: Side, after: Side, turned: Collection[str]) -> Iterator[Found]:
        affected = {key for side in (before, after) for ref in turned if (key := side.nodes.get(ref, ""))}
        nodes = {key.rpartition("\t")[0] for key in self.tables.changed(SHARES)}
        nodes |= {
            *self.tables.changed(THINGS),
            *self.tables.changed(NEAR),
            *(key for key in affected if not _is_person(key)),
        }
        sides = (before, after)
        blocks = find_blocks(nodes, lambda some: _unite_meets(_meet_things(some, side) for side in sides))
        moved: dict[str, str] = {}
        entity_of: dict[str, str] = {}
        for block in pack(blocks, NODES_AT_ONCE):
            was, now = (self._resolve_things(block, side) for side in sides)
            self._keep_unions(was, now)
            yield from _differences(was, now)
            entity_of |= now.entity_of
            moved |= {node: entity for node, entity in now.entity_of.items() if was.entity_of.get(node) != entity}
        self.meant |= {ref: entity_of[node] for ref, node in self.nodes.items() if node in entity_of}
        yield from self._meant_things(entity_of, moved)

    def _fresh_texts(self) -> frozenset[str]:
        """Return the texts of the articles that were put in: all that they name is told, whether it differs or not."""
        found = (self.tables.now(ARTICLES, some) for some in batch(sorted(self.fresh)))
        return frozenset(parts[""] for known in found for parts in known.values())

    def _is_fresh(self, ref: str) -> bool:
        return article_of(ref) in self.fresh

    def _resolve_things(self, block: Sequence[str], side: Side) -> Resolved:
        return resolve_things(
            side.read(THINGS, block),
            side.read(NEAR, block),
            side.rulings,
            self.looks,
            members=side.nodes,
            read_shares=partial(side.read, SHARES),
            read_unions=partial(side.read, UNIONS),
        )

    def _keep_unions(self, was: Resolved, now: Resolved) -> None:
        for entity in {**was.unions, **now.unions}:
            earlier, later = was.unions.get(entity, {}), now.unions.get(entity, {})
            for share in {**earlier, **later}:
                if earlier.get(share) != later.get(share):
                    self.tables.put(Place(UNIONS, entity, share), later.get(share))

    def _meant_things(self, entity_of: Mapping[str, str], moved: Mapping[str, str]) -> Iterator[Found]:
        """Yield the entity of the namings that are new to a node, and of all namings of a node whose entity differs."""
        tables = self.tables
        for keys in batch(tables.changed(SHARES), SHARES_AT_ONCE):
            was, now = tables.was(SHARES, keys), tables.now(SHARES, keys)
            pairs = []
            for key, parts in now.items():
                node = key.rpartition("\t")[0]
                known = frozenset(list_refs(was.get(key, {}))) if node not in moved else ()
                pairs += [(ref, entity_of[node]) for ref in list_refs(parts) if ref not in known or self._is_fresh(ref)]
            yield from _meant(pairs)
        if not tables.before:
            return  # a build: all shares are new
        seen = set(tables.changed(SHARES))
        for nodes in batch(list(moved), NODES_AT_ONCE):
            shares = {
                share_key(node, int(share)): node
                for node, parts in tables.now(THINGS, nodes).items()
                for share in list_shares(parts)
            }
            for keys in batch([key for key in shares if key not in seen], SHARES_AT_ONCE):
                read = tables.now(SHARES, keys)
                yield from _meant(
                    [(ref, moved[shares[key]]) for key, parts in read.items() for ref in list_refs(parts)]
                )


def _is_person(key: str) -> bool:
    return key.startswith(PERSON)


def _refs_of(rulings: Iterable[Ruling]) -> set[str]:
    return {ref for ruling in rulings for ref in (ruling.first, ruling.second)}


def _texts_of(refs: Collection[str], read: View) -> dict[str, str]:
    """Return the text of each naming."""
    known = read(ARTICLES, {article_of(ref) for ref in refs})
    return {ref: known[article_of(ref)][""] for ref in refs if article_of(ref) in known}


def _locate(refs: Collection[str], read: View, rulings: Sequence[Ruling]) -> dict[str, str]:
    """Return the node of each naming, of a person the name."""
    texts = _texts_of(refs, read)
    found: dict[str, str] = {}
    for key, parts in read(TEXTS, set(texts.values())).items():
        text = open_text(key, parts)
        if text is not None:
            home = find_home(text, parts)
            found |= {naming.ref: f"{PERSON}{naming.name}" for naming in name_people(text, home)}
            found |= {thing.row["ref"]: thing.node for thing in name_things(text, home, list_apart(rulings))}
    return {ref: found[ref] for ref in refs if ref in found}


def _unite_meets(meets: Iterable[Mapping[str, Iterable[str]]]) -> dict[str, set[str]]:
    united: dict[str, set[str]] = defaultdict(set)
    for meet in meets:
        for key, others in meet.items():
            united[key].update(others)
    return united


def _meet_people(names: Collection[str], side: Side) -> dict[str, set[str]]:
    near = side.read(NEAR_NAMES, names)
    met = {name: set(chain.from_iterable(parts.values())) for name, parts in near.items()}
    for key, others in side.partners().items():
        name = key.removeprefix(PERSON)
        if _is_person(key) and name in names:
            met.setdefault(name, set()).update(other.removeprefix(PERSON) for other in others if _is_person(other))
    return met


def _meet_things(nodes: Collection[str], side: Side) -> dict[str, set[str]]:
    opened = {key: open_thing(key, parts) for key, parts in side.read(THINGS, nodes).items()}
    meetings = {key: list_meetings(thing) for key, thing in opened.items() if thing is not None}
    at = side.read(MEETINGS, set(chain.from_iterable(meetings.values())))
    met = {key: {node for meeting in mine for node in at.get(meeting, ())} for key, mine in meetings.items()}
    for key, parts in side.read(NEAR, nodes).items():
        met.setdefault(key, set()).update(end for edges in parts.values() for a, b, *_ in edges for end in (a, b))
    for key, others in side.partners().items():
        if key in nodes and not _is_person(key):
            met.setdefault(key, set()).update(other for other in others if not _is_person(other))
    return met


def _differences(was: Resolved, now: Resolved) -> Iterator[Found]:
    for table, schema, earlier, later in (
        ("entities", ENTITIES, was.entities, now.entities),
        ("entity_links", LINKS, was.links, now.links),
    ):
        rows = [row for key, row in sorted(later.items()) if earlier.get(key) != row]
        gone = sorted(earlier.keys() - later.keys())
        if rows or gone:
            yield Found(table, pl.DataFrame(rows, schema=schema, orient="row"), gone)


def _meant(pairs: Sequence[tuple[str, str]]) -> Iterator[Found]:
    """Yield the entities of mentions, and of credits, by ref."""
    mentions = [pair for pair in pairs if number_of(pair[0]) is None]
    credited = [(article_of(ref), number, entity) for ref, entity in pairs if (number := number_of(ref)) is not None]
    if mentions:
        yield Found("mentions", pl.DataFrame(mentions, schema=MENTIONS, orient="row"))
    if credited:
        yield Found("contributors", pl.DataFrame(credited, schema=CONTRIBUTORS, orient="row"))


def list_refs(parts: Parts) -> Iterator[str]:
    """Yield the namings of a share."""
    for _, _, _, articles in parts.values():
        for article_id, _, _, starts in articles:
            for _, ref in starts:
                yield article_id + ref
