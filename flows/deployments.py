"""The deployments that prefect.yaml declares, with the folders and the schedule that `./lake serve` was given."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from flows.settings import CHECKOUT, Settings
from warehouse.errors import ContractFault, SettingsFault

DECLARED = CHECKOUT / "prefect.yaml"
DAILY = "lake-daily"
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}  # seconds
SHORTEST_SECONDS = 10  # to start a run's process takes five

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When `lake-daily` runs: by a cron line in a time zone, or every so many seconds. None: as declared."""

    cron: str | None = None
    time_zone: str | None = None
    every_seconds: int | None = None


def read_declared(path: Path = DECLARED) -> Document:
    """Read prefect.yaml. Raises ContractFault where it is not there or not what it should be."""
    try:
        document: Document = yaml.safe_load(path.read_bytes())
        if not {deployment["name"] for deployment in document["deployments"]} >= {DAILY}:
            raise ContractFault(f"{path} declares no deployment {DAILY}")
    except (OSError, yaml.YAMLError, KeyError, TypeError) as damage:
        raise ContractFault(f"{path} is damaged ({damage!r}); take it from the repository") from damage
    return document


def read_timing(cron: str | None, time_zone: str | None, every: str | None) -> Timing:
    """Read what the user said of the schedule. Raises SettingsFault where it says two things, or nothing known."""
    if every is None:
        return Timing(cron=cron, time_zone=time_zone)
    if cron or time_zone:
        raise SettingsFault("Give --every, or --cron with --time-zone, not both.")
    seconds = read_seconds(every) or 0
    if seconds < SHORTEST_SECONDS:
        raise SettingsFault(f"--every {every} is no interval; give one of {SHORTEST_SECONDS}s and more, as 10m or 6h.")
    return Timing(every_seconds=seconds)


def read_seconds(text: str) -> int | None:
    """Read a time as a person writes it (10m, 6h, 1d); None where it is none."""
    given = re.fullmatch(r"([1-9][0-9]{0,5})([smhd])", text)
    return int(given[1]) * UNITS[given[2]] if given else None


def fill_in(declared: Mapping[str, Any], settings: Settings, timing: Timing, checkout: Path = CHECKOUT) -> Document:
    """Give the declarations with absolute folders, the checkout that holds the code, and the daily run's timing."""
    folders = {"source": settings.source, "lake": settings.lake, "corrections": settings.corrections}
    document = deepcopy(dict(declared))
    document["pull"] = [{"prefect.deployments.steps.set_working_directory": {"directory": str(checkout)}}]
    for deployment in document["deployments"]:
        parameters = deployment["parameters"]
        parameters |= {name: str(folder) for name, folder in folders.items() if name in parameters}
        if deployment["name"] == DAILY:
            deployment["schedules"] = [time_schedule(schedule, timing) for schedule in deployment["schedules"]]
    return document


def time_schedule(schedule: Mapping[str, Any], timing: Timing) -> dict[str, Any]:
    """Give a schedule with another timing."""
    if timing.every_seconds:
        kept = {name: value for name, value in schedule.items() if name not in {"cron", "timezone"}}
        return {**kept, "interval": timing.every_seconds}
    given = {"cron": timing.cron, "timezone": timing.time_zone}
    return {**schedule, **{name: value for name, value in given.items() if value}}


def say_schedule(deployment: Mapping[str, Any]) -> str:
    """Say in words when a deployment runs."""
    times = [
        f"every {schedule['interval']} s" if "interval" in schedule else f"{schedule['cron']} {schedule['timezone']}"
        for schedule in deployment.get("schedules") or []
        if schedule.get("active", True)
    ]
    return ", ".join(times) or "when asked"
