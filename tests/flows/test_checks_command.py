from pathlib import Path

import pytest

from flows.commands.test import (
    COVERAGE_FLOOR_PERCENT,
    ORDER,
    PARTS,
    TESTS,
    _run_together,
    plan_checks,
    split_tests,
)
from flows.settings import CHECKOUT


def test_all_checks_run_and_coverage_has_a_floor():
    steps = plan_checks([], fast=False)
    names = [[command[0] for command in step] for step in steps]
    assert names[:3] == [["ruff"], ["ruff"], ["mypy", "lint-imports", "pytest"]]
    assert names[3:] == [["pytest"] * len(PARTS), ["coverage"], ["coverage"]]
    assert f"--fail-under={COVERAGE_FLOOR_PERCENT}" in steps[-1][0]
    tests = [command for step in steps for command in step if command[0] == "pytest"]
    orders = {word for command in tests for word in command if word.startswith(ORDER)}
    assert len(orders) == len(tests), "no two draw the same ports"


def test_every_test_is_in_one_of_the_parts():
    parts = split_tests(TESTS)
    found = [path for part in parts for path in find_tests(part)]
    assert sorted(found) == sorted(TESTS.rglob("test_*.py"))
    for folders, part in zip(PARTS, parts, strict=False):
        assert [f"tests/{name}" for name in folders] == [word for word in part if not word.startswith("-")]


def find_tests(part: list[str]) -> list[Path]:
    """The modules that pytest collects of these folders, without those that it is told to ignore."""
    ignored = [CHECKOUT / word.removeprefix("--ignore=") for word in part if word.startswith("--ignore=")]
    paths = [path for word in part if not word.startswith("-") for path in (CHECKOUT / word).rglob("test_*.py")]
    return [path for path in paths if not any(path.is_relative_to(folder) for folder in ignored)]


def test_a_part_that_fails_fails_the_whole_and_all_are_heard(capfd: pytest.CaptureFixture[str]):
    python = "python"
    codes = [[python, "-c", "print('first')"], [python, "-c", "print('second'); raise SystemExit(3)"]]
    assert _run_together(codes) == 3
    assert capfd.readouterr().out.split() == ["first", "second"]


@pytest.mark.parametrize(
    ("arguments", "fast", "pytest_command"),
    [
        ([], True, ["pytest", "-m", "not slow"]),
        (["tests/flows", "-k", "lock"], False, ["pytest", "tests/flows", "-k", "lock"]),
        (["tests/flows"], True, ["pytest", "-m", "not slow", "tests/flows"]),
    ],
)
def test_a_choice_of_tests_has_no_floor(arguments: list[str], *, fast: bool, pytest_command: list[str]):
    assert plan_checks(arguments, fast=fast)[-1] == [pytest_command]
