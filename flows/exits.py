"""Exit codes that scripts can rely on, and the state and the one line that go with each failure."""

from enum import IntEnum

from warehouse.errors import BroadsheetError, LakeLocked, NoLake, SettingsFault, StoreFault
from warehouse.secrets import mask_secrets


class ExitCode(IntEnum):
    """What a command ends with; `./lake --help` shows the same list."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NO_LAKE = 3
    LOCKED = 4
    INTERRUPTED = 130


STATE_NAMES = {LakeLocked: "Locked", NoLake: "NoLake", SettingsFault: "BadSettings", StoreFault: "StoreFailed"}
INTERRUPTED_MESSAGE = "Interrupted; readers see the last snapshot that was published."

EXIT_CODES = """\
Exit codes: 0 done; 1 the run, test or query failed; 2 wrong usage or settings; 3 no lake there; 4 another run
writes to the lake; 130 interrupted."""


def exit_code(fault: BroadsheetError) -> ExitCode:
    """Tell the exit code of a fault."""
    codes = {SettingsFault: ExitCode.USAGE, NoLake: ExitCode.NO_LAKE, LakeLocked: ExitCode.LOCKED}
    return next((code for kind, code in codes.items() if isinstance(fault, kind)), ExitCode.FAILED)


def name_state(fault: Exception) -> str:
    """Name the state in which a run ends by a fault."""
    return next((name for kind, name in STATE_NAMES.items() if isinstance(fault, kind)), "Failed")


def one_line(message: str) -> str:
    """Join the lines of a message, mask its secrets, and show control characters as escapes: a terminal obeys some."""
    joined = " ".join(mask_secrets(message).split())
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in joined)
