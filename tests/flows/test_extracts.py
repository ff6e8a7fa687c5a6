"""`./lake export`: what each kind of file holds, and what is refused."""

import csv
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow.parquet as pq
import pytest

from flows.answers import ROWS_AT_A_TIME
from flows.commands.export import export_lake
from tests.flows.lakes import build_bare
from warehouse.errors import NoLake, SettingsFault, StoreFault
from warehouse.exports.make import make_export
from warehouse.star import STAR
from warehouse.tables import TABLES

FORMULAS = """SELECT '=HYPERLINK("http://x")' AS "=a", '＋1' AS b, '-5' AS c, -5 AS d, '正常' AS e, NULL::VARCHAR AS f,
    [1.5, 2] AS g, DATE '2023-07-11' AS h, DATE '1850-01-02' AS i, true AS j,
    123456789012345678.123456::DECIMAL(38,6) AS k, 12.5::DECIMAL(38,6) AS l,
    170141183460469231731687303715884105727 AS m,
    TIMESTAMPTZ '2023-07-11 08:00:00+08' AS n, 'nan'::DOUBLE AS o, '@x' AS p"""


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    """A lake of two small pages, built by the flow's functions, with its export."""
    folder = tmp_path_factory.mktemp("extracts")
    page = "澄溪日报\n\n春灌放水\n\n本报讯（记者 陆知远）3月13日，区水务局局长谭守田说，今年春灌放水1.2亿立方米，"
    page += "投资2600万元。\n"
    for day in ("2023-03-14", "2024-03-15"):
        (folder / "source" / "chengxi-ribao" / day).mkdir(parents=True)
        (folder / "source" / "chengxi-ribao" / day / "p01.txt").write_text(page.replace("13日", day[-2:] + "日"))
    (folder / "corrections").mkdir()
    build_bare(folder / "source", folder / "lake", folder / "corrections")
    make_export(folder / "lake")
    return folder / "lake"


@pytest.fixture
def export(lake, tmp_path):
    def export(name, *names, query=None, kind=None, star=False, at=None, overwrite=False):  # noqa: PLR0913 -- options
        output = tmp_path / name
        export_lake(names, lake, query=query, kind=kind, output=output, star=star, at=at, overwrite=overwrite)
        return output

    return export


def ask(path, query):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def ask_sqlite(path, query):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def read_cells(path, sheet=1):
    with zipfile.ZipFile(path) as book:
        return book.read(f"xl/worksheets/sheet{sheet}.xml").decode(), book.read("xl/workbook.xml").decode()


def test_a_duckdb_file_holds_the_whole_lake_and_its_views_and_can_be_moved(export, lake, tmp_path):
    path = export("lake.duckdb")
    moved = tmp_path / "elsewhere" / "moved.duckdb"
    moved.parent.mkdir()
    path.rename(moved)
    with duckdb.connect(str(lake / "lake.duckdb"), read_only=True) as ours:
        for name in (*TABLES, "figure_timeline", "coverage", "review_queue", "runs"):
            expected = ours.table(name).count("*").fetchall()
            assert ask(moved, f"SELECT count(*) FROM {name}") == expected, name  # noqa: S608
    assert ask(moved, "SELECT count(*) FROM search('春灌')") == [(2,)]
    told = "SELECT comment FROM duckdb_columns() WHERE table_name = 'figures' AND column_name = 'norm_value'"
    assert ask(moved, told) == [("The number in norm_unit; null where the unit has no norm.",)]
    assert ask(
        moved, "SELECT data_type FROM duckdb_columns() WHERE table_name = 'figures' AND column_name = 'value'"
    ) == [("DECIMAL(38,6)",)]
    assert b"parquet" not in moved.read_bytes()
    assert moved.read_bytes()[8:12] == b"DUCK"
    assert moved.read_bytes()[12] <= 65  # the storage version of DuckDB 1.2


def test_sqlite_keeps_decimals_exact_and_says_what_columns_are(export):
    path = export("lake.sqlite", "figures", "articles")
    held = ask_sqlite(path, "SELECT value, typeof(value), published_on FROM figures JOIN articles USING (article_id)")
    assert ("1.200000", "text", "2023-03-14") in held
    assert ask_sqlite(path, "SELECT sum(value) FROM figures WHERE unit = '万元'") == [(5200.0,)]
    assert ask_sqlite(path, "SELECT type FROM lake_columns WHERE table_name = 'figures' AND column_name = 'value'") == [
        ("DECIMAL(38,6)",)
    ]
    assert ask_sqlite(path, "SELECT typeof(is_canonical), typeof(flags) FROM articles LIMIT 1") == [("integer", "text")]


def test_the_star_goes_into_a_database_too(export):
    path = export("star.duckdb", star=True)
    assert {name for (name,) in ask(path, "SELECT table_name FROM duckdb_tables()")} == set(STAR)
    joined = "SELECT sum(value) FROM figures JOIN dates ON published_on = date WHERE year = 2024 AND unit = '万元'"
    assert ask(path, joined) == [(Decimal("2600.000000"),)]


