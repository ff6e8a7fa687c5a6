"""From candidate pairs to verified links: align, weigh, add what the print itself says, decide."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from transforms.reuse.decide import decide_links
from transforms.reuse.evidence import weigh_pairs
from transforms.reuse.prints import DATES, Texts
from transforms.reuse.radix import order_rows

STANDING_KINDS = ("notice", "photo")
"""Kinds that are written by template: two of one kind need more to be one text."""

HEADLINE_CHARS = 8
"""A shorter headline is the name of a column or a form."""

PAIRS_AT_A_TIME = 40_000
"""Their blocks are kept until they are weighed: some 80 MB."""

LINKS = pl.Schema(
    {
        "text_a": pl.UInt32(),
        "text_b": pl.UInt32(),
        "rule_id": pl.String(),
        "verdict": pl.String(),
        "similarity_share": pl.Float64(),
        "is_common": pl.Boolean(),
        "is_boilerplate": pl.Boolean(),
        "a_chars": pl.UInt32(),
        "b_chars": pl.UInt32(),
        "a_from": pl.Int32(),
        "a_to": pl.Int32(),
        "b_from": pl.Int32(),
        "b_to": pl.Int32(),
    }
)
"""A judged pair. `is_common`: dozens of texts hold what the two share, and it makes them no copies; all of that, and
the wording of a form, `is_boilerplate`, until groups tell quoted paragraphs apart (see `standing`). `a_from` and so on:
where in text a the shared passages begin and end, in its own characters."""

PASSAGES = pl.Schema(
    {
        "text_a": pl.UInt32(),
        "text_b": pl.UInt32(),
        "a_from": pl.Int32(),
        "a_to": pl.Int32(),
        "b_from": pl.Int32(),
        "b_to": pl.Int32(),
        "equal_chars": pl.Int32(),
    }
)
"""One passage that two texts share, in their own normalised characters."""

PAIR = pl.col("text_a").cast(pl.UInt64) * (1 << 32) + pl.col("text_b")
"""Both texts as one number: joins on it take half of the time."""

FEW_SHINGLES = 2
"""One shingle that few texts hold may be a neighbour's character; two are words of these texts alone."""

IS_COMMON = ~pl.col("verdict").is_in(["variant", "excerpt", "form"]) & (pl.col("few_count") < FEW_SHINGLES)


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs that were aligned and decided (LINKS), and the passages they share (PASSAGES)."""

    links: pl.DataFrame
    passages: pl.DataFrame

    def plus(self, other: "Judged") -> "Judged":
        """Put the pairs of two of them together."""
        return Judged(pl.concat([self.links, other.links]), pl.concat([self.passages, other.passages]))


def judge_pairs(pairs: pl.DataFrame, texts: Texts, rest: Callable[[], None] = lambda: None) -> Judged:
    """Judge candidate pairs (CANDIDATES); `rest` after every so many."""
    chunks = (_judge(chunk, texts, rest) for chunk in pairs.iter_slices(PAIRS_AT_A_TIME))
    judged = [Judged(LINKS.to_frame(), PASSAGES.to_frame()), *chunks]
    return Judged(pl.concat([each.links for each in judged]), pl.concat([each.passages for each in judged]))


def clip_counts(pairs: pl.DataFrame) -> pl.DataFrame:
    """Leave of the counts of shared shingles what a verdict hangs on: none, one, or more that few texts hold."""
    return pairs.with_columns(pl.col("rare_count", "few_count").clip(upper_bound=FEW_SHINGLES))


def weigh_candidates(
    pairs: pl.DataFrame, texts: Texts, rest: Callable[[], None] = lambda: None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add to candidate pairs what their alignment says (see `weigh_pairs`) and their context; also give passages."""
    oriented = _orient(clip_counts(pairs), texts)
    short, long = (oriented[name].to_numpy().astype(np.int64) for name in ("short", "long"))
    evidence, passages = weigh_pairs(texts.codes, short, long, rest)
    weighed = _as_printed(pl.concat([oriented, evidence], how="horizontal"))
    placed = oriented.with_row_index("pair").select("pair", "text_a", "text_b", "is_swapped")
    passages = passages.with_columns(pl.col("pair").cast(pl.UInt32)).join(
        placed, on="pair", how="left", maintain_order="left"
    )
    return add_context(weighed, texts.facts), _declared(_as_printed(passages), PASSAGES)


