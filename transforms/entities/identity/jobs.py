"""What a step consists of: each part hangs on nothing but tables and what people decided, and any process can do it."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from transforms.entities.identity.decisions import Ruling, list_apart
from transforms.entities.identity.found import Found, find_differences, list_refs, say_meant
from transforms.entities.identity.inputs import article_of
from transforms.entities.identity.intake import TEXTS
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.near_people import NearPeople, find_parts, read_parts
from transforms.entities.identity.people_blocks import resolve_people
from transforms.entities.identity.report import Resolved
from transforms.entities.identity.shared_offices import NEAR_NAMES, OFFICES, give_near_names, give_offices
from transforms.entities.identity.sides import PERSON, Side, is_person, refs_of
from transforms.entities.identity.tables import BATCH, WHOLE, Derive, Place, Span, Tables, batch
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
    THINGS,
    give_meetings,
    give_near,
    give_share,
    give_short,
    list_shares,
)

NODES_AT_ONCE = 2_000  # whose shares are listed together
SHARES_AT_ONCE = 100  # each may hold hundreds of texts

PEOPLE, OTHER_THINGS = "people", "things"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage that runs over the keys of a table.

    derive: makes it of how characters look and of rulings. size: keys that are looked at together.
    """

    table: str
    derive: Callable[[Looks, Sequence[Ruling]], Derive]
    size: int = BATCH


def _plainly(derive: Derive) -> Callable[[Looks, Sequence[Ruling]], Derive]:
    return lambda _looks, _rulings: derive


