"""From judged pairs to entities, with no unchecked transitive closure: whoever joins a group must fit all of it.

Edges are taken surest first. Before two groups become one, everything that one knows is held against everything that
the other knows; where the ends contradict, the edge between them is refused, and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from transforms.entities.identity.nodes import Clash, Edge, Node


@dataclass(frozen=True, slots=True)
class Merged:
    """The group of each node, named by the key of its first node, and the edges as they ended."""

    groups: Mapping[str, str]
    edges: tuple[Edge, ...]


def merge(
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    *,
    clash: Clash,
    barred: Iterable[tuple[str, str]] = (),
) -> Merged:
    """Join what the edges join. barred: pairs of nodes that never come together; edges of score 1 by a person do.

    The result hangs on the content of nodes and edges alone, never on their order.
    """
    groups = Groups.of(nodes, barred)
    ended = [_take(edge, groups, clash) for edge in sorted(edges, key=_surest_first)]
    return Merged({key: groups.first_of(key) for key in sorted(groups.nodes)}, tuple(sorted(ended, key=_by_place)))


@dataclass(frozen=True, slots=True)
class Groups:
    """Nodes in groups that grow: the members of each, and the groups that it may never join."""

    nodes: Mapping[str, Node]
    root: dict[str, str]
    members: dict[str, list[Node]]
    barred: dict[str, set[str]]

    @classmethod
    def of(cls, nodes: Iterable[Node], barred: Iterable[tuple[str, str]]) -> "Groups":
        """Put each node in a group of its own."""
        by_key = {node.key: node for node in nodes}
        groups = cls(by_key, {key: key for key in by_key}, {key: [node] for key, node in by_key.items()}, {})
        for a, b in barred:
            groups.barred.setdefault(a, set()).add(b)
            groups.barred.setdefault(b, set()).add(a)
        return groups

    def root_of(self, key: str) -> str:
        """Return the name of the group that holds a node."""
        while self.root[key] != key:
            self.root[key] = self.root[self.root[key]]
            key = self.root[key]
        return key

    def first_of(self, key: str) -> str:
        """Return the first node of a node's group, by date and key."""
        return min(self.members[self.root_of(key)], key=lambda node: (node.first, node.key)).key

    def are_barred(self, a: str, b: str) -> bool:
        """Tell whether a person keeps two groups apart."""
        return any(self.root_of(other) == b for other in self.barred.get(a, ()))

    def join(self, a: str, b: str) -> None:
        """Make two groups one; the larger keeps its name, so that each node moves seldom."""
        large, small = sorted((a, b), key=lambda key: (-len(self.members[key]), key))
        self.root[small] = large
        self.members[large] += self.members.pop(small)
        self.barred.setdefault(large, set()).update(self.barred.pop(small, ()))


def _take(edge: Edge, groups: Groups, clash: Clash) -> Edge:
    if edge.decision != "joined":
        return edge
    a, b = groups.root_of(edge.a), groups.root_of(edge.b)
    if a == b:
        return edge
    if groups.are_barred(a, b):
        return replace(edge, decision="kept_apart", evidence=f"{edge.evidence} A person keeps them apart.")
    reason = None if edge.rule_id.startswith("correction.") else clash(groups.members[a], groups.members[b])
    if reason is not None:
        return replace(edge, decision="kept_apart", evidence=f"{edge.evidence} But {reason}.")
    groups.join(a, b)
    return edge


def _surest_first(edge: Edge) -> tuple[bool, float, str, str, str]:
    return (not edge.rule_id.startswith("correction."), -edge.score, *_by_place(edge))


def _by_place(edge: Edge) -> tuple[str, str, str]:
    return (edge.a, edge.b, edge.rule_id)
