"""One step from the tables as they were to the tables as they are, and the rows of the lake that differ."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from transforms.entities.identity.blocks import find_blocks, gather_blocks, pack
from transforms.entities.identity.decisions import Ruling
from transforms.entities.identity.found import Found
from transforms.entities.identity.intake import ARTICLES, TEXTS
from transforms.entities.identity.jobs import OTHER_THINGS, PEOPLE, Hand, Told
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.shared_offices import NEAR_NAMES
from transforms.entities.identity.sides import (
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
from transforms.entities.identity.tables import Tables, batch
from transforms.entities.identity.text_stages import NAMES, NEAR, SHARES
from transforms.entities.identity.thing_stages import MEETINGS, THINGS, count_words, find_cores

NAMES_AT_ONCE, NODES_AT_ONCE = 256, 2_000  # that are resolved together


class Crew(Protocol):
    """Others that do the work of a build, each a part of it; what they find to differ they keep."""

    def derive(self, tables: Tables, stage: str, told: Told) -> None:
        """Run a stage over all keys of its table that changed."""

    def settle(self, tables: Tables, *names: str) -> None:
        """Have each of some tables in one layer."""

    def resolve(self, tables: Tables, kind: str, told: Told, blocks: Iterator[list[str]]) -> Mapping[str, str]:
        """Resolve blocks of a kind; return the entities of the namings that somebody decided of."""

    def tell_namings(self, tables: Tables, told: Told) -> None:
        """Tell the entity of each naming of a thing."""


@dataclass(slots=True)
class Step:
    """One step. was, now: what people decided, before it and after it.

    fresh: the articles that were put in; of a build, where all are, none need be told. crew: does the work of a build,
    where that is much.
    nodes, meant: after `run`, of the namings that somebody decided of: the node (of a person the name), the entity.
    """

    tables: Tables
    looks: Looks
    was: Sequence[Ruling]
    now: Sequence[Ruling]
    fresh: frozenset[str] = frozenset()
    crew: Crew | None = None
    nodes: Mapping[str, str] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)

    def run(self) -> Iterator[Found]:
        """Yield what differs, table by table and block by block."""
        tables = self.tables
        turned = refs_of(set(self.was) ^ set(self.now))
        for read in (tables.was, tables.now):
            for text in set(texts_of(turned, read).values()):
                tables.touch(TEXTS, text)
        told = Told(was=self.was, now=self.now, fresh=self.fresh, fresh_texts=self._fresh_texts())
        self._derive(told, "areas", "homes", "texts")
        decided = refs_of([*self.was, *self.now])
        self.nodes = locate(decided, tables.now, self.now)
        told = replace(told, nodes_before=locate(decided, tables.was, self.was), nodes_after=self.nodes)
        hand = Hand(tables, self.looks, told)
        self._derive(told, "offices", "near names")
        self._settle(NAMES, NEAR_NAMES)
        yield from self._resolve(hand, PEOPLE, pack(self._name_blocks(hand), NAMES_AT_ONCE))
        self._derive(told, "shares")
        find_cores(tables, count_words(tables))
        self._derive(told, "meetings", "masks", "short names")
        self._settle(SHARES, THINGS, MEETINGS, NEAR)
        yield from self._resolve(hand, OTHER_THINGS, pack(self._node_blocks(hand.sides(), turned), NODES_AT_ONCE))
        if self.crew:
            self.crew.tell_namings(tables, told)
        else:
            yield from hand.tell_namings(hand.entity_of)

    def _derive(self, told: Told, *stages: str) -> None:
        for stage in stages:
            if self.crew:
                self.crew.derive(self.tables, stage, told)
            else:
                Hand(self.tables, self.looks, told).derive(stage)

    def _settle(self, *names: str) -> None:
        if self.crew:
            self.crew.settle(self.tables, *names)
        else:
            self.tables.settle(*names)

    def _resolve(self, hand: Hand, kind: str, blocks: Iterator[list[str]]) -> Iterator[Found]:
        if self.crew:
            self.meant |= self.crew.resolve(self.tables, kind, hand.told, blocks)
        else:
            yield from hand.resolve(kind, blocks)
            self.meant |= hand.meant

    def _name_blocks(self, hand: Hand) -> Iterable[list[str]]:
        tables, sides = self.tables, hand.sides()
        if not tables.before:
            return gather_blocks(tables.changed(NAMES), tie_people(tables, sides[1]))
        return find_blocks(hand.changed_people(), lambda some: unite_meets(meet_people(some, side) for side in sides))

    def _node_blocks(self, sides: tuple[Side, Side], turned: Collection[str]) -> Iterable[list[str]]:
        tables = self.tables
        if not tables.before:
            return gather_blocks(tables.changed(THINGS), tie_things(tables, sides[1]))
        affected = {key for side in sides for ref in turned if (key := side.nodes.get(ref, ""))}
        nodes = {key.rpartition("\t")[0] for key in tables.changed(SHARES)}
        nodes |= {*tables.changed(THINGS), *tables.changed(NEAR), *(key for key in affected if not is_person(key))}
        return find_blocks(nodes, lambda some: unite_meets(meet_things(some, side) for side in sides))

    def _fresh_texts(self) -> frozenset[str]:
        """Return the texts of the articles that were put in: all that they name is told, whether it differs or not."""
        found = (self.tables.now(ARTICLES, some) for some in batch(sorted(self.fresh)))
        return frozenset(parts[""] for known in found for parts in known.values())
