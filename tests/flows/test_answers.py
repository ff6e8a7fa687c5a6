import io
import json
from collections.abc import Iterator

import duckdb
import pytest
from rich.console import Console

from flows.answers import SHOWN_ROWS, Answer, read_answer, show_answer, visible, write_csv, write_json


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as memory:
        yield memory


def shown(answer: Answer, width: int = 80) -> str:
    file = io.StringIO()
    show_answer(answer, Console(file=file, width=width, markup=False))
    return file.getvalue()


def test_csv_quotes_what_needs_it_and_keeps_all_rows(connection: duckdb.DuckDBPyConnection):
    file = io.StringIO()
    query = "SELECT range AS n, 'a,\"b\"\nc' AS words, NULL AS nothing, ['x', 'y'] AS flags FROM range(25000)"
    write_csv(read_answer(connection.sql(query)), file)
    assert file.getvalue().startswith('n,words,nothing,flags\n0,"a,""b""\nc",,"[""x"", ""y""]"\n')
    assert file.getvalue().count("\n24999,") == 1


def test_csv_for_a_spreadsheet_has_no_formulas_and_keeps_numbers(connection: duckdb.DuckDBPyConnection):
    file = io.StringIO()
    query = "SELECT '=HYPERLINK(1)' AS a, '-2+3' AS b, '@x' AS c, chr(9) || 'd' AS d, '＝1' AS e, -2 AS f, 'g=1' AS g"
    write_csv(read_answer(connection.sql(query)), file, for_spreadsheet=True)
    assert file.getvalue() == "a,b,c,d,e,f,g\n'=HYPERLINK(1),'-2+3,'@x,'\td,'＝1,-2,g=1\n"


def test_json_is_an_array_of_objects_with_exact_values(connection: duckdb.DuckDBPyConnection):
    file = io.StringIO()
    query = "SELECT DATE '2023-03-14' AS day, 0.10::DECIMAL(38,6) AS value, sum(1) AS n, NULL AS gap, '澄溪' AS place"
    write_json(read_answer(connection.sql(query)), file)
    assert json.loads(file.getvalue()) == [
        {"day": "2023-03-14", "value": "0.100000", "n": 1, "gap": None, "place": "澄溪"}
    ]


def test_json_of_no_rows_is_an_empty_array(connection: duckdb.DuckDBPyConnection):
    file = io.StringIO()
    write_json(read_answer(connection.sql("SELECT 1 AS n WHERE false")), file)
    assert json.loads(file.getvalue()) == []


def test_a_table_aligns_wide_characters_and_counts_rows(connection: duckdb.DuckDBPyConnection):
    lines = shown(read_answer(connection.sql("VALUES ('澄溪县', 1), ('ab', 22)"))).splitlines()
    assert lines[-1] == "(2 rows)"
    assert [line for line in lines if "澄溪县 |" in line]
    assert [line for line in lines if "ab     |" in line]


def test_many_rows_are_cut_and_the_table_says_so(connection: duckdb.DuckDBPyConnection):
    text = shown(read_answer(connection.sql(f"FROM range({SHOWN_ROWS + 1})")))
    assert f"first {SHOWN_ROWS} rows; --csv or --json print all" in text
    assert f"| {SHOWN_ROWS} " not in text


def test_too_many_columns_for_the_terminal_are_lists(connection: duckdb.DuckDBPyConnection):
    columns = ", ".join(f"'value number {number}' AS column_{number}" for number in range(20))
    text = shown(read_answer(connection.sql(f"SELECT {columns}")))
    assert "row 1\n  column_0   value number 0\n" in text


def test_markup_and_control_characters_in_a_text_are_shown_not_obeyed(connection: duckdb.DuckDBPyConnection):
    text = shown(read_answer(connection.sql("SELECT '[red]x[/red]' || chr(27) || '[2J' AS words")))
    assert "[red]x[/red]␛[2J" in text


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [("a\n\tb", "a␊␉b"), ("\x1b[2J", "␛[2J"), ("\u202e", "\\u202e"), ("　“澄溪”", "　“澄溪”")],
)
def test_what_a_terminal_would_hide_or_obey_is_shown(text: str, shown_as: str):
    assert visible(text) == shown_as
