"""The table `reuse`: which passages two articles share, with offsets in the bodies as they stand."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.compiled import compiled
from transforms.reuse.gaps import PASSAGE_CHARS
from transforms.reuse.links import PAIR, Judged
from transforms.reuse.normal import Normal
from transforms.reuse.radix import order_rows

PRINTS_OF_PAIR = 100
"""Of two texts so many pairs of prints are told, the first: a round-up and a hundred papers, or ten papers and ten;
300 papers share no 44,850 passages of a text."""

KEY = ("article_id_a", "start_char_a", "article_id_b", "start_char_b")


def report_passages(
    judged: Judged, prints: pl.DataFrame, normal: Normal, copied: pl.Series | None = None
) -> pl.DataFrame:
    """Make the rows of `reuse` from the `prints` (see `order_prints`) and what their texts share.

    Article a is the earlier print. Copies share all of the first print of their text (of the texts `copied`, where they
    are given). `char_count` counts the passage's Han characters and digits, and `similarity_share` is the share of
    them that is equal.
    """
    copies = _copies(prints if copied is None else prints.filter(pl.col("text").is_in(copied.implode())))
    order = prints.select("print_no", "text", "row", "article_id", "id_rank").sort("print_no")
    shared = pl.concat([_spread(judged, order), copies])
    id_a, id_b = (order["id_rank"][shared[f"print_{side}"]].to_numpy() for side in ("a", "b"))
    # the order of KEY, by numbers
    shared = shared[order_rows(id_a, shared["a_from"].to_numpy(), id_b, shared["b_from"].to_numpy())]
    a_chars, b_chars = pl.col("a_to") - pl.col("a_from"), pl.col("b_to") - pl.col("b_from")
    located = {
        f"{name}_char_{side}": _locate(normal, order, shared[f"print_{side}"], shared[f"{side}_{edge}"], is_end=is_end)
        for side in ("a", "b")
        for name, edge, is_end in (("start", "from", False), ("end", "to", True))
    }
    return shared.with_columns(
        **located,
        article_id_a=order["article_id"][shared["print_a"]],
        article_id_b=order["article_id"][shared["print_b"]],
        char_count=pl.min_horizontal(a_chars, b_chars).cast(pl.Int32),
        similarity_share=pl.min_horizontal(pl.lit(1.0), 2.0 * pl.col("equal_chars") / (a_chars + b_chars)),
    ).select(
        *(f"{name}_{side}" for side in ("a", "b") for name in ("article_id", "start_char", "end_char")),
        "char_count",
        "similarity_share",
        "is_boilerplate",
    )


def _spread(judged: Judged, order: pl.DataFrame) -> pl.DataFrame:
    """Give each passage of two texts to their prints; of a text printed often to its first ones."""
    printed = order["text"].to_numpy().astype(np.int64)
    by_text, counts = np.argsort(printed, kind="stable"), np.bincount(printed)
    starts = np.cumsum(counts) - counts
    a, b = (judged.passages[name].to_numpy().astype(np.int64) for name in ("text_a", "text_b"))
    told_a, told_b = (np.minimum(counts[text], PRINTS_OF_PAIR) for text in (a, b))
    pairs = told_a * told_b
    row = np.repeat(np.arange(len(pairs)), pairs)
    place = np.arange(len(row)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    rank_a, rank_b = place // told_b[row], place % told_b[row]
    is_told = (rank_a + 1) * (rank_b + 1) <= PRINTS_OF_PAIR
    row, rank_a, rank_b = row[is_told], rank_a[is_told], rank_b[is_told]
    boilerplate = judged.links.filter("is_boilerplate").select(PAIR).to_series()
    flagged = judged.passages.with_columns(is_boilerplate=PAIR.is_in(boilerplate.implode()))
    shared: pl.DataFrame = flagged[row].with_columns(
        print_a=pl.Series(by_text[starts[a[row]] + rank_a].astype(np.uint32)),
        print_b=pl.Series(by_text[starts[b[row]] + rank_b].astype(np.uint32)),
    )
    is_turned = pl.col("print_a") > pl.col("print_b")
    turned = {"a": "b", "b": "a"}
    return shared.select(
        *(
            pl.when(is_turned).then(name.format(turned[side])).otherwise(name.format(side)).alias(name.format(side))
            for side in ("a", "b")
            for name in ("print_{}", "{}_from", "{}_to")
        ),
        "equal_chars",
        "is_boilerplate",
    )


def _copies(prints: pl.DataFrame) -> pl.DataFrame:
    chars = pl.col("chars").cast(pl.Int32)
    return (
        prints.select("print_no", "chars", print_a=pl.col("print_no").min().over("text"))
        .filter((pl.col("print_a") != pl.col("print_no")) & (pl.col("chars") >= PASSAGE_CHARS))
        .select(
            "print_a",
            a_from=pl.lit(0, pl.Int32),
            a_to=chars,
            print_b="print_no",
            b_from=pl.lit(0, pl.Int32),
            b_to=chars,
            equal_chars=chars,
            is_boilerplate=pl.lit(value=False),
        )
    )


def _locate(normal: Normal, order: pl.DataFrame, print_no: pl.Series, place: pl.Series, *, is_end: bool) -> pl.Series:
    """Find the code points of the body at which normalised characters begin, or the ones before them end."""
    rows = order["row"][print_no].to_numpy().astype(np.int64)
    found = np.empty(len(rows), np.int32)
    _locate_all(normal.kept, normal.words, rows, place.to_numpy().astype(np.int64) - is_end, found)
    return pl.Series(found + is_end, dtype=pl.Int32)


@compiled
def _count_bits(word: np.uint64) -> int:
    """Count the bits that are set."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56)))


@compiled
def _locate_all(
    kept: NDArray[np.uint64],
    words: NDArray[np.int64],
    rows: NDArray[np.int64],
    places: NDArray[np.int64],
    found: NDArray[np.int32],
) -> None:
    """Find the code point of each kept character: count bits word by word, then of halves of a word."""
    for query in range(len(rows)):
        word, left, point = words[rows[query]], places[query], 0
        while left >= _count_bits(kept[word]):
            left -= _count_bits(kept[word])
            word, point = word + 1, point + 64
        bits, half = kept[word], np.uint64(32)
        while half:
            lower = bits & ((np.uint64(1) << half) - np.uint64(1))
            count = _count_bits(lower)
            if left >= count:
                left, bits, point = left - count, bits >> half, point + int(np.int64(half))
            else:
                bits = lower
            half >>= np.uint64(1)
        found[query] = point
