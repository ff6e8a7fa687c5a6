"""How many characters the articles of each issue have, by which issues are laid out in shards: kept from run to run."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from warehouse import shards
from warehouse.store import Part
from warehouse.table_change import Change

COUNTED = pl.Schema({"issue_id": pl.String(), "char_count": pl.Int64()})
"""Every issue of a lake, with the characters of its articles."""

_COLUMNS = ("page_id", "issue_id", "char_count")
_ISSUE = r"^(.+)-p\d+$"

Tables = Mapping[str, Sequence[Part]]


def count_chars(
    root: Path, changes: Mapping[str, Change], standing: Tables, known: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Count the characters of the articles of each issue, as they are after a change (COUNTED, by issue_id).

    known: the counts before it. Without them, or where a table is given whole, the articles of all issues are counted;
    else those of the issues that the change reaches, so that all other files stay unread.
    """
    articles, issues = changes["articles"], changes["issues"]
    if known is None or articles.is_whole or issues.is_whole:
        listed = _all_issues(root, issues, standing)
        chars = _sum(articles, root, standing.get("articles", ()))
    else:
        reached = _reached(articles, issues)
        names = shards.names_near((part.shard for part in standing["articles"]), reached)
        near = [part for part in standing["articles"] if part.shard in names]
        is_reached = pl.col("issue_id").is_in(reached)
        chars = pl.concat([known.filter(~is_reached), _sum(articles, root, near).filter(is_reached)])
        stay = known.select("issue_id").filter(~pl.col("issue_id").is_in(_gone(issues)))
        listed = pl.concat([stay, issues.rows.select("issue_id").collect()]).unique()
    return listed.join(chars, on="issue_id", how="left").fill_null(0).sort("issue_id")


def _sum(articles: Change, root: Path, parts: Sequence[Part]) -> pl.DataFrame:
    counted = [articles.rows.select(_COLUMNS)]
    if parts and not articles.is_whole:
        gone = pl.Series(sorted(articles.gone_pages), dtype=pl.String).implode()
        known = pl.scan_parquet([root / part.path for part in parts], glob=False).select(_COLUMNS)
        counted.append(known.filter(~pl.col("page_id").is_in(gone)))
    sums = pl.concat(counted).group_by("issue_id").agg(pl.col("char_count").cast(pl.Int64).sum())
    return sums.collect()


def _all_issues(root: Path, issues: Change, standing: Tables) -> pl.DataFrame:
    rows = issues.rows.select("issue_id").collect()
    if issues.is_whole or "issues" not in standing:
        return rows
    before = pl.scan_parquet([root / part.path for part in standing["issues"]], glob=False).select("issue_id")
    stay = before.filter(~pl.col("issue_id").is_in(_gone(issues))).collect()
    return pl.concat([stay, rows]).unique()


def _reached(articles: Change, issues: Change) -> list[str]:
    """List the issues of pages that go or come, and those that differ themselves."""
    pages = pl.Series("page_id", sorted(articles.gone_pages), pl.String)
    came = articles.rows.select("issue_id").collect()["issue_id"]
    differ = issues.rows.select("issue_id").collect()["issue_id"]
    return sorted({*pages.str.extract(_ISSUE), *came, *differ, *_gone(issues)})


def _gone(issues: Change) -> list[str]:
    return [] if issues.gone is None else issues.gone["issue_id"].to_list()
