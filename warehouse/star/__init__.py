"""The star: the lake's tables as tools for reports want them. Declared once, like the lake's own, and made from them.

A column that the lake has is taken from its declaration. A file of the star is a function of the files of one shard, so
that a run renews those whose sources it changed (`warehouse.exports`).
"""

from collections.abc import Iterator

import polars as pl

from warehouse import schema
from warehouse.schema import Reference
from warehouse.star.bridges import BRIDGES
from warehouse.star.dimensions import DIMENSIONS
from warehouse.star.facts import FACTS
from warehouse.star.star_table import StarTable

STAR: dict[str, StarTable] = FACTS | BRIDGES | DIMENSIONS
DAY = Reference("", "", "dates", "date")
PAPER = Reference("", "newspaper_id", "newspapers", "newspaper_id")


def references() -> Iterator[Reference]:
    """Every reference of the star: those declared, and those of any date to `dates`, and of any paper to `newspapers`.

    The last two are no metadata of the files, since the lake, whose files some are, has no such tables.
    """
    tables = {name: star.table for name, star in STAR.items()}
    yield from schema.references(tables)
    for name, table in tables.items():
        for column, kind in table.create_empty().schema.items():
            if kind == pl.Date and name != DAY.to_table:
                yield Reference(name, column, DAY.to_table, DAY.to_column)
            if column == PAPER.column and name != PAPER.to_table:
                yield Reference(name, column, PAPER.to_table, PAPER.to_column)
