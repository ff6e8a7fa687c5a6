"""People of one name who are not one: kept apart where their offices clash, open where nothing says either."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from transforms.entities.identity import rules
from transforms.entities.identity.clashes import offices_clash
from transforms.entities.identity.nodes import Edge, Node, judge
from transforms.entities.identity.stints import say_scope


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
        return judge(one, other, rules.OFFICES_CLASH, evidence, decision="kept_apart")
    if _have_offices(mine) and _have_offices(theirs) and _pages(mine) & _pages(theirs):
        evidence = f"{says} One page names both, with offices that have nothing in common."
        return judge(one, other, rules.TWO_ON_ONE_PAGE, evidence, decision="kept_apart")
    return judge(one, other, rules.NAME_ALONE, f"{says} Nothing else joins them.", decision="undecided")


def _have_offices(nodes: Iterable[Node]) -> bool:
    return any(held.scope for node in nodes for held in node.offices)


def _pages(nodes: Iterable[Node]) -> frozenset[str]:
    return frozenset().union(*(node.pages for node in nodes))


def _say_offices(nodes: Sequence[Node]) -> str:
    """Say the offices of a person, three at most."""
    held = sorted({f"{h.post} of {say_scope(h.scope)}" for node in nodes for h in node.offices})
    return ", ".join(held[:3]) if held else "without an organisation"
