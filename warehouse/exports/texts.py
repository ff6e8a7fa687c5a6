"""What an export says of itself, from the same declarations: Frictionless package, data contract, dictionary."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import dataframely as dy
import pyarrow as pa
import yaml

from warehouse import schema
from warehouse.exports.listing import ExportFile
from warehouse.snapshots import Snapshot
from warehouse.star import STAR, references

Tables = Mapping[str, tuple[ExportFile, ...]]

NAME = "broadsheet-star"
TITLE = "Newspaper articles, and the figures, people and things in them"
LICENCE_NOTE = "The texts belong to the papers that printed them."
PACKAGE, CONTRACT, DICTIONARY = "datapackage.json", "odcs.yaml", "dictionary.md"
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # in C it takes a tenth of the time, where it is there
# Kinds of column: Arrow's name; Frictionless's, ODCS's and SQL's (as DuckDB has it).
KINDS = {
    "string": ("string", "string", "VARCHAR"),
    "bool": ("boolean", "boolean", "BOOLEAN"),
    "int32": ("integer", "integer", "INTEGER"),
    "int64": ("integer", "integer", "BIGINT"),
    "double": ("number", "number", "DOUBLE"),
    "date32[day]": ("date", "date", "DATE"),
    "decimal128(38, 6)": ("number", "number", "DECIMAL(38,6)"),
    "timestamp[us, tz=UTC]": ("datetime", "timestamp", "TIMESTAMP WITH TIME ZONE"),
    "list<item: string>": ("array", "array", "VARCHAR[]"),
}
# What datacontract-cli takes for them where it does not know SQL's own word.
CONTRACT_WORDS = {"VARCHAR[]": "array", "TIMESTAMP WITH TIME ZONE": "timestamp_tz"}


def describe_export(snapshot: Snapshot, tables: Tables) -> dict[str, bytes]:
    """Give the texts of an export by name."""
    return {
        CONTRACT: data_contract(snapshot).encode(),
        DICTIONARY: dictionary().encode(),
        PACKAGE: json.dumps(data_package(snapshot, tables), ensure_ascii=False, indent=1).encode(),
    }


def data_package(snapshot: Snapshot, tables: Tables) -> dict[str, Any]:
    """Describe an export as a Frictionless data package: one resource a table, which may lie in several files."""
    return {
        "profile": "data-package",
        "name": NAME,
        "title": TITLE,
        "description": LICENCE_NOTE,
        "version": str(snapshot.snapshot_id),
        "created": snapshot.created_at.isoformat(),
        "contract_version": snapshot.contract_version,
        "resources": [_resource(name, tables[name]) for name in STAR],
    }


def data_contract(snapshot: Snapshot) -> str:
    """Describe the star as an Open Data Contract (ODCS 3.1)."""
    contract = {
        "version": snapshot.contract_version,
        "kind": "DataContract",
        "apiVersion": "v3.1.0",
        "id": NAME,
        "name": TITLE,
        "status": "active",
        "description": {"purpose": f"{TITLE}, for tools that make reports.", "limitations": LICENCE_NOTE},
        "servers": [
            {
                "server": "files",
                "type": "local",
                "path": "{model}/*.parquet",
                "format": "parquet",
                "description": "The folder that this contract lies in: one folder a table.",
            }
        ],
        "schema": [_contract_table(name) for name in STAR],
    }
    return str(yaml.dump(contract, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=120))


def dictionary() -> str:
    """Describe the star for people, as Markdown."""
    lines = ["# Tables of the star", "", f"Contract version {schema.CONTRACT_VERSION}. Keys are marked in bold."]
    for name, star in STAR.items():
        lines += ["", f"## {name}", "", f"A {star.role}. {schema.describe(star.table)}", ""]
        lines += ["| column | type | null | what it says | references |", "|---|---|---|---|---|"]
        lines += [f"| {' | '.join(cells)} |" for cells in _dictionary_rows(name)]
    return "\n".join(lines) + "\n"


def column_kinds(name: str) -> dict[str, str]:
    """Give the type of each column of a table of the star, in the words of SQL."""
    return {field.name: kind_of(field.type)[2] for field in schema.arrow_schema(STAR[name].table)}


def kind_of(kind: pa.DataType) -> tuple[str, str, str]:
    """Name a kind of column as Frictionless, ODCS and SQL do."""
    return KINDS[str(kind).replace("large_", "")]


def _dictionary_rows(name: str) -> Iterator[tuple[str, ...]]:
    targets = _targets(name)
    for column, (declared, kind) in _columns(name).items():
        shown = f"**{column}**" if declared.primary_key else column
        says = (declared.description or "").replace("|", "\\|")
        target = ".".join(targets[column]) if column in targets else ""
        yield shown, kind_of(kind)[2], "yes" if declared.nullable else "", says, target


def _resource(name: str, files: tuple[ExportFile, ...]) -> dict[str, Any]:
    paths = [file.path for file in files]
    keys = [
        {"fields": [column], "reference": {"resource": table, "fields": [target]}}
        for column, (table, target) in _targets(name).items()
    ]
    return {
        "name": name,
        "path": paths[0],
        **({"extrapaths": paths[1:]} if paths[1:] else {}),
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "profile": "data-resource",
        "description": schema.describe(STAR[name].table),
        "role": str(STAR[name].role),
        "rows": sum(file.rows for file in files),
        "bytes": sum(file.byte_count for file in files),
        "hashes": {file.path: f"sha256:{file.sha256}" for file in files},
        "schema": {
            "fields": [_field(column, *facts) for column, facts in _columns(name).items()],
            "primaryKey": STAR[name].table.primary_key(),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _field(column: str, declared: dy.Column, kind: pa.DataType) -> dict[str, Any]:
    values = (declared.metadata or {}).get("values")
    limits = {"required": not declared.nullable} | ({"enum": values.split(",")} if values else {})
    return {
        "name": column,
        "type": kind_of(kind)[0],
        "description": declared.description,
        "constraints": limits,
    }


def _contract_table(name: str) -> dict[str, Any]:
    table = STAR[name].table
    return {
        "name": name,
        "logicalType": "object",
        "physicalType": "table",
        "physicalName": name,
        "description": schema.describe(table),
        "tags": [str(STAR[name].role)],
        "properties": [_property(name, column, *facts) for column, facts in _columns(name).items()],
    }


def _property(name: str, column: str, declared: dy.Column, kind: pa.DataType) -> dict[str, Any]:
    _, logical, physical = kind_of(kind)
    physical = CONTRACT_WORDS.get(physical, physical)
    key = STAR[name].table.primary_key()
    facts: dict[str, Any] = {
        "name": column,
        "logicalType": logical,
        "physicalType": physical,
        "description": declared.description,
        "required": not declared.nullable,
    }
    if logical == "array":
        facts["items"] = {"logicalType": "string", "physicalType": "VARCHAR"}
    if column in key:
        facts |= {"primaryKey": True, "primaryKeyPosition": key.index(column) + 1, "unique": len(key) == 1}
    if target := _targets(name).get(column):
        facts["relationships"] = [{"type": "foreignKey", "to": ".".join(target)}]
    return facts


@cache
def _columns(name: str) -> dict[str, tuple[dy.Column, pa.DataType]]:
    table = STAR[name].table
    kinds = schema.arrow_schema(table)
    return {column: (declared, kinds.field(column).type) for column, declared in table.columns().items()}


def _targets(name: str) -> dict[str, tuple[str, str]]:
    return {column: target for (table, column), target in _all_targets().items() if table == name}


@cache
def _all_targets() -> dict[tuple[str, str], tuple[str, str]]:
    """Give what each column of each table refers to; the declarations take long to answer, so they are asked once."""
    return {(link.table, link.column): (link.to_table, link.to_column) for link in references()}