def _judge(pairs: pl.DataFrame, texts: Texts, rest: Callable[[], None]) -> Judged:
    weighed, passages = weigh_candidates(pairs, texts, rest)
    both = pl.col("a_chars") + pl.col("b_chars")
    links = decide_links(weighed).with_columns(
        similarity_share=pl.min_horizontal(pl.lit(1.0), 2.0 * pl.col("equal_chars") / both),
        is_common=IS_COMMON,
        is_boilerplate=IS_COMMON | (pl.col("verdict") == "form"),
    )
    return Judged(_declared(links, LINKS), passages)


def _orient(pairs: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Add the lengths of both texts, and which is the shorter one."""
    lengths = pl.Series(texts.codes.lengths.astype(np.uint32))
    hashes = texts.facts["hash_a"]
    is_longer, is_as_long = pl.col("a_chars") > pl.col("b_chars"), pl.col("a_chars") == pl.col("b_chars")
    # of two as long the hash decides, which stays when a print is added or removed
    is_swapped = is_longer | (is_as_long & (hashes[pairs["text_a"]] > hashes[pairs["text_b"]]))
    oriented = (
        pairs.with_columns(a_chars=lengths[pairs["text_a"]], b_chars=lengths[pairs["text_b"]])
        .with_columns(
            is_swapped=is_swapped,
            shorter_chars=pl.min_horizontal("a_chars", "b_chars"),
            longer_chars=pl.max_horizontal("a_chars", "b_chars"),
        )
        .with_columns(
            short=pl.when("is_swapped").then("text_b").otherwise("text_a"),
            long=pl.when("is_swapped").then("text_a").otherwise("text_b"),
        )
    )
    return oriented[order_rows(oriented["short"].to_numpy(), oriented["long"].to_numpy())]


def _as_printed(placed: pl.DataFrame) -> pl.DataFrame:
    """Turn places in the shorter and the longer text into places in a and b."""
    sides = {"a": ("long", "short"), "b": ("short", "long")}
    return placed.with_columns(
        pl.when("is_swapped").then(f"{swapped}_{edge}").otherwise(f"{plain}_{edge}").alias(f"{side}_{edge}")
        for side, (swapped, plain) in sides.items()
        for edge in ("from", "to")
    )


def _declared(frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def add_context(pairs: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """Add what the prints say beside the words.

    `day_gap` (days, null where a date is unknown), `is_same_headline` (null where one is lost, and where both are a
    short one such as a notice's, which says nothing), `is_renumbered` (one headline but for its numbers),
    `is_same_file` and `is_standing_kind`.
    """
    wide = pl.concat(
        [
            pairs,
            *(facts[pairs[f"text_{side}"]].select(pl.all().name.suffix(f"_{side}")) for side in ("a", "b")),
        ],
        how="horizontal",
    )
    least_chars = pl.min_horizontal("headline_chars_a", "headline_chars_b")
    is_one_headline = pl.col("headline_hash_a") == pl.col("headline_hash_b")
    return wide.select(
        *pairs.columns,
        day_gap=_count_days(),
        is_same_headline=pl.when((least_chars >= HEADLINE_CHARS) | ((least_chars > 0) & ~is_one_headline)).then(
            is_one_headline
        ),
        is_renumbered=(least_chars > 0) & (pl.col("wording_hash_a") == pl.col("wording_hash_b")) & ~is_one_headline,
        is_same_file=(pl.col("file_id_a") == pl.col("file_id_b")).fill_null(value=False),
        is_standing_kind=((pl.col("kind_a") == pl.col("kind_b")) & pl.col("kind_a").is_in(STANDING_KINDS)).fill_null(
            value=False
        ),
    )


def _count_days() -> pl.Expr:
    """Count the days between the nearest two of the first and the last prints of both texts."""
    gaps = (
        pl.max_horizontal(
            (pl.col(f"{of_b}_lower_b") - pl.col(f"{of_a}_upper_a")).dt.total_days(),
            (pl.col(f"{of_a}_lower_a") - pl.col(f"{of_b}_upper_b")).dt.total_days(),
            0,
        )
        for of_a in ("first", "last")
        for of_b in ("first", "last")
    )
    # max_horizontal would skip the null of an unknown date
    is_known = pl.all_horizontal(pl.col(f"{name}_{side}").is_not_null() for name in DATES for side in ("a", "b"))
    return pl.when(is_known).then(pl.min_horizontal(*gaps))
