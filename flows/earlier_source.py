"""Where a lake's files came from: a run that names no source must not put the sample issues in their place.

Nor may one that names no corrections take back those that the lake was built with.
"""

import shlex
from collections.abc import Mapping
from pathlib import Path

from flows.correction_files import NOTHING_WRITTEN, hash_corrections
from flows.settings import CORRECTIONS, SAMPLE_SOURCE, read_lake
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


def require_corrections(corrections: Path | None, lake: Path | None) -> None:
    """Raise SettingsFault where no corrections are given, and the lake was built with others than the project's."""
    if corrections is not None:
        return
    root = read_lake(lake)
    earlier = find_corrections(root)
    if earlier is not None and Path(earlier).is_dir():
        ways = " or ".join(f"--corrections {shlex.quote(str(folder))}" for folder in (earlier, CORRECTIONS))
        raise SettingsFault(
            f"The lake {name_place(root)} was built with the corrections of {earlier}, and a run without --corrections "
            f"would take them back: give {ways}."
        )


def require_written(corrections: Path, root: Path) -> None:
    """Raise SettingsFault where a folder holds no corrections, as one not mounted, and its lake was built with some."""
    earlier = find_corrections(root)
    if earlier is None or hash_corrections(corrections) != NOTHING_WRITTEN:
        return
    if not _find_last(root)["corrections"].endswith(f" {NOTHING_WRITTEN}"):
        raise SettingsFault(
            f"The lake {name_place(root)} was built with the corrections of {earlier}, and {corrections} holds none: a "
            "run would take them all back. Is it the right folder, and mounted? If it is, put an empty file none.yaml "
            "into it, and run again."
        )


def find_source(root: Path) -> str | None:
    """Name the folder that the lake was last built from; None for the sample issues, of whichever checkout."""
    return _unless_ours(_find_last(root).get("source"), SAMPLE_SOURCE)


def find_corrections(root: Path) -> str | None:
    """Name the folder of corrections that the lake was built with; None for the project's, of whichever checkout."""
    return _unless_ours(_find_last(root).get("corrections", "").rpartition(" ")[0], CORRECTIONS)  # a hash follows


def _unless_ours(folder: str | None, ours: Path) -> str | None:
    return folder if folder and Path(folder).parts[-2:] != ours.parts[-2:] else None


def _find_last(root: Path) -> Mapping[str, str]:
    """Find the settings of the build that the lake is of; none where it was never built."""
    told = [
        (facts.get("snapshot_id") or 0, path.name, facts["settings"])
        for path in (root / store.RUNS).glob("*.json")
        if (facts := read_facts(path))  # None: damaged, and of no use here
        and facts["status"] in DONE
        and facts["settings"].get("source")  # a rollback has none
    ]
    # Snapshots are counted; run ids tell the time of a clock that may be set back.
    return max(told, key=lambda build: build[:2], default=(0, "", {}))[2]


def say_run(lake: Path | None, corrections: Path | None) -> str:
    """Write the command that builds the lake again from its own files, for a person to type."""
    root = read_lake(lake)
    options = {
        "--source": find_source(root),
        "--lake": name_place(root) if lake else None,
        "--corrections": str(corrections) if corrections else find_corrections(root),
    }
    return " ".join(["./lake run", *(f"{name} {shlex.quote(value)}" for name, value in options.items() if value)])
