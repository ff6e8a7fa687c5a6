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
from transforms.entities.identity.blocks import pack
from transforms.entities.identity.decisions import Apart, list_apart
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.misprints import judge_people
from transforms.entities.identity.nodes import Edge, Node
from transforms.entities.identity.people_blocks import open_namings
from transforms.entities.identity.report import Row, link_rows
from transforms.entities.identity.shared_offices import NEAR_NAMES, list_offices
from transforms.entities.identity.sides import Side
from transforms.entities.identity.stints import find_stints, make_node
from transforms.entities.identity.tables import Parts, batch
from transforms.entities.identity.text_stages import NAMES

READ_AT_ONCE = 16  # names: a frequent one has megabytes
NAMINGS_AT_ONCE = 10_000  # that are resolved together, at some 4 kB each


@dataclass(slots=True)
class NearPeople:
    """The judged pairs on one side: edges by the name of their first end, and the nodes that they lead to.

    entity_of: of those nodes, as parts are resolved.
    """

    edges: dict[str, list[Edge]] = field(default_factory=lambda: defaultdict(list))
    nodes: dict[str, Node] = field(default_factory=dict)
    entity_of: dict[str, str] = field(default_factory=dict)

    def list_ties(self) -> Iterator[tuple[str, str]]:
        """Yield the names of pairs that are to be joined."""
        for name, edges in self.edges.items():
            yield from ((name, self.nodes[edge.b].name) for edge in edges if edge.decision == "joined")

    def list_pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the names of all pairs."""
        return ((name, self.nodes[edge.b].name) for name, edges in self.edges.items() for edge in edges)

    def take_within(self, names: Collection[str]) -> list[Edge]:
        """Take the edges between some names."""
        taken: list[Edge] = []
        for name in [name for name in names if name in self.edges]:
            inside = {edge.b: self.nodes[edge.b].name in names for edge in self.edges[name]}
            taken += [edge for edge in self.edges[name] if inside[edge.b]]
            self.edges[name] = [edge for edge in self.edges[name] if not inside[edge.b]]
        return taken

    def keep(self, entity_of: Mapping[str, str]) -> None:
        """Keep the entities of a part's nodes that pairs lead to."""
        self.entity_of |= {key: entity_of[key] for key in self.nodes.keys() & entity_of.keys()}

    def link_rows(self) -> dict[str, Row]:
        """Return the rows of the edges between parts, of those that were resolved."""
        left = (edge for edges in self.edges.values() for edge in edges)
        edges = [edge for edge in left if edge.a in self.entity_of and edge.b in self.entity_of]
        surfaces = {key: node.name for key, node in self.nodes.items()}
        return link_rows(edges, self.nodes, surfaces, self.entity_of)


def judge_near(names: Sequence[str], side: Side, looks: Looks) -> NearPeople:
    """Judge all pairs of people who hold one office and are named alike, between some names."""
    near = side.read(NEAR_NAMES, names)
    nodes: dict[str, Node] = {}
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for some in batch(sorted(near), READ_AT_ONCE):
        for name, parts in side.read(NAMES, some).items():
            for node in _list_holders(name, parts, near[name], list_apart(side.rulings)):
                for office in _offices_of(node) & near[name].keys():
                    nodes[node.key] = node
                    holders[name, office].append(node.key)
    pairs = {
        (min(pair), max(pair))
        for name, parts in near.items()
        for office, others in parts.items()
        for other in others
        for pair in product(holders[name, office], holders[other, office])
    }
    judged = NearPeople()
    for a, b in sorted(pairs):
        judged.edges[nodes[a].name].append(judge_people(nodes[a], nodes[b], looks))
        judged.nodes |= {key: replace(nodes[key], texts=frozenset(), pages=frozenset()) for key in (a, b)}
    return judged


def find_reached(
    blocks: Iterable[list[str]], changed: Container[str], pairs: Collection[tuple[str, str]]
) -> Iterator[list[str]]:
    """Yield the blocks that hold changed names, and those that a pair holds against these: nothing else differs."""
    all_blocks = list(blocks)
    at = {name: number for number, block in enumerate(all_blocks) for name in block}
    hit = {number for name, number in at.items() if name in changed}
    beside = {at[name] for pair in pairs if not hit.isdisjoint(map(at.__getitem__, pair)) for name in pair}
    return (all_blocks[number] for number in sorted(hit | beside))


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
