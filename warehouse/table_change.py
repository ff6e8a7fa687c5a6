"""What becomes of a table: all its rows anew, or a few against those of the last snapshot. Nothing is written here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl


@dataclass(frozen=True, slots=True)
class Patch:
    """Columns that take other values: in the rows whose columns `on` are those of a row of `values`.

    These may be as many as the rows: they are dealt out to files by the issue that the first of `on` names, as the rows
    are, and meet them there, so that all of both are never in memory.
    """

    on: tuple[str, ...]
    values: pl.LazyFrame


def renew(rows: pl.DataFrame, on: Sequence[str], values: pl.DataFrame) -> pl.DataFrame:
    """Give rows the values of a patch."""
    columns = [name for name in values.columns if name not in on]
    renamed = values.rename({name: f"{name}:new" for name in columns}).with_columns(is_patched=True)
    joined = rows.join(renamed, on=on, how="left", maintain_order="left")
    given = [pl.when("is_patched").then(f"{name}:new").otherwise(name).alias(name) for name in columns]
    return joined.with_columns(given).select(rows.columns)


@dataclass(frozen=True)
class Change:
    """What becomes of a table: `rows` replace those of the same key, once `fills` have given them their values.

    Before that the rows of `gone_pages` go, and those that share the columns of `gone`, and others take the values of
    `patches`. With `is_whole` the table is `rows` and nothing else; with `is_anew` no file stays as it lies.
    """

    rows: pl.LazyFrame
    is_whole: bool = True
    gone_pages: Collection[str] = ()
    gone: pl.DataFrame | None = None
    patches: Sequence[Patch] = field(default_factory=tuple)
    fills: Sequence[Patch] = field(default_factory=tuple)
    is_anew: bool = False

    @cached_property
    def _gone_pages(self) -> pl.Series:
        """The pages as polars takes them, made once for all shards."""
        return pl.Series("page_id", list(self.gone_pages), pl.String)

    def is_nothing(self) -> bool:
        """Whether every file stays as it lies."""
        if self.is_whole or self.is_anew or self.gone_pages or (self.gone is not None and self.gone.height):
            return False
        return not any(rows.head(1).collect().height for rows in (self.rows, *(each.values for each in self.patches)))

    def keep(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows of the last snapshot without those that go."""
        if self.gone_pages:
            page = pl.col("page_id") if "page_id" in rows.columns else _page_in(rows.columns)
            rows = rows.filter(~page.is_in(self._gone_pages.implode()))
        if self.gone is not None and self.gone.height:
            rows = rows.join(self.gone, on=self.gone.columns, how="anti")
        return rows

    def issues_of_gone_pages(self) -> set[str]:
        """List the issues of the pages whose rows go."""
        return set(self._gone_pages.str.extract(r"^(.+)-p\d+$"))

    def issues_of_gone_rows(self) -> set[str]:
        """List the issues of single rows that go."""
        if self.gone is None or not self.gone.height:
            return set()
        return set(self.gone.select(_issue_in(self.gone)).to_series())


def _page_in(columns: Sequence[str]) -> pl.Expr:
    article = next(name for name in ("article_id", "article_id_a") if name in columns)
    return pl.col(article).str.extract(r"^(.+-p\d+)-i\d+")


def _issue_in(frame: pl.DataFrame) -> pl.Expr:
    """Name of the issue that some key of a row carries, or is."""
    if frame.columns == ["issue_id"]:
        return pl.col("issue_id")
    ids = [name for name in frame.columns if name.endswith(("_id", "_id_a"))]
    return pl.coalesce(pl.col(name).str.extract(r"^(.+?)-p\d+") for name in ids)
