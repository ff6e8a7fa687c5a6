"""What of the lake stays as it is under a plan, and what does not: asked by the stages that see all articles."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from flows.dating import DATED_PAGES
from flows.parts import scan_batches
from flows.plan import PAGES, Plan


def find_gone_pages(work: Path, plan: Plan) -> list[str]:
    """List the pages whose rows go, under the ids that the lake knows them by: of files that went or were read anew."""
    known = plan.standing.scan_state("read", PAGES, DATED_PAGES)
    if not plan.is_fresh:
        read = scan_batches(work, "files").select("file_id").collect()["file_id"]
        known = known.filter(pl.col("file_id").is_in([*plan.gone, *plan.reading, *read]))
    return known.select("page_id").collect()["page_id"].sort().to_list()


def of_other_pages(rows: pl.LazyFrame, gone: Sequence[str]) -> pl.LazyFrame:
    """Keep the rows whose first id, an article's or one below it, is not of a page that goes."""
    page = pl.col(rows.collect_schema().names()[0]).str.extract(r"^(.+?-p\d+)-i\d+")
    return rows.filter(~page.is_in(list(gone)))


def find_gone_articles(work: Path, plan: Plan) -> list[str]:
    """List the articles of the pages whose rows go."""
    pages = find_gone_pages(work, plan)
    known = plan.standing.scan_near("articles", pages).filter(pl.col("page_id").is_in(pages))
    return known.select("article_id").collect()["article_id"].sort().to_list()


def not_of(rows: pl.LazyFrame, articles: pl.LazyFrame) -> pl.LazyFrame:
    """Keep the rows of other articles than these."""
    return rows.join(articles.select("article_id"), on="article_id", how="anti")
