"""What `compiled` takes and refuses; that its machine code is used again without numba."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FunctionType

import numpy as np
import pytest

from transforms.reuse.compiled import Hashes, Places, compiled
from warehouse.errors import ContractFault

CHECKOUT = Path(__file__).resolve().parents[3]
FACTOR = 3
SUM = """
import sys
import numpy as np
import polars as pl
from transforms.reuse.index.segment import take_rows, to_batch
from transforms.reuse.radix import distinct
assert distinct(np.array([5, 3, 5], np.uint64)).tolist() == [3, 5]
numbers = pl.DataFrame({"of": [5, 3, 1]})
assert take_rows(to_batch(numbers, numbers.schema), np.array([2, 0]))["of"].to_list() == [1, 5]
print("numba" in sys.modules, "pandas" in sys.modules)
"""


@compiled
def times(number: int) -> int:
    return FACTOR * number


@compiled
def add_up(numbers: Places, share: float, table: Hashes) -> tuple[int, int]:
    total = 0
    for number in numbers:
        total += times(number)
    table[1, 0] = np.uint64(len(table))
    return total, int(share * total)


@compiled
def rises(numbers: Places) -> bool:
    return bool(numbers[0] <= numbers[len(numbers) - 1])


@compiled
def make_room(count: int) -> int:
    return len(np.empty(count, np.int64)) + int(np.empty(count, np.int64)[0])


def test_a_loop_takes_arrays_and_numbers_and_calls_another() -> None:
    table = np.zeros((2, 3), np.uint64)
    assert add_up(np.arange(5), 0.5, table) == (30, 15)
    assert table.tolist() == [[0, 0, 0], [2, 0, 0]]
    assert rises(np.arange(5)) is True
    assert rises(np.arange(5)[::-1].copy()) is False


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: make_room(3), "hand it the arrays that it makes"),
        (lambda: rises(np.arange(9)[::2]), "an array with gaps"),
        (lambda: times(number=3), "positional arguments"),
    ],
)
def test_what_machine_code_cannot_do_is_refused(call: Callable[[], object], says: str) -> None:
    with pytest.raises(ContractFault, match=says):
        call()


def test_a_loop_is_compiled_anew_where_a_constant_that_it_names_is_another() -> None:
    other = compiled(FunctionType(times.plain.__code__, globals() | {"FACTOR": 5}, "times"))
    other.plain.__annotations__ = times.plain.__annotations__
    assert (times(2), other(2)) == (6, 10)


def test_machine_code_is_kept_and_numba_is_not_loaded_again(tmp_path: Path) -> None:
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(CHECKOUT)}
    says = [
        subprocess.run(
            [sys.executable, "-c", SUM], env=environment, check=True, capture_output=True, text=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert says == ["True False", "False False"]
    assert list(tmp_path.glob("transforms.reuse.radix.*.o"))
