"""The table `reuse`: which passages two articles share, with offsets in the bodies as they stand."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import polars as pl

from transforms.reuse.compiled import Counts, Hashes, Places, compiled
from transforms.reuse.gaps import PASSAGE_CHARS
from transforms.reuse.links import PAIR, Judged
from transforms.reuse.normal import Normal
from transforms.reuse.radix import order_rows
from transforms.reuse.spill import LayAside, gather_aside, keep_in_memory, lay_frame_aside

ROWS_AT_A_TIME = 500_000
"""Some 30 MB of rows are made, and laid aside."""

PRINTS_OF_PAIR = 100
"""Of two texts so many pairs of prints are told, the first: a round-up and a hundred papers, or ten papers and ten;
300 papers share no 44,850 passages of a text."""

KEY = ("article_id_a", "start_char_a", "article_id_b", "start_char_b")


def report_passages(
    judged: Judged,
    prints: pl.DataFrame,
    normal: Normal,
    copied: pl.Series | None = None,
    lay_aside: LayAside = keep_in_memory,
) -> pl.DataFrame:
    """Make the rows of `reuse` from the `prints` (see `order_prints`) and what their texts share.

    Article a is the earlier print. Copies share all of the first print of their text (of the texts `copied`, where they
    are given). `char_count` counts the passage's Han characters and digits, and `similarity_share` is the share of
    them that is equal.
    """
    copies = _copies(prints if copied is None else prints.filter(pl.col("text").is_in(copied.implode())))
    order = prints.select("print_no", "text", "row", "article_id", "id_rank").sort("print_no")
    spread = (_spread(Judged(judged.links, some), order) for some in _cut(judged.passages))
    shared = pl.concat([lay_frame_aside(some, lay_aside) for some in chain(spread, [copies])])
    id_a, id_b = (order["id_rank"][shared[f"print_{side}"]].to_numpy() for side in ("a", "b"))
    # the order of KEY, by numbers
    rows = pl.Series(order_rows(id_a, shared["a_from"].to_numpy(), id_b, shared["b_from"].to_numpy()))
    shared = gather_aside(shared, rows, lay_aside)
    return pl.concat([lay_frame_aside(_name_passages(some, order, normal), lay_aside) for some in _cut(shared)])


def _cut(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield rows so many at a time, and once where there are none."""
    yield from rows.iter_slices(ROWS_AT_A_TIME) if rows.height else (rows,)


def _name_passages(shared: pl.DataFrame, order: pl.DataFrame, normal: Normal) -> pl.DataFrame:
    a_chars, b_chars = pl.col("a_to") - pl.col("a_from"), pl.col("b_to") - pl.col("b_from")
    return shared.with_columns(
        *_locate(normal, order, shared, "a"),
        *_locate(normal, order, shared, "b"),
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
    by_text, counts = order_rows(printed), np.bincount(printed)
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


def _locate(normal: Normal, order: pl.DataFrame, shared: pl.DataFrame, side: str) -> tuple[pl.Series, pl.Series]:
    """Find the code points of the body of one side at which passages begin, and behind which they end."""
    rows = order["row"][shared[f"print_{side}"]].to_numpy().astype(np.int64)
    starts, ends = np.empty(len(rows), np.int32), np.empty(len(rows), np.int32)
    first, last = (shared[f"{side}_{edge}"].to_numpy() for edge in ("from", "to"))
    _locate_all(normal.kept, normal.words, rows, first, last, starts, ends)
    return pl.Series(f"start_char_{side}", starts), pl.Series(f"end_char_{side}", ends)


@compiled
def _count_bits(word: np.uint64) -> int:
    """Count the bits that are set."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56)))


@compiled
def _find_bit(word: np.uint64, left: int) -> int:
    """Find the bit that is set behind so many others: halves of the word are counted."""
    point, half = 0, np.uint64(32)
    while half:
        lower = word & ((np.uint64(1) << half) - np.uint64(1))
        count = _count_bits(lower)
        if left >= count:
            left, word, point = left - count, word >> half, point + int(np.int64(half))
        else:
            word = lower
        half >>= np.uint64(1)
    return point


@compiled
def _locate_all(
    kept: Hashes, words: Places, rows: Places, starts: Counts, ends: Counts, found_starts: Counts, found_ends: Counts
) -> None:
    """Find the code points of the first kept character of each passage, and behind the last: bits, word by word."""
    for query in range(len(rows)):
        word, left, point = words[rows[query]], starts[query], 0
        count = _count_bits(kept[word])
        while left >= count:
            left, word, point = left - count, word + 1, point + 64
            count = _count_bits(kept[word])
        found_starts[query] = point + _find_bit(kept[word], left)
        left += ends[query] - 1 - starts[query]
        while left >= count:
            left, word, point = left - count, word + 1, point + 64
            count = _count_bits(kept[word])
        found_ends[query] = point + _find_bit(kept[word], left) + 1