STAGES: Mapping[str, Stage] = {
    "areas": Stage(table=TEXTS, derive=_plainly(give_areas)),
    "homes": Stage(table=PAGES, derive=_plainly(give_home)),
    "texts": Stage(table=TEXTS, derive=lambda _, rulings: partial(give_namings, apart=list_apart(rulings))),
    "offices": Stage(table=NAMES, derive=_plainly(give_offices)),
    "near names": Stage(table=OFFICES, derive=lambda looks, _: partial(give_near_names, looks=looks)),
    "shares": Stage(table=SHARES, derive=_plainly(give_share), size=SHARES_AT_ONCE),
    "meetings": Stage(table=THINGS, derive=_plainly(give_meetings)),
    "masks": Stage(table=MASKS, derive=lambda looks, _: partial(give_near, looks=looks)),
    "short names": Stage(table=SHORTS, derive=_plainly(give_short)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What people decided before a step and after it, and the nodes of the namings decided of: see `Side`.

    fresh, fresh_texts: the articles that were put in, and the texts that they print; of a build, where all are, none.
    """

    was: Sequence[Ruling] = ()
    now: Sequence[Ruling] = ()
    nodes_before: Mapping[str, str] = field(default_factory=dict)
    nodes_after: Mapping[str, str] = field(default_factory=dict)
    fresh: Container[str] = frozenset()
    fresh_texts: Container[str] = frozenset()


class EntityOf(Protocol):
    """Gives the entity of each node that is no person's."""

    def __getitem__(self, node: str, /) -> str:
        """Return the entity of a node."""


@dataclass(slots=True)
class Hand:
    """What does the work.

    meant: of the namings that somebody decided of, the entity. entity_of: of the nodes that were resolved; moved: of
    those whose entity differs.
    """

    tables: Tables
    looks: Looks
    told: Told
    meant: dict[str, str] = field(default_factory=dict)
    entity_of: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    def sides(self) -> tuple[Side, Side]:
        """Return the tables before the step and after it."""
        told = self.told
        before = Side(self.tables.was, told.was, told.nodes_before)
        return before, Side(self.tables.now, told.now, told.nodes_after)

    def derive(self, name: str, span: Span = WHOLE) -> None:
        """Run a stage over the keys of its table that changed, or those of a span of hashes."""
        stage = STAGES[name]
        earlier, later = (stage.derive(self.looks, rulings) for rulings in (self.told.was, self.told.now))
        anew = self.told.fresh_texts if stage.table == TEXTS else ()
        self.tables.derive(stage.table, later, before=earlier, anew=anew, size=stage.size, span=span)

    def changed_people(self) -> set[str]:
        """Return the names of people that anything changed of: their namings, whom they are alike, what was decided."""
        told = self.told
        turned = refs_of(set(told.was) ^ set(told.now))
        decided = {nodes.get(ref, "") for ref in turned for nodes in (told.nodes_before, told.nodes_after)}
        keys = {key.removeprefix(PERSON) for key in decided if is_person(key)}
        return {*self.tables.changed(NAMES), *self.tables.changed(NEAR_NAMES), *keys}

    def resolve(self, kind: str, blocks: Iterable[Sequence[str]]) -> Iterator[Found]:
        """Resolve blocks of people's names, or of nodes; yield what differs."""
        if kind == PEOPLE:
            changed = self.changed_people() if self.tables.before else None
            for block in blocks:
                yield from self._resolve_people(block, changed)
        else:
            for block in blocks:
                yield from self._resolve_things(block)

    def _resolve_people(self, block: Sequence[str], changed: Container[str] | None) -> Iterator[Found]:
        """Resolve the parts of a block that a change reaches; at last tell the pairs between them, which are open.

        changed: names of which anything changed; None: all of them.
        """
        sides = self.sides()
        judged = [NearPeople.of(side, self.looks) for side in sides]
        mine = block if changed is None else [name for name in block if name in changed]
        for part in read_parts(find_parts(block, mine, judged), sides):
            was, now = (
                resolve_people(names, near.take_within(names), side.rulings, self.looks)
                for names, near, side in zip(part, judged, sides, strict=True)
            )
            for near, resolved in zip(judged, (was, now), strict=True):
                near.keep(resolved.entity_of)
            yield from find_differences(was, now)
            yield from self._say_people(was.meant, now.meant)
        was, now = (Resolved(links=near.link_rows()) for near in judged)
        yield from find_differences(was, now)

    def _say_people(self, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Found]:
        yield from say_meant([pair for pair in now.items() if was.get(pair[0]) != pair[1] or self._is_fresh(pair[0])])
        self.meant |= {ref: now[ref] for ref in self.told.nodes_after if ref in now}

    def _resolve_things(self, block: Sequence[str]) -> Iterator[Found]:
        was, now = (
            resolve_things(
                side.read(THINGS, block),
                side.read(NEAR, block),
                side.rulings,
                self.looks,
                members=side.nodes,
                read_shares=partial(side.read, SHARES),
                read_unions=partial(side.read, UNIONS),
            )
            for side in self.sides()
        )
        self._keep_unions(was, now)
        yield from find_differences(was, now)
        self.entity_of |= now.entity_of
        self.moved |= {node: entity for node, entity in now.entity_of.items() if was.entity_of.get(node) != entity}
        nodes = self.told.nodes_after.items()
        self.meant |= {ref: now.entity_of[node] for ref, node in nodes if node in now.entity_of}

    def _keep_unions(self, was: Resolved, now: Resolved) -> None:
        for entity in {**was.unions, **now.unions}:
            earlier, later = was.unions.get(entity, {}), now.unions.get(entity, {})
            for share in {**earlier, **later}:
                if earlier.get(share) != later.get(share):
                    self.tables.put(Place(UNIONS, entity, share), later.get(share))

    def tell_namings(self, entity_of: EntityOf, span: Span = WHOLE) -> Iterator[Found]:
        """Yield the entity of the namings that are new to a node, and of all namings of a node whose entity differs."""
        tables = self.tables
        for keys in batch(tables.changed(SHARES, span), SHARES_AT_ONCE):
            was, now = tables.was(SHARES, keys), tables.now(SHARES, keys)
            pairs = []
            for key, parts in now.items():
                node = key.rpartition("\t")[0]
                entity = entity_of[node]
                known = frozenset(list_refs(was.get(key, {}))) if node not in self.moved else ()
                pairs += [(ref, entity) for ref in list_refs(parts) if ref not in known or self._is_fresh(ref)]
            yield from say_meant(pairs)
        if tables.before:  # else all shares are new
            yield from self._tell_moved()

    def _tell_moved(self) -> Iterator[Found]:
        tables = self.tables
        seen = set(tables.changed(SHARES))
        for nodes in batch(list(self.moved), NODES_AT_ONCE):
            shares = {
                share_key(node, int(share)): node
                for node, parts in tables.now(THINGS, nodes).items()
                for share in list_shares(parts)
            }
            for keys in batch([key for key in shares if key not in seen], SHARES_AT_ONCE):
                read = tables.now(SHARES, keys).items()
                yield from say_meant(
                    [(ref, self.moved[shares[key]]) for key, parts in read for ref in list_refs(parts)]
                )

    def _is_fresh(self, ref: str) -> bool:
        return article_of(ref) in self.told.fresh
