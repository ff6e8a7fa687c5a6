"""A lake of two invented papers, small enough to read: three pages, four articles, one text printed twice."""

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from warehouse import catalog, snapshots
from warehouse.publish import open_for_writing, publish
from warehouse.runs import Run
from warehouse.tables import TABLES

Rows = dict[str, list[dict[str, Any]]]

DAY = date(2024, 5, 6)
RIVER = "清水河街道 新貌\n本报讯 （记者李某）三条路 修好了。\n\n讨论稿\n"
REPRINT = "旧路换新颜\n三条路 修好了。\n"
LOST = "　某年旧闻一则。\n"

PAGES = {
    "hexi_ribao-2024-05-06-a-p0001": ("a" * 16, RIVER),
    "hedong_wanbao-2023-05-07-a-p0001": ("b" * 16, REPRINT),
    "unknown-undated-cccccccccccccccc-p0001": ("c" * 16, LOST),
}


def _file(letter: str, status: str, *, name: str = "") -> dict[str, Any]:
    return {
        "file_id": letter * 16,
        "file_name": name or f"{letter}.txt",
        "byte_count": 10,
        "sha256": letter * 64,
        "format": "text" if status != "rejected" else None,
        "format_basis": "name" if status != "rejected" else None,
        "encoding": "utf-8" if status != "rejected" else None,
        "encoding_basis": "valid_utf8" if status != "rejected" else None,
        "received_at": datetime(2024, 6, 1, tzinfo=UTC),
        "status": status,
    }


def _issue(issue_id: str, newspaper: str | None, day: date | None) -> dict[str, Any]:
    return {
        "issue_id": issue_id,
        "newspaper_id": issue_id.partition("-")[0],
        "newspaper": newspaper,
        "issue_date": day,
        "date_lower": day,
        "date_upper": day,
        "is_exact_date": day is not None,
        "date_basis": day and "masthead",
        "date_evidence": day and "5月",
    }


def _page(page_id: str) -> dict[str, Any]:
    file_id, raw_text = PAGES[page_id]
    return {
        "page_id": page_id,
        "issue_id": page_id.rpartition("-")[0],
        "file_id": file_id,
        "page_index": 0,
        "page_no": 1,
        "page_label": None,
        "raw_text": raw_text,
        "given_lines": [],
        "script": "hans",
        "damage": ["inner_spaces"] if " " in raw_text else [],
        "ocr_quality_share": 0.9,
    }


def _block(page_id: str, block_no: int, kind: str, printed: str, article_no: int | None) -> dict[str, Any]:
    start = PAGES[page_id][1].index(printed)
    return {
        "page_id": page_id,
        "block_no": block_no,
        "article_id": article_no and f"{page_id}-i{article_no:03d}",
        "kind": kind,
        "text": printed.replace(" ", ""),
        "raw_start": start,
        "raw_end": start + len(printed),
        "rule_id": "segment.test",
        "kind_log_odds": None,
        "join_log_odds": None,
        "order_log_odds": None,
    }


def _article(page_id: str, article_no: int, headline: str | None, body: str, day: date | None) -> dict[str, Any]:
    return {
        "article_id": f"{page_id}-i{article_no:03d}",
        "article_uid": f"{len(page_id):08x}{article_no:08x}",
        "page_id": page_id,
        "issue_id": page_id.rpartition("-")[0],
        "newspaper_id": page_id.partition("-")[0],
        "file_id": PAGES[page_id][0],
        "file_name": f"{PAGES[page_id][0][0]}.txt",
        "article_no": article_no,
        "kind": "news",
        "kicker": None,
        "headline": headline,
        "subhead": None,
        "section": None,
        "body": body,
        "char_count": len(body),
        "published_on": day,
        "date_lower": day,
        "date_upper": day,
        "quality_share": 0.9 if headline else 0.4,
        "flags": [] if headline else ["no_headline", "undated"],
        "cluster_id": None,
        "is_canonical": True,
        "novelty_share": 1.0,
    }


def _spans(article: Mapping[str, Any], part: str, printed: str) -> list[dict[str, Any]]:
    """Pieces of a printed text whose spaces a rule removes."""
    raw_start = PAGES[article["page_id"]][1].index(printed)
    spans: list[dict[str, Any]] = []
    clean = 0
    for place, piece in enumerate(printed.replace(" ", "| |").split("|")):
        kept = "" if piece == " " else piece
        changed = piece == " "
        spans.append(
            {
                "article_id": article["article_id"],
                "part": part,
                "span_no": place + 1,
                "start_char": clean,
                "end_char": clean + len(kept),
                "page_id": article["page_id"],
                "raw_start": raw_start,
                "raw_end": raw_start + len(piece),
                "rule_id": "text.inner-space" if changed else None,
                "before": piece if changed else None,
                "after": "" if changed else None,
            }
        )
        clean += len(kept)
        raw_start += len(piece)
    return spans


