"""NOTICE: the licences of what runs."""

import re

import pytest

from flows.notice import Dependency, describe_licences, find_dependencies
from flows.settings import CHECKOUT

PYPROJECT = CHECKOUT / "pyproject.toml"
COPYLEFT = re.compile(r"(?<!L)GPL|GNU (Affero )?General Public", re.IGNORECASE)


def test_notice_names_all_that_runs_here():
    """Mend it by ./lake docs. Another system or Python may need less than what it lists."""
    notice = (CHECKOUT / "NOTICE").read_text(encoding="utf-8")
    assert notice.startswith(describe_licences(PYPROJECT).partition("\n\n")[0])
    lines = set(notice.splitlines())
    missing = [found for found in find_dependencies(PYPROJECT) if _line(found) not in lines]
    assert missing == []


def test_nothing_that_runs_is_copyleft():
    assert [found for found in find_dependencies(PYPROJECT) if COPYLEFT.search(found.licence)] == []


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
    names = {found.name for found in find_dependencies(PYPROJECT)}
    assert {"duckdb", "prefect", "pydantic"} <= names
    assert not names & {"pytest", "ruff", "pandas", "tantivy"}


def _line(found: Dependency) -> str:
    return f"{found.name} {found.version}: {found.licence}"
