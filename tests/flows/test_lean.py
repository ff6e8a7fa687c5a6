"""What every process of ours spares itself, told before it loads anything."""

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from flows.lean import YOUNG_OBJECTS, start_lean

STARTED = """
import gc, os, runpy, sys
sys.argv = ["lake", "--help"]
try:
    runpy.run_module("flows", run_name="__main__")
finally:
    print("|", gc.get_threshold()[0], os.environ["OPENBLAS_NUM_THREADS"], "numpy" in sys.modules)
"""


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_a_lean_process_looks_for_cycles_less_often():
    start_lean({})
    assert gc.get_threshold()[0] == YOUNG_OBJECTS


@pytest.mark.parametrize(("name", "ours"), [("OPENBLAS_NUM_THREADS", "1"), ("NUMPY_MADVISE_HUGEPAGE", "0")])
def test_what_the_user_has_set_stays(name, ours):
    unset, theirs = dict[str, str](), {name: "theirs"}
    start_lean(unset)
    start_lean(theirs)
    assert (unset[name], theirs[name]) == (ours, "theirs")


def test_the_command_line_is_lean_before_it_loads_a_library(monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    run = subprocess.run([sys.executable, "-c", STARTED], check=False, capture_output=True, text=True)
    assert run.stdout.rsplit("|", 1)[-1].split() == [str(YOUNG_OBJECTS), "1", "False"]
