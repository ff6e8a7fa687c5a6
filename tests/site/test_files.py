"""The report as files: whole, linked, small, and written only where something changed."""

import html
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

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


@pytest.mark.parametrize("made", ["sample_report", "hostile_report"])
def test_every_link_leads_to_a_page_and_a_place_of_the_report(made: str, request: pytest.FixtureRequest):
    folder: Path = request.getfixturevalue(made)
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


@pytest.fixture
def report(sample_report: Path, tmp_path: Path) -> Path:
    """The report of the sample issues, to change."""
    return shutil.copytree(sample_report, tmp_path / "report")


def test_nothing_is_written_where_nothing_changed(sample_lake: Path, report: Path):
    before = {path: path.stat().st_mtime_ns for path in report.rglob("*")}
    assert publish_report(sample_lake, read_rule_words(), output=report) == len(pages_of(report))
    (report / "report.json").unlink()
    assert publish_report(sample_lake, read_rule_words(), output=report) == len(pages_of(report))
    after = {path: path.stat().st_mtime_ns for path in report.rglob("*") if path.is_file()}
    assert [path.name for path in after if after[path] != before[path]] == ["report.json"]


def test_pages_do_not_depend_on_the_order_in_which_rows_are_read(
    reversed_lake: Path, sample_report: Path, tmp_path: Path
):
    """Each list of a page is ordered to its last row: DuckDB's threads give rows in another order every time."""
    publish_report(reversed_lake, read_rule_words(), output=tmp_path)
    was = {path.relative_to(sample_report): read(path) for path in pages_of(sample_report)}
    now = {path.relative_to(tmp_path): read(path) for path in pages_of(tmp_path)}
    assert now.keys() == was.keys()
    assert [str(path) for path in was if now[path] != was[path]] == []


def test_what_a_killed_run_left_is_made_whole_again(sample_lake: Path, report: Path):
    (report / "report.json").unlink()
    overview = (report / "index.html").read_bytes()
    (report / "index.html").write_bytes(b"torn")
    (report / "article" / "gone-p0001-i001.html").write_text("an article that the lake no longer has")
    (report / "article" / "half.html.tmp").write_text("half")
    publish_report(sample_lake, read_rule_words(), output=report)
    assert (report / "index.html").read_bytes() == overview
    assert not list(report.rglob("gone*")) + list(report.rglob("*.tmp"))
    assert json.loads((report / "report.json").read_bytes())["snapshot_id"] == 1


def test_a_lake_too_large_has_the_lists_and_says_how_to_see_the_rest(sample_lake: Path, report: Path):
    publish_report(sample_lake, read_rule_words(), output=report, most_articles=10)
    assert {path.name for path in report.iterdir() if path.is_dir()} == {"assets"}
    assert f"./lake serve-report --lake {sample_lake}" in html.unescape(read(report / "index.html"))
    for path in pages_of(report):
        links = re.findall(r'href="([^"#]+)', read(path))
        assert [link for link in links if not (report / link).is_file()] == []


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
