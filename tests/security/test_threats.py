"""Each threat of docs/threats.md names a test that exists."""

import re

import pytest

from flows.settings import CHECKOUT

ROWS = [
    line for line in (CHECKOUT / "docs" / "threats.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "
][1:]


@pytest.mark.parametrize("row", ROWS)
def test_the_test_that_a_threat_names_exists(row: str):
    named = re.search(r"`(tests/[\w/]+\.py)::(test_\w+)` \|$", row)
    assert named, "a threat without a test"
    assert f"def {named[2]}(" in (CHECKOUT / named[1]).read_text(encoding="utf-8")


def test_there_are_threats():
    assert len(ROWS) > 20
