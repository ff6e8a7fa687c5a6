from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.batches import cut, plan_batches, read_batch
from flows.ingest import take_inventory
from flows.settings import Settings


@given(st.lists(st.integers(0, 500)), st.integers(1, 1000))
def test_every_file_is_in_one_batch_and_only_a_single_file_exceeds_the_size(sizes: list[int], batch_bytes: int):
    cuts = list(cut(sizes, batch_bytes))
    assert [place for first, last in cuts for place in range(first, last)] == list(range(len(sizes)))
    assert all(last - first == 1 or sum(sizes[first:last]) <= batch_bytes for first, last in cuts)


def read_all(source: Path, work: Path, *, batch_bytes: int) -> list[pl.DataFrame]:
    work.mkdir()
    settings = Settings(source=source, lake=work, file_limit_bytes=10_000, batch_bytes=batch_bytes)
    batches = plan_batches(take_inventory(settings, work).files, work, settings)
    results = [read_batch(batch) for batch in batches]
    return [pl.read_parquet(result.folder / "articles.parquet") for result in results]


def test_parts_hold_the_same_rows_however_the_files_are_cut(source: Path, tmp_path: Path):
    whole, apart = (read_all(source, tmp_path / str(size), batch_bytes=size) for size in (100_000, 1))
    assert (len(whole), len(apart)) == (1, 3)
    assert pl.concat(apart).equals(whole[0])


def test_a_source_without_files_still_gives_every_part(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    (articles,) = read_all(tmp_path / "empty", tmp_path / "work", batch_bytes=100)
    assert articles.height == 0


def test_a_batch_read_again_leaves_what_was_read_first_and_nothing_else(source: Path, tmp_path: Path):
    work = tmp_path / "work"
    work.mkdir()
    settings = Settings(source=source, lake=work)
    (batch,) = plan_batches(take_inventory(settings, work).files, work, settings)
    first = read_batch(batch)
    before = {path: path.stat().st_ino for path in work.rglob("*")}
    assert read_batch(batch) == first
    assert {path: path.stat().st_ino for path in work.rglob("*")} == before
    assert batch.content() == "chengxi-ribao/2023-03-14/p01.txt to yunling-chenbao/2023-07-04/p01.txt"


@pytest.mark.parametrize("change", ["edited", "removed"])
def test_a_file_that_changes_after_the_inventory_is_refused(source: Path, tmp_path: Path, change: str):
    work = tmp_path / "work"
    work.mkdir()
    settings = Settings(source=source, lake=work, file_limit_bytes=10_000, batch_bytes=100_000)
    inventory = take_inventory(settings, work)
    page = source / "chengxi-ribao/2023-03-14/p02.txt"
    if change == "edited":
        page.write_text("换了一篇文章。" * 20, encoding="utf-8")
    else:
        page.unlink()
    (batch,) = plan_batches(inventory.files, work, settings)
    assert read_batch(batch).rejected == 1
    rejects = pl.read_parquet(batch.folder / "rejects.parquet")
    assert rejects["reason"].to_list() == ["changed_while_read" if change == "edited" else "unreadable"]
    assert rejects["file_name"].to_list() == ["chengxi-ribao/2023-03-14/p02.txt"]
