"""Each check passes on a whole lake and fails on a broken one."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from tests.warehouse.press import LINK, figure, mention, print_article, quote
from warehouse import check_rules, checks, schema, shards, store, uniques
from warehouse.check_scope import Tables
from warehouse.errors import ContractFault
from warehouse.tables import TABLES

ALIAS = {"old_id": "x-i001", "new_id": "x-i002", "reason": "re-dated", "run_id": "run-0"}
PASSAGE = {
    "article_id_a": "hedong_wanbao-2023-05-07-a-p0001-i001",
    "article_id_b": "hexi_ribao-2024-05-06-a-p0001-i001",
    "start_char_a": 0,
    "end_char_a": 40,
    "start_char_b": 0,
    "end_char_b": 40,
    "char_count": 40,
    "similarity_share": 1.0,
    "is_boilerplate": False,
}
SOME = {"id_aliases": ALIAS, "reuse": PASSAGE, "entity_links": LINK}  # a row of tables that stay empty in `rows`


def _write(root, name, rows):
    """Write rows as they are, also where they break the declaration: what these checks must find by themselves."""
    table = TABLES[name]
    if not shards.has_issues(table):
        return [store.put_parquet(root, name, shards.WHOLE if rows.height else shards.NOTHING, rows, table=table)]
    issues = rows.select(shards.issue_of(table)).to_series().fill_null("none")
    layout = shards.lay_out(dict.fromkeys(issues, 1))
    split = rows.with_columns(shard=issues.replace_strict(layout)).partition_by("shard", as_dict=True)
    parts = split or {(shards.NOTHING,): rows.with_columns(shard=pl.lit(""))}
    return [
        store.put_parquet(root, name, shard, chosen.drop("shard"), table=table) for (shard,), chosen in parts.items()
    ]


@pytest.fixture(scope="module")
def lay_whole(tmp_path_factory, standing_rows, as_tables) -> Callable[..., tuple[Path, Tables, uniques.Held]]:
    """Write the lake of the fixtures, and find nothing wrong with it, once with facts and once without."""

    @cache
    def lay_whole(*, has_facts: bool):
        rows, root = standing_rows(), tmp_path_factory.mktemp("whole")
        if has_facts:
            _add_facts(rows)
        whole = {name: _write(root, name, frame.collect()) for name, frame in as_tables(rows).items()}
        assert checks.find_faults(root, whole, received=len(rows["files"]) + len(rows["rejects"]) - 1) == []
        return root, whole, uniques.renew_held(root, whole, {}, {})

    return lay_whole


@pytest.fixture
def find(as_tables, tmp_path, lay_whole, request) -> Callable[..., dict[str, checks.Finding]]:
    """Check what rows come to: by itself, and as a change of the lake of the fixtures, which is whole."""
    root, whole, held = lay_whole(has_facts="facts" in request.fixturenames)
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)

    def find(rows, *, received=6):
        tables = {name: _write(tmp_path, name, frame.collect()) for name, frame in as_tables(rows).items()}
        found = {found.check_id: found for found in checks.find_faults(tmp_path, tables, received=received)}
        proven = uniques.prove_unique(uniques.renew_held(tmp_path, tables, whole, held))
        again = checks.find_faults(tmp_path, tables, whole, received=received, proven=proven)
        assert {fault.check_id for fault in again} == found.keys(), "what a change broke is found among the rest"
        return found

    return find


WITH_FACTS = 7  # files that were given where `facts` adds one


@pytest.fixture
def facts(rows):
    """Add a file with an article with one fact of each sort."""
    _add_facts(rows)


def _add_facts(rows):
    article = print_article(rows, "青石县县长林知远说：“桥通了。”去年投资3亿元。", None)
    mention(rows, article, "person", "林知远", title="青石县县长")
    quote(rows, article, "桥通了。", speaker="林知远")
    figure(rows, article, "3亿元", "3", of="青石县")


@pytest.mark.usefixtures("facts")
def test_a_whole_lake_has_no_faults(find, rows):
    assert find(rows, received=WITH_FACTS) == {}


def test_an_empty_lake_has_no_faults(find):
    assert find({name: [] for name in TABLES}, received=0) == {}


@pytest.mark.usefixtures("facts")
def test_two_rows_of_one_key_are_found_in_each_table(find, rows):
    for name in TABLES:
        rows[name] = [*(rows[name] or [SOME[name]]), (rows[name] or [SOME[name]])[0]]
    found = find(rows)
    assert {name: found[f"{name}.key-unique"].count for name in TABLES} == dict.fromkeys(TABLES, 1)


@pytest.mark.usefixtures("facts")
def test_each_reference_to_nothing_is_found(find, rows):
    references = list(schema.references())
    for reference in references:
        rows[reference.table] = rows[reference.table] or [dict(SOME[reference.table])]
        rows[reference.table][0][reference.column] = "nothing"
    found, ids = find(rows), [f"{each.table}.{each.column}.references-{each.to_table}" for each in references]
    assert {check: (found[check].count, found[check].samples) for check in ids} == dict.fromkeys(ids, (1, ("nothing",)))


def test_two_articles_of_one_uid_are_found(find, rows):
    for article in rows["articles"]:
        article["article_uid"] = "0" * 16
    assert find(rows)["articles.article_uid.unique"].samples == ("0000000000000000",)


def _change(table, number, **facts):
    return lambda rows: rows[table][number].update(facts)


def _drop(table, number):
    return lambda rows: rows[table].pop(number)


def _add_span_of_nothing(rows):
    rows["spans"].append(rows["spans"][0] | {"part": "kicker"})


def _swap_spans(rows):
    first, second = rows["spans"][:2]
    first["span_no"], second["span_no"] = 2, 1


def _add_passage(**places):
    """Add a passage of 40 characters, for which the first body lacks one."""

    def harm(rows):
        rows["articles"][1]["body"] = "渠" * 39 + "。"
        rows["articles"][0]["body"] = "渠" * 40
        rows["reuse"].append(PASSAGE | places)

    return harm


# In the small lake: spans 0 to 2 are a headline of nine characters with a space before the last two, which span 1
# removes; block 2 is the scrap at the end of the first page.
BROKEN = [
    ("files.ok-has-page", _drop("pages", 0)),
    ("files.rejected-has-reject", _change("rejects", 0, file_name="another.txt")),
    ("files.one-original", _change("files", 1, status="ok")),
    ("files.one-original", _change("files", 0, status="duplicate")),
    ("files.in-is-out", _drop("files", 1)),
    ("files.in-is-out", _drop("rejects", 1)),
    ("articles.issue-of-page", _change("articles", 0, published_on=None)),
    ("articles.issue-of-page", _change("articles", 0, file_id="b" * 16)),
    ("articles.issue-of-page", _change("articles", 0, newspaper_id="hedong_wanbao")),
    ("articles.issue-of-page", _change("pages", 0, issue_id="hedong_wanbao-2023-05-07-a")),
    ("clusters.size-counts-members", _change("clusters", 0, size=3)),
    ("clusters.one-canonical", _change("cluster_members", 1, role="copy")),
    ("clusters.one-canonical", _change("clusters", 0, canonical_article_id="hexi_ribao-2024-05-06-a-p0001-i001")),
    ("articles.cluster-is-members", _change("articles", 0, cluster_id=None)),
    ("articles.cluster-is-members", _drop("cluster_members", 0)),
    ("articles.cluster-is-members", _change("articles", 0, is_canonical=True)),
    ("articles.cluster-is-members", _change("articles", 2, is_canonical=False)),
    ("reuse.in-both-bodies", _add_passage()),
    ("reuse.in-both-bodies", _add_passage(end_char_b=41, char_count=39)),
    ("figures.printed-is-body", _change("figures", 0, printed="4亿元")),
    ("figures.printed-is-body", _change("figures", 0, end_char=22)),
    ("figures.sentence-is-body", _change("figures", 0, sentence="去年投资3亿元！")),
    ("mentions.surface-is-body", _change("mentions", 0, surface="林知近")),
    ("mentions.title-is-body", _change("mentions", 0, title_start=1)),
    ("quotes.text-is-body", _change("quotes", 0, text="桥断了。")),
    ("spans.before-is-raw", _change("spans", 1, before="\u3000")),
    ("spans.before-is-raw", _change("spans", 1, raw_start=6, raw_end=7)),
    ("spans.contiguous", _drop("spans", 1)),
    ("spans.contiguous", _change("spans", 2, start_char=6)),
    ("spans.contiguous", _swap_spans),
    ("spans.contiguous", _change("spans", 1, after="、")),
    ("spans.rebuild-text", _drop("spans", 2)),
    ("spans.rebuild-text", _change("articles", 0, headline="清水河街道旧貌")),
    ("spans.rebuild-text", _change("articles", 0, headline=None)),
    ("spans.rebuild-text", _change("articles", 0, kicker="要闻")),
    ("spans.rebuild-text", _change("spans", 0, raw_start=1, raw_end=6)),
    ("spans.rebuild-text", _add_span_of_nothing),
    ("blocks.cover-page", _drop("blocks", 2)),
    ("blocks.cover-page", _drop("blocks", 5)),
    ("blocks.cover-page", _change("blocks", 1, raw_start=10)),
    ("blocks.cover-page", _change("blocks", 1, raw_start=3)),
    ("blocks.cover-page", _change("blocks", 2, raw_end=99)),
]


@pytest.mark.usefixtures("facts")
@pytest.mark.parametrize(("check_id", "harm"), BROKEN)
def test_a_broken_lake_is_found(check_id, harm, find, rows):
    harm(rows)
    found = find(rows, received=WITH_FACTS)[check_id]
    assert found.count >= 1
    assert all(found.samples)


def test_every_check_has_a_broken_lake():
    written_by_hand = {check.id for check in (*check_rules.OVER_ALL, *check_rules.BY_SHARD, check_rules.IN_TWO_BODIES)}
    assert {check_id for check_id, _ in BROKEN} == written_by_hand


def test_check_ids_are_listed_once():
    assert len(checks.check_ids()) == len(set(checks.check_ids()))


def test_blank_characters_need_no_block(find, rows):
    rows["pages"][2]["raw_text"] += " \t\r\n\u3000\u00a0\u2028\ufeff\f\u0085\x00\x1b"
    assert find(rows) == {}


@pytest.mark.parametrize("printed", ["字", ".", "\u200b", "\U00020000"])
def test_printed_characters_need_a_block(printed, find, rows):
    rows["pages"][2]["raw_text"] += printed
    assert "blocks.cover-page" in find(rows)


def test_offsets_count_code_points(find, rows):
    """A character outside the basic plane and one with a combining mark: UTF-16 units and graphemes would differ."""
    page, article, block = rows["pages"][2], rows["articles"][2], rows["blocks"][5]
    text = "\U00020000e\u0301年旧闻。"
    page["raw_text"], article["body"], block["text"] = text, text, text
    article["char_count"] = block["raw_end"] = len(text)
    block["raw_start"] = 0
    rows["spans"][-1].update(start_char=0, end_char=len(text), raw_start=0, raw_end=len(text))
    assert find(rows) == {}


def test_an_article_may_have_no_body(find, rows):
    rows["articles"][2].update(body="", char_count=0, headline="某年旧闻一则。")
    rows["spans"][-1]["part"] = "headline"
    assert find(rows) == {}


def test_one_check_that_fails_in_two_partitions_is_one_finding(find, rows):
    rows["blocks"] = []
    found = find(rows)["blocks.cover-page"]
    assert found.count == 3
    assert len(found.samples) == 3


def test_a_fault_lists_check_count_and_keys():
    found = checks.Finding("a.b", 5, ("x", "y"))
    with pytest.raises(ContractFault, match=r"1 checks failed: a\.b: 5 \(e\.g\. x, y\)"):
        checks.raise_for([found])


def test_no_findings_are_no_fault():
    checks.raise_for([])
