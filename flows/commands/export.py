"""`./lake export`: tables, views or an answer in a file that other programs open."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

import duckdb
import typer

from flows.copies import fetch_older
from flows.extracts.databases import write_duckdb, write_sqlite
from flows.extracts.extract import Extract, choose_extracts
from flows.extracts.plain import write_parquet, write_spreadsheet_csv
from flows.extracts.workbook import write_workbook
from flows.settings import read_lake
from warehouse.errors import SettingsFault
from warehouse.reader import open_lake, open_star
from warehouse.star import STAR
from warehouse.store import replacing
from warehouse.tables import TABLES

RUNS = "runs"  # a view over the lake's records; an extract of the whole lake holds it as a table


class Kind(StrEnum):
    """What an extract is written as."""

    PARQUET = "parquet"
    CSV = "csv"
    XLSX = "xlsx"
    DUCKDB = "duckdb"
    SQLITE = "sqlite"


SUFFIXES = {f".{kind}": kind for kind in Kind} | {".db": Kind.SQLITE, ".sqlite3": Kind.SQLITE, ".ddb": Kind.DUCKDB}
FILE_WRITERS: dict[Kind, Callable[[Extract, Path], int]] = {
    Kind.PARQUET: write_parquet,
    Kind.CSV: write_spreadsheet_csv,
}


def export_lake(  # noqa: PLR0913 -- one for each option
    names: Sequence[str],
    lake: Path | None,
    *,
    query: str | None,
    kind: str | None,
    output: Path,
    star: bool,
    at: int | None,
    overwrite: bool,
) -> None:
    """Write what is asked for, and say what was written. A file comes into place whole, or not at all.

    Raises SettingsFault where something is there already, or the request makes no sense.
    """
    chosen = _choose_kind(kind, output)
    root = read_lake(lake)
    fetch_older(root, [at])
    tables = list(STAR if star else TABLES)
    with (open_star if star else open_lake)(root, at=at) as reader:
        is_whole = not (names or query or star) and chosen is Kind.DUCKDB
        wanted = [*tables, RUNS] if is_whole else names
        extracts = choose_extracts(reader, wanted, query, tables)
        try:
            rows = _write(extracts, chosen, output, is_whole=is_whole, overwrite=overwrite)
        except duckdb.Error as refusal:
            raise SettingsFault(f"SQL: {refusal}") from refusal
    for name, count in rows.items():
        typer.echo(f"{name}: {count} rows")
    typer.echo(f"Written to {output}.")


def _choose_kind(kind: str | None, output: Path) -> Kind:
    known = ", ".join(Kind)
    if kind is None:
        found = SUFFIXES.get(output.suffix.lower())
        if found is None:
            raise SettingsFault(f"{output} does not say what to write: give --format {known}.")
        return found
    if kind not in set(Kind):
        raise SettingsFault(f"--format {kind}: there is no such; there are {known}.")
    return Kind(kind)


def _write(extracts: Sequence[Extract], kind: Kind, output: Path, *, is_whole: bool, overwrite: bool) -> dict[str, int]:
    if kind in FILE_WRITERS and (len(extracts) > 1 or output.is_dir()):
        places = {extract.name: output / f"{extract.name}.{kind}" for extract in extracts}
        _require_free(list(places.values()), overwrite=overwrite)
        return {extract.name: _write_file(extract, kind, places[extract.name]) for extract in extracts}
    if output.is_dir():
        raise SettingsFault(f"{output} is a folder; name a file, e.g. {output / f'lake.{kind}'}.")
    _require_free([output], overwrite=overwrite)
    if kind in FILE_WRITERS:
        return {extracts[0].name: _write_file(extracts[0], kind, output)}
    with replacing(output) as scratch:
        if kind is Kind.DUCKDB:
            return write_duckdb(extracts, scratch, with_views=is_whole)
        if kind is Kind.SQLITE:
            return write_sqlite(extracts, scratch)
        rows, cut = write_workbook(extracts, scratch)
    if cut:
        typer.echo(f"lake: {cut} texts were cut: a cell of Excel holds 32767 characters.", err=True)
    return rows


def _write_file(extract: Extract, kind: Kind, path: Path) -> int:
    with replacing(path) as scratch:
        return FILE_WRITERS[kind](extract, scratch)


def _require_free(paths: Sequence[Path], *, overwrite: bool) -> None:
    taken = [str(path) for path in paths if path.exists()]
    if taken and not overwrite:
        raise SettingsFault(f"{', '.join(taken)} exists; name another place, or give --overwrite.")
