"""Kinds of column that several tables share: the same quantity has the same name and rule everywhere."""

from collections.abc import Callable

import dataframely as dy
import polars as pl

HEX16 = r"^[0-9a-f]{16}$"


def file_id(*, key: bool = False, references: str | None = "files.file_id") -> dy.String:
    """First 16 hex digits of the file's SHA-256."""
    return dy.String(
        primary_key=key,
        regex=HEX16,
        description="The file: first 16 hex digits of its SHA-256.",
        metadata=_reference(references),
    )


def issue_id(*, key: bool = False, references: str | None = "issues.issue_id") -> dy.String:
    """`{newspaper_id}-{YYYY-MM-DD}-{a|b|...}`, or `{newspaper_id}-undated-{file_id}`."""
    return dy.String(
        primary_key=key,
        regex=r"^[a-z0-9_]+-(\d{4}-\d{2}-\d{2}-[a-z]|undated-[0-9a-f]{16})$",
        description="The printed issue: paper, date and edition; undated ones carry the file instead of a date.",
        metadata=_reference(references),
    )


def page_id(*, key: bool = False, references: str | None = "pages.page_id") -> dy.String:
    """`{issue_id}-p{0001}`."""
    return dy.String(
        primary_key=key,
        regex=r"-p\d{4,}$",
        description="The page: its issue and its place in it.",
        metadata=_reference(references),
    )


def article_id(
    *, key: bool = False, nullable: bool = False, references: str | None = "articles.article_id"
) -> dy.String:
    """`{page_id}-i{001}`."""
    return dy.String(
        primary_key=key,
        nullable=nullable,
        regex=r"-i\d{3,}$",
        description="The article: its page and its place on it. Positional; article_uid survives re-segmentation.",
        metadata=_reference(references),
    )


def place_id(letter: str, description: str, *, key: bool = False) -> dy.String:
    """`{article_id}-{letter}{start}`: something found in a body, named by where it begins."""
    return dy.String(primary_key=key, regex=rf"-i\d{{3,}}-{letter}\d+$", description=description)


def entity_id(
    description: str, *, key: bool = False, nullable: bool = False, references: str | None = None
) -> dy.String:
    """Name of an entity: its kind and a hash."""
    return dy.String(
        primary_key=key,
        nullable=nullable,
        regex=r"^[a-z]+-[0-9a-f]{16}$",
        description=description,
        metadata=_reference(references),
    )


def quantity(description: str, *, nullable: bool = False) -> dy.Decimal:
    """An exact number."""
    return dy.Decimal(precision=38, scale=6, nullable=nullable, description=description)


def share(description: str, *, nullable: bool = False) -> dy.Float64:
    """A part of a whole, 0 to 1."""
    return dy.Float64(nullable=nullable, min=0.0, max=1.0, description=description, metadata={"unit": "0 to 1"})


def log_odds(description: str) -> dy.Float64:
    """How sure a weighed decision is."""
    return dy.Float64(
        nullable=True,
        description=f"{description} Near 0 is doubtful; null where nothing was weighed.",
        metadata={"unit": "log-odds"},
    )


def count(description: str, *, key: bool = False, minimum: int = 0) -> dy.Int32:
    """How many, or which one of them."""
    return dy.Int32(primary_key=key, min=minimum, description=description)


def offset(description: str, *, key: bool = False, nullable: bool = False) -> dy.Int32:
    """A place in a text."""
    return dy.Int32(
        primary_key=key,
        nullable=nullable,
        min=0,
        description=f"{description} Zero-based, half-open, in Unicode code points.",
        metadata={"unit": "code points"},
    )


def choice(description: str, values: tuple[str, ...], *, key: bool = False, nullable: bool = False) -> dy.String:
    """One word of a closed list."""
    return dy.String(
        primary_key=key,
        nullable=nullable,
        check=_one_of(values),
        description=f"{description} One of: {', '.join(values)}.",
        metadata={"values": ",".join(values)},
    )


def words(description: str) -> dy.List:
    """A list of short codes; empty where there are none, never null."""
    return dy.List(dy.String(), description=description)


def _one_of(values: tuple[str, ...]) -> Callable[[pl.Expr], pl.Expr]:
    return lambda column: column.is_in(values)


def _reference(target: str | None) -> dict[str, str]:
    return {"references": target} if target else {}
