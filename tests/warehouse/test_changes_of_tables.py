"""A change of a table gives the files that the changed table gives, and writes no others."""

import random
from dataclasses import replace

import polars as pl
import pytest

from warehouse import dealing, partitions, shards
from warehouse.partitions import write_table
from warehouse.table_change import Change, Patch, renew
from warehouse.tables import TABLES

ISSUES = [f"hexi_ribao-{year}-0{month}-1{day}-a" for year in (2022, 2023) for month in (1, 6, 9) for day in (1, 2)]
SHARD_CHARS = 60


def article(rows, issue: str, number: int, body: str) -> dict:
    page = f"{issue}-p0001"
    own = {"article_id": f"{page}-i{number:03d}", "page_id": page, "issue_id": issue, "article_no": number}
    uid = f"{ISSUES.index(issue):08x}{number:08x}"
    return rows["articles"][0] | own | {"article_uid": uid, "body": body, "char_count": len(body)}


def contributor(row: dict, name: str) -> dict:
    credit = {"contributor_no": 1, "role": "reporter", "name": name, "organisation": None, "entity_id": None}
    return {"article_id": row["article_id"]} | credit


def frame(name: str, rows: list[dict]) -> pl.LazyFrame:
    return pl.DataFrame(rows, schema=TABLES[name].create_empty().schema, orient="row").lazy()


def lay_out(articles: list[dict]) -> dict[str, str]:
    weights: dict[str, int] = {}
    for row in articles:
        weights[row["issue_id"]] = weights.get(row["issue_id"], 0) + row["char_count"]
    return shards.lay_out(weights, shard_chars=SHARD_CHARS)


@pytest.mark.parametrize("seed", range(6))
def test_any_change_gives_the_files_of_the_changed_table(seed: int, rows, tmp_path):
    chance = random.Random(seed)
    standing = [article(rows, issue, number, "河" * chance.randint(1, 20)) for issue in ISSUES for number in (1, 2)]
    before = write_table(tmp_path, "articles", Change(frame("articles", standing)), lay_out(standing)).parts
    for _ in range(4):
        gone = set(chance.sample(ISSUES, 2))
        again = [issue for issue in gone if chance.random() < 0.7]
        fresh = [article(rows, issue, number, "岸" * chance.randint(1, 40)) for issue in again for number in (1, 3)]
        kept = [row for row in standing if row["issue_id"] not in gone]
        patched = chance.sample(kept, 2)
        values = [{"article_id": row["article_id"], "novelty_share": chance.choice([0.25, 0.75])} for row in patched]
        now = {value["article_id"]: value for value in values}
        standing = [row | now.get(row["article_id"], {}) for row in kept] + fresh
        change = Change(
            frame("articles", fresh),
            is_whole=False,
            gone_pages=[f"{issue}-p0001" for issue in gone],
            patches=(Patch(("article_id",), pl.LazyFrame(values)),),
        )
        layout = lay_out(standing)
        grown = write_table(tmp_path, "articles", change, layout, before).parts
        clean = write_table(tmp_path / "clean", "articles", Change(frame("articles", standing)), layout).parts
        assert grown == clean
        before = grown


def test_a_shard_that_nothing_reaches_is_not_even_read(rows, tmp_path):
    standing = [article(rows, issue, 1, "河" * 30) for issue in ISSUES]
    before = write_table(tmp_path, "articles", Change(frame("articles", standing)), lay_out(standing)).parts
    new = article(rows, ISSUES[-1], 2, "岸" * 5)
    layout = lay_out([*standing, new])
    reached = shards.names_near({part.shard for part in before}, [ISSUES[-1]])
    for part in before:
        if part.shard not in reached:
            (tmp_path / part.path).write_bytes(b"not read")
    grown = write_table(tmp_path, "articles", Change(frame("articles", [new]), is_whole=False), layout, before)
    assert len(reached) == 1
    assert {part.shard for part in before if part not in grown.parts} == reached
    assert grown.patched == frozenset()


