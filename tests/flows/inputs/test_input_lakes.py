"""Files of other formats in a lake: it grows by them as by text, and what is refused of one is a row with its place."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from flows.commands.correct import Fix, correct
from flows.settings import CORRECTIONS
from tests.flows.lakes import build_bare
from tests.flows.test_increments import published, table
from tests.transforms.inputs.test_alto import FIRST, HEADLINE, SECOND, alto, page
from tests.transforms.inputs.test_html import EPAPER
from tests.transforms.inputs.test_mets import MODS, mets, physical
from tests.transforms.inputs.test_records import RECORD
from transforms.corrections.records import Action

OTHER_DAY = RECORD | {
    "日期": "2023-03-15",
    "标题": "图书馆延长开放到晚上十点",
    "正文": "区图书馆每天开放到晚上十点，新增座位六十个。",
}
OTHER_PAPER = RECORD | {"报纸": "云岭晨报", "标题": "夜班公交新开两条线", "正文": "夜班公交一号线从火车站发出首班车。"}
EXPORT = "export.jsonl"

Step = Callable[[Path], None]


def write_records(source: Path, *records: object) -> None:
    (source / EXPORT).write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n{bad")


def add_an_epaper_page(source: Path) -> None:
    (source / "content_12.htm").write_bytes(EPAPER.encode("gb18030"))


STEPS: tuple[Step, ...] = (
    lambda source: write_records(source, RECORD, OTHER_PAPER),
    add_an_epaper_page,
    lambda source: write_records(source, RECORD, OTHER_DAY, OTHER_PAPER),
    lambda source: (source / EXPORT).write_text("{bad"),
    lambda source: (source / EXPORT).unlink(),
)


@pytest.mark.slow
def test_a_lake_grown_by_files_of_other_formats_equals_a_clean_build(source: Path, tmp_path: Path):
    grown = tmp_path / "grown"
    build_bare(source, grown, CORRECTIONS)
    for number, step in enumerate(STEPS):
        step(source)
        build_bare(source, grown, CORRECTIONS)
        build_bare(source, tmp_path / f"clean-{number}", CORRECTIONS)
        assert published(grown) == published(tmp_path / f"clean-{number}"), number


ALTO_PAGES = {"scan/alto/1.xml": alto(page(HEADLINE, FIRST)), "scan/alto/2.xml": alto(page(SECOND))}
METS = mets(
    *(("a", "alto/2.xml"), ("b", "alto/1.xml"), ("c", "alto/3.xml")),
    structure=physical(("a", "1", "A01"), ("b", "2", "A02"), ("c", "3", "A03")),
    mods=MODS,
)


def write_scan(source: Path, list_of_pages: bytes | None) -> None:
    (source / "scan" / "alto").mkdir(parents=True, exist_ok=True)
    for name, data in ALTO_PAGES.items():
        (source / name).write_bytes(data)
    if list_of_pages is not None:
        (source / "scan" / "mets.xml").write_bytes(list_of_pages)


def test_a_list_of_pages_says_their_order_paper_and_day_and_what_is_missing(tmp_path: Path):
    write_scan(tmp_path / "source", METS)
    build_bare(tmp_path / "source", tmp_path / "lake", CORRECTIONS)
    pages = table(tmp_path / "lake", "pages").sort("page_id").select("page_id", "page_no", "page_label")
    assert pages.rows() == [
        ("chengxi_ribao-2023-03-14-a-p0001", 1, "A01"),
        ("chengxi_ribao-2023-03-14-a-p0002", 2, "A02"),
    ]
    (issue,) = table(tmp_path / "lake", "issues").rows(named=True)
    assert (issue["newspaper"], issue["date_basis"], issue["date_evidence"]) == ("澄溪日报", "metadata", "2023-03-14")
    (missing,) = table(tmp_path / "lake", "rejects").select("file_name", "reason", "evidence").rows()
    assert missing == ("scan/mets.xml", "missing_file", "it lists scan/alto/3.xml, which is not in the source")


@pytest.mark.slow
def test_a_list_that_comes_changes_and_goes_leaves_the_lake_of_a_clean_build(tmp_path: Path):
    source, grown = tmp_path / "source", tmp_path / "grown"
    for number, data in enumerate((None, METS, METS.replace(b"2023-03-14<", b"2023-03-15<"))):
        write_scan(source, data)
        build_bare(source, grown, CORRECTIONS)
        build_bare(source, tmp_path / f"clean-{number}", CORRECTIONS)
        assert published(grown) == published(tmp_path / f"clean-{number}"), number
    (source / "scan" / "mets.xml").unlink()
    build_bare(source, grown, CORRECTIONS)
    build_bare(source, tmp_path / "last", CORRECTIONS)
    assert published(grown) == published(tmp_path / "last")


@pytest.fixture(scope="module")
def of_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source of records and an e-paper's page, and its lake. To copy, not to change."""
    folder = tmp_path_factory.mktemp("records")
    (folder / "source").mkdir()
    write_records(folder / "source", RECORD, OTHER_DAY, OTHER_PAPER)
    add_an_epaper_page(folder / "source")
    build_bare(folder / "source", folder / "lake", CORRECTIONS)
    return folder


