from datetime import date
from pathlib import Path

import polars as pl
import pytest

import flows.facts
from flows.facts import find_batch, plan_fact_batches
from transforms.fact_rows import FOUND_SCHEMAS
from transforms.facts import Facts

BODIES = [
    "青石县县长林知远说：“桥通了。”去年，青石县修路30公里。",
    "种粮户谭守田说，今年多收了两千斤。",
    "区图书馆新增座位60个，馆长苏念介绍，值班由志愿者轮流担任。",
]


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A folder with articles and their contributors, as the stage before leaves them."""
    ids = [f"qingshi_bao-2024-05-06-a-p0001-i{number:03d}" for number in (1, 2, 3)]
    day = [date(2024, 5, 6)] * 3
    articles = {
        "file_name": ["p01.txt"] * 3,
        "article_id": ids,
        "newspaper_id": ["qingshi_bao"] * 3,
        "headline": ["路通了"] * 3,
        "body": BODIES,
    }
    sizes = [len(body) for body in BODIES]
    pl.DataFrame({**articles, "date_lower": day, "date_upper": day, "char_count": sizes}).write_parquet(
        tmp_path / "articles.parquet"
    )
    pl.DataFrame({"article_id": ids[:1], "name": ["何一舟"]}).write_parquet(tmp_path / "contributors.parquet")
    return tmp_path


def find_all(named: Path, folder: str, *, batch_bytes: int) -> dict[str, pl.DataFrame]:
    batches = plan_fact_batches(
        named / "articles.parquet", named / "contributors.parquet", named / folder, batch_bytes=batch_bytes
    )
    for batch in batches:
        find_batch(batch)
    return {
        name: pl.concat([pl.read_parquet(batch.folder / f"{name}.parquet") for batch in batches]).sort(pl.first())
        for name in FOUND_SCHEMAS
    }


def test_facts_do_not_depend_on_the_batch(named: Path) -> None:
    together, alone = (find_all(named, folder, batch_bytes=size) for folder, size in (("a", 10**6), ("b", 1)))
    assert all(together[name].equals(alone[name]) for name in FOUND_SCHEMAS)
    assert together["mentions"].filter(kind="person")["surface"].to_list() == ["林知远", "谭守田", "苏念"]
    assert set(together["figures"]["printed"]) >= {"30公里", "60个"}


def test_no_articles_leave_empty_parts(named: Path) -> None:
    empty = pl.read_parquet(named / "articles.parquet").clear()
    empty.write_parquet(named / "articles.parquet")
    assert all(frame.is_empty() for frame in find_all(named, "none", batch_bytes=1).values())


def test_what_fails_beside_the_rules_ends_the_run_and_names_the_article(
    named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(*_: object) -> Facts:
        raise MemoryError

    monkeypatch.setattr(flows.facts, "find_facts", find)
    with pytest.raises(MemoryError) as fault:
        find_all(named, "broken", batch_bytes=10**6)
    assert "qingshi_bao-2024-05-06-a-p0001-i001" in fault.value.__notes__[0]
