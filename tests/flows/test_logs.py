import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from rich.console import Console

from flows.logs import LOG, LogFormat, log_context, log_to_output, make_handler, read_log_format
from warehouse.errors import SettingsFault


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a JSON handler on the project's logger writes."""
    stream = io.StringIO()
    handler = make_handler(LogFormat.JSON, stream)
    level = LOG.level
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    yield stream
    LOG.removeHandler(handler)
    LOG.setLevel(level)


def test_a_line_is_one_object_with_time_level_run_and_stage_and_what_was_counted(written: io.StringIO):
    with log_context(run_id="run-1"), log_context(stage="read"):
        LOG.info("Read %d\nbatches", 3, extra={"counts": {"pages": 12}, "rejected": {}})
    LOG.info("after")
    first, second = (json.loads(line) for line in written.getvalue().splitlines())
    assert first["time"].endswith("+00:00")
    del first["time"], second["time"]
    assert first == {
        "level": "INFO",
        "message": "Read 3\nbatches",
        "run_id": "run-1",
        "stage": "read",
        "counts": {"pages": 12},
        "rejected": {},
    }
    assert second == {"level": "INFO", "message": "after"}


def test_what_ray_stamps_every_record_with_is_left_out(written: io.StringIO):
    record = LOG.makeRecord(LOG.name, logging.INFO, __file__, 1, "read", (), None)
    record.__dict__["_ray_timestamp_ns"] = 1  # Ray does so in each process that it was started in
    LOG.handle(record)
    said = json.loads(written.getvalue())
    assert said.keys() == {"time", "level", "message"}


def test_a_traceback_stays_within_its_line(written: io.StringIO):
    try:
        int("a bug")
    except ValueError:
        LOG.exception("failed")
    (line,) = written.getvalue().splitlines()
    assert "ValueError: invalid literal" in json.loads(line)["traceback"]


def test_a_format_that_is_not_known_is_said_so():
    assert read_log_format({}) is read_log_format({"LAKE_LOG": ""}) is LogFormat.TEXT
    assert read_log_format({"LAKE_LOG": "json"}) is LogFormat.JSON
    with pytest.raises(SettingsFault, match="LAKE_LOG='xml'"):
        read_log_format({"LAKE_LOG": "xml"})


def test_lines_reach_standard_output_once_however_often_that_is_asked():
    before = list(LOG.handlers)
    try:
        log_to_output()
        log_to_output()
        assert [handler.stream for handler in LOG.handlers if handler not in before] == [sys.stdout]
    finally:
        LOG.handlers = before


@pytest.mark.parametrize(
    ("log_format", "said"), [(LogFormat.JSON, ["Reading", "read took 1.0 s", "failed"]), (LogFormat.TEXT, ["Reading"])]
)
def test_a_run_prints_all_lines_for_a_machine_and_for_a_person_what_the_command_does_not_say_itself(
    log_format: LogFormat, said: list[str], capsys: pytest.CaptureFixture[str]
):
    from flows.commands.run import show_progress

    LOG.setLevel(logging.INFO)
    with show_progress(Console(file=sys.stdout, quiet=log_format is LogFormat.JSON), log_format):
        LOG.info("Reading")
        LOG.info("read took 1.0 s", extra={"seconds": 1.0})
        LOG.error("failed")
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["message"] if log_format is LogFormat.JSON else line for line in lines] == said
