import pytest

from flows.commands.test import COVERAGE_FLOOR_PERCENT, TESTS, WAITING, _run_together, plan_checks, split_tests


def test_all_checks_run_and_coverage_has_a_floor():
    steps = plan_checks([], fast=False)
    names = [[command[0] for command in step] for step in steps]
    assert names[:4] == [["ruff"], ["ruff"], ["mypy"], ["lint-imports"]]
    assert names[4:] == [["pytest", "pytest", "pytest"], ["coverage"], ["coverage"]]
    assert f"--fail-under={COVERAGE_FLOOR_PERCENT}" in steps[-1][0]


def test_every_folder_of_tests_is_in_one_of_the_parts():
    *waiting, reckoning = split_tests(TESTS)
    folders = {f"tests/{path.parent.relative_to(TESTS).parts[0]}" for path in TESTS.rglob("test_*.py")}
    assert sorted(folders) == sorted([*(folder for part in waiting for folder in part), *reckoning])
    assert waiting == [[f"tests/{name}" for name in part] for part in WAITING]


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
