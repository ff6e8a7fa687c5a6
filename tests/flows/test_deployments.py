from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.deployments import Timing, fill_in, read_declared, read_timing, say_schedule
from flows.settings import CHECKOUT, Settings
from flows.stale_runs import TAG
from warehouse.errors import ContractFault, SettingsFault

SETTINGS = Settings(source=Path("/scans"), lake=Path("/scans-lake"), corrections=Path("/mended"))


def named(document: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (deployment for deployment in document["deployments"] if deployment["name"] == name)
    return found


def test_the_folders_are_filled_in_where_a_deployment_has_them_and_nothing_else_is_changed():
    declared = read_declared()
    filled = fill_in(declared, SETTINGS, Timing())
    assert named(filled, "lake-daily")["parameters"] == {
        "source": "/scans",
        "lake": "/scans-lake",
        "corrections": "/mended",
    }
    kept = named(declared, "lake-maintenance")["parameters"] | {"lake": "/scans-lake"}
    assert named(filled, "lake-maintenance")["parameters"] == kept
    assert named(filled, "lake-daily")["schedules"] == named(declared, "lake-daily")["schedules"]
    assert declared == read_declared()
    assert yaml.safe_load(yaml.safe_dump(filled)) == filled


@pytest.mark.parametrize(
    ("timing", "changes", "said"),
    [
        (Timing(), {}, "0 5 * * * Asia/Shanghai"),
        (Timing(cron="30 6 * * 1"), {"cron": "30 6 * * 1"}, "30 6 * * 1 Asia/Shanghai"),
        (Timing(time_zone="Europe/Rome"), {"timezone": "Europe/Rome"}, "0 5 * * * Europe/Rome"),
        (Timing(every_seconds=600), {"interval": 600, "cron": None, "timezone": None}, "every 600 s"),
    ],
)
def test_the_daily_run_alone_gets_another_timing(timing: Timing, changes: dict[str, object], said: str):
    declared = read_declared()
    filled = fill_in(declared, SETTINGS, timing)
    (schedule,) = named(filled, "lake-daily")["schedules"]
    before = named(declared, "lake-daily")["schedules"][0]
    assert schedule == {name: value for name, value in (before | changes).items() if value is not None}
    assert say_schedule(named(filled, "lake-daily")) == said
    assert named(filled, "lake-maintenance")["schedules"] == named(declared, "lake-maintenance")["schedules"]


def test_a_deployment_without_a_schedule_runs_when_asked():
    assert say_schedule({}) == say_schedule({"schedules": [{"cron": "* * * * *", "active": False}]}) == "when asked"


@pytest.mark.parametrize(("every", "seconds"), [("10s", 10), ("10m", 600), ("6h", 21_600), ("1d", 86_400)])
def test_an_interval_has_a_unit(every: str, seconds: int):
    assert read_timing(None, None, every) == Timing(every_seconds=seconds)


@pytest.mark.parametrize("every", ["9s", "0m", "10", "m", "-1h", "1.5h", "10 m"])
def test_what_is_no_interval_is_said_so(every: str):
    with pytest.raises(SettingsFault, match="is no interval"):
        read_timing(None, None, every)


def test_an_interval_and_a_cron_line_are_one_too_many():
    with pytest.raises(SettingsFault, match="not both"):
        read_timing("0 5 * * *", None, "10m")


@pytest.mark.parametrize("text", ["deployments: [", "name: x", "deployments: [{name: other}]", "[]"])
def test_a_damaged_declaration_is_named(tmp_path: Path, text: str):
    (tmp_path / "prefect.yaml").write_text(text)
    with pytest.raises(ContractFault, match=r"prefect\.yaml"):
        read_declared(tmp_path / "prefect.yaml")


def test_every_deployment_has_what_the_sweep_the_lock_and_the_operator_count_on():
    for deployment in read_declared()["deployments"]:
        module, _, function = deployment["entrypoint"].partition(":")
        assert f"def {function}(" in (CHECKOUT / f"{module.replace('.', '/')}.py").read_text()
        assert TAG in deployment["tags"]
        assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
        assert deployment["description"]


def test_every_parameter_of_a_deployment_is_one_of_its_flow():
    from prefect.exceptions import SignatureMismatchError

    from flows.lake import build
    from flows.maintenance import maintain

    flows = {"flows.lake:build": build, "flows.maintenance:maintain": maintain}
    for deployment in read_declared()["deployments"]:
        flow = flows[deployment["entrypoint"]]
        assert flow.validate_parameters(deployment["parameters"]).keys() >= deployment["parameters"].keys()
        with pytest.raises(SignatureMismatchError, match="lakes"):
            flow.validate_parameters({"lakes": "/"})


def test_the_declarations_name_no_folder_of_a_machine():
    text = (CHECKOUT / "prefect.yaml").read_text()
    assert "/home" not in text
    assert str(CHECKOUT) not in text
