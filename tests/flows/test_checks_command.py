import pytest

from flows.commands.test import COVERAGE_FLOOR_PERCENT, plan_checks


def test_all_checks_run_and_coverage_has_a_floor():
    commands = plan_checks([], fast=False)
    assert [command[0] for command in commands] == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]
    assert f"--cov-fail-under={COVERAGE_FLOOR_PERCENT}" in commands[-1]


@pytest.mark.parametrize(
    ("arguments", "fast", "pytest_command"),
    [
        ([], True, ["pytest", "-m", "not slow"]),
        (["tests/flows", "-k", "lock"], False, ["pytest", "tests/flows", "-k", "lock"]),
        (["tests/flows"], True, ["pytest", "-m", "not slow", "tests/flows"]),
    ],
)
def test_a_choice_of_tests_has_no_floor(arguments: list[str], *, fast: bool, pytest_command: list[str]):
    assert plan_checks(arguments, fast=fast)[-1] == pytest_command
