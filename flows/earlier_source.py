"""Where a lake's files came from: a run that names no source must not put the sample issues in their place."""

import shlex
from pathlib import Path

from flows.settings import SAMPLE_SOURCE, read_lake
from warehouse import store
from warehouse.buckets.origin import name_place
from warehouse.errors import SettingsFault
from warehouse.runs import RunStatus, read_facts

DONE = frozenset({RunStatus.PUBLISHED, RunStatus.UNCHANGED})


def require_source(source: Path | None, lake: Path | None) -> None:
    """Raise SettingsFault where no source is given, and the lake was last built from other files than the samples."""
    if source is not None:
        return
    root = read_lake(lake)
    earlier = find_source(root)
    if earlier is not None:
        ways = " or ".join(f"--source {shlex.quote(str(folder))}" for folder in (earlier, SAMPLE_SOURCE))
        raise SettingsFault(
            f"The lake {name_place(root)} was built from {earlier}, and a run without --source would put the sample "
            f"issues in their place: give {ways}."
        )


def find_source(root: Path) -> str | None:
    """Name the folder that the lake was last built from; None for the sample issues, of whichever checkout."""
    told = [
        (facts.get("snapshot_id") or 0, path.name, source)
        for path in (root / store.RUNS).glob("*.json")
        if (facts := read_facts(path))  # None: damaged, and of no use here
        and facts["status"] in DONE
        and (source := facts["settings"].get("source"))  # a rollback has none
    ]
    if not told:
        return None
    _, _, last = max(told)  # snapshots are counted; run ids tell the time of a clock that may be set back
    return None if Path(last).parts[-2:] == SAMPLE_SOURCE.parts[-2:] else last


def say_run(lake: Path | None, corrections: Path | None) -> str:
    """Write the command that builds the lake again from its own files, for a person to type."""
    root = read_lake(lake)
    options = {
        "--source": find_source(root),
        "--lake": name_place(root) if lake else None,
        "--corrections": str(corrections) if corrections else None,
    }
    return " ".join(["./lake run", *(f"{name} {shlex.quote(value)}" for name, value in options.items() if value)])
