"""What lists count is kept from run to run: they say what the lake says, and read files that came alone."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from warehouse import snapshots
from warehouse.reader import open_lake
from warehouse.site.addresses import FILES, Address
from warehouse.site.charts import chart_months
from warehouse.site.counted import KEPT, OF_A_KIND, open_counted, renew
from warehouse.site.pages import make_page
from warehouse.site.site import Site
from warehouse.site.write import publish_report


def test_lists_of_what_is_kept_are_those_of_the_lake(sample_lake: Path, tmp_path: Path):
    snapshot = snapshots.latest(sample_lake)
    with open_lake(sample_lake) as reader, open_counted(sample_lake, snapshot, tmp_path) as counted:
        plain = Site(reader=reader, snapshot=snapshot, rules={}, kinds=frozenset(), command="./lake serve-report")
        for kind in FILES:
            page = make_page(replace(plain, counted=counted), Address(kind))
            assert page == make_page(plain, Address(kind)), kind


@pytest.mark.parametrize("name", KEPT)
def test_a_file_that_is_known_is_not_read_again(name: str, sample_lake: Path, tmp_path: Path):
    kept = KEPT[name]
    parts = snapshots.latest(sample_lake).tables[kept.table]
    renew(sample_lake, kept, parts[:-1], tmp_path / "kept")
    lone = tmp_path / "lake" / parts[-1].path  # a lake of which nothing else can be read
    lone.parent.mkdir(parents=True)
    shutil.copy(sample_lake / parts[-1].path, lone)
    rows = renew(tmp_path / "lake", kept, parts, tmp_path / "kept")
    assert name == "entity_kinds" or rows.height == sum(part.rows for part in parts)
    assert rows.equals(renew(sample_lake, kept, parts, tmp_path / "anew"))


def test_of_each_file_as_many_names_are_kept_as_are_shown_of_all(sample_lake: Path, tmp_path: Path):
    parts = snapshots.latest(sample_lake).tables["entities"]
    rows = pl.concat([pl.read_parquet(sample_lake / part.path) for part in parts])
    many = pl.concat([rows.with_columns(pl.col("entity_id") + f"-{n:03}") for n in range(OF_A_KIND)])
    many.write_parquet(tmp_path / "entities.parquet")
    part = replace(parts[0], path="entities.parquet", rows=many.height)
    kept = renew(tmp_path, KEPT["entities"], [part], tmp_path / "kept")
    order = {"by": ["text_count", "mention_count", "entity_id"], "descending": [True, True, False]}
    for (kind,), of_kind in many.group_by("kind"):
        ours = kept.filter(pl.col("kind") == kind).sort(**order)["entity_id"]
        assert ours.equals(of_kind.sort(**order)["entity_id"][:OF_A_KIND]), kind
    counts = renew(tmp_path, KEPT["entity_kinds"], [part], tmp_path / "kinds")
    assert dict(counts.select("kind", "entity_count").iter_rows()) == dict(many["kind"].value_counts().iter_rows())


def test_rows_of_files_that_went_are_gone_and_nothing_new_is_not_written(sample_lake: Path, tmp_path: Path):
    first, *others = snapshots.latest(sample_lake).tables["articles"]
    assert others
    whole = renew(sample_lake, KEPT["articles"], [first, *others], tmp_path / "kept")
    written = (tmp_path / "kept").stat().st_mtime_ns
    assert renew(tmp_path, KEPT["articles"], [first, *others], tmp_path / "kept").equals(whole)
    assert (tmp_path / "kept").stat().st_mtime_ns == written
    assert renew(tmp_path, KEPT["articles"], others, tmp_path / "kept").equals(whole[first.rows :])


@pytest.mark.parametrize("left", [b"", b"PAR1 torn", None])
def test_what_is_damaged_or_of_other_columns_is_read_anew(left: bytes | None, sample_lake: Path, tmp_path: Path):
    parts, kept = snapshots.latest(sample_lake).tables["clusters"], tmp_path / "kept"
    whole = renew(sample_lake, KEPT["clusters"], parts, tmp_path / "whole")
    if left is None:
        whole.drop("size").write_parquet(kept)
    else:
        kept.write_bytes(left)
    assert renew(sample_lake, KEPT["clusters"], parts, kept).equals(whole)


def test_a_large_report_leaves_what_it_counts_beside_its_pages(sample_lake: Path, tmp_path: Path):
    publish_report(sample_lake, {}, output=tmp_path, most_articles=10)
    hidden = {path.name for path in tmp_path.glob(".*")}
    assert hidden == {f".{name}.parquet" for name in KEPT if name != "rejects"}, "nothing was refused"
    (tmp_path / "report.json").unlink()
    publish_report(sample_lake, {}, output=tmp_path, most_articles=10)
    assert {path.name for path in tmp_path.glob(".*")} == hidden


def test_bars_are_as_high_as_what_they_show():
    seen = {date(2023, 11, 1): (4, 0), date(2023, 12, 1): (22, 20), date(2024, 2, 1): (8, 8)}
    rows = [{"month": month, "expected": expected, "seen": count} for month, (expected, count) in seen.items()]
    chart = str(chart_months(rows, title="Issues"))
    bars = [tuple(map(float, found)) for found in re.findall(r'<rect x="([\d.]+)" .*?height="([\d.]+)"', chart)]
    assert [round(high / 150 * 30) for _, high in bars] == [4, 22, 8, 0, 20, 8]  # the scale ends at 30
    places = [left for left, _ in bars[:3]]
    assert places[2] - places[1] == pytest.approx(2 * (places[1] - places[0]), abs=0.2)  # January is not there
    assert "2023-11" in chart
    assert 'aria-label="Issues. 2023-11: 0 of 4; ' in chart
