"""What the path of a file says of its pages: the paper, the day, the page number, the edition."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

import opencc

from transforms.pages.days import FULL_DAY, NUMERAL, read_full_day, read_numeral
from transforms.pages.mastheads import EDITIONS, MAX_PAGE_NO
from transforms.pages.papers import NAME, newspaper_id_of, slug_pattern

EXTENSIONS = re.compile(r"(?:\.(?:txt|text|md|html?|xhtml|jsonl|ndjson|csv|pdf|xml|gz))+$", re.IGNORECASE)
DAY_PATTERNS = (  # 2023年3月14日; 2023-03-14, 2023/03/14, 2023_03_14; 20230314
    FULL_DAY,
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<mark>[-_./ ])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?<!\d[A-Za-z])(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
)
PAGE_PATTERNS = (  # searched in the file's name, its day replaced by a colon
    re.compile(rf"(?P<label>第?(?P<no>{NUMERAL})版)"),
    re.compile(r"(?<![0-9a-z])p(?:age)?[-_ ]?(?P<no>\d{1,3})(?![0-9a-z])", re.IGNORECASE),
    re.compile(r"(?<![0-9A-Za-z])(?P<label>[A-Z](?P<no>\d{2}))(?![0-9A-Za-z])"),
    re.compile(r":[-_. ]*(?P<no>\d{1,2})(?![0-9a-z])"),
    re.compile(r"^(?P<no>\d{1,2})$"),
)


@dataclass(frozen=True, slots=True)
class FileClues:
    """What a path says. `day_basis` is file_name or folder; a path in Latin letters gives the id of a paper only."""

    newspaper_id: str | None = None
    newspaper: str | None = None
    day: date | None = None
    day_words: str | None = None
    day_basis: str | None = None
    page_no: int | None = None
    page_label: str | None = None
    edition: str | None = None


def read_file_name(file_name: str) -> FileClues:
    """Read a path below the source root, with / between."""
    path = EXTENSIONS.sub("", file_name)
    folder, _, stem = path.rpartition("/")
    in_name, in_folder = _find_day(stem), _find_day(folder) or _find_day(path)
    day, day_words = in_name or in_folder or (None, None)
    newspaper_id, newspaper = _find_paper(stem) or _find_paper(folder) or (None, None)
    page_no, page_label = _find_page(stem.replace(day_words or "\0", ":"))
    return FileClues(
        newspaper_id=newspaper_id,
        newspaper=newspaper,
        day=day,
        day_words=day_words,
        day_basis=("file_name" if in_name else "folder") if day else None,
        page_no=page_no,
        page_label=page_label,
        edition=next((letter for words, letter in EDITIONS.items() if words in path), None),
    )


def _find_day(path: str) -> tuple[date, str] | None:
    matches = (match for pattern in DAY_PATTERNS for match in pattern.finditer(path))
    return next(((day, match[0]) for match in matches if (day := read_full_day(match))), None)


def _find_paper(path: str) -> tuple[str, str | None] | None:
    """Find the id and the name of the paper; of several, the last."""
    if names := re.findall(NAME, _to_simplified().convert(path)):
        return newspaper_id_of(names[-1]), names[-1]
    if slugs := slug_pattern().findall(path.lower()):
        return "_".join(slugs[-1]), None
    return None


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _find_page(stem: str) -> tuple[int | None, str | None]:
    """Find the page number and, where the name writes it as print does, its words."""
    for pattern in PAGE_PATTERNS:
        match = pattern.search(stem)
        if match and 0 < (page_no := read_numeral(match["no"])) <= MAX_PAGE_NO:
            return page_no, match.groupdict().get("label")
    return None, None
