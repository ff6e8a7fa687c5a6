"""Every variable that sets something is known, told in docs/operate.md, and none is ignored for its spelling."""

import re
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.variables import VARIABLES, require_known
from warehouse.errors import SettingsFault

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("LAKE_MIN_PAGE", "LAKE_MIN_PAGES"),
        ("LAKE_ALERT_COMAND", "LAKE_ALERT_COMMAND"),
        ("LAKE_BATCHBYTES", "LAKE_BATCH_BYTES"),
        ("LAKE_MIN_REJECTED_SHARE", "LAKE_MAX_REJECTED_SHARE"),
    ],
)
def test_a_misspelt_variable_is_named_with_the_nearest(name: str, nearest: str):
    with pytest.raises(SettingsFault, match=f"No setting is called {name}; the nearest is {nearest}\\."):
        require_known({name: "1"})


def test_known_ones_empty_ones_and_those_of_other_programs_pass():
    require_known(dict.fromkeys(VARIABLES, "1") | {"LAKE_MIN_PAGE": "", "PREFECT_HOME": "x", "CI": "1", "LAKES": "x"})


def test_a_command_ends_with_one_line_before_it_does_anything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("LAKE_RUNER", "threads:1")
    monkeypatch.setattr("sys.argv", ["lake", "run"])
    assert main() == 2
    assert capsys.readouterr().err.startswith("lake: No setting is called LAKE_RUNER; the nearest is LAKE_RUNNER.")


def test_all_that_the_code_reads_is_known():
    code = [path.read_text(encoding="utf-8") for folder in ("flows", "warehouse") for path in _python_files(folder)]
    assert {name for text in code for name in re.findall(r'"(LAKE_[A-Z_]+[A-Z])"', text)} <= set(VARIABLES)


def _python_files(folder: str) -> list[Path]:
    return [path for path in (CHECKOUT / folder).rglob("*.py") if (CHECKOUT / "warehouse" / "lake") not in path.parents]


def test_the_page_for_operators_lists_all_of_them():
    page = (CHECKOUT / "docs" / "operate.md").read_text(encoding="utf-8")
    section = page.partition("## Variables")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(LAKE_[A-Z_]+)`", section)) == set(VARIABLES)
