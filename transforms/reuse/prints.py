"""Articles as prints of texts: described, put in order, and exact copies collapsed before anything is compared."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from transforms.reuse.normal import Codes, Normal, drop_numbers, hash_texts, normalise_texts
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.spill import LayAside, gather_aside, keep_in_memory, lay_frame_aside
from warehouse.errors import ContractFault

FACTS = pl.Schema(
    {
        "article_id": pl.String(),
        "article_uid": pl.String(),
        "newspaper_id": pl.String(),
        "file_id": pl.String(),
        "kind": pl.String(),
        "published_on": pl.Date(),
        "date_lower": pl.Date(),
        "date_upper": pl.Date(),
        "headline": pl.String(),
    }
)
"""What is said of a print beside its body; any of it but the ids may be null."""


LAST_DAY = (1 << 31) - 1
"""Days since 1970 of a print whose date is lost."""

OF_FIRST_PRINT = ("hash_a", "file_id", "kind", "headline_hash", "headline_chars", "wording_hash")

DATES = {
    "first_lower": "date_lower",
    "first_upper": "date_upper",
    "last_lower": "date_lower",
    "last_upper": "date_upper",
}
"""Between which days a text was first printed, and between which it was last."""

PLACED = ("print_no", "text", "chars", "article_id", "article_uid", "published_on", "id_rank")
"""What the tables of reuse say of a print, or are made by."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The distinct texts in the order of print.

    `facts` has a row a text: DATES (null where one print's is lost), `headline_hash`, `headline_chars`, `wording_hash`,
    `file_id` and `kind` of the first one, and `hash_a` of the text.
    """

    codes: Codes
    facts: pl.DataFrame


def describe_bodies(bodies: Iterable[Normal]) -> pl.DataFrame:
    """Say of each normalised body, batch after batch, how many `chars` it has, and its `hash_a` and `hash_b`."""
    nothing = (np.empty(0, np.uint32), np.empty(0, np.uint64), np.empty(0, np.uint64))
    batches = [nothing, *((batch.texts.lengths.astype(np.uint32), *hash_texts(batch.texts)) for batch in bodies)]
    columns = map(np.concatenate, zip(*batches, strict=True))
    return pl.DataFrame(dict(zip(("chars", "hash_a", "hash_b"), columns, strict=True)))


def describe_prints(facts: pl.DataFrame, bodies: pl.DataFrame) -> pl.DataFrame:
    """Say of each print all that is needed beside its normalised body.

    Returns `facts` (FACTS) and what `describe_bodies` gave; for the headline `headline_chars`, `headline_hash` and
    `wording_hash` (its numbers left out).
    """
    headlines = normalise_texts(facts["headline"].fill_null("")).texts
    return pl.concat([facts.drop("headline"), bodies], how="horizontal").with_columns(
        headline_chars=pl.Series(headlines.lengths.astype(np.uint32)),
        headline_hash=pl.Series(hash_texts(headlines)[0]),
        wording_hash=pl.Series(hash_texts(drop_numbers(headlines))[0]),
    )


def order_prints(
    described: pl.DataFrame, lay_aside: LayAside = keep_in_memory, *, settings: ReuseSettings
) -> pl.DataFrame:
    """Sort prints (see `sort_prints`).

    Adds `row` (the place in `described`) and `text`, the number of the text printed: equal texts have one, numbered
    by their first print; `told_by` is what tells texts of equal hashes apart (null: none is equal).
    Raises ContractFault where an article_id comes twice, for the order would then hang on that of the rows.
    """
    prints = sort_prints(described.with_row_index("row"), lay_aside)
    if prints["id_rank"].n_unique() < prints.height:
        twice = described.filter(pl.col("article_id").is_duplicated())["article_id"].sort().first()
        raise ContractFault(f"reuse: article_id {twice!s} comes more than once; expected one row an article")
    told = prints.with_columns(told_by=_tell_apart(settings))
    numbered = lay_frame_aside(told.select("told_by", text=_number_texts(told)), lay_aside)
    return pl.concat([prints, numbered], how="horizontal")


def sort_prints(prints: pl.DataFrame, lay_aside: LayAside = keep_in_memory) -> pl.DataFrame:
    """Sort prints: earliest (undated last), longest, smallest article_uid and article_id.

    Adds `print_no`, the place in this order, and `id_rank`, that in the order of article_id: ids are sorted once.
    """
    day = pl.col("date_lower").cast(pl.Int32).cast(pl.Int64).fill_null(LAST_DAY)
    # both as one number: where the first key tells rows apart, a sort takes a third of the time
    keys = prints.select(
        "article_uid", first=day * (1 << 32) - pl.col("chars"), id_rank=pl.col("article_id").rank("dense")
    )
    order = keys.select(pl.arg_sort_by("first", "article_uid", "id_rank")).to_series()
    return gather_aside(prints.with_columns(keys["id_rank"]), order, lay_aside).with_row_index("print_no")


def collect_texts(prints: pl.DataFrame, codes: Codes) -> Texts:
    """Collect the distinct texts of `prints` (see `order_prints`)."""
    facts = (
        prints.group_by("text")
        .agg(
            pl.col("row", *OF_FIRST_PRINT).first(),
            *(_first_or_last(name, date) for name, date in DATES.items()),
            (pl.len() > 1).alias("is_copied"),
            *(pl.col(date).null_count().alias(f"{date}_unknown") for date in ("date_lower", "date_upper")),
        )
        .sort("text")
        .with_columns(pl.when(pl.col(f"{date}_unknown") == 0).then(name).alias(name) for name, date in DATES.items())
        .drop("date_lower_unknown", "date_upper_unknown")
    )
    return Texts(codes=codes.take(facts["row"].to_numpy().astype(np.int64)), facts=facts.drop("text", "row"))


def _first_or_last(name: str, date: str) -> pl.Expr:
    return (pl.col(date).min() if name.startswith("first") else pl.col(date).max()).alias(name)


def place_prints(prints: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Add the `canonical` text of each print, its `role`, `similarity_share` and the `size` of the group.

    `prints` are in their order, `members` those of `cluster_texts`. The first print of the canonical text has the role
    canonical.
    """
    role = pl.when(pl.col("text") == pl.col("canonical")).then(
        pl.when(pl.col("text").is_first_distinct()).then(pl.lit("canonical")).otherwise(pl.lit("copy"))
    )
    return (
        prints.select(PLACED)
        .join(members, on="text", how="left", maintain_order="left")
        .with_columns(pl.col("canonical").fill_null(pl.col("text")), pl.col("similarity_share").fill_null(1.0))
        .with_columns(role=role.otherwise("role"), size=pl.len().over("canonical"))
    )


def comparable_codes(codes: Codes, *, settings: ReuseSettings) -> Codes:
    """Give all texts, but nothing of those that are too short to be compared."""
    is_comparable = codes.lengths >= settings.comparable_chars
    return Codes(codes.codes, codes.starts, np.where(is_comparable, codes.ends, codes.starts))


def _tell_apart(settings: ReuseSettings) -> pl.Expr:
    """Short texts are one only under one headline, and share nothing where body and headline prove nothing."""
    proves = pl.col("chars") + pl.col("headline_chars") >= settings.provable_chars
    return (
        pl.when(pl.col("chars") >= settings.comparable_chars)
        .then(pl.lit(0, pl.UInt64))
        .when(proves & (pl.col("chars") > 0))
        .then("headline_hash")
    )


def _number_texts(prints: pl.DataFrame) -> pl.Series:
    """Give equal bodies one number, in the order of their first prints."""
    is_alike = pl.col("told_by").is_not_null() & pl.col("hash_a").is_duplicated()
    first_print = pl.col("print_no").min().over("hash_a", "hash_b", "told_by")
    alike = prints.filter(is_alike).select("print_no", first=first_print)
    own = np.arange(prints.height)
    first = own.copy()
    first[alike["print_no"].to_numpy()] = alike["first"].to_numpy()
    return pl.Series((np.cumsum(first == own) - 1)[first].astype(np.uint32))
