"""The day and paper of a record of another system: what its own fields say, and nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from transforms.pages.body.span import date_by_words
from transforms.pages.dating import CORRECTION, METADATA, Dating
from transforms.pages.days import make_day, read_full_day
from transforms.pages.file_names import DAY_PATTERNS, read_file_name
from transforms.pages.papers import UNKNOWN, newspaper_id_of

TIME_OF_DAY = re.compile(r"[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)? ?(?:Z|[+-]\d{2}:?\d{2})?|")
SLUG = re.compile(r"[a-z0-9_]+")


def read_day(words: str) -> date | None:
    """Read a day as systems write it: 2023-03-14, 2023/3/14, 20230314, 2023年3月14日, with a time or without."""
    for pattern in DAY_PATTERNS:
        match = pattern.match(words.strip())
        if match and TIME_OF_DAY.fullmatch(words.strip()[match.end() :]):
            return read_full_day(match) if "year2" in match.groupdict() else _plain_day(match)
    return None


def _plain_day(match: re.Match[str]) -> date | None:
    return make_day(int(match["year"]), int(match["month"]), int(match["day"]))


def date_record(file_name: str, clean_text: str, given: Sequence[str]) -> Dating:
    """Date a record by its own fields. A path says who printed it where no field does, but never when.

    An export bears the day of the export. Without a field the words of the body bound the day.
    """
    lines = dict(reversed(list(zip(given, clean_text.split("\n"), strict=False))))
    name = lines.get("newspaper")
    slug = newspaper_id_of(name) if name else ""
    path = read_file_name(file_name)
    by_path = Dating(newspaper_id=path.newspaper_id or UNKNOWN, newspaper=path.newspaper, is_alone=True)
    paper = (
        Dating(newspaper_id=slug, newspaper=name, newspaper_basis=METADATA, is_alone=True)
        if SLUG.fullmatch(slug)
        else replace(by_path, newspaper_basis="path" if path.newspaper_id else None)
    )
    day = read_day(lines["date"]) if "date" in lines else None
    if day:
        return replace(paper, issue_date=day, date_lower=day, date_upper=day, basis=METADATA, evidence=lines["date"])
    if span := date_by_words(clean_text):
        return replace(paper, date_lower=span.lower, date_upper=span.upper, basis="body", evidence=span.evidence)
    return paper


def date_listed(dating: Dating, day_words: str | None, newspaper: str | None) -> Dating:
    """Return what is known of a page, with the day and paper that a list of pages gives; a person's word stands."""
    slug = newspaper_id_of(newspaper) if newspaper else ""
    if newspaper and SLUG.fullmatch(slug) and dating.newspaper_basis != CORRECTION:
        dating = replace(dating, newspaper_id=slug, newspaper=newspaper, newspaper_basis=METADATA)
    day = read_day(day_words) if day_words else None
    if day and dating.basis != CORRECTION:
        evidence = day_words
        dating = replace(dating, issue_date=day, date_lower=day, date_upper=day, basis=METADATA, evidence=evidence)
    return dating
