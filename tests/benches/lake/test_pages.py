"""The pages of the benchmark are as many and as full as it says."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.benches.lake.pages import ARTICLES_A_PAGE, articles_for, make_pages
from tests.benches.reuse.prints import NEWSPAPERS

BODY = "麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄。今年全镇新修渠道三十公里。"


def write_docs(path: Path, count: int) -> Path:
    numbers = range(count)
    rows = {
        "id": [f"a{number:04}" for number in numbers],
        "newspaper_id": [f"bao_{number % NEWSPAPERS:02}" for number in numbers],
        "published_on": [date(2015, 1, 1) + timedelta(days=number // 90) for number in numbers],
        "headline": [f"东岗村新渠通水第{number}天" for number in numbers],
        "body": [BODY] * count,
    }
    pl.DataFrame(rows).write_parquet(path)
    return path


def test_there_are_exactly_so_many_pages_of_four_articles(tmp_path: Path) -> None:
    docs = write_docs(tmp_path / "docs.parquet", articles_for(50))
    written = make_pages(docs, tmp_path / "pages", 50, workers=1)
    pages = [path.read_bytes() for path in (tmp_path / "pages").rglob("*.txt")]
    assert len(pages) == 50
    assert written == sum(map(len, pages))
    assert all(page.count("东岗村的麦田".encode()) <= ARTICLES_A_PAGE for page in pages)
    assert len({path.parent for path in (tmp_path / "pages").rglob("*.txt")}) < 50


def test_a_corpus_too_small_is_refused(tmp_path: Path) -> None:
    docs = write_docs(tmp_path / "docs.parquet", 40)
    with pytest.raises(ValueError, match="expected 50"):
        make_pages(docs, tmp_path / "pages", 50, workers=1)
