"""Values of unique columns that are kept as files come and go are those that lie in the files."""

from pathlib import Path

import polars as pl
import pytest

from warehouse import shards, store, uniques
from warehouse.store import Part
from warehouse.tables import TABLES

FILE, CHECK = "articles.article_uid.parquet", "articles.article_uid.unique"


@pytest.fixture
def put(tmp_path: Path, rows):
    def put(*numbers: int) -> Part:
        """Write a file of articles with these uids."""
        facts = [rows["articles"][0] | {"article_uid": f"{number:016x}"} for number in numbers]
        frame = pl.DataFrame(facts, schema=TABLES["articles"].create_empty().schema, orient="row")
        return store.put_parquet(tmp_path, "articles", shards.WHOLE, frame, table=TABLES["articles"])

    return put


def numbers_in(held: uniques.Held) -> list[int]:
    return [int(key, 16) for key in held[FILE]["key"]]


def test_what_came_and_went_is_read_and_nothing_else(put, tmp_path: Path):
    stays, goes, comes = put(5, 1), put(2, 3), put(2, 4)
    known = uniques.renew_held(tmp_path, {"articles": (stays, goes)}, {}, {})
    assert numbers_in(known) == [1, 2, 3, 5]
    (tmp_path / stays.path).write_bytes(b"not read")
    held = uniques.renew_held(tmp_path, {"articles": (stays, comes)}, {"articles": (stays, goes)}, known)
    assert numbers_in(held) == [1, 2, 4, 5]
    assert uniques.prove_unique(held) == [CHECK]


@pytest.mark.parametrize("again", [(1,), (7, 7)], ids=["of a row that stays", "of another that came"])
def test_a_value_that_is_there_twice_proves_nothing(put, tmp_path: Path, again: tuple[int, ...]):
    stays, comes = put(1, 2), put(*again)
    known = uniques.renew_held(tmp_path, {"articles": (stays,)}, {}, {})
    held = uniques.renew_held(tmp_path, {"articles": (stays, comes)}, {"articles": (stays,)}, known)
    assert uniques.prove_unique(held) == []


def test_what_was_not_kept_is_read_of_all_files(put, tmp_path: Path):
    stays, comes = put(1, 2), put(3)
    before = {"articles": (stays,)}
    assert numbers_in(uniques.renew_held(tmp_path, {"articles": (stays, comes)}, before, {})) == [1, 2, 3]


def test_what_is_kept_is_found_in_the_state(put, tmp_path: Path):
    known = uniques.renew_held(tmp_path, {"articles": (put(1, 2),)}, {}, {})
    part = store.put_state(tmp_path, "publish", FILE, known[FILE])
    other = store.put_state(tmp_path, "publish", "issues.parquet", pl.DataFrame({"issue_id": ["a"]}))
    assert numbers_in(uniques.read_held(tmp_path, (part, other))) == [1, 2]
