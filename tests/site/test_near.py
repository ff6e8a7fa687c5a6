"""A page reads the few files that can hold its rows, and finds there what it would find in all of them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from warehouse import snapshots
from warehouse.reader import open_lake
from warehouse.site import article_queries, entity_queries
from warehouse.site.near import Near, define, near_ids
from warehouse.site.rows import Row, read_of
from warehouse.site.site import Site

OF_ARTICLES = ("_ARTICLES", "_SPANS", "_BLOCKS", "_FIGURES", "_MENTIONS", "_QUOTES", "_CREDITS")
OF_ENTITIES = {
    "SERIES": "subject_entity_id",
    "NAMINGS": "entity_id",
    "CONFLICTS": "subject_entity_id",
    "STATUS": "project_entity_id",
    "OFFICES": "person_entity_id",
    "TERMS": "campaign_entity_id",
    "QUOTES": "speaker_entity_id",
    "CREDITS": "entity_id",
}


def only(whole: Mapping[str, list[Row]], key: str) -> dict[str, list[Row]]:
    return {key: whole[key]} if key in whole else {}


@pytest.mark.parametrize("name", OF_ARTICLES)
def test_an_article_is_whole_in_the_files_of_its_issue(name: str, sample_lake: Path):
    query = getattr(article_queries, name)
    snapshot = snapshots.latest(sample_lake)
    with open_lake(sample_lake) as reader:
        site = Site(reader=reader, snapshot=snapshot, rules={}, kinds=frozenset())
        articles = [article for (article,) in reader.sql("SELECT article_id FROM articles").fetchall()]
        whole = read_of(reader, query, articles, "article_id")
        assert whole
        for article in articles:
            near = read_of(site.near(near_ids([article])), query, [article], "article_id")
            assert near == only(whole, article)


@pytest.mark.parametrize(("name", "key"), OF_ENTITIES.items())
def test_an_entity_is_whole_in_the_files_of_its_days(name: str, key: str, sample_lake: Path):
    query = getattr(entity_queries, name)
    snapshot = snapshots.latest(sample_lake)
    with open_lake(sample_lake) as reader:
        site = Site(reader=reader, snapshot=snapshot, rules={}, kinds=frozenset())
        entities = reader.sql("SELECT entity_id, first_date, last_date FROM entities ORDER BY entity_id").fetchall()
        whole = read_of(reader, query, [entity for entity, _, _ in entities], key)
        for entity, first, last in entities[::5]:
            near = site.near(Near(days=(first, last), hashed={"entities": [entity]}))
            assert read_of(near, query, [entity], key) == only(whole, entity)


def test_only_files_that_can_hold_the_issue_are_named(sample_lake: Path):
    snapshot = snapshots.latest(sample_lake)
    query = define(snapshot, "SELECT * FROM articles", near_ids(["chengxi_ribao-2024-01-11-a-p0001-i001"]))
    named = [part.path for part in snapshot.tables["articles"] if part.path in query]
    assert 0 < len(named) < len(snapshot.tables["articles"])
    assert all("/2024/" in path for path in named)
