"""Articles as prints of texts: put in order, and exact copies collapsed before anything is compared."""

import polars as pl

from transforms.reuse.links import Texts
from transforms.reuse.normal import join_codes, normalise_texts
from transforms.reuse.settings import ReuseSettings
from warehouse.errors import ContractFault


def order_prints(articles: pl.DataFrame, *, settings: ReuseSettings) -> pl.DataFrame:
    """Sort `articles` by print: earliest (undated last), longest, smallest article_uid and article_id.

    Adds `normal` and `normal_headline` (normalised; a lost headline stays null), `chars` (of `normal`) and
    `text`, the number of the text printed: equal texts have one, numbered by their first print. Raises
    ContractFault where an article_id comes twice, for the order would then hang on that of the rows.
    """
    if articles["article_id"].is_duplicated().any():
        twice = articles.filter(pl.col("article_id").is_duplicated())["article_id"].sort().first()
        raise ContractFault(f"reuse: article_id {twice!s} comes more than once; expected one row an article")
    normal = normalise_texts([*articles["body"], *articles["headline"].fill_null("")])
    bodies, headlines = normal[: articles.height], normal[articles.height :]
    return (
        articles.with_columns(
            normal=pl.Series(bodies, dtype=pl.String),
            normal_headline=pl.Series(headlines, dtype=pl.String).replace("", None),
        )
        .with_columns(chars=pl.col("normal").str.len_chars())
        .sort(
            "date_lower",
            "chars",
            "article_uid",
            "article_id",
            descending=[False, True, False, False],
            nulls_last=True,
        )
        .with_row_index("print_no")
        .with_columns(text=_number_texts(settings))
    )


def collect_texts(prints: pl.DataFrame) -> Texts:
    """Collect the distinct texts of `prints` (see `order_prints`)."""
    facts = (
        prints.group_by("text")
        .agg(
            pl.col("normal", "file_id", "kind").first(),
            headline=pl.col("normal_headline").first(),
            date_lower=_unless_unknown("date_lower").min(),
            date_upper=_unless_unknown("date_upper").max(),
        )
        .sort("text")
    )
    strings = facts["normal"].to_list()
    return Texts(strings=strings, codes=join_codes(strings), facts=facts.drop("normal"))


def place_prints(prints: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Add the `canonical` text of each print, its `role`, `similarity_share` and the `size` of the group.

    `members` are those of `cluster_texts`. The first print of the canonical text has the role canonical.
    """
    is_first = pl.col("print_no") == pl.col("print_no").min().over("canonical", "text")
    role = pl.when(pl.col("text") == pl.col("canonical")).then(
        pl.when(is_first).then(pl.lit("canonical")).otherwise(pl.lit("copy"))
    )
    return (
        prints.join(members, on="text", how="left", maintain_order="left")
        .with_columns(pl.col("canonical").fill_null(pl.col("text")), pl.col("similarity_share").fill_null(1.0))
        .with_columns(role=role.otherwise("role"), size=pl.len().over("canonical"))
    )


def _number_texts(settings: ReuseSettings) -> pl.Expr:
    """Give equal bodies one number; short ones only under one headline, and none to share that prove nothing."""
    proves = pl.col("chars") + pl.col("normal_headline").str.len_chars().fill_null(0) >= settings.provable_chars
    told_by = (
        pl.when(pl.col("chars") >= settings.comparable_chars)
        .then(pl.lit(""))
        .when(proves & (pl.col("chars") > 0))
        .then(pl.col("normal_headline").fill_null(""))
        .otherwise("article_id")
    )
    first_print = pl.col("print_no").min().over("normal", told_by)
    return (first_print.rank("dense") - 1).cast(pl.UInt32)


def _unless_unknown(date: str) -> pl.Expr:
    """Take the dates of a text's prints; none where that of one print is unknown."""
    return pl.when(pl.col(date).is_not_null().all()).then(date)
