from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from warehouse.errors import NoLake, SettingsFault
from warehouse.publish import open_for_writing, publish
from warehouse.runs import Run
from warehouse.search.find import find_articles
from warehouse.search.query import Order

RUN_AT = datetime(2024, 6, 3, tzinfo=UTC)
RIVER = "hexi_ribao-2024-05-06-a-p0001-i001"
REPRINT = "hedong_wanbao-2023-05-07-a-p0001-i001"
LOST = "unknown-undated-cccccccccccccccc-p0001-i001"


@pytest.mark.parametrize(
    ("words", "filters", "found"),
    [
        ("三条路", {}, [REPRINT, RIVER]),
        ("三條路", {}, [REPRINT, RIVER]),
        ("路", {"order": Order.NEWEST}, [RIVER, REPRINT]),
        ("路 -记者", {}, [REPRINT]),
        ("三条路 清水河", {}, [RIVER]),
        ("路", {"newspapers": ["hexi_ribao"]}, [RIVER]),
        ("路", {"newspapers": ["hexi_ribao", "hedong_wanbao"], "kinds": ["photo"]}, []),
        ("路", {"since": date(2024, 1, 1)}, [RIVER]),
        ("路", {"until": date(2023, 5, 7)}, [REPRINT]),
        ("旧闻", {}, [LOST]),
        ("旧闻", {"since": date(1900, 1, 1)}, []),
        ("没有这句话", {}, []),
        ("好。讨", {}, []),
        ('"貌 本"', {}, []),
    ],
)
def test_articles_are_found(standing: Path, words: str, filters: dict[str, Any], found: list[str]) -> None:
    answer = find_articles(standing, words, **filters)
    assert [hit.article_id for hit in answer.hits] == found
    assert answer.total == len(found)


def test_hits_come_in_pages(standing: Path) -> None:
    pages = [find_articles(standing, "路", limit=1, offset=offset) for offset in range(3)]
    assert [[hit.article_id for hit in page.hits] for page in pages] == [[REPRINT], [RIVER], []]
    assert {page.total for page in pages} == {2}


def test_an_older_snapshot_is_asked(published: Path, rows: dict[str, Any], as_tables: Callable[..., Any]) -> None:
    rows["articles"][0] |= {"kind": "photo"}
    run = Run(run_id="run-2", started_at=RUN_AT, code_version="1.0", counts_in={"files": 6})
    with open_for_writing(published) as lake:
        publish(lake, as_tables(rows), run)
    totals = [find_articles(published, "路", kinds=["photo"], at=number).total for number in (None, 1)]
    assert totals == [1, 0]


@pytest.mark.parametrize(
    ("words", "asked", "says"),
    [
        ("", {}, "Nothing to look for"),
        ("路", {"kinds": ["poem"]}, "no kind poem"),
        ("路", {"since": date(2024, 1, 2), "until": date(2024, 1, 1)}, "No day"),
        ("路", {"limit": -1}, "0 to"),
        ("路", {"offset": 10**30}, "0 to"),
    ],
)
def test_what_cannot_be_asked_is_said(standing: Path, words: str, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsFault, match=says):
        find_articles(standing, words, **asked)


def test_without_a_lake_nothing_is_searched(tmp_path: Path) -> None:
    with pytest.raises(NoLake):
        find_articles(tmp_path, "路")
