"""Characters that are counted as articles come and go are those that counting all articles gives."""

import random
from pathlib import Path

import polars as pl
import pytest

from warehouse import shards
from warehouse.layout import COUNTED, count_chars
from warehouse.partitions import write_table
from warehouse.store import Part
from warehouse.table_change import Change
from warehouse.tables import TABLES

ISSUES = [f"hexi_ribao-{year}-0{month}-1{day}-a" for year in (2022, 2023) for month in (1, 6, 9) for day in (1, 2)]

Row = dict[str, object]


def article(rows, issue: str, number: int, chars: int) -> Row:
    page = f"{issue}-p0001"
    own = {"article_id": f"{page}-i{number:03d}", "page_id": page, "issue_id": issue, "article_no": number}
    uid = f"{ISSUES.index(issue):08x}{number:08x}"
    return rows["articles"][0] | own | {"article_uid": uid, "body": "河" * chars, "char_count": chars}


def frame(name: str, rows: list[Row]) -> pl.LazyFrame:
    return pl.DataFrame(rows, schema=TABLES[name].create_empty().schema, orient="row").lazy()


def write(root: Path, articles: list[Row]) -> dict[str, tuple[Part, ...]]:
    layout = shards.lay_out(dict.fromkeys(ISSUES, 1), shard_chars=3)
    return {"articles": write_table(root, "articles", Change(frame("articles", articles)), layout).parts}


@pytest.mark.parametrize("seed", range(5))
def test_what_a_change_reaches_is_counted_anew(seed: int, rows, tmp_path: Path):
    chance = random.Random(seed)
    issue = rows["issues"][0]
    held = ISSUES[:9]
    standing = [article(rows, name, number, chance.randint(1, 20)) for name in held[:8] for number in (1, 2)]
    tables = write(tmp_path, standing)
    known = count_chars(
        tmp_path,
        {
            "articles": Change(frame("articles", standing)),
            "issues": Change(frame("issues", [issue | {"issue_id": name} for name in held])),
        },
        {},
    )
    assert known.filter(issue_id=held[8]).rows() == [(held[8], 0)], "an issue without an article counts too"
    left, again = held[seed % 4], held[4 + seed % 4]
    fresh = [article(rows, name, 3, chance.randint(1, 40)) for name in (again, ISSUES[10])]
    changes = {
        "articles": Change(frame("articles", fresh), is_whole=False, gone_pages=[f"{left}-p0001", f"{again}-p0001"]),
        "issues": Change(
            frame("issues", [issue | {"issue_id": name} for name in (again, ISSUES[10])]),
            is_whole=False,
            gone=pl.DataFrame({"issue_id": [left]}),
        ),
    }
    for part in tables["articles"]:
        if not shards.names_near([part.shard], [left, again]):
            (tmp_path / part.path).write_bytes(b"not read")
    grown = count_chars(tmp_path, changes, tables, known)
    now = [row for row in standing if row["issue_id"] not in {left, again}] + fresh
    expected = {name: 0 for name in [*held, ISSUES[10]] if name != left}
    for row in now:
        expected[str(row["issue_id"])] += int(str(row["char_count"]))
    assert grown.schema == COUNTED
    assert dict(grown.iter_rows()) == expected
