"""Runs killed at random moments, as `./lake bench kills` does it for hundreds."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.slow
def test_a_lake_whose_runs_are_killed_is_whole_after_each_and_equals_a_clean_build_at_the_end():
    command = [sys.executable, "-m", "tests.benches.kills", "--kills", "5", "--pages", "6"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 kills over 6 pages" in done.stdout
    assert "equals a clean build byte for byte" in done.stdout
