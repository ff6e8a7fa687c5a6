import hashlib
from typing import Any

import polars as pl
import pytest

from tests.transforms.test_rows import PAGE
from transforms.language.model import LanguageModel
from transforms.page_contract import find_broken_files
from transforms.read import read_file
from transforms.rows import file_rows


@pytest.fixture(scope="module")
def rows(language: LanguageModel) -> dict[str, pl.DataFrame]:
    """Rows of two files of two pages each."""
    texts = {name: f"{PAGE}\f{PAGE}{name}".encode() for name in ("a.txt", "b.txt")}
    return file_rows(
        read_file(data, file_name=name, sha256=hashlib.sha256(data).hexdigest(), language=language)
        for name, data in texts.items()
    )


def test_sound_files_are_not_named(rows: dict[str, pl.DataFrame]) -> None:
    assert find_broken_files(rows) == {}
    assert find_broken_files(file_rows([])) == {}


@pytest.mark.parametrize(
    ("table", "change", "reason"),
    [
        ("pages", {"ocr_quality_share": 1.5}, "pages.ocr_quality_share.max"),
        ("blocks", {"kind": "poster"}, "blocks.kind.check"),
        ("blocks", {"raw_end": 0}, "blocks.is_not_empty"),
        ("articles", {"body": "", "char_count": 0, "headline": None}, "articles.says_something"),
        ("articles", {"char_count": 1}, "articles.char_count_is_length_of_body"),
        ("contributors", {"role": "poet"}, "contributors.role.check"),
        ("spans", {"start_char": -1}, "spans.start_char.min"),
        ("spans", {"raw_end": None}, "spans.raw_end.nullability"),
    ],
)
def test_a_file_with_a_bad_row_is_named_with_the_check_that_fails(
    rows: dict[str, pl.DataFrame], table: str, change: dict[str, Any], reason: str
) -> None:
    first, _ = rows["files"]["file_id"]
    frame = rows[table]
    is_bad = (pl.col("file_id") == first) & (pl.col("page_index") == 1)
    spoilt = frame.with_columns(
        pl.when(is_bad).then(pl.lit(value, frame.schema[column])).otherwise(column).alias(column)
        for column, value in change.items()
    )
    found = find_broken_files(rows | {table: spoilt})
    assert {file_id: fault[0] for file_id, fault in found.items()} == {first: reason}
    assert all(f"{column}={value}" in found[first][1] for column, value in change.items())
