"""NOTICE: the licences of what runs."""

import re

import pytest

from flows.notice import describe_licences, find_dependencies
from flows.settings import CHECKOUT

LOCK = CHECKOUT / "uv.lock"
COPYLEFT = re.compile(r"(?<!L)GPL|GNU (Affero )?General Public", re.IGNORECASE)


def test_notice_names_all_that_runs_on_whichever_python_it_was_written():
    """Mend it by ./lake docs."""
    assert (CHECKOUT / "NOTICE").read_text(encoding="utf-8") == describe_licences(LOCK)


def test_nothing_that_runs_is_copyleft():
    assert [found for found in find_dependencies(LOCK) if COPYLEFT.search(found.licence)] == []


@pytest.mark.parametrize(
    ("licence", "is_copyleft"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("LGPL-2.1", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", False),
    ],
)
def test_copyleft_is_known_by_its_name(licence: str, is_copyleft: bool):  # noqa: FBT001
    assert bool(COPYLEFT.search(licence)) is is_copyleft


def test_what_a_dependency_needs_is_found_too():
    names = {found.name for found in find_dependencies(LOCK)}
    assert {"duckdb", "prefect", "pydantic"} <= names
    assert not names & {"pytest", "ruff", "pandas", "tantivy"}


def test_what_some_pythons_alone_need_is_found_on_each_of_them():
    found = [dependency.name for dependency in find_dependencies(LOCK)]
    assert {"async-timeout", "whenever"} <= set(found)  # below 3.11.3, from 3.13
    assert found.count("numpy") == 2  # before 3.12 and since
    assert "pywin32" not in found