@pytest.fixture
def lake(of_records: Path, tmp_path: Path) -> Path:
    shutil.copytree(of_records, tmp_path, dirs_exist_ok=True)
    return tmp_path / "lake"


def test_records_of_one_paper_and_day_are_one_issue(lake: Path):
    issues = table(lake, "issues").select("issue_id", "date_basis", "date_evidence").sort("issue_id").rows()
    assert issues == [
        ("chengxi_ribao-2023-03-14-a", "metadata", "2023-03-14"),
        ("chengxi_ribao-2023-03-15-a", "metadata", "2023-03-15"),
        ("chengxi_wanbao-2023-03-14-a", "masthead", "2023年03月14日"),
        ("yunling_chenbao-2023-03-14-a", "metadata", "2023-03-14"),
    ]


def test_files_say_what_they_hold_and_what_was_refused_of_them(lake: Path):
    files = (
        table(lake, "files").select("file_name", "format", "format_basis", "encoding_basis", "status").sort("file_name")
    )
    assert files.rows() == [
        ("content_12.htm", "html", "name", "declared", "ok"),
        (EXPORT, "jsonl", "name", "valid_utf8", "ok"),
    ]
    (refused,) = table(lake, "rejects").rows(named=True)
    assert (refused["file_name"], refused["reason"], refused["stage"]) == (EXPORT, "bad_json", "read")
    assert refused["subject_id"].endswith("#line 4")


def test_spans_lead_back_to_what_the_record_gave(lake: Path):
    pages = dict(table(lake, "pages").select("page_id", "raw_text").rows())
    articles = table(lake, "articles")
    spans = table(lake, "spans").sort("article_id", "part", "span_no")
    for article in articles.iter_rows(named=True):
        pieces = spans.filter((pl.col("article_id") == article["article_id"]) & (pl.col("part") == "body"))
        text = "".join(
            pages[piece["page_id"]][piece["raw_start"] : piece["raw_end"]]
            if piece["rule_id"] is None
            else piece["after"]
            for piece in pieces.iter_rows(named=True)
        )
        assert text == article["body"]


@pytest.mark.parametrize(
    ("fix", "headline"),
    [
        (Fix(action=Action.CORRECT_TEXT, at="旧厂房变身", expect="旧厂房", becomes="老厂房"), "老厂房变身社区食堂"),
        (Fix(action=Action.SET_DATE, at="旧厂房变身", becomes="2023-03-16"), "旧厂房变身社区食堂"),
    ],
)
def test_a_record_is_corrected_like_any_page(fix: Fix, headline: str, lake: Path, tmp_path: Path):
    corrections = tmp_path / "corrections"
    corrections.mkdir()
    (article,) = table(lake, "articles").filter(pl.col("headline") == "旧厂房变身社区食堂")["article_id"]
    correct(article, fix, reason="a test", lake=lake, corrections=corrections)
    build_bare(tmp_path / "source", lake, corrections)
    corrected = table(lake, "articles").filter(pl.col("headline") == headline)
    day = "2023-03-16" if fix.action is Action.SET_DATE else "2023-03-14"
    assert corrected["published_on"].cast(pl.String).to_list() == [day]
