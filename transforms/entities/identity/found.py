"""Rows of the lake that a step finds to differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from transforms.entities.identity.inputs import article_of
from transforms.entities.identity.report import CONTRIBUTORS, ENTITIES, LINKS, MENTIONS, Resolved, number_of
from transforms.entities.identity.tables import Parts


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a table of the lake that are new or differ, and the keys of those that are gone."""

    table: str
    rows: pl.DataFrame
    gone: Sequence[str] = ()


def find_differences(was: Resolved, now: Resolved) -> Iterator[Found]:
    """Yield the entities and links that differ."""
    for table, schema, earlier, later in (
        ("entities", ENTITIES, was.entities, now.entities),
        ("entity_links", LINKS, was.links, now.links),
    ):
        rows = [row for key, row in sorted(later.items()) if earlier.get(key) != row]
        gone = sorted(earlier.keys() - later.keys())
        if rows or gone:
            yield Found(table, pl.DataFrame(rows, schema=schema, orient="row"), gone)


def say_meant(pairs: Sequence[tuple[str, str]]) -> Iterator[Found]:
    """Yield the entities of mentions, and of credits, by ref."""
    mentions = [pair for pair in pairs if number_of(pair[0]) is None]
    credited = [(article_of(ref), number, entity) for ref, entity in pairs if (number := number_of(ref)) is not None]
    if mentions:
        yield Found("mentions", pl.DataFrame(mentions, schema=MENTIONS, orient="row"))
    if credited:
        yield Found("contributors", pl.DataFrame(credited, schema=CONTRIBUTORS, orient="row"))


def list_refs(parts: Parts) -> Iterator[str]:
    """Yield the namings of a share."""
    for _, _, _, articles in parts.values():
        for article_id, _, _, starts in articles:
            for _, ref in starts:
                yield article_id + ref
