"""People of one office whose names may be one another misprinted: the pairs of a block, judged before it is resolved.

As a lake grows, such pairs tie thousands of names to one block, but few of them join anybody. So a block is resolved in
parts, which only pairs that join tie; what is open between two parts is told when the entities on both sides are known.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from transforms.entities.identity.appearances import find_appearances
from transforms.entities.identity.blocks import gather_blocks, pack
from transforms.entities.identity.decisions import Apart, list_apart
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.misprints import judge_people
from transforms.entities.identity.nodes import Edge, Node
from transforms.entities.identity.people_blocks import open_namings
from transforms.entities.identity.report import Row, link_rows
from transforms.entities.identity.shared_offices import NEAR_NAMES, list_offices
from transforms.entities.identity.sides import Side, tie_decided
from transforms.entities.identity.stints import find_stints, make_node
from transforms.entities.identity.tables import Parts, batch
from transforms.entities.identity.text_stages import NAMES

READ_AT_ONCE = 16  # names: a frequent one has megabytes
NAMINGS_AT_ONCE = 10_000  # that are resolved together, at some 4 kB each


@dataclass(slots=True)
class NearPeople:
    """The judged pairs of some names on one side.

    met: whom the names that were looked at are alike, by office. nodes, holders: the people of these offices. asked:
    names of which all pairs are judged. edges: the pairs, by both names; beside, tied: the other names of a name's
    pairs, and of those that are to be joined. entity_of: of nodes, as parts are resolved.
    """

    side: Side
    looks: Looks
    met: dict[str, Parts] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    asked: set[str] = field(default_factory=set)
    edges: dict[tuple[str, str], list[Edge]] = field(default_factory=lambda: defaultdict(list))
    beside: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    tied: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    entity_of: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, side: Side, looks: Looks) -> "NearPeople":
        """Begin with the names that decisions tie."""
        judged = cls(side, looks)
        for name, *others in tie_decided(side):
            judged.tied[name].update(others)
        return judged

    def judge(self, names: Collection[str]) -> None:
        """Judge all pairs of some names, as far as that is not done."""
        fresh = [name for name in names if name not in self.asked]
        self._meet(fresh)
        self._meet([other for name in fresh for others in self.met[name].values() for other in others])
        pairs = {
            (min(pair), max(pair))
            for name in fresh
            for office, others in self.met[name].items()
            for other in others
            if other not in self.asked
            for pair in product(self.holders[name, office], self.holders[other, office])
        }
        self.asked.update(fresh)
        for a, b in sorted(pairs):
            one, other = self.nodes[a], self.nodes[b]
            edge = judge_people(one, other, self.looks)
            self.edges[_in_order(one.name, other.name)].append(edge)
            for mine, theirs in ((one.name, other.name), (other.name, one.name)):
                self.beside[mine].add(theirs)
                if edge.decision == "joined":
                    self.tied[mine].add(theirs)

    def _meet(self, names: Collection[str]) -> None:
        near = self.side.read(NEAR_NAMES, {name for name in names if name not in self.met})
        self.met |= {name: near.get(name, {}) for name in names if name not in self.met}
        apart = list_apart(self.side.rulings)
        for some in batch(sorted(near), READ_AT_ONCE):
            for name, parts in self.side.read(NAMES, some).items():
                for node in _list_holders(name, parts, near[name], apart):
                    for office in _offices_of(node) & near[name].keys():
                        self.nodes[node.key] = node
                        self.holders[name, office].append(node.key)

    def let_go(self) -> None:
        """Let go of what only judging asks for."""
        self.met.clear()
        self.holders.clear()
        self.nodes = {key: replace(node, texts=frozenset(), pages=frozenset()) for key, node in self.nodes.items()}

    def take_within(self, names: Collection[str]) -> list[Edge]:
        """Take the edges between some names."""
        pairs = {_in_order(name, other) for name in names for other in self.beside[name] if other in names}
        return [edge for pair in sorted(pairs) for edge in self.edges.pop(pair)]

    def keep(self, entity_of: Mapping[str, str]) -> None:
        """Keep the entities of a part's nodes that pairs lead to."""
        self.entity_of |= {key: entity_of[key] for key in self.nodes.keys() & entity_of.keys()}

    def link_rows(self) -> dict[str, Row]:
        """Return the rows of the edges between parts, of those that were resolved."""
        left = (edge for edges in self.edges.values() for edge in edges)
        edges = [edge for edge in left if edge.a in self.entity_of and edge.b in self.entity_of]
        surfaces = {key: node.name for key, node in self.nodes.items()}
        return link_rows(edges, self.nodes, surfaces, self.entity_of)


def find_parts(block: Sequence[str], changed: Collection[str], judged: Sequence[NearPeople]) -> Iterator[list[str]]:
    """Yield the parts of a block that a change of some of its names reaches; no pair joins the names of two parts.

    These are the parts of the changed names, and those that any pair holds against them: the entities of these are told
    of in the links. judged: of each side; what lies beyond is not looked at.
    """
    core = _close(changed, judged)
    beside = {other for name in core for near in judged for other in near.beside[name]}
    reached = _close(core | beside, judged)
    for near in judged:
        near.let_go()
    ties = ((name, *near.tied[name]) for name in sorted(reached) for near in judged)
    return gather_blocks((name for name in block if name in reached), ties)


def _close(names: Collection[str], judged: Sequence[NearPeople]) -> set[str]:
    """Return names with all others that they are tied to, on either side."""
    closed: set[str] = set()
    going = set(names)
    while going:
        closed |= going
        for near in judged:
            near.judge(going)
        going = {other for name in going for near in judged for other in near.tied[name]} - closed
    return closed


def read_parts(blocks: Iterable[list[str]], sides: Sequence[Side]) -> Iterator[list[dict[str, Parts]]]:
    """Yield the namings of blocks of names on each side, of a few thousand at a time, or of one block that has more."""
    held: list[dict[str, Parts]] = [{} for _ in sides]
    size = 0
    for some in pack(blocks, READ_AT_ONCE):
        read = [side.read(NAMES, some) for side in sides]
        fresh = sum(map(_count_namings, read))
        if size and size + fresh > NAMINGS_AT_ONCE:
            yield held
            held, size = read, fresh
        else:
            held, size = [before | others for before, others in zip(held, read, strict=True)], size + fresh
    yield held


def _count_namings(names: Mapping[str, Parts]) -> int:
    return sum(len(namings) for parts in names.values() for _, namings in parts.values())


def _in_order(one: str, other: str) -> tuple[str, str]:
    return (min(one, other), max(one, other))


def _list_holders(name: str, parts: Parts, near: Container[str], apart: Apart) -> Iterator[Node]:
    """Yield the people of a name who hold one of some offices; of the others not all that is known."""
    posts = {
        (scope, post, rank)
        for contexts, namings in parts.values()
        for scope, post, rank in _list_posts(namings)
        if any(office in near for office in list_offices(scope, post, rank, contexts))
    }
    texts = {text: part for text, part in parts.items() if not posts.isdisjoint(_list_posts(part[1]))}
    for stint in find_stints(find_appearances(open_namings({name: texts}), apart)):
        if stint.office is not None:
            yield make_node(stint)


def _list_posts(namings: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    return ((scope, post, rank) for _, _, _, offices, *_ in namings for scope, _, post, rank, *_ in offices if scope)


def _offices_of(node: Node) -> set[str]:
    return {office for h in node.offices for office in list_offices(h.scope, h.post, h.rank, node.contexts)}
