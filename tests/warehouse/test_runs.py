"""Records of runs."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from warehouse.publish import open_for_writing
from warehouse.runs import Run, RunStatus, bury_dead_runs, end_run, record_run

RUN = Run(run_id="run-1", started_at=datetime(2024, 6, 2, tzinfo=UTC), code_version="1.0")


def read(root, run_id="run-1"):
    return json.loads((root / "runs" / f"{run_id}.json").read_bytes())


def test_a_run_is_recorded_in_place_of_what_was_known_before(tmp_path):
    record_run(tmp_path, RUN)
    ended = datetime(2024, 6, 2, 1, tzinfo=UTC)
    record_run(tmp_path, replace(RUN, status=RunStatus.PUBLISHED, snapshot_id=3, ended_at=ended))
    found = read(tmp_path)
    assert (found["status"], found["snapshot_id"]) == ("published", 3)
    assert found["ended_at"] == "2024-06-02T01:00:00+00:00"


def test_a_run_that_never_ended_is_marked_and_others_are_left(tmp_path):
    record_run(tmp_path, RUN)
    record_run(tmp_path, replace(RUN, run_id="run-0", status=RunStatus.FAILED))
    assert bury_dead_runs(tmp_path) == ["run-1"]
    assert read(tmp_path) == json.loads(json.dumps(read(tmp_path) | {"status": "died"}))
    assert read(tmp_path, "run-0")["status"] == "failed"
    assert bury_dead_runs(tmp_path) == []


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b"{}", b"\x00\xff"])
def test_a_damaged_record_stops_no_run_and_no_other_record(tmp_path, damaged):
    record_run(tmp_path, RUN)
    path = tmp_path / "runs" / "20240602T050000-01234567.json"
    path.write_bytes(damaged)
    with open_for_writing(tmp_path):
        assert path.read_bytes() == damaged
        assert read(tmp_path)["status"] == "died"
    told = replace(RUN, run_id="20240602T050000-01234567", status=RunStatus.FAILED, fault="disk full")
    assert end_run(tmp_path, told) == told
    assert read(tmp_path, told.run_id)["fault"] == "disk full"


def test_a_record_that_newer_code_wrote_is_ended_too(tmp_path):
    record_run(tmp_path, replace(RUN, run_id="run-01234567"))
    path = tmp_path / "runs" / "run-01234567.json"
    path.write_text(json.dumps(read(tmp_path, "run-01234567") | {"mood": "good"}), encoding="utf-8")
    end_run(tmp_path, replace(RUN, run_id="x-01234567", status=RunStatus.CANCELLED))
    assert read(tmp_path, "run-01234567")["status"] == "cancelled"
