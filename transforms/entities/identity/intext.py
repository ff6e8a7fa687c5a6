"""What one text says of its own names: a short one introduced behind the full one, a bare body named in full nearby."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from transforms.entities.identity import rules
from transforms.entities.identity.names import say_name
from transforms.entities.identity.nodes import Edge, judge
from transforms.entities.identity.organisations import RELATIVE, UNPLACED
from transforms.entities.identity.things import Thing

INTRODUCTION = (4, 7)  # characters between a full name and its short one: `（下称“` to `，以下简称为“`
FEWEST_SHORT = 2


def link_within_texts(placed: pl.DataFrame, things: Sequence[Thing]) -> Iterator[Edge]:
    """Yield the edges that single texts prove.

    placed: the mentions of things, each with its `node`, those of one article in the order of print.
    """
    by_node = {thing.node.key: thing for thing in things}
    organisations = placed.filter(kind="organisation")
    yield from _introduced(organisations, by_node)
    yield from _named_in_full(organisations, by_node)


def _introduced(organisations: pl.DataFrame, by_node: Mapping[str, Thing]) -> Iterator[Edge]:
    """Join a short name with the one full name that it is introduced behind."""
    last = pl.col("node", "end_char").shift(1).over("article_id").name.prefix("full_")
    gap = pl.col("start_char") - pl.col("full_end_char")
    pairs = (
        organisations.sort("article_id", "start_char")
        .with_columns(last)
        .filter(gap.is_between(*INTRODUCTION))
        .select("node", "full_node")
        .unique()
        .sort("node", "full_node")
    )
    claims: dict[str, list[Thing]] = defaultdict(list)
    for short, full in pairs.iter_rows():
        if _shortens(by_node[short].surface, by_node[full].surface):
            claims[short].append(by_node[full])
    for short, fulls in claims.items():
        if len({thing.group for thing in fulls}) == 1:
            says = f"A text introduces {by_node[short].surface} as short for {fulls[0].surface}."
            yield judge(short, fulls[0].node.key, rules.SHORT_NAME, says)


def _shortens(short: str, full: str) -> bool:
    """Tell whether a name is made of another's characters in their order, and is more than its beginning."""
    if not FEWEST_SHORT <= len(short) < len(full) or full.startswith(short) or RELATIVE.match(short):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def _named_in_full(organisations: pl.DataFrame, by_node: Mapping[str, Thing]) -> Iterator[Edge]:
    """Join a body that every area has with the one such body that its text names in full."""
    is_bare = pl.col("node").is_in([key for key, thing in by_node.items() if thing.whole.startswith(UNPLACED)])
    bare = organisations.filter(is_bare).select("text_key", "node").unique()
    others = organisations.filter(~is_bare).select("text_key", full="node").unique()
    pairs = bare.join(others, on="text_key").sort("node", "full")
    fulls: dict[str, list[Thing]] = defaultdict(list)
    for _, node, full in pairs.iter_rows():
        ending = by_node[node].whole.removeprefix(UNPLACED)
        if by_node[full].whole.endswith(ending):
            fulls[node].append(by_node[full])
    for node, found in fulls.items():
        if len({thing.group for thing in found}) == 1:
            says = f"{by_node[node].surface} stands in a text that names {say_name(found[0].whole)} in full."
            yield judge(node, found[0].node.key, rules.FULL_IN_TEXT, says)
