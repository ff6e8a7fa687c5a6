"""Corrections are text that somebody sent: YAML that asks for code, for memory or for depth is refused in one line."""

import time

import pytest

from flows.correction_files import parse_corrections
from warehouse.errors import SettingsFault

LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))


@pytest.mark.parametrize(
    "text",
    [
        "- " + LAUGHS.replace("\n", "\n  "),
        LAUGHS,
        "[" * 5_000,
        "- {a: " * 5_000,
        "&a [*a]",
        "- &a {id: *a}",
        '- !!python/object/apply:os.system ["true"]',
        "!!python/name:os.system",
        "- id: *nowhere",
        "- <<: {id: x}\n  <<: {id: y}",
    ],
    ids=range(10),
)
def test_yaml_that_is_no_list_of_corrections_is_refused_soon(text: str):
    started = time.process_time()
    with pytest.raises(SettingsFault) as fault:
        parse_corrections(text, named="sent.yaml")
    assert "sent.yaml" in str(fault.value)
    assert time.process_time() - started < 10
