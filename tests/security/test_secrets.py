"""Passwords that stand in addresses are in no message, log line or record."""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.commands.run import _say_server
from flows.exits import one_line
from flows.logs import LogFormat, make_handler
from flows.settings import read_settings
from warehouse.errors import SettingsFault
from warehouse.runs import Run, record_run
from warehouse.secrets import mask_secrets

SECRET = "hunter2"  # noqa: S105 -- what must be found nowhere


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("at http://ann:hunter2@host:4200/api now", "at http://***@host:4200/api now"),
        ("postgresql+asyncpg://ann:hunter2@db/prefect", "postgresql+asyncpg://***@db/prefect"),
        ("https://hunter2@host/api", "https://***@host/api"),
        ("LAKE_RUNNER='dask:ann:hunter2@head:1'", "LAKE_RUNNER='***@head:1'"),
        ("https://host/api?a=1&token=hunter2&b=2", "https://host/api?a=1&token=***&b=2"),
        ("s3://bucket/x?X=1&signature=hunter2", "s3://bucket/x?X=1&signature=***"),
    ],
)
def test_a_secret_of_an_address_becomes_three_stars(text: str, masked: str):
    assert mask_secrets(text) == masked


@pytest.mark.parametrize(
    "text", ["http://host:4200/api", "2023-07-04 12:30", "邮箱：news@example.com", "云岭区/2023/p1.txt", '{"a": "b@c"}']
)
def test_what_is_no_secret_stays(text: str):
    assert mask_secrets(text) == text


def test_a_message_to_the_user_has_none():
    with pytest.raises(SettingsFault) as fault:
        _say_server(f"http://ann:{SECRET}@127.0.0.1:1/api")
    assert SECRET not in one_line(str(fault.value))
    assert "***@127.0.0.1:1" in one_line(str(fault.value))


def test_a_setting_that_is_refused_is_told_without_it(tmp_path: Path):
    with pytest.raises(SettingsFault) as fault:
        read_settings(tmp_path, tmp_path / "lake", environ={"LAKE_RUNNER": f"dask:ann:{SECRET}@head:1"})
    assert SECRET not in one_line(str(fault.value))


@pytest.mark.parametrize("log_format", LogFormat)
def test_a_log_line_has_none(log_format: LogFormat):
    message = f"Recording on http://ann:{SECRET}@host/api"
    record = logging.makeLogRecord({"msg": message, "extra_url": f"x://{SECRET}@h", "exc_info": make_fault()})
    line = make_handler(log_format).format(record)
    assert SECRET not in line
    assert "Recording on http://***@host/api" in line
    assert "ValueError: https://***@host" in line


def make_fault() -> tuple[type, ValueError, None]:
    return ValueError, ValueError(f"https://ann:{SECRET}@host"), None


def test_the_record_of_a_run_has_none(tmp_path: Path):
    told = {"runner": f"tls://ann:{SECRET}@head:1"}
    fault = f"ConnectError: http://ann:{SECRET}@host"
    record_run(
        tmp_path,
        Run(run_id="run-1", started_at=datetime(2024, 6, 2, tzinfo=UTC), code_version="1", settings=told, fault=fault),
    )
    text = (tmp_path / "runs" / "run-1.json").read_text(encoding="utf-8")
    assert SECRET not in text
    assert json.loads(text)["settings"] == {"runner": "tls://***@head:1"}
