"""Articles of another system: JSON-lines and CSV, a record an article. What a record gives is not guessed again."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from transforms.blocks.given import BODY
from transforms.inputs.extracted import Content, Refused
from transforms.pages.decode import Decoded, decode_markup
from transforms.pages.given import read_day
from transforms.pages.mastheads import MAX_PAGE_NO
from transforms.pages.split import PageText
from warehouse.errors import SourceFault

FIELDS = {  # in the order of the page's leading lines; of several names the first that a record has
    "newspaper": (
        *(
            "newspaper",
            "newspapername",
            "paper",
            "报纸",
            "报纸名称",
            "报名",
            "报刊",
            "报刊名称",
            "刊名",
            "media",
            "媒体",
        ),
        *("来源", "source", "publication"),
    ),
    "date": (
        *("date", "issuedate", "publishedon", "publishdate", "published", "publishedat", "pubdate", "日期"),
        *("见报日期", "出版日期", "发布日期", "发表日期", "报纸日期", "刊期"),
    ),
    "page": ("page", "pageno", "pagenumber", "pagelabel", "版次", "版号", "版面", "版面号"),
    "section": ("section", "column", "栏目", "专栏", "版名", "版面名称"),
    "kicker": ("kicker", "introtitle", "引题", "肩题", "眉题"),
    "headline": ("headline", "title", "标题", "题名", "篇名", "主标题", "正题", "文章标题"),
    "subhead": ("subhead", "subtitle", "副题", "副标题"),
    "byline": ("author", "authors", "byline", "reporter", "作者", "记者", "责任者"),
    "body": ("body", "text", "content", "fulltext", "articlebody", "正文", "内容", "全文", "文章内容"),
}
LONGEST_RECORD = 1_000_000  # characters: ten pages of print; what is longer is no article
LONGEST_LINE = 500  # characters of a field that stands on a line of its own
NEEDED = "each record needs a body (body, text, content, 正文 ...); docs/inputs.md lists the names of all fields"
DELIMITERS = ",;\t|"
PAGE_LABEL = re.compile(r"(?:第)?(?:[A-Za-z]{0,2})0*(?P<no>\d{1,3})(?:版)?[:：]?[^\d]{0,20}")

Record = Mapping[str, Any]


class Rows(Protocol):
    """What `csv.reader` returns: rows, and the number of lines read so far."""

    line_num: int

    def __next__(self) -> list[str]:
        """Return the next row. Raises csv.Error."""


def read_json_lines(data: bytes) -> Content:
    """Read one JSON object a line."""
    decoded = decode_markup(data)
    return _content(decoded, _parse_lines(decoded.text))


def read_csv(data: bytes) -> Content:
    """Read CSV with a header. Raises SourceFault `unknown_header` where it names no body."""
    decoded = decode_markup(data)
    header, rows = _read_table(decoded.text)
    if "body" not in _known_names(header):
        raise SourceFault("unknown_header", f"it has {', '.join(map(repr, header))[:300]}; {NEEDED}")
    return _content(decoded, rows)


def _content(decoded: Decoded, records: Iterator[tuple[str, Record | SourceFault]]) -> Content:
    pages: list[PageText] = []
    refused: list[Refused] = []
    for place, record in records:
        try:
            if isinstance(record, SourceFault):
                raise record
            pages.append(make_page(record, len(pages)))
        except SourceFault as fault:
            refused.append(Refused(place, fault.reason, fault.evidence))
    return Content(pages=pages, refused=refused, encoding=decoded.encoding, encoding_basis=decoded.encoding_basis)


def _parse_lines(text: str) -> Iterator[tuple[str, Record | SourceFault]]:
    """Yield the record of each line that is not blank, or why there is none."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"line {number}", _parse(line)


