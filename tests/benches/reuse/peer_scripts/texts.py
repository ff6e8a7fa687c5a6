"""What the peers' scripts share: reading articles, hashing shingles, joining bands. Runs in a peer's environment."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from pyarrow import parquet

BATCH = 2_000  # articles that are hashed together: some hundred MB
PRIME = np.uint64(0x9E3779B97F4A7C15)


def read_arguments() -> argparse.Namespace:
    """Read what the benchmark says: files, and the settings of MinHash."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts")
    parser.add_argument("clusters")
    parser.add_argument("--chars", type=int, default=5, help="of a shingle")
    parser.add_argument("--threshold", type=float, default=0.45)
    parser.add_argument("--permutations", type=int, default=128)
    return parser.parse_args()


def read_batches(path: str) -> Iterator[tuple[list[int], list[str]]]:
    """Yield ids and texts, some thousand articles at a time: so that no peer pays for holding the whole corpus."""
    for batch in parquet.ParquetFile(path).iter_batches(BATCH, columns=["id", "text"]):
        yield batch["id"].to_pylist(), batch["text"].to_pylist()


def write_clusters(path: str, ids: list[int], labels: list[int]) -> None:
    """Write the cluster of each article."""
    parquet.write_table(pa.table({"id": ids, "cluster": pa.array(labels, pa.int64())}), path)


def hash_shingles(texts: list[str], chars: int) -> tuple[np.ndarray, np.ndarray]:
    """Hash all shingles of a batch at once: one row of hashes end to end, and where each text begins in it."""
    points = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(lengths)
    hashes = np.zeros(len(points), dtype=np.uint64)
    for at in range(chars):
        hashes[: len(points) - at] = hashes[: len(points) - at] * PRIME + points[at:]
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(32)
    kept = np.maximum(lengths - chars + 1, np.minimum(lengths, 1))
    offsets = np.concatenate([[0], np.cumsum(kept)])
    places = np.arange(offsets[-1]) - np.repeat(offsets[:-1], kept) + np.repeat(ends - lengths, kept)
    return hashes[places], offsets.astype(np.uint64)


def join_bands(signatures: np.ndarray, threshold: float) -> list[int]:
    """Join articles that share a band and whose signatures agree: the usual second half of MinHash, in numpy."""
    bands, rows = best_bands(signatures.shape[1], threshold)
    pairs = np.unique(np.concatenate([pair_equals(signatures[:, at * rows : (at + 1) * rows]) for at in range(bands)]))
    left, right = np.divmod(pairs, len(signatures))
    agree = np.concatenate(
        [
            (signatures[left[at : at + 65_536]] == signatures[right[at : at + 65_536]]).mean(axis=1) >= threshold
            for at in range(0, len(pairs), 65_536)
        ]
        or [np.empty(0, dtype=bool)]
    )
    root = list(range(len(signatures)))
    for a, b in zip(left[agree].tolist(), right[agree].tolist(), strict=True):
        union(root, a, b)
    return [find(root, article) for article in range(len(root))]


def pair_equals(columns: np.ndarray) -> np.ndarray:
    """Pair each article with the next one that has the same band, as first * count + second."""
    keys = np.zeros(len(columns), dtype=np.uint64)
    for column in columns.T:
        keys = (keys ^ column.astype(np.uint64)) * PRIME
        keys ^= keys >> np.uint64(32)
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    return order[same] * len(columns) + order[same + 1]


def best_bands(permutations: int, threshold: float) -> tuple[int, int]:
    """Choose bands and rows as datasketch does: the least sum of both errors, equally weighed."""
    similar = np.linspace(0, 1, 401)

    def error(bands: int, rows: int) -> float:
        caught = 1 - (1 - similar**rows) ** bands
        return float(caught[similar < threshold].sum() + (1 - caught[similar >= threshold]).sum())

    choices = [(bands, rows) for bands in range(1, permutations + 1) for rows in range(1, permutations // bands + 1)]
    return min(choices, key=lambda choice: error(*choice))


def find(root: list[int], article: int) -> int:
    """Find the first of a cluster."""
    while root[article] != article:
        root[article] = root[root[article]]
        article = root[article]
    return article


def union(root: list[int], a: int, b: int) -> None:
    """Join two clusters."""
    first, second = sorted((find(root, a), find(root, b)))
    root[second] = first
