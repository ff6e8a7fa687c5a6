from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from transforms.entities.identity.merge import merge
from transforms.entities.identity.nodes import Edge, Node, judge
from transforms.entities.identity.rules import FULL_NAME, ONE_PAGE

NODES = [Node(key=key, kind="place", name=key, first=date(2023, 1, 1), shown=key, text_count=1) for key in "abcdefgh"]
KEYS = st.sampled_from([node.key for node in NODES])


def clash_of(pairs: set[frozenset[str]]):
    def clash(one: Sequence[Node], other: Sequence[Node]) -> str | None:
        return next((f"{a.key}{b.key}" for a in one for b in other if frozenset((a.key, b.key)) in pairs), None)

    return clash


def edge(a: str, b: str, rule=ONE_PAGE) -> Edge:
    return judge(a, b, rule, "because.")


def test_the_surest_edge_is_taken_first_and_a_clash_refuses_the_other() -> None:
    edges = [edge("a", "b"), edge("b", "c", FULL_NAME)]
    merged = merge(NODES, edges, clash=clash_of({frozenset("ac")}))
    assert merged.groups["b"] == merged.groups["c"] != merged.groups["a"]
    (refused,) = [e for e in merged.edges if e.decision == "kept_apart"]
    assert (refused.a, refused.b) == ("a", "b")
    assert "ac" in refused.evidence or "ca" in refused.evidence


def test_a_person_joins_what_clashes_and_parts_what_rules_join() -> None:
    mine = Edge(a="a", b="b", rule_id="correction.mine", score=1.0, evidence="seen")
    merged = merge(NODES, [mine, edge("c", "d", FULL_NAME)], clash=clash_of({frozenset("ab")}), barred=[("c", "d")])
    assert merged.groups["a"] == merged.groups["b"]
    assert merged.groups["c"] != merged.groups["d"]


@given(
    pairs=st.lists(st.tuples(KEYS, KEYS, st.sampled_from([FULL_NAME, ONE_PAGE])), max_size=20),
    clashing=st.sets(st.frozensets(KEYS, min_size=2, max_size=2), max_size=6),
    barred=st.lists(st.tuples(KEYS, KEYS).filter(lambda pair: pair[0] != pair[1]), max_size=4),
    data=st.data(),
)
def test_no_group_holds_what_clashes_or_is_barred_and_order_changes_nothing(
    pairs: list, clashing: set[frozenset[str]], barred: list[tuple[str, str]], data: st.DataObject
) -> None:
    edges = [edge(a, b, rule) for a, b, rule in pairs if a != b]
    merged = merge(NODES, edges, clash=clash_of(clashing), barred=barred)
    for pair in [*clashing, *map(frozenset, barred)]:
        a, b = sorted(pair)
        assert merged.groups[a] != merged.groups[b]
    shuffled = data.draw(st.permutations(edges))
    assert merge(reversed(NODES), shuffled, clash=clash_of(clashing), barred=barred).groups == merged.groups
    for joined in (e for e in merged.edges if e.decision == "joined"):
        assert merged.groups[joined.a] == merged.groups[joined.b]