def _parse(line: str) -> Record | SourceFault:
    if len(line) > 2 * LONGEST_RECORD:  # escapes take room
        return SourceFault("too_large", f"{len(line)} characters; a record has up to {LONGEST_RECORD}")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as fault:
        return SourceFault("bad_json", f"{fault}"[:200])
    if not isinstance(record, dict):
        return SourceFault("bad_json", f"a {type(record).__name__}, not an object with fields")
    return record


def _read_table(text: str) -> tuple[list[str], Iterator[tuple[str, Record | SourceFault]]]:
    """Return the header of a table, and its records."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda mark: (len(_known_names(_cells(first, mark))), first.count(mark)))
    rows = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=delimiter)
    try:
        header = [cell.strip() for cell in next(rows, [])]
    except csv.Error as fault:
        raise SourceFault("unknown_header", f"{fault}; {NEEDED}") from fault
    return header, _records(header, rows)


def _records(header: list[str], rows: Rows) -> Iterator[tuple[str, Record | SourceFault]]:
    while True:
        place = f"line {rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as fault:  # such as a quote that is never closed: the next line is read again
            yield place, SourceFault("bad_csv", str(fault))
            continue
        if any(cell.strip() for cell in row):
            yield place, _as_record(header, row)


def _as_record(header: list[str], row: list[str]) -> Record | SourceFault:
    if len(row) > len(header):
        return SourceFault("bad_csv", f"{len(row)} cells under a header of {len(header)}")
    return dict(zip(header, row, strict=False))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def make_page(record: Record, page_index: int) -> PageText:
    """Return a record as a page: its fields a line each, and its body. Raises SourceFault where it cannot be used."""
    names = _known_names(record)
    fields = {part: _words(record[name], name) for part, name in names.items()}
    body = fields.pop("body", "")
    if not body.strip():
        raise SourceFault("no_body", f"it has {', '.join(map(str, record))[:200] or 'no field'}; {NEEDED}")
    if len(body) > LONGEST_RECORD:
        raise SourceFault("too_large", f"{len(body)} characters; a record has up to {LONGEST_RECORD}")
    lines = [(part, line) for part in FIELDS if part in fields for line in _lines(part, fields[part])]
    page_no, label = _page_of(fields.get("page", ""))
    text = "\n".join([*(line for _, line in lines), body])
    return PageText(page_index, page_no, label, text, (*(part for part, _ in lines), BODY))


def _known_names(names: Mapping[str, Any] | list[str]) -> dict[str, str]:
    """Return for each part the name of the field that holds it, where one does."""
    by_key = {re.sub(r"[\s_\-:：]", "", str(name)).lower(): name for name in reversed(list(names))}
    return {
        part: next(by_key[key] for key in keys if key in by_key)
        for part, keys in FIELDS.items()
        if any(key in by_key for key in keys)
    }


def _words(value: object, name: str) -> str:
    """Return a field's value as text; a list is one paragraph, or one name, after the other."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "\n".join(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise SourceFault("bad_field", f"{name} is a {type(value).__name__}, not text")
    return LONE_SURROGATE.sub("\ufffd", str(value)).replace("\r\n", "\n")


LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _lines(part: str, words: str) -> list[str]:
    """Return a field as lines of the page. Raises SourceFault where it is none that can stand there."""
    joined = " ".join(words.split("\n")) if part == "byline" else words
    lines = [line.strip() for line in joined.split("\n") if line.strip()]
    if sum(map(len, lines)) > LONGEST_LINE:
        raise SourceFault("too_large", f"{part} has more than {LONGEST_LINE} characters")
    if part == "date" and lines and (len(lines) > 1 or read_day(lines[0]) is None):
        raise SourceFault("bad_date", f"{words[:100]!r} is no day; write it like 2023-03-14")
    return lines


def _page_of(words: str) -> tuple[int | None, str | None]:
    match = PAGE_LABEL.match(words.strip())
    number = int(match["no"]) if match else 0
    return (number, words.strip()) if 0 < number <= MAX_PAGE_NO else (None, None)
