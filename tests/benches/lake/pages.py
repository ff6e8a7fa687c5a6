"""Makes a source of damaged pages as large as is asked for: invented articles of sixteen papers, four to a page.

Texts are those of the corpus of `./lake bench reuse` (a walk over the tagged People's Daily, with copies, templates and
colophons among them), laid out and damaged as `tests.damage` does. The same size and seed give the same bytes.
"""

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import polars as pl

from tests.benches.reuse.prints import NEWSPAPERS
from tests.damage.generate import ALONE, MIXED
from tests.damage.layout import Page, Record, lay_out, seeded

ARTICLES_A_PAGE = 4
CLEAN_SHARE = 0.4  # of pages: the others are damaged in one way or mixture
PAGES_A_TASK = 500
DAMAGES = tuple((ALONE | MIXED).items())


def make_pages(docs: Path, folder: Path, count: int, *, seed: int = 1, workers: int = 2) -> int:
    """Write so many pages of the articles of a corpus below a folder; give their bytes.

    docs: `docs.parquet` of a corpus with `articles_for` so many pages or more; ValueError where it has less.
    """
    plans = list(islice(_plan(docs, count), count))
    if len(plans) < count:
        raise ValueError(f"{docs}: articles for {len(plans)} pages; expected {count}")
    tasks = [plans[start : start + PAGES_A_TASK] for start in range(0, len(plans), PAGES_A_TASK)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        return sum(pool.map(partial(_write_pages, folder=folder, seed=seed), tasks))


Plan = tuple[str, list[Record]]  # the path of a page below the source, and its articles


def _plan(docs: Path, count: int) -> Iterator[Plan]:
    """Yield so many full pages: the articles of a paper day after day; a page has the day of its first."""
    articles = pl.read_parquet(docs).head(articles_for(count)).sort("newspaper_id", "published_on", "id")
    for paper, printed in groupby(articles.iter_rows(named=True), key=itemgetter("newspaper_id")):
        numbers: Counter[date] = Counter()
        while page := list(islice(printed, ARTICLES_A_PAGE)):
            day = page[0]["published_on"]
            numbers[day] += 1
            if len(page) == ARTICLES_A_PAGE:
                name = f"{paper.replace('bao_', 'paper')}-ribao/{day}/p{numbers[day]:02}.txt"
                yield name, [_record(row) for row in page]


def articles_for(pages: int) -> int:
    """Count the articles that fill so many pages, whatever is left over of each paper."""
    return (pages + NEWSPAPERS) * ARTICLES_A_PAGE


def _record(row: dict[str, Any]) -> Record:
    return {"headline": row["headline"], "body": row["body"], "kind": "news", "people": []}


def _write_pages(plans: list[Plan], *, folder: Path, seed: int) -> int:
    written = 0
    for name, records in plans:
        raw = _damaged(name, records, seed).text().encode()
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        written += len(raw)
    return written


def _damaged(name: str, records: list[Record], seed: int) -> Page:
    random = seeded(seed, name)
    page = lay_out(records, random)
    if random.random() < CLEAN_SHARE:
        return page
    _, damages = random.choice(DAMAGES)
    with suppress(IndexError):  # a page may hold too little for a damage, and stays as it is then
        for damage in damages:
            page = damage(page, random)
    return page
