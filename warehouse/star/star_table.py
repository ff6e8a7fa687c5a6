"""What a table of the star is: a declaration, its role, and the tables of the lake that its files are made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from warehouse.schema import Table

Frames = Mapping[str, pl.DataFrame]
Derive = Callable[[Frames], pl.DataFrame]
ALL: tuple[str, ...] = ()  # columns: every one


class Role(StrEnum):
    """What a table is to a star."""

    FACT = "fact"
    DIMENSION = "dimension"
    BRIDGE = "bridge"


class Scope(StrEnum):
    """What one file is made from: a shard of the first source, all of it, or the first and last year of all dates."""

    SHARD = "shard"
    WHOLE = "whole"
    YEARS = "years"


@dataclass(frozen=True, slots=True, kw_only=True)
class StarTable:
    """A table of the star.

    sources: tables of the lake, and the columns that are read of each; the first one says which shards there are.
    derive: makes the rows of one file; None where the files of the lake serve as they are.
    """

    table: Table
    role: Role
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derive: Derive | None = None
    scope: Scope = Scope.SHARD