def test_csv_has_no_formula_in_head_or_body_and_chinese_that_excel_reads(export):
    path = export("answer.csv", query=FORMULAS)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert head[0] == "'=a"
    assert row[:6] == ['\'=HYPERLINK("http://x")', "'＋1", "'-5", "-5", "正常", ""]
    assert row[7:12] == ["2023-07-11", "1850-01-02", "True", "123456789012345678.123456", "12.500000"]


def test_xlsx_has_no_formula_and_loses_no_digit(export):
    cells, _ = read_cells(export("answer.xlsx", query=FORMULAS))
    assert "<f>" not in cells
    assert "<v>12.5</v>" in cells
    assert "<v>-5</v>" in cells
    for text in ("123456789012345678.123456", "170141183460469231731687303715884105727", "1850-01-02", "nan", "正常"):
        assert f">{text}</t>" in cells
    assert "<v>45118</v>" in cells  # Excel's number of 2023-07-11
    assert "hyperlink" not in cells.lower().replace("=hyperlink", "")


def test_xlsx_has_a_sheet_for_each_table(export):
    _, book = read_cells(export("tables.xlsx", "articles", "figures", "issue_calendar"))
    assert [f'name="{name}"' in book for name in ("articles", "figures", "issue_calendar")] == [True] * 3


def test_xlsx_goes_on_in_another_sheet_and_says_what_it_cut(export, monkeypatch, capsys):
    monkeypatch.setattr("flows.extracts.workbook.MOST_ROWS", 11)
    path = export("long.xlsx", query="SELECT range AS n, repeat('长', 40000) AS t FROM range(25)")
    first, book = read_cells(path)
    third, _ = read_cells(path, sheet=3)
    assert 'name="answer 3"' in book
    assert first.count("<row ") == 11
    assert third.count("<row ") == 6
    assert "25 texts were cut" in capsys.readouterr().err


def test_parquet_keeps_types_and_descriptions(export):
    path = export("figures.parquet", "figures")
    fields = pq.read_schema(path)
    assert str(fields.field("value").type) == "decimal128(38, 6)"
    assert b"The number in the printed unit." in fields.field("value").metadata[b"description"]
    folder = export("tables", "articles", "figures", kind="parquet")
    assert sorted(path.name for path in folder.iterdir()) == ["articles.parquet", "figures.parquet"]


def test_a_large_result_is_written_in_pieces(export):
    path = export("many.parquet", query=f"SELECT range AS n FROM range({3 * ROWS_AT_A_TIME})")  # noqa: S608
    assert pq.read_metadata(path).num_rows == 3 * ROWS_AT_A_TIME
    assert pq.read_metadata(path).num_row_groups > 1


def test_an_older_snapshot_is_extracted_by_its_number(export):
    assert export("old.csv", "articles", at=1).exists()
    with pytest.raises(StoreFault, match="no snapshot 9"):
        export("none.csv", "articles", at=9)


@pytest.mark.parametrize(
    ("name", "asked", "says"),
    [
        ("out.txt", {}, "does not say what to write"),
        ("out.csv", {"kind": "feather"}, "there is no such"),
        ("out.csv", {"query": "DROP TABLE figures"}, "only one that reads"),
        ("out.csv", {"query": "SELECT nothing"}, "SQL: "),
        ("out.duckdb", {"query": "SELECT 1 AS a, 2 AS a"}, "gives a twice"),
        ("out.csv", {"query": "SELECT error('late') AS a FROM range(3)"}, "SQL: "),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_leaves_nothing(export, tmp_path, name, asked, says):
    with pytest.raises(SettingsFault, match=says):
        export(name, **asked)
    assert not list(tmp_path.iterdir())


def test_a_table_that_is_not_there_is_refused_with_those_that_are(export):
    with pytest.raises(SettingsFault, match=r"no table or view figurs; there are articles, .*figures"):
        export("out.csv", "figurs")
    with pytest.raises(SettingsFault, match="not both"):
        export("out.csv", "figures", query="FROM figures")


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx", "duckdb", "sqlite"])
def test_nothing_is_overwritten_without_being_told(export, tmp_path, kind):
    (tmp_path / f"out.{kind}").write_text("mine")
    with pytest.raises(SettingsFault, match="exists; name another place"):
        export(f"out.{kind}", "issues")
    assert (tmp_path / f"out.{kind}").read_text() == "mine"
    assert export(f"out.{kind}", "issues", overwrite=True).stat().st_size > 4


def test_a_folder_without_a_lake_has_nothing_to_extract(tmp_path):
    with pytest.raises(NoLake):
        export_lake((), tmp_path, query=None, kind="csv", output=tmp_path / "o", star=False, at=None, overwrite=False)


def test_days_stay_days(export):
    path = export("days.duckdb", query="SELECT published_on FROM articles ORDER BY 1 LIMIT 1")
    assert ask(path, "FROM answer") == [(date(2023, 3, 14),)]
