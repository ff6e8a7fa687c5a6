"""The bridge from records to frames: what was read as rows, first under local keys, then under the lake's ids.

Local keys are (file_id, page_index, article_no): they hang on nothing but the file's bytes, so that a batch can be
read before anyone knows which issue its pages belong to.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import polars as pl

from transforms.articles.assemble import Article
from transforms.ids import article_uid
from transforms.pages.body.span import date_by_words
from transforms.pages.dating import Dating
from transforms.read import FileRead, PageRead
from transforms.spans import Text, coalesced
from warehouse.tables import TABLES

Row = dict[str, Any]

LOCAL_KEY = {"file_id": pl.String(), "page_index": pl.Int32()}
PAGE_KEY = ["file_id", "page_index"]
KNOWN_BY_READING = ("format", "format_basis", "encoding", "encoding_basis")  # columns of `files`
LOG_ODDS = ("kind_log_odds", "join_log_odds", "order_log_odds")
LATE_DAYS = 31  # a text may be printed a month after the days it tells of
FLAG_COST = {"no_headline": 0.05, "truncated": 0.1, "interleaved": 0.2, "repeated_text": 0.05}  # of quality_share


def file_rows(files: Iterable[FileRead]) -> dict[str, pl.DataFrame]:
    """Return the rows of the files read, by table, under local keys: files, pages, blocks, articles, ...

    `files` holds file_id and KNOWN_BY_READING; `parts` what was refused of files that were read; `listed` what they say
    of others; `pages` also file_name and DATING, what dates them; `articles` also words_lower and words_upper, between
    which an article was printed by its own words.
    """
    rows: dict[str, list[Row]] = {name: [] for name in LOCAL_SCHEMAS}
    for file in files:
        rows["files"].append({"file_id": file.file_id} | {name: getattr(file, name) for name in KNOWN_BY_READING})
        rows["parts"].extend(
            {"file_id": file.file_id, "file_name": file.file_name} | asdict(refused) for refused in file.refused
        )
        rows["listed"].extend(_listed_rows(file))
        for page, dating in zip(file.pages, file.datings, strict=True):
            key = {"file_id": file.file_id, "page_index": page.page_index}
            rows["pages"].append(key | {"file_name": file.file_name} | _page_row(page) | asdict(dating))
            rows["blocks"].extend(key | row for row in _block_rows(page))
            for article in page.articles:
                own = key | {"article_no": article.article_no}
                rows["articles"].append(own | {"file_name": file.file_name} | _article_row(file, page, article))
                rows["contributors"].extend(own | row for row in _contributor_rows(article))
                rows["spans"].extend(own | row for row in _span_rows(article))
    return {name: pl.DataFrame(rows[name], schema=schema, orient="row") for name, schema in LOCAL_SCHEMAS.items()}


def assemble(
    parts: Mapping[str, pl.LazyFrame], page_ids: pl.LazyFrame, issues: pl.LazyFrame
) -> dict[str, pl.LazyFrame]:
    """Return pages, blocks, articles, contributors and spans under the lake's ids.

    parts: frames of `file_rows`, all batches together. page_ids: file_id, page_index, page_no, page_label, issue_id,
    page_id. issues: rows of the table `issues`. Articles still lack what their reuse says of them.
    """
    pages = parts["pages"].drop("page_no", "page_label").join(page_ids, on=PAGE_KEY)
    places = page_ids.select(*PAGE_KEY, "issue_id", "page_id")
    number = pl.col("article_no").cast(pl.String).str.zfill(3)
    named = {
        name: parts[name].join(places, on=PAGE_KEY).with_columns(article_id=pl.col("page_id") + "-i" + number)
        for name in ("blocks", "articles", "contributors", "spans")
    }
    dates = issues.select("issue_id", "newspaper_id", "date_lower", "date_upper", published_on="issue_date")
    named["articles"] = _flag_dates(named["articles"].join(dates, on="issue_id"))
    frames = {"pages": pages, **named}
    return {name: frame.select(_columns_in(name, frame)) for name, frame in frames.items()}


def _flag_dates(articles: pl.LazyFrame) -> pl.LazyFrame:
    """Flag the articles whose issue nothing dates, and those whose own words speak of another time than their issue.

    Where nothing dates the issue, those of one page are held against each other.
    """
    late = pl.duration(days=LATE_DAYS)
    lower, upper = pl.col("words_lower"), pl.col("words_upper")
    another = (lower > pl.col("date_upper")) | (upper + late < pl.col("date_lower"))
    others = lower.is_not_null() & (lower.max().over(PAGE_KEY) > upper.min().over(PAGE_KEY) + late)
    found = {"undated": pl.col("date_lower").is_null(), "dates_disagree": pl.coalesce(another, others)}
    codes = [
        pl.when(holds).then(pl.lit([flag])).otherwise(pl.lit([], pl.List(pl.String))) for flag, holds in found.items()
    ]
    return articles.with_columns(pl.col("flags").list.concat(codes))


def _columns_in(table: str, frame: pl.LazyFrame) -> list[str]:
    present = set(frame.collect_schema().names())
    return [name for name in TABLES[table].column_names() if name in present]


def _page_row(page: PageRead) -> Row:
    return {
        "page_no": page.page_no,
        "page_label": page.page_label,
        "raw_text": page.raw_text,
        "given_lines": list(page.given),
        "script": page.script,
        "damage": list(page.damage),
        "ocr_quality_share": page.ocr_quality_share,
    }


def _listed_rows(file: FileRead) -> Iterator[Row]:
    folder = file.file_name.rpartition("/")[0]
    for listed in file.listed:
        yield {
            "file_id": file.file_id,
            "file_name": file.file_name,
            "target": f"{folder}/{listed.path}" if folder else listed.path,
            "listed_no": listed.page_no,
            "listed_label": listed.page_label,
            "day": listed.day,
            "newspaper": listed.newspaper,
        }


def _block_rows(page: PageRead) -> Iterator[Row]:
    for number, block in enumerate(page.blocks, start=1):
        yield {
            "block_no": number,
            "article_no": block.article_no,
            "kind": block.kind,
            "text": block.text.string,
            "raw_start": block.raw_start,
            "raw_end": block.raw_end,
            "rule_id": block.rule_id,
            **{name: _rounded(getattr(block, name)) for name in LOG_ODDS},
        }


def _rounded(log_odds: float | None) -> float | None:
    return None if log_odds is None else round(log_odds, 2)


def _article_row(file: FileRead, page: PageRead, article: Article) -> Row:
    texts = {part: text.string for part, text in article.parts.items()}
    cost = sum(FLAG_COST[flag] for flag in article.flags)
    span = date_by_words("\n".join(texts.values()))
    return {
        "article_uid": article_uid(file.sha256, page.page_index, article.raw_spans),
        "kind": article.kind,
        **{part: texts.get(part) for part in ("kicker", "headline", "subhead", "section")},
        "body": texts["body"],
        "char_count": len(texts["body"]),
        "quality_share": round(max(0.0, page.ocr_quality_share - cost), 4),
        "flags": list(article.flags),
        "words_lower": span.lower if span else None,
        "words_upper": span.upper if span else None,
    }


def _contributor_rows(article: Article) -> Iterator[Row]:
    for number, person in enumerate(article.contributors, start=1):
        yield {
            "contributor_no": number,
            "role": person.role,
            "name": person.name,
            "organisation": person.organisation,
        }


def _span_rows(article: Article) -> Iterator[Row]:
    for part, text in article.parts.items():
        yield from _part_rows(part, text)


def _part_rows(part: str, text: Text) -> Iterator[Row]:
    for number, piece in enumerate(coalesced(text.pieces), start=1):
        is_verbatim = piece.rule_id is None
        yield {
            "part": part,
            "span_no": number,
            "start_char": piece.start,
            "end_char": piece.end,
            "raw_start": piece.raw_start,
            "raw_end": piece.raw_end,
            "rule_id": piece.rule_id,
            "before": None if is_verbatim else text.raw[piece.raw_start : piece.raw_end],
            "after": None if is_verbatim else text.string[piece.start : piece.end],
        }


def _local(table: str, columns: Sequence[str], **more: pl.DataType) -> pl.Schema:
    declared = TABLES[table].create_empty().schema
    return pl.Schema(LOCAL_KEY | more | {name: declared[name] for name in columns})


NUMBERED = {"article_no": pl.Int32()}
DATING = {
    field.name: pl.Boolean()
    if field.name.startswith("is_")
    else pl.Date()
    if field.name.endswith(("_date", "_lower", "_upper"))
    else pl.String()
    for field in fields(Dating)
}  # the fields of a Dating, as columns
PARTS_SCHEMA = pl.Schema(dict.fromkeys(("file_id", "file_name", "place", "reason", "evidence"), pl.String()))
"""A part of a file that was refused, the rest of which was read: its place in words, e.g. `line 17`."""

LISTED_SCHEMA = pl.Schema(
    {
        "file_id": pl.String(),
        "file_name": pl.String(),
        "target": pl.String(),
        "listed_no": pl.Int32(),
        "listed_label": pl.String(),
        "day": pl.String(),
        "newspaper": pl.String(),
    }
)
"""What a file says of the pages of another, `target`, a path below the source root: number, label, day and paper."""

LOCAL_SCHEMAS: dict[str, pl.Schema] = {
    "files": pl.Schema({"file_id": pl.String()} | dict.fromkeys(KNOWN_BY_READING, pl.String())),
    "parts": PARTS_SCHEMA,
    "listed": LISTED_SCHEMA,
    "pages": _local(
        "pages",
        ["page_no", "page_label", "raw_text", "given_lines", "script", "damage", "ocr_quality_share"],
        file_name=pl.String(),
        **DATING,
    ),
    "blocks": _local("blocks", ["block_no", "kind", "text", "raw_start", "raw_end", "rule_id", *LOG_ODDS], **NUMBERED),
    "articles": _local(
        "articles",
        ["file_name", "article_uid", "kind", "kicker", "headline", "subhead", "section", "body", "char_count",
         "quality_share", "flags"],
        **NUMBERED,
        words_lower=pl.Date(),
        words_upper=pl.Date(),
    ),
    "contributors": _local("contributors", ["contributor_no", "role", "name", "organisation"], **NUMBERED),
    "spans": _local(
        "spans",
        ["part", "span_no", "start_char", "end_char", "raw_start", "raw_end", "rule_id", "before", "after"],
        **NUMBERED,
    ),
}  # fmt: skip
