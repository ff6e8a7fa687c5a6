"""A run over what changed gives the lake that a clean build gives, to the byte."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from flows.settings import CORRECTIONS
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare
from warehouse import snapshots

FIRST = "chengxi-ribao/2023-03-14/p01.txt"
SECOND = "chengxi-ribao/2023-03-14/p02.txt"
THIRD = "yunling-chenbao/2023-07-04/p01.txt"

NEW_PAGE = """第3版

社区食堂又添新灶台

本报讯（记者 纪明舟）停用八年的纺织厂库房，如今成了桂花巷社区食堂，每天供应午餐一百八十份。

社区书记何静说，新灶台启用后，每天能多做60份午餐，总投资12万元，月底前还要添置两台蒸箱。
"""
UNMARKED = "没有页码也没有日期的一小段文字，讲的是街角新开的修鞋摊，师傅姓温，修一双鞋收五元。"

Step = Callable[[Path], None]


def write(name: str, text: str) -> Step:
    return lambda source: write_pages(source, {name: text}) and None


def add_to_an_issue(source: Path) -> None:
    write_pages(source, {"chengxi-ribao/2023-03-14/p03.txt": NEW_PAGE})


def reprint_earlier(source: Path) -> None:
    """The first print of a text is now in an older issue: cluster, novelty and ids of people change elsewhere."""
    write_pages(source, {"chengxi-ribao/2022-11-02/p01.txt": PAGES[FIRST].replace("3月13日", "11月1日")})


def edit(source: Path) -> None:
    path = source / SECOND
    path.write_text(path.read_text().replace("一百二十人", "一百三十人"), encoding="utf-8")


def date_anew(source: Path) -> None:
    (source / "yunling-chenbao/2023-07-04").rename(source / "yunling-chenbao/2023-07-05")


def push_a_number(source: Path) -> None:
    """A page without a number stands after the last numbered one: a new page 9 moves it."""
    write_pages(source, {"chengxi-ribao/2023-03-14/extra.txt": UNMARKED})


def push_it_on(source: Path) -> None:
    write_pages(source, {"chengxi-ribao/2023-03-14/p09.txt": NEW_PAGE.replace("第3版", "第9版").replace("60", "70")})


def copy(source: Path) -> None:
    shutil.copy(source / THIRD, source / "a-copy.txt")


def remove_the_first(source: Path) -> None:
    (source / FIRST).unlink()


def refuse_one(source: Path) -> None:
    (source / "empty.txt").touch()


STEPS: tuple[Step, ...] = (
    add_to_an_issue,
    reprint_earlier,
    edit,
    copy,
    date_anew,
    push_a_number,
    push_it_on,
    refuse_one,
    remove_the_first,
)


def table(lake: Path, name: str) -> pl.DataFrame:
    newest = snapshots.latest(lake)
    assert newest
    return pl.read_parquet([lake / part.path for part in newest.tables[name]])


def published(lake: Path) -> dict[str, list[tuple[str, str]]]:
    """The files of each table; aliases tell of a lake's past, which a clean build does not have."""
    newest = snapshots.latest(lake)
    assert newest
    tables = {name: parts for name, parts in newest.tables.items() if name != "id_aliases"}
    for parts in tables.values():
        for part in parts:
            assert hashlib.sha256((lake / part.path).read_bytes()).hexdigest() == part.sha256
    return {name: sorted((part.path, part.shard) for part in parts) for name, parts in tables.items()}


@pytest.mark.slow
def test_any_change_leaves_the_lake_that_a_clean_build_gives(source: Path, tmp_path: Path):
    grown = tmp_path / "grown"
    build_bare(source, grown, CORRECTIONS)
    for number, step in enumerate(STEPS):
        step(source)
        build_bare(source, grown, CORRECTIONS)
        clean = tmp_path / f"clean-{number}"
        build_bare(source, clean, CORRECTIONS)
        assert published(grown) == published(clean), step.__name__


def test_only_what_changed_is_read_and_written(source: Path, built: Path):
    before = published(built)
    write_pages(source, {"yunling-chenbao/2024-01-02/p01.txt": "云岭晨报\n\n" + UNMARKED})
    os.utime(source / FIRST, ns=(0, 0))
    summary = build_bare(source, built, CORRECTIONS)
    assert summary.is_new
    assert summary.read == 1
    after = published(built)
    assert set(before["articles"]) < set(after["articles"])
    assert set(before["spans"]) < set(after["spans"])


def test_a_run_without_changes_reads_nothing_and_makes_no_snapshot(source: Path, tmp_path: Path):
    (source / "empty.txt").touch()
    build_bare(source, tmp_path / "lake", CORRECTIONS)
    again = build_bare(source, tmp_path / "lake", CORRECTIONS)
    assert (again.is_new, again.read, again.rejected) == (False, 0, 1)
    assert "deduplicate" not in again.stage_seconds


def test_a_rejected_file_is_tried_again_when_asked_and_its_attempts_are_counted(source: Path, tmp_path: Path):
    (source / "empty.txt").touch()
    lake = tmp_path / "lake"
    build_bare(source, lake, CORRECTIONS)
    retried = build_bare(source, lake, CORRECTIONS, retry_rejected=True)
    assert retried.read == 1
    assert table(lake, "rejects").select("file_name", "attempts").rows() == [("empty.txt", 2)]
    (source / "empty.txt").write_text(UNMARKED, encoding="utf-8")
    assert build_bare(source, lake, CORRECTIONS).rejected == 0


@pytest.mark.parametrize("stage", ["read", "deduplicate", "facts", "resolve", "publish"])
def test_a_stage_that_runs_again_gives_the_same(stage: str, source: Path, built: Path):
    before = published(built)
    summary = build_bare(source, built, CORRECTIONS, rebuild=(stage,))
    assert not summary.is_new
    assert summary.read == (3 if stage == "read" else 0)
    assert published(built) == before


def test_a_lake_built_under_other_rules_is_built_again(source: Path, built: Path, monkeypatch: pytest.MonkeyPatch):
    versions = {"read": "0" * 12, "deduplicate": "1", "facts": "1", "resolve": "1", "publish": "1"}
    monkeypatch.setattr("flows.pipeline.stage_versions", lambda: versions)
    assert build_bare(source, built, CORRECTIONS).read == 3
    assert build_bare(source, built, CORRECTIONS).read == 0, "the versions are kept although no table changed"
