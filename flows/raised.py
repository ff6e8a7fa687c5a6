"""An error that a rule raises over one text: it costs what was read of this text, and no run. No Prefect here."""

import traceback
from pathlib import Path

from flows.settings import CHECKOUT
from warehouse.errors import BroadsheetError

RULE_RAISED = "rule-raised"
"""What the reason of such a reject ends with: behind `files.` a file is left out, behind `articles.` its facts are."""

NOT_OF_A_RULE = (BroadsheetError, MemoryError, OSError)
"""The user's, a correction's or the machine's to mend: the run stops."""

RULES = CHECKOUT / "transforms"


def say_raised(error: Exception) -> str:
    """Say what was raised, and in which line of which rule."""
    words = str(error).partition("\n")[0]
    said = f"{type(error).__name__}: {words}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if RULES in Path(frame.filename).parents:
            place = Path(frame.filename).relative_to(CHECKOUT).as_posix()
            return f"{said} ({place}, line {frame.lineno}, in {frame.name})"
    return said
