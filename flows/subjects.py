"""What a person points at in a lake: an article, a page, an issue or a file, with the files that it was read from."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from transforms.pages.split import PageText
from warehouse.errors import SettingsFault
from warehouse.reader import LakeReader

# A file that was received twice stands in `files` twice: the one that was read is no duplicate.
_SUBJECT = """
    SELECT 'article' AS kind, article_id AS id, page_id,
        (SELECT min(raw_start) FROM blocks WHERE blocks.article_id = articles.article_id) AS raw_start
        FROM articles WHERE article_id = $1 OR article_uid = $1
    UNION ALL SELECT 'page', page_id, page_id, 0 FROM pages WHERE page_id = $1
    UNION ALL SELECT 'issue', issue_id, page_id, 0 FROM pages WHERE issue_id = $1
    UNION ALL SELECT DISTINCT 'file', file_id, page_id, 0 FROM pages JOIN files USING (file_id)
        WHERE file_id = $1 OR file_name = $1
    ORDER BY page_id"""

_PAGES = """
    SELECT f.file_id, f.sha256, f.file_name, i.newspaper_id, p.page_id, p.issue_id, p.page_index, p.page_no,
        p.page_label, p.raw_text, p.given_lines, f.format
    FROM files AS f JOIN pages AS p ON p.file_id = f.file_id JOIN issues AS i ON i.issue_id = p.issue_id
    WHERE f.status = 'ok' AND f.file_id IN (SELECT file_id FROM pages WHERE list_contains($1, page_id))
    ORDER BY f.file_name, p.page_index"""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LakeFile:
    """A file as the lake holds it: all its pages, with the ids of each and of its issue."""

    file_id: str
    sha256: str
    file_name: str
    format: str
    newspaper_id: str
    pages: tuple[PageText, ...]
    page_ids: tuple[str, ...]
    issue_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """kind: article, page, issue or file. page_ids: the pages meant; an article's is the one that prints it.

    raw_start: where the subject begins on the first of them.
    """

    kind: str
    id: str
    page_ids: tuple[str, ...]
    raw_start: int
    files: tuple[LakeFile, ...]


def find_subject(reader: LakeReader, name: str) -> Subject:
    """Find what an article_id, article_uid, page_id, issue_id, file_id or file name stands for.

    Raises SettingsFault where the lake has nothing of that name.
    """
    rows = read_rows(reader, _SUBJECT, name)
    if not rows:
        raise SettingsFault(f"The lake has no article, page, issue or file {name}; find one with ./lake review.")
    page_ids = tuple(row["page_id"] for row in rows)
    pages = read_rows(reader, _PAGES, list(page_ids))
    facts = {key: rows[0][key] for key in ("kind", "id", "raw_start")}
    return Subject(**facts, page_ids=page_ids, files=tuple(_files(pages)))


def read_rows(reader: LakeReader, query: str, *parameters: object) -> list[Row]:
    """Return the answer to a query, a dictionary a row."""
    answer = reader.sql(query, list(parameters))
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def _files(pages: list[Row]) -> Iterator[LakeFile]:
    for _, group in groupby(pages, key=lambda page: page["file_id"]):
        rows = list(group)
        first = rows[0]
        yield LakeFile(
            file_id=first["file_id"],
            sha256=first["sha256"],
            file_name=first["file_name"],
            format=first["format"],
            newspaper_id=first["newspaper_id"],
            pages=tuple(_page(page) for page in rows),
            page_ids=tuple(page["page_id"] for page in rows),
            issue_ids=tuple(page["issue_id"] for page in rows),
        )


def _page(row: Row) -> PageText:
    return PageText(row["page_index"], row["page_no"], row["page_label"], row["raw_text"], tuple(row["given_lines"]))
