"""What a view lists stands in one order to its last row, however DuckDB's threads come by the rows."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from flows.commands import review
from warehouse.reader import open_lake
from warehouse.site.article_queries import PRINTS
from warehouse.view_files import read_view_files

ARTICLE = "yunling_chenbao-2023-06-20-a-p0004-i001"
AS_TABLES = {"canonical_articles", "figure_points"}  # of no order, like the tables that they are made of
ASKED = [
    *(f"FROM {view.name}" for view in read_view_files() if not view.is_macro and view.name not in AS_TABLES),
    "FROM issue_contents('chengxi_ribao', '2023-03-14')",
    "FROM search('项目')",
    "FROM figures_about('项目')",
    "FROM offices_of('沈雪芩')",
    f"FROM explain('{ARTICLE}')",
    f"FROM printed('{ARTICLE}', 0, 400)",
    "FROM explain_figure((SELECT min(figure_id) FROM figures))",
    review._QUEUE,  # noqa: SLF001 -- what `./lake review` lists
]
DIGITS = 9  # of a share that show: the last ones of a sum of floats hang on the order of its terms


def give(lake: Path, query: str) -> list[tuple[object, ...]]:
    with open_lake(lake) as reader:
        rows = reader.sql(query).fetchall()
    return [tuple(round(value, DIGITS) if isinstance(value, float) else value for value in row) for row in rows]


@pytest.mark.parametrize("query", ASKED)
def test_rows_come_in_one_order_however_they_lie_in_the_files(query: str, sample_lake: Path, reversed_lake: Path):
    rows = give(sample_lake, query)
    assert rows
    assert give(reversed_lake, query) == rows


def test_pages_tell_prints_in_the_order_of_the_view_also_those_without_a_day(sample_lake: Path, tmp_path: Path):
    """Each canonical print loses its day and keeps its bounds: it is the first print all the same."""
    lake = shutil.copytree(sample_lake, tmp_path / "lake")
    for path in (lake / "data" / "articles").rglob("*.parquet"):
        day = pl.when(~pl.col("is_canonical")).then("published_on")
        pl.read_parquet(path).with_columns(published_on=day).write_parquet(path)
    with open_lake(lake) as reader:
        texts = [text for (text,) in reader.sql("SELECT cluster_id FROM clusters ORDER BY ALL").fetchall()]
        told = reader.sql(PRINTS, [texts, min(texts), max(texts)]).fetchall()
        view = reader.sql("SELECT cluster_id, article_id, role FROM text_prints").fetchall()
    assert [row[:3] for row in told] == view
    assert [role == "canonical" for _, _, role in view] == [True, False] * len(texts)
