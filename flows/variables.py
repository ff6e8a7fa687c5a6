"""The variables of the environment that set something: all their names, and a word for one that is misspelt.

A variable that nobody reads would be a silent default: LAKE_MIN_PAGE=1000 guards nothing.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from flows.bounds import COUNTED, SHARE
from warehouse.errors import SettingsFault

PREFIX = "LAKE_"  # all of this project; other programs' are not looked at
VARIABLES = (
    "LAKE_HOME",
    "LAKE_CACHE",
    "LAKE_RUNNER",
    "LAKE_MEMORY",
    "LAKE_BATCH_BYTES",
    "LAKE_FILE_LIMIT_BYTES",
    "LAKE_ARCHIVE_LIMIT_BYTES",
    "LAKE_PRODUCTS",
    "LAKE_LOG",
    "LAKE_ALERT_COMMAND",
    "LAKE_ALERT_URL",
    *(f"LAKE_MIN_{name.upper()}" for name in COUNTED),
    *(f"LAKE_MAX_{name.upper()}" for name in (*COUNTED, SHARE)),
)


def require_known(environ: Mapping[str, str]) -> None:
    """Raise SettingsFault where a variable of ours is set that nothing reads. An empty one is as good as none."""
    ours = sorted(name for name, value in environ.items() if name.startswith(PREFIX) and value)
    for name in ours:
        if name not in VARIABLES:
            near = get_close_matches(name, VARIABLES, n=1, cutoff=0)
            raise SettingsFault(
                f"No setting is called {name}; the nearest is {near[0]}. Unset it, or see docs/operate.md for all."
            )
