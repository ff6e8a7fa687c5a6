"""One step from the tables as they were to the tables as they are, and the rows of the lake that differ."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from transforms.entities.identity.blocks import find_blocks, gather_blocks, pack
from transforms.entities.identity.decisions import Ruling, list_apart
from transforms.entities.identity.found import Found, find_differences, list_refs, say_meant
from transforms.entities.identity.inputs import article_of
from transforms.entities.identity.intake import ARTICLES, TEXTS
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.people_blocks import resolve_people
from transforms.entities.identity.report import Resolved
from transforms.entities.identity.shared_offices import NEAR_NAMES, OFFICES, give_near_names, give_offices
from transforms.entities.identity.sides import (
    PERSON,
    Side,
    is_person,
    locate,
    meet_people,
    meet_things,
    refs_of,
    texts_of,
    tie_people,
    tie_things,
    unite_meets,
)
from transforms.entities.identity.tables import Place, Tables, batch
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
)

NAMES_AT_ONCE, NODES_AT_ONCE = 256, 2_000  # that are resolved together
SHARES_AT_ONCE = 100  # each may hold hundreds of texts


@dataclass(slots=True)
class Step:
    """One step. was, now: what people decided, before it and after it.

    fresh: the articles that were put in; of a build, where all are, none need be told.
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
        turned = refs_of(set(self.was) ^ set(self.now))
        for read in (tables.was, tables.now):
            for text in set(texts_of(turned, read).values()):
                tables.touch(TEXTS, text)
        tables.derive(TEXTS, give_areas)
        tables.derive(PAGES, give_home)
        earlier, later = (partial(give_namings, apart=list_apart(rulings)) for rulings in (self.was, self.now))
        tables.derive(TEXTS, later, before=earlier, anew=self._fresh_texts())
        decided = refs_of([*self.was, *self.now])
        self.nodes = locate(decided, tables.now, self.now)
        before = Side(tables.was, self.was, locate(decided, tables.was, self.was))
        after = Side(tables.now, self.now, self.nodes)
        tables.derive(NAMES, give_offices)
        tables.derive(OFFICES, partial(give_near_names, looks=self.looks))
        tables.settle(NAMES, NEAR_NAMES)
        yield from self._people(before, after, turned)
        tables.derive(SHARES, give_share, size=SHARES_AT_ONCE)
        find_cores(tables, count_words(tables))
        tables.derive(THINGS, give_meetings)
        tables.derive(MASKS, partial(give_near, looks=self.looks))
        tables.derive(SHORTS, give_short)
        tables.settle(SHARES, THINGS, MEETINGS, NEAR)
        yield from self._things(before, after, turned)

    def _people(self, before: Side, after: Side, turned: Collection[str]) -> Iterator[Found]:
        sides = (before, after)
        for block in pack(self._name_blocks(before, after, turned), NAMES_AT_ONCE):
            was, now = (
                resolve_people(side.read(NAMES, block), side.read(NEAR_NAMES, block), side.rulings, self.looks)
                for side in sides
            )
            yield from find_differences(was, now)
            differing = [
                pair for pair in now.meant.items() if was.meant.get(pair[0]) != pair[1] or self._is_fresh(pair[0])
            ]
            yield from say_meant(differing)
            self.meant |= {ref: now.meant[ref] for ref in self.nodes if ref in now.meant}

    def _things(self, before: Side, after: Side, turned: Collection[str]) -> Iterator[Found]:
        sides = (before, after)
        moved: dict[str, str] = {}
        entity_of: dict[str, str] = {}
        for block in pack(self._node_blocks(before, after, turned), NODES_AT_ONCE):
            was, now = (self._resolve_things(block, side) for side in sides)
            self._keep_unions(was, now)
            yield from find_differences(was, now)
            entity_of |= now.entity_of
            moved |= {node: entity for node, entity in now.entity_of.items() if was.entity_of.get(node) != entity}
        self.meant |= {ref: entity_of[node] for ref, node in self.nodes.items() if node in entity_of}
        yield from self._meant_things(entity_of, moved)

    def _name_blocks(self, before: Side, after: Side, turned: Collection[str]) -> Iterable[list[str]]:
        tables = self.tables
        if not tables.before:
            return gather_blocks(tables.changed(NAMES), tie_people(tables, after))
        affected = {key for side in (before, after) for ref in turned if is_person(key := side.nodes.get(ref, ""))}
        names = [
            *tables.changed(NAMES),
            *tables.changed(NEAR_NAMES),
            *(key.removeprefix(PERSON) for key in affected),
        ]
        return find_blocks(names, lambda some: unite_meets(meet_people(some, side) for side in (before, after)))

    def _node_blocks(self, before: Side, after: Side, turned: Collection[str]) -> Iterable[list[str]]:
        tables = self.tables
        if not tables.before:
            return gather_blocks(tables.changed(THINGS), tie_things(tables, after))
        affected = {key for side in (before, after) for ref in turned if (key := side.nodes.get(ref, ""))}
        nodes = {key.rpartition("\t")[0] for key in tables.changed(SHARES)}
        nodes |= {*tables.changed(THINGS), *tables.changed(NEAR), *(key for key in affected if not is_person(key))}
        return find_blocks(nodes, lambda some: unite_meets(meet_things(some, side) for side in (before, after)))

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
            yield from say_meant(pairs)
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
                yield from say_meant(
                    [(ref, moved[shares[key]]) for key, parts in read.items() for ref in list_refs(parts)]
                )
