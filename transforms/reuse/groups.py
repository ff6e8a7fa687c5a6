"""Connected groups of linked texts, and the text of each group that most others are linked to."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.compiled import Places, compiled
from transforms.reuse.radix import order_rows


def name_centers(edges: pl.DataFrame) -> pl.DataFrame:
    """Give each text of the edges the `center` of its connected group: the text with most links."""
    a, b = (edges[f"text_{side}"].to_numpy() for side in ("a", "b"))
    numbers, roots = find_roots(a, b)
    links = np.bincount(np.concatenate([a, b]))[numbers]
    order = order_rows(roots, links.max(initial=0) - links)
    ordered = pl.DataFrame({"text": numbers[order], "root": roots[order]})
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
