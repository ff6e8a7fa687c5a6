"""What `./lake serve` asks of its Prefect server: the deployments, the automations, and true states of dead runs."""

import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.schedules import CronSchedule
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed
from prefect.workers.process import ProcessWorker
from pydantic import ValidationError

from flows.deployments import Document
from flows.parameters import refuse_unknown_parameters
from flows.settings import CHECKOUT
from flows.stale_runs import believe, find_runs
from warehouse.errors import ContractFault, LakeLocked, SettingsFault
from warehouse.publish import open_for_writing

SCHEDULER_SECONDS = 90.0  # the server's scheduler looks every five seconds; one that made nothing by then is broken
PAUSE_SECONDS = 0.5


def check_schedules(document: Document) -> None:
    """Raise SettingsFault where a cron line or a time zone is none."""
    for schedule in (each for deployment in document["deployments"] for each in deployment.get("schedules") or []):
        if "cron" not in schedule:
            continue
        try:
            CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
        except ValidationError as refusal:
            raise SettingsFault("; ".join(error["msg"] for error in refusal.errors())) from refusal


def deploy(document: Document, path: Path, environ: Mapping[str, str]) -> None:
    """Write the declarations to a file, and let `prefect deploy --all` tell the server; a second time changes nothing.

    Raises ContractFault with Prefect's own words where it refuses them.
    """
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with get_client(sync_client=True) as client:
        for pool in sorted({deployment["work_pool"]["name"] for deployment in document["deployments"]}):
            make_pool(client, pool)
        for declared in document.get("automations", []):
            put_automation(client, AutomationCore.model_validate(declared))
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(path)]
    done = subprocess.run(command, cwd=CHECKOUT, env=dict(environ), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ContractFault(f"prefect deploy --all failed: {(done.stderr or done.stdout)[-1000:]}")
    with get_client(sync_client=True) as client:
        refuse_unknown_parameters(client)


def make_pool(client: SyncPrefectClient, name: str) -> None:
    """Make a work pool of local processes where there is none of that name."""
    try:
        client.read_work_pool(name)
    except ObjectNotFound:
        template = ProcessWorker.get_default_base_job_template()
        client.create_work_pool(WorkPoolCreate(name=name, type="process", base_job_template=template))


def put_automation(client: SyncPrefectClient, automation: AutomationCore) -> None:
    """Make an automation, or replace the one of that name."""
    known = client.read_automations_by_name(automation.name)
    if known:
        client.update_automation(known[0].id, automation)
    else:
        client.create_automation(automation)


def mend_states(lake: Path, message: str) -> int:
    """End the runs that the server takes for running and that no process does, here and in the lake; count them.

    One that says itself that it ended well has done so: it only could not tell a server that was gone.
    Only while no worker takes up runs. A process that holds the lake is left alone, and so are its states.
    """
    try:
        with open_for_writing(lake):  # this marks the lake's own records
            dead = [
                run for kind in (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING) for run in find_runs(kind)
            ]
            return believe(dead, otherwise=Crashed(message=message))
    except LakeLocked:
        return 0


def wait_for_schedule(document: Document) -> dict[str, datetime]:
    """Wait until the server has made the next run of every deployment with a schedule; give their times by name.

    Raises ContractFault where it makes none: one combination of releases runs everything but schedules.
    """
    active = {deployment["name"] for deployment in document["deployments"] if has_schedule(deployment)}
    latest = time.monotonic() + SCHEDULER_SECONDS
    while time.monotonic() < latest:
        found = read_next_runs()
        if found.keys() >= active:
            return found
        time.sleep(PAUSE_SECONDS)
    raise ContractFault(
        f"Prefect's scheduler made no run of {sorted(active - read_next_runs().keys())} in {SCHEDULER_SECONDS:.0f} s: "
        "is SQLAlchemy at the release that uv.lock names? See docs/operate.md."
    )


def read_next_runs() -> dict[str, datetime]:
    """Read when each deployment's next run is due, by its name."""
    with get_client(sync_client=True) as client:
        names = {deployment.id: deployment.name for deployment in client.read_deployments()}
    due: dict[str, datetime] = {}
    for run in find_runs(StateType.SCHEDULED):
        name, at = run.deployment_id and names.get(run.deployment_id), run.expected_start_time
        if name and at:
            due[name] = min(at, due.get(name, at))
    return due


def has_schedule(deployment: Mapping[str, Any]) -> bool:
    """Tell whether a deployment runs by itself."""
    return any(schedule.get("active", True) for schedule in deployment.get("schedules") or [])
