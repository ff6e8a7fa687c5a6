"""The report as files: whole, linked, small, and written only where something changed."""

import html
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest

from flows.site import read_rule_words
from warehouse.errors import StoreFault
from warehouse.site.addresses import ARTICLE, FOLDERS, Address, read_path
from warehouse.site.write import publish_report

MOST_BYTES = 300_000


def read(path: Path) -> str:
    return path.read_bytes().decode()


def pages_of(report: Path) -> list[Path]:
    return sorted(report.rglob("*.html"))


@pytest.mark.parametrize("report", ["sample_report", "hostile_report"])
def test_every_link_leads_to_a_page_and_a_place_of_the_report(report: str, request: pytest.FixtureRequest):
    folder: Path = request.getfixturevalue(report)
    places = {path: re.findall(r'\bid="([^"]*)"', read(path)) for path in pages_of(folder)}
    assert {path.parent.name for path in places} >= FOLDERS - {"text"}
    for path, ids in places.items():
        assert len(ids) == len(set(ids)), f"{path} has an id twice"
        for link in re.findall(r'(?:href|src|action)="([^"]*)"', read(path)):
            file, _, place = html.unescape(link).partition("#")
            target = (path.parent / unquote(file)).resolve() if file else path
            assert target.is_file(), f"{path}: {link}"
            assert not place or place in places[target], f"{path}: {link}"


def test_every_page_has_what_a_reader_needs(sample_report: Path):
    for path in pages_of(sample_report):
        page = read(path)
        assert re.search(r"<title>[^<>]+ · Broadsheet</title>", page), path
        assert page.count("<h1") == 1, path
        for part in ('<html lang="en">', "<main ", "<footer>", 'class="skip"', "data-snapshot", 'name="viewport"'):
            assert part in page, f"{path} lacks {part}"
        assert not re.search(r"https?://(?!www\.w3\.org)", page.replace("http://127", "")), path
        assert " style=" not in page, f"{path}: the server's policy allows no style in a page"
        assert len(page.encode()) < MOST_BYTES, path


def test_the_overview_says_which_snapshot_it_shows(sample_report: Path):
    assert "Snapshot 1 of 20" in read(sample_report / "index.html")
    assert 'window.broadsheetSnapshot = "snapshot 1 of 20' in read(sample_report / "assets" / "snapshot.js")


def test_nothing_is_written_where_nothing_changed(sample_lake: Path, tmp_path: Path):
    count = publish_report(sample_lake, {}, output=tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert publish_report(sample_lake, {}, output=tmp_path) == count == len(pages_of(tmp_path))
    (tmp_path / "report.json").unlink()
    assert publish_report(sample_lake, {}, output=tmp_path) == count
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert [path.name for path in after if after[path] != before[path]] == ["report.json"]


def test_pages_do_not_depend_on_the_order_in_which_rows_are_read(
    sample_lake: Path, sample_report: Path, tmp_path: Path
):
    """Each list of a page is ordered to its last row: DuckDB's threads give rows in another order every time."""
    lake = tmp_path / "lake"
    shutil.copytree(sample_lake, lake)
    for path in lake.rglob("*.parquet"):
        table = pq.read_table(path)
        pq.write_table(table[::-1], path)
    publish_report(lake, read_rule_words(), output=tmp_path / "report")
    was = {path.relative_to(sample_report): read(path) for path in pages_of(sample_report)}
    now = {path.relative_to(tmp_path / "report"): read(path) for path in pages_of(tmp_path / "report")}
    assert now.keys() == was.keys()
    assert [str(path) for path in was if now[path] != was[path]] == []


def test_what_a_killed_run_left_is_made_whole_again(sample_lake: Path, tmp_path: Path):
    publish_report(sample_lake, {}, output=tmp_path)
    (tmp_path / "report.json").unlink()
    overview = (tmp_path / "index.html").read_bytes()
    (tmp_path / "index.html").write_bytes(b"torn")
    (tmp_path / "article" / "gone-p0001-i001.html").write_text("an article that the lake no longer has")
    (tmp_path / "article" / "half.html.tmp").write_text("half")
    publish_report(sample_lake, {}, output=tmp_path)
    assert (tmp_path / "index.html").read_bytes() == overview
    assert not list(tmp_path.rglob("gone*")) + list(tmp_path.rglob("*.tmp"))
    assert json.loads((tmp_path / "report.json").read_bytes())["snapshot_id"] == 1


def test_a_lake_too_large_has_the_lists_and_says_how_to_see_the_rest(sample_lake: Path, tmp_path: Path):
    publish_report(sample_lake, read_rule_words(), output=tmp_path)
    publish_report(sample_lake, read_rule_words(), output=tmp_path, most_articles=10)
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"assets"}
    assert f"./lake serve-report --lake {sample_lake}" in html.unescape(read(tmp_path / "index.html"))
    for path in pages_of(tmp_path):
        links = re.findall(r'href="([^"#]+)', read(path))
        assert [link for link in links if not (tmp_path / link).is_file()] == []


def test_a_folder_of_other_things_is_left_alone(sample_lake: Path, tmp_path: Path):
    (tmp_path / "thesis.html").write_text("years of work")
    with pytest.raises(StoreFault, match="other files than a report"):
        publish_report(sample_lake, {}, output=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.html"]


@pytest.mark.parametrize(
    "name", ["a-p0001-i001", "../../etc/passwd", "~", "%2e%2e/", "云岭\u202e", "a\x00b", 'a"><script>']
)
def test_any_id_is_one_safe_path_and_back(name: str):
    path = Address(ARTICLE, name).path
    assert re.fullmatch(r"article/[\w~-]+\.html", path, re.ASCII)
    assert read_path(path) == Address(ARTICLE, name)
