"""Reads every table of an export with seven engines, and tells what each makes of it: run in a process of its own.

    python -m tests.warehouse.readers EXPORT READER

prints as JSON, by table, facts that can be compared and the types of columns.

Spark and ClickHouse warn and print as they start and end, which is no fault of the files: hence the process.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse import schema
from warehouse.star import STAR

Facts = dict[str, dict[str, Any]]
DECIMAL, DATE, LIST = "decimal128(38, 6)", "date32[day]", "list<item: string>"
WHOLE, TEXT = ("int32", "int64"), "string"


def column_kinds(name: str) -> dict[str, str]:
    """Give the declared kind of each column, in Arrow's words."""
    return {field.name: str(field.type).replace("large_", "") for field in schema.arrow_schema(STAR[name].table)}


def measures(kinds: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """Give an expression for each fact, in an engine's words: `char_length` is its function that counts characters."""
    asked = {"rows": "count(*)"}
    for column, kind in kinds.items():
        name = f"{words['quote']}{column}{words['quote']}"
        asked[f"{column}:nulls"] = f"count(*) - count({name})"
        if kind in WHOLE or kind == DECIMAL:
            asked[f"{column}:sum"] = f"sum({words['whole'].format(name) if kind in WHOLE else name})"
        elif kind == DATE:
            asked |= {f"{column}:min": f"min({name})", f"{column}:max": f"max({name})"}
        elif kind == TEXT:
            length = f"{words['char_length']}({name})"
            asked |= {f"{column}:chars": f"sum({length})", f"{column}:max": f"max({name})"}
        elif kind == LIST:
            asked[f"{column}:values"] = f"sum({words['list_length']}({name}))"
    return asked


def as_text(value: object) -> str:
    """Write a fact so that engines agree: numbers without needless zeros, days as ISO writes them."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 -- no number
        return "none"
    if isinstance(value, Decimal | int | float):
        return format(Decimal(str(value)).normalize() + 0, "f")
    return str(value)[:10] if hasattr(value, "isoformat") else str(value)


def by_sql(
    ask: Callable[[str], list[tuple[Any, ...]]], types: Callable[[str, str], dict[str, str]], words: Mapping[str, str]
) -> Callable[[Path, str], dict[str, Any]]:
    """Make a reader of an engine that takes SQL: `words` say how it names things, among them a folder of files."""

    def read(folder: Path, name: str) -> dict[str, Any]:
        asked = measures(column_kinds(name), words)
        source = words["source"].format(folder=folder / name, name=name)
        (row,) = ask(f"SELECT {', '.join(asked.values())} FROM {source}")  # noqa: S608 -- our own names
        return {"facts": dict(zip(asked, map(as_text, row), strict=True)), "types": types(source, name)}

    return read


def open_duckdb(_: Path) -> Callable[[Path, str], dict[str, Any]]:
    import duckdb

    connection = duckdb.connect()
    words = {
        "quote": '"', "whole": "{}", "char_length": "length", "list_length": "len",
        "source": "read_parquet('{folder}/*.parquet')",
    }  # fmt: skip
    return by_sql(
        lambda query: connection.execute(query).fetchall(),
        lambda source, _name: {row[0]: row[1] for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()},
        words,
    )


def open_datafusion(root: Path) -> Callable[[Path, str], dict[str, Any]]:
    import datafusion

    context = datafusion.SessionContext()
    for name in STAR:
        context.register_parquet(name, str(root / name))

    def ask(query: str) -> list[tuple[Any, ...]]:
        table = context.sql(query).to_arrow_table()
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True))

    words = {
        "quote": '"', "whole": "CAST({} AS BIGINT)", "char_length": "character_length", "list_length": "cardinality",
        "source": '"{name}"',
    }  # fmt: skip
    return by_sql(
        ask, lambda _source, name: {field.name: str(field.type) for field in context.table(name).schema()}, words
    )


def open_clickhouse(_: Path) -> Callable[[Path, str], dict[str, Any]]:
    import chdb

    def ask(query: str, kind: str = "JSONCompact") -> list[tuple[Any, ...]]:
        settings = " SETTINGS output_format_json_quote_64bit_integers = 1, output_format_json_quote_decimals = 1"
        answer = json.loads(chdb.query(query + settings, kind).bytes())
        return [tuple(row) for row in answer["data"]]

    def types(source: str, _: str) -> dict[str, str]:
        return {row[0]: row[1] for row in ask(f"DESCRIBE TABLE {source}")}

    words = {
        "quote": "`", "whole": "toInt64({})", "char_length": "lengthUTF8", "list_length": "length",
        "source": "file('{folder}/*.parquet', Parquet)",
    }  # fmt: skip
    return by_sql(lambda query: [tuple(map(_number, row)) for row in ask(query)], types, words)


def _number(value: object) -> object:
    """Take back the numbers that JSON has as text."""
    text = str(value)
    return Decimal(text) if value is not None and text.lstrip("-").replace(".", "", 1).isdigit() else value


def open_spark(_: Path) -> Callable[[Path, str], dict[str, Any]]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]")
    for key, value in {
        "spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "1",
        "spark.driver.memory": "1g", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.codegen.wholeStage": "false", "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN", "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }.items():  # fmt: skip
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    words = {
        "quote": "`", "whole": "{}", "char_length": "char_length", "list_length": "size",
        "source": "parquet.`{folder}`",
    }  # fmt: skip
    return by_sql(
        lambda query: [tuple(row) for row in session.sql(query).collect()],
        lambda source, _name: {
            field.name: field.dataType.simpleString()
            for field in session.sql(f"SELECT * FROM {source}").schema  # noqa: S608
        },
        words,
    )


def open_polars(_: Path) -> Callable[[Path, str], dict[str, Any]]:
    import polars as pl

    def read(folder: Path, name: str) -> dict[str, Any]:
        rows = pl.read_parquet(f"{folder / name}/*.parquet")
        facts: dict[str, object] = {"rows": rows.height}
        for column, kind in column_kinds(name).items():
            values = rows[column]
            facts[f"{column}:nulls"] = values.null_count()
            if kind in WHOLE or kind == DECIMAL:
                facts[f"{column}:sum"] = values.sum() if values.count() else None
            elif kind == DATE:
                facts |= {f"{column}:min": values.min(), f"{column}:max": values.max()}
            elif kind == TEXT:
                facts |= {f"{column}:chars": values.str.len_chars().sum() if values.count() else None}
                facts[f"{column}:max"] = values.max()
            elif kind == LIST:
                facts[f"{column}:values"] = values.list.len().sum() if rows.height else None
        types = {column: str(kind) for column, kind in rows.schema.items()}
        return {"facts": {key: as_text(value) for key, value in facts.items()}, "types": types}

    return read


def open_pyarrow(_: Path) -> Callable[[Path, str], dict[str, Any]]:
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

    def read(folder: Path, name: str) -> dict[str, Any]:
        rows = ds.dataset(folder / name, format="parquet").to_table()
        facts: dict[str, object] = {"rows": rows.num_rows}
        for column, kind in column_kinds(name).items():
            values = rows[column]
            facts[f"{column}:nulls"] = values.null_count
            if kind in WHOLE or kind == DECIMAL:
                facts[f"{column}:sum"] = pc.sum(values).as_py()
            elif kind == DATE:
                facts |= {f"{column}:min": pc.min(values).as_py(), f"{column}:max": pc.max(values).as_py()}
            elif kind == TEXT:
                facts |= {f"{column}:chars": pc.sum(pc.utf8_length(values)).as_py(), f"{column}:max": _max(values)}
            elif kind == LIST:
                facts[f"{column}:values"] = pc.sum(pc.list_value_length(values)).as_py()
        types = {field.name: str(field.type) for field in rows.schema}
        return {"facts": {key: as_text(value) for key, value in facts.items()}, "types": types}

    def _max(values: Any) -> object:
        return pc.max(values).as_py()

    return read


def open_pandas(_: Path) -> Callable[[Path, str], dict[str, Any]]:
    import pandas as pd

    def read(folder: Path, name: str) -> dict[str, Any]:
        rows = pd.read_parquet(folder / name, dtype_backend="pyarrow")
        facts: dict[str, object] = {"rows": len(rows)}
        for column, kind in column_kinds(name).items():
            values, held = rows[column], rows[column].dropna()
            facts[f"{column}:nulls"] = int(values.isna().sum())
            if kind in WHOLE or kind == DECIMAL:
                facts[f"{column}:sum"] = held.sum() if len(held) else None
            elif kind == DATE:
                facts |= {f"{column}:min": held.min() if len(held) else None}
                facts |= {f"{column}:max": held.max() if len(held) else None}
            elif kind == TEXT:
                facts |= {f"{column}:chars": held.str.len().sum() if len(held) else None}
                facts[f"{column}:max"] = max(held) if len(held) else None
            elif kind == LIST:
                facts[f"{column}:values"] = sum(map(len, held)) if len(held) else None
        types = {column: str(kind) for column, kind in rows.dtypes.items()}
        return {"facts": {key: as_text(_plain(value)) for key, value in facts.items()}, "types": types}

    def _plain(value: Any) -> object:
        return value.item() if hasattr(value, "item") else value

    return read


READERS: dict[str, Callable[[Path], Callable[[Path, str], dict[str, Any]]]] = {
    "DuckDB": open_duckdb,
    "Polars": open_polars,
    "pyarrow": open_pyarrow,
    "pandas": open_pandas,
    "DataFusion": open_datafusion,
    "ClickHouse": open_clickhouse,
    "Spark": open_spark,
}


def agree_on(facts: Mapping[str, str]) -> dict[str, str]:
    """Leave out what engines need not agree on: the greatest of no values, which ClickHouse has as an empty text."""
    return {key: value for key, value in facts.items() if key == "rows" or facts["rows"] != "0"}


def type_table(read: Mapping[str, Facts]) -> str:
    """Give the table of docs/bi.md: what each reader makes of each kind of column, in its own words."""
    found: dict[str, dict[str, str]] = {}
    for reader, tables in read.items():
        for name, told in tables.items():
            for column, kind in column_kinds(name).items():
                word = re.sub(r"^Nullable\((.*)\)$", r"\1", told["types"][column])
                found.setdefault(kind, {})[reader] = word
    lines = [f"| in the files | {' | '.join(read)} |", f"|{'---|' * (len(read) + 1)}"]
    for kind, words in sorted(found.items()):
        lines.append(f"| `{kind}` | {' | '.join(f'`{words[reader]}`' for reader in read)} |")
    return "\n".join(lines)


def main() -> None:
    """Read EXPORT with READER."""
    folder, name = Path(sys.argv[1]).resolve(), sys.argv[2]
    read = READERS[name](folder)
    print(json.dumps({table: read(folder, table) for table in STAR}, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