def test_a_patch_reaches_rows_by_any_of_their_columns_and_says_so(rows, tmp_path):
    standing = [article(rows, issue, 1, "河" * 30) for issue in ISSUES]
    credited = [contributor(row, "李某") for row in standing]
    layout = lay_out(standing)
    before = write_table(tmp_path, "contributors", Change(frame("contributors", credited)), layout).parts
    moved = [{"article_id": standing[0]["article_id"], "contributor_no": 1, "entity_id": "person-" + "0" * 16}]
    values = pl.LazyFrame(moved, schema_overrides={"contributor_no": pl.Int32})
    patch = Patch(("article_id", "contributor_no"), values)
    change = Change(frame("contributors", []), is_whole=False, patches=(patch,))
    written = write_table(tmp_path, "contributors", change, layout, before)
    (patched,) = written.patched
    assert pl.read_parquet(tmp_path / patched.path).filter(pl.col("entity_id").is_not_null()).height == 1
    assert len(set(written.parts) - set(before)) == 1


@pytest.mark.parametrize("of_issues", [ISSUES, ISSUES[:1]], ids=["all rows", "one row"])
def test_values_are_dealt_out_to_the_files_of_their_rows(of_issues, rows, tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dealing, "HELD_BYTES", 1)
    monkeypatch.setattr(dealing, "MORSEL_ROWS", 1)
    met: list[int] = []
    monkeypatch.setattr(
        partitions, "renew", lambda rows, on, values: met.append(values.height) or renew(rows, on, values)
    )
    standing = [article(rows, issue, 1, "河" * 30) for issue in ISSUES]
    layout = lay_out(standing)
    before = write_table(tmp_path, "articles", Change(frame("articles", standing)), layout).parts
    values = [
        {"article_id": row["article_id"], "novelty_share": 0.5} for row in standing if row["issue_id"] in of_issues
    ]
    strange = {"article_id": "hexi_ribao-1999-01-01-a-p0001-i001", "novelty_share": 0.5}
    patch = Patch(("article_id",), pl.LazyFrame([*values, strange]))
    change = Change(frame("articles", []), is_whole=False, patches=(patch,))
    written = write_table(tmp_path, "articles", change, layout, before)
    now = [row | {"novelty_share": 0.5} if row["issue_id"] in of_issues else row for row in standing]
    assert written.parts == write_table(tmp_path / "clean", "articles", Change(frame("articles", now)), layout).parts
    assert sum(met) == len(of_issues)
    assert max(met) <= 2 < len(ISSUES)
    assert len(written.patched) == len(met)


@pytest.mark.parametrize("count", [3, 40])
def test_rows_without_issues_change_by_their_key(count: int, rows, tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shards, "SHARD_ROWS", 20)
    monkeypatch.setattr(shards.digits_needed, "__kwdefaults__", {"shard_rows": 20})
    cluster = rows["clusters"][0]
    standing = [cluster | {"cluster_id": f"c-{number * 0x13579BDF2468ACE1 % 2**64:016x}"} for number in range(1, count)]
    before = write_table(tmp_path, "clusters", Change(frame("clusters", standing)), {}).parts
    gone, changed = standing[0], standing[1] | {"size": 9}
    new = cluster | {"cluster_id": "c-ffff000000000000"}
    change = Change(
        frame("clusters", [changed, new]), is_whole=False, gone=pl.DataFrame({"cluster_id": [gone["cluster_id"]]})
    )
    now = [changed, *standing[2:], new]
    grown = write_table(tmp_path, "clusters", change, {}, before).parts
    assert grown == write_table(tmp_path / "clean", "clusters", Change(frame("clusters", now)), {}).parts
    everything = replace(change, is_anew=True)
    assert write_table(tmp_path, "clusters", everything, {}, before).parts == grown
