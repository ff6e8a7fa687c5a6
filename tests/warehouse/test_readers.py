"""Seven engines read every table of an export, and agree on what is in it."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.warehouse.readers import READERS, agree_on, type_table
from tests.warehouse.stars import print_something, publish_rows
from warehouse import products, store
from warehouse.exports.make import make_export
from warehouse.star import STAR

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def read(tmp_path_factory, standing_rows, as_tables):
    """What each reader tells of each table: one process a reader, and one start of Java for all tables."""
    if not shutil.which("java") and not os.environ.get("CI"):
        pytest.skip("Spark needs Java, e.g. apt-get install default-jre-headless")
    rows, root = standing_rows(), tmp_path_factory.mktemp("readers") / "lake"
    print_something(rows, date(2023, 5, 8), "hedong_wanbao", "3.5")
    print_something(rows, date(2024, 5, 7), "hexi_ribao", "12")
    print_something(rows, None, "unknown", "7.25")
    publish_rows(root, rows, as_tables, 1)
    make_export(root)
    folder = products.folder_of(root, store.EXPORT, 1)
    return {reader: run_reader(folder, reader) for reader in READERS}


def run_reader(folder: Path, reader: str):
    command = [sys.executable, "-m", "tests.warehouse.readers", folder, reader]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, f"{reader}: {done.stderr[-2000:]}"
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_finds_what_duckdb_finds_in_every_table(read, reader):
    for name in STAR:
        expected = agree_on(read["DuckDB"][name]["facts"])
        assert agree_on(read[reader][name]["facts"]) == expected, name


def test_what_is_compared_is_there(read):
    facts = read["DuckDB"]["figures"]["facts"]
    assert facts["rows"] == "6"
    assert facts["value:sum"] == "101.05"
    assert (facts["published_on:min"], facts["published_on:nulls"]) == ("2023-05-08", "2")
    assert read["DuckDB"]["people"]["facts"]["name:max"] == "林知远"
    assert read["DuckDB"]["entities"]["facts"]["aliases:values"] == "1"


def test_the_table_of_types_in_the_docs_is_current(read):
    table = type_table(read)
    assert table in (CHECKOUT / "docs" / "bi.md").read_text(encoding="utf-8"), f"docs/bi.md should have\n{table}"
