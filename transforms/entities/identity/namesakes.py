"""People of one name who are not one: kept apart where their offices clash, open where nothing says either."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from transforms.entities.identity.nodes import Edge, Node
from transforms.entities.identity.people import offices_clash, say_scope


def link_namesakes(people: Sequence[Node], groups: Mapping[str, str], edges: Iterable[Edge]) -> Iterator[Edge]:
    """Yield one edge from each person to the one of that name before, in the order of first naming.

    groups: the first node of each node's group. edges: those that were judged already.
    """
    judged = {frozenset((groups[edge.a], groups[edge.b])) for edge in edges}
    by_group: dict[str, list[Node]] = defaultdict(list)
    for node in people:
        by_group[groups[node.key]].append(node)
    by_name: dict[str, dict[str, list[Node]]] = defaultdict(dict)
    for first, members in by_group.items():
        for name in {node.name for node in members}:
            by_name[name][first] = members
    for _, namesakes in sorted(by_name.items()):
        ordered = sorted(namesakes, key=lambda first: (min(node.first for node in namesakes[first]), first))
        for one, other in pairwise(ordered):
            if frozenset((one, other)) not in judged:
                judged.add(frozenset((one, other)))
                yield _judge(one, other, namesakes[one], namesakes[other])


def _judge(one: str, other: str, mine: Sequence[Node], theirs: Sequence[Node]) -> Edge:
    says = f"One name: {_say_offices(mine)}; {_say_offices(theirs)}."
    clash = offices_clash(mine, theirs)
    if clash is not None:
        evidence = f"{says} {clash[0].upper()}{clash[1:]}."
        return _edge(one, other, "entities.offices-clash", evidence, is_apart=True)
    if _have_offices(mine) and _have_offices(theirs) and _pages(mine) & _pages(theirs):
        evidence = f"{says} One page names both, with offices that have nothing in common."
        return _edge(one, other, "entities.two-on-one-page", evidence, is_apart=True)
    return _edge(one, other, "entities.name-alone", f"{says} Nothing else joins them.", is_apart=False)


def _edge(one: str, other: str, rule_id: str, evidence: str, *, is_apart: bool) -> Edge:
    decision, score = ("kept_apart", 0.1) if is_apart else ("undecided", 0.4)
    return Edge(a=one, b=other, rule_id=rule_id, score=score, evidence=evidence, decision=decision)


def _have_offices(nodes: Iterable[Node]) -> bool:
    return any(held.scope for node in nodes for held in node.offices)


def _pages(nodes: Iterable[Node]) -> frozenset[str]:
    return frozenset().union(*(node.pages for node in nodes))


def _say_offices(nodes: Sequence[Node]) -> str:
    """Say the offices of a person, three at most."""
    held = sorted({f"{h.post} of {say_scope(h.scope)}" for node in nodes for h in node.offices})
    return ", ".join(held[:3]) if held else "without an organisation"
