"""The descriptions of an export: what they say, and that the tools of their standards take them."""

import hashlib
import json
import os
import shutil
import subprocess
from datetime import date

import pytest
import yaml

from tests.warehouse.stars import print_something, publish_rows, read_star
from warehouse import products, store
from warehouse.exports.listing import SUMS
from warehouse.exports.make import make_export
from warehouse.exports.texts import CONTRACT, DICTIONARY, KINDS, PACKAGE
from warehouse.star import STAR, references

FRICTIONLESS = "frictionless==5.21.0"
DATACONTRACT = "datacontract-cli[duckdb]==1.2.8"
VALIDATE = """
import sys
from frictionless import Package
found = Package.validate_descriptor(sys.argv[1])
print(found.flatten(["message"]))
sys.exit(not found.valid)
"""


@pytest.fixture(scope="module")
def lake(tmp_path_factory, standing_rows, as_tables):
    rows, root = standing_rows(), tmp_path_factory.mktemp("texts") / "lake"
    print_something(rows, date(2023, 5, 8), "hedong_wanbao", "3.5")
    publish_rows(root, rows, as_tables, 1)
    make_export(root)
    return root


@pytest.fixture(scope="module")
def folder(lake):
    return products.folder_of(lake, store.EXPORT, 1)


def run_tool(packages: str, *command: object) -> subprocess.CompletedProcess[str]:
    """Run a command in an environment of its own, which uv makes and keeps in its cache."""
    uv = os.environ.get("UV") or shutil.which("uv") or ".lake/bin/uv"
    environ = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    asked = [uv, "run", "--quiet", "--isolated", "--no-project", "--with", packages, *command]
    return subprocess.run(asked, env=environ, capture_output=True, text=True, check=False, timeout=600)


@pytest.mark.slow
def test_frictionless_takes_the_package(folder):
    done = run_tool(FRICTIONLESS, "python", "-c", VALIDATE, folder / PACKAGE)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_frictionless_refuses_a_package_that_is_none(folder, tmp_path):
    broken = json.loads((folder / PACKAGE).read_bytes())
    broken["resources"][0]["schema"]["fields"][0]["type"] = "words"
    (tmp_path / PACKAGE).write_text(json.dumps(broken))
    assert run_tool(FRICTIONLESS, "python", "-c", VALIDATE, tmp_path / PACKAGE).returncode == 1


@pytest.mark.slow
def test_the_contract_is_valid_and_the_files_keep_it(folder):
    """`datacontract test` reads the files: columns, missing values, unique keys, references between tables."""
    copy = run_tool(
        DATACONTRACT, "sh", "-c", f"cd {folder} && datacontract lint {CONTRACT} && datacontract test {CONTRACT}"
    )
    assert copy.returncode == 0, copy.stdout[-3000:] + copy.stderr[-1000:]
    assert "Data contract is valid against ODCS v3.1.0" in " ".join(copy.stdout.split())


@pytest.mark.slow
def test_the_contract_is_not_kept_by_files_that_break_it(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "broken")
    (path,) = (tmp_path / "broken" / "newspapers").iterdir()
    path.write_bytes(next((folder / "campaigns").iterdir()).read_bytes())
    done = run_tool(DATACONTRACT, "sh", "-c", f"cd {tmp_path / 'broken'} && datacontract test {CONTRACT}")
    assert done.returncode == 1


def test_the_package_has_every_table_with_its_rows_files_and_keys(lake, folder):
    package = json.loads((folder / PACKAGE).read_bytes())
    rows = read_star(lake, 1)
    for resource in package["resources"]:
        name = resource["name"]
        paths = [resource["path"], *resource.get("extrapaths", [])]
        assert {path.relative_to(folder).as_posix() for path in (folder / name).iterdir()} == set(paths)
        assert resource["rows"] == rows[name].height
        assert [field["name"] for field in resource["schema"]["fields"]] == rows[name].columns
        assert resource["schema"]["primaryKey"] == STAR[name].table.primary_key()
        for path, digest in resource["hashes"].items():
            assert digest == f"sha256:{hashlib.sha256((folder / path).read_bytes()).hexdigest()}"
    assert {resource["name"] for resource in package["resources"]} == set(STAR)
    keys = {
        (resource["name"], key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0])
        for resource in package["resources"]
        for key in resource["schema"].get("foreignKeys", [])
    }
    assert keys == {(link.table, link.column, link.to_table, link.to_column) for link in references()}


def test_the_contract_describes_every_column(folder):
    contract = yaml.safe_load((folder / CONTRACT).read_text(encoding="utf-8"))
    described = {table["name"]: [column["name"] for column in table["properties"]] for table in contract["schema"]}
    assert described == {name: STAR[name].table.column_names() for name in STAR}
    assert all(column["description"] for table in contract["schema"] for column in table["properties"])


def test_the_dictionary_names_every_column(folder):
    text = (folder / DICTIONARY).read_text(encoding="utf-8")
    for name, star in STAR.items():
        assert f"## {name}\n\nA {star.role}." in text
    assert "| **figure_id** | VARCHAR |" in text
    assert "| dates.date |" in text
    assert len(KINDS) == len(set(KINDS))


def test_checksums_are_those_that_sha256sum_checks(folder):
    done = subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