def _reject(subject_id: str, file_name: str, reason: str) -> dict[str, Any]:
    facts = {"stage": "ingest", "evidence": "what was seen", "attempts": 1}
    return facts | {"subject_id": subject_id, "file_name": file_name, "reason": reason}


def _small_lake() -> Rows:
    river, reprint, lost = PAGES
    opened = "本报讯 （记者李某）三条路 修好了。"
    articles = [
        _article(river, 1, "清水河街道新貌", opened.replace(" ", ""), DAY),
        _article(reprint, 1, "旧路换新颜", "三条路修好了。", date(2023, 5, 7)),
        _article(lost, 1, None, "某年旧闻一则。", None),
    ]
    cluster_id = "c-" + articles[1]["article_uid"]
    for article, canonical in zip(articles[:2], (False, True), strict=True):
        article["cluster_id"] = cluster_id
        article["is_canonical"] = canonical
    articles[0]["novelty_share"] = 0.5
    return {
        "files": [
            _file("a", "ok"),
            _file("a", "duplicate", name="copy/a.txt"),
            _file("b", "ok"),
            _file("c", "ok"),
            _file("d", "rejected", name="d-20240506.txt"),
        ],
        "issues": [
            _issue("hexi_ribao-2024-05-06-a", "河西日报", DAY),
            _issue("hedong_wanbao-2023-05-07-a", "河东晚报", date(2023, 5, 7)),
            _issue("unknown-undated-cccccccccccccccc", None, None),
        ],
        "pages": [_page(page_id) for page_id in PAGES],
        "blocks": [
            _block(river, 1, "headline", "清水河街道 新貌", 1),
            _block(river, 2, "paragraph", opened, 1),
            _block(river, 3, "scrap", "讨论稿", None),
            _block(reprint, 1, "headline", "旧路换新颜", 1),
            _block(reprint, 2, "paragraph", "三条路 修好了。", 1),
            _block(lost, 1, "paragraph", "某年旧闻一则。", 1),
        ],
        "articles": articles,
        "contributors": [
            {"contributor_no": 1, "role": "reporter", "name": "李某", "organisation": None, "entity_id": None}
            | {"article_id": articles[0]["article_id"]}
        ],
        "spans": [
            *_spans(articles[0], "headline", "清水河街道 新貌"),
            *_spans(articles[0], "body", opened),
            *_spans(articles[1], "headline", "旧路换新颜"),
            *_spans(articles[1], "body", "三条路 修好了。"),
            *_spans(articles[2], "body", "某年旧闻一则。"),
        ],
        "clusters": [
            {"cluster_id": cluster_id, "canonical_article_id": articles[1]["article_id"], "size": 2}
            | {"first_date": date(2023, 5, 7), "last_date": DAY}
        ],
        "cluster_members": [
            {"cluster_id": cluster_id, "article_id": article["article_id"], "role": role, "similarity_share": 1.0}
            for article, role in zip(articles[:2], ("variant", "canonical"), strict=True)
        ],
        "reuse": [],
        "figures": [],
        "entities": [],
        "mentions": [],
        "entity_links": [],
        "quotes": [],
        "rejects": [_reject("d" * 16, "d-20240506.txt", "empty"), _reject("out.txt", "out.txt", "link_leaves_source")],
        "id_aliases": [],
    }


def _as_tables(rows: Rows) -> dict[str, pl.LazyFrame]:
    return {
        name: pl.DataFrame(rows[name], schema=table.create_empty().schema, orient="row").lazy()
        for name, table in TABLES.items()
    }


RUN = Run(run_id="run-1", started_at=datetime(2024, 6, 2, tzinfo=UTC), code_version="1.0", counts_in={"files": 6})


@pytest.fixture
def rows() -> Rows:
    """Rows of every table; a test may change them."""
    return _small_lake()


@pytest.fixture(scope="session")
def standing_rows() -> Callable[[], Rows]:
    """Give the small lake's rows anew, for fixtures that live longer than a test."""
    return _small_lake


@pytest.fixture(scope="session")
def as_tables() -> Callable[[Rows], dict[str, pl.LazyFrame]]:
    """Give rows the declared types."""
    return _as_tables


@pytest.fixture
def run() -> Run:
    """A run that was given the small lake's six files."""
    return RUN


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a lake that holds the small lake, published once; for tests that only read it."""
    root = tmp_path_factory.mktemp("standing") / "lake"
    with open_for_writing(root) as lake:
        publish(lake, _as_tables(_small_lake()), RUN)
    return root


@pytest.fixture
def published(standing: Path, tmp_path: Path) -> Path:
    """Folder of a lake like `standing`, for tests that change it."""
    root = tmp_path / "lake"
    shutil.copytree(standing, root)
    catalog.refresh(root, snapshots.read_snapshot(root, 1))
    return root
