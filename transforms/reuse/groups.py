"""Connected groups of linked texts, and the text of each group that most others are linked to."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.compiled import Places, compiled


def name_centers(edges: pl.DataFrame) -> pl.DataFrame:
    """Give each text of the edges the `center` of its connected group: the text with most links."""
    numbers, roots = find_roots(edges["text_a"].to_numpy(), edges["text_b"].to_numpy())
    links = pl.concat([edges["text_a"], edges["text_b"]]).value_counts(name="links").rename({"text_a": "text"})
    grouped = pl.DataFrame({"text": numbers, "root": roots}).join(links, on="text")
    ordered = grouped.sort("root", "links", "text", descending=[False, True, False])
    return ordered.select("text", center=pl.col("text").first().over("root"))


def find_roots(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """List the numbers of the edges (a, b), ascending, and the smallest one of each one's connected group."""
    numbers, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    roots = np.arange(len(numbers))
    _join(roots, places[: len(a)], places[len(a) :])
    return numbers, numbers[roots]


@compiled
def _join(parents: Places, a: Places, b: Places) -> None:
    """Unite the two groups of every edge under the smaller root, halving paths; then point each number at its root."""
    for edge in range(len(a)):
        first, second = a[edge], b[edge]
        while parents[first] != first:
            parents[first] = parents[parents[first]]
            first = parents[first]
        while parents[second] != second:
            parents[second] = parents[parents[second]]
            second = parents[second]
        parents[max(first, second)] = min(first, second)
    for number in range(len(parents)):
        parents[number] = parents[parents[number]]
