import pytest

from flows.exits import ExitCode, exit_code, one_line
from warehouse.errors import BroadsheetError, ContractFault, LakeLocked, NoLake, SettingsFault, SourceFault, StoreFault


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (SettingsFault("no folder"), 2),
        (NoLake("nothing there"), 3),
        (LakeLocked("another run"), 4),
        (StoreFault("disk full"), 1),
        (ContractFault("a bug"), 1),
        (SourceFault("empty", "0 bytes"), 1),
    ],
)
def test_each_fault_has_its_exit_code(fault: BroadsheetError, code: int):
    assert exit_code(fault) == ExitCode(code)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("a\nb\r\n  c", "a b c"),
        ("red \x1b[31m澄溪", "red \\x1b[31m澄溪"),
        ("left\u202eright", "left\\u202eright"),
    ],
)
def test_a_message_is_one_harmless_line(message: str, line: str):
    assert one_line(message) == line
