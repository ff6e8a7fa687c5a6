"""Adds printed articles and their facts to the rows of a lake, one call a fact, so that a test reads like the paper."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

import duckdb

from warehouse.search.macros import search_macros
from warehouse.tables import TABLES
from warehouse.view_files import read_view_files

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def name_entity(kind: str, name: str) -> str:
    """The id that this module gives an entity."""
    return f"{kind}-{sha256(name.encode()).hexdigest()[:16]}"


def print_article(
    rows: Rows, body: str, day: date | None, *, paper: str = "hexi_ribao", like: Row | None = None
) -> Row:
    """Add one article on a page and in an issue of its own; `like` is the article that it reprints."""
    file_id = sha256(f"{body}{day}{paper}".encode()).hexdigest()[:16]
    issue_id = f"{paper}-{day}-a" if day else f"{paper}-undated-{file_id}"
    page_id = f"{issue_id}-p0001"
    template = {name: rows[name][0] for name in ("files", "issues", "pages", "blocks", "articles")}
    ids = {"file_id": file_id, "issue_id": issue_id, "page_id": page_id, "file_name": f"{file_id}.txt"}
    dates = {"date_lower": day, "date_upper": day}
    article_id = f"{page_id}-i001"
    article = template["articles"] | ids | dates | {
        "article_id": article_id,
        "article_uid": file_id,
        "newspaper_id": paper,
        "headline": None,
        "body": body,
        "char_count": len(body),
        "published_on": day,
        "cluster_id": None,
        "is_canonical": like is None,
    }  # fmt: skip
    rows["files"].append(template["files"] | {"file_id": file_id, "file_name": f"{file_id}.txt", "sha256": file_id * 4})
    rows["issues"].append(
        template["issues"]
        | dates
        | {"issue_id": issue_id, "newspaper_id": paper, "issue_date": day, "is_exact_date": day is not None}
        | {"date_basis": day and "masthead", "date_evidence": day and "5月"}
    )
    rows["pages"].append(
        template["pages"] | {key: ids[key] for key in ("file_id", "issue_id", "page_id")} | {"raw_text": body}
    )
    place = {"page_id": page_id, "article_id": article_id, "raw_start": 0, "raw_end": len(body)}
    rows["blocks"].append(template["blocks"] | place | {"kind": "paragraph", "text": body})
    rows["spans"].append(
        place
        | {"part": "body", "span_no": 1, "start_char": 0, "end_char": len(body)}
        | {"rule_id": None, "before": None, "after": None}
    )
    rows["articles"].append(article)
    if like is not None:
        _join(rows, like, article)
    return article


def _join(rows: Rows, canonical: Row, reprint: Row) -> None:
    cluster_id = f"c-{canonical['article_uid']}"
    canonical["cluster_id"] = reprint["cluster_id"] = cluster_id
    cluster = {"cluster_id": cluster_id, "canonical_article_id": canonical["article_id"], "size": 2}
    rows["clusters"].append(cluster | {"first_date": canonical["published_on"], "last_date": reprint["published_on"]})
    rows["cluster_members"].extend(
        {"cluster_id": cluster_id, "article_id": article["article_id"], "role": role, "similarity_share": 1.0}
        for article, role in ((canonical, "canonical"), (reprint, "copy"))
    )


def _sentence(body: str, start: int) -> tuple[int, int]:
    first = body.rfind("。", 0, start) + 1
    return first, body.find("。", start) + 1 or len(body)


def mention(rows: Rows, article: Row, kind: str, surface: str, *, title: str | None = None) -> None:
    """Add one naming, the first in the body, and the entity of that name."""
    body = article["body"]
    start = body.index(surface)
    title_start = body.index(title) if title else None
    sentence_start, sentence_end = _sentence(body, start)
    entity_id = name_entity(kind, surface)
    rows["mentions"].append(
        {
            "mention_id": f"{article['article_id']}-m{start}",
            "entity_id": entity_id,
            "article_id": article["article_id"],
            "kind": kind,
            "surface": surface,
            "title": title,
            "organisation": None,
            "start_char": start,
            "end_char": start + len(surface),
            "title_start": title_start,
            "title_end": title and title_start + len(title),
            "sentence_start": sentence_start,
            "sentence_end": sentence_end,
            "rule_id": "people.test",
        }
    )
    add_entity(rows, kind, surface)


def add_entity(rows: Rows, kind: str, name: str) -> None:
    """Add an entity, once."""
    entity_id = name_entity(kind, name)
    if all(row["entity_id"] != entity_id for row in rows["entities"]):
        rows["entities"].append(ENTITY | {"entity_id": entity_id, "kind": kind, "name": name})


def figure(rows: Rows, article: Row, printed: str, value: str, **facts: object) -> None:
    """Add one figure, the first such words in the body. `of` names its subject, `kind` says of what kind that is."""
    body = article["body"]
    start = body.index(printed)
    sentence_start, sentence_end = _sentence(body, start)
    subject, kind = facts.pop("of", None), str(facts.pop("kind", "place"))
    if subject:
        add_entity(rows, kind, str(subject))
    period: Mapping[str, object] = {"period_basis": "sentence"} if "period_end" in facts else {}
    rows["figures"].append(
        FIGURE
        | {
            "figure_id": f"{article['article_id']}-f{start}",
            "article_id": article["article_id"],
            "printed": printed,
            "value": Decimal(value),
            "norm_value": Decimal(value),
            "subject_entity_id": name_entity(kind, str(subject)) if subject else None,
            "start_char": start,
            "end_char": start + len(printed),
            "sentence": body[sentence_start:sentence_end],
            "sentence_start": sentence_start,
        }
        | period
        | facts
    )


def quote(rows: Rows, article: Row, text: str, *, speaker: str | None = None, words: str | None = None) -> None:
    """Add one direct quotation."""
    start = article["body"].index(text)
    if speaker:
        add_entity(rows, "person", speaker)
    rows["quotes"].append(
        {
            "quote_id": f"{article['article_id']}-q{start}",
            "article_id": article["article_id"],
            "speaker": speaker,
            "speaker_words": words or speaker,
            "speaker_title": None,
            "speaker_entity_id": name_entity("person", speaker) if speaker else None,
            "is_direct": True,
            "text": text,
            "start_char": start,
            "end_char": start + len(text),
            "rule_id": "quotes.test",
        }
    )


FIGURE: Row = {
    "unit": "亿元",
    "norm_unit": "CNY",
    "comparator": "exact",
    "measure": "完成投资",
    "measure_key": "完成投资",
    "group_noun": None,
    "group_count": None,
    "period_start": None,
    "period_end": None,
    "period_basis": None,
    "rule_id": "figures.test",
}
ENTITY: Row = {"aliases": [], "code": None, "first_date": None, "last_date": None, "credit_count": 0} | dict.fromkeys(
    ("mention_count", "text_count", "issue_count"), 1
)
LINK: Row = {
    "link_id": "l-0123456789abcdef",
    "kind": "person",
    "entity_id_a": name_entity("person", "林知远"),
    "entity_id_b": name_entity("person", "林知远"),
    "surface_a": "林知远",
    "surface_b": "林知远",
    "article_id_a": "hedong_wanbao-2023-05-07-a-p0001-i001",
    "article_id_b": "hexi_ribao-2024-05-06-a-p0001-i001",
    "mention_id_a": None,
    "mention_id_b": None,
    "score": 0.9,
    "evidence": "one office",
    "decision": "joined",
    "decided_by": "entities.test",
}


def lay_views(rows: Rows, as_tables: Callable[[Rows], Any]) -> Callable[..., list[tuple[Any, ...]]]:
    """Give what answers queries over the rows as they are when asked."""

    def ask(query: str, *parameters: object) -> list[tuple[Any, ...]]:
        lake = open_empty()
        lake.begin()
        try:
            for name, frame in as_tables(rows).items():
                lake.register("held", frame.collect().to_arrow())
                lake.execute(f"INSERT INTO {name} FROM held")
                lake.unregister("held")
            return lake.execute(query, parameters).fetchall()
        finally:
            lake.rollback()

    return ask


@cache
def open_empty() -> duckdb.DuckDBPyConnection:
    """Open a database of empty tables with all views; it is asked in transactions that are rolled back."""
    lake = duckdb.connect()
    for name, table in TABLES.items():
        lake.register("held", table.create_empty().to_arrow())
        lake.execute(f"CREATE TABLE {name} AS FROM held")
        lake.unregister("held")
    views = (view.sql for view in read_view_files() if view.name != "runs")  # that one reads the lake's folder
    for statement in (*search_macros(), *views):
        lake.execute(statement)
    return lake
