"""What another process does for a run: one batch, by the run's own code, on the run's own folders.

A call and its outcome travel as bytes, so that an engine moves nothing else: what it raises itself is about the engine
(a worker that died, a host that is gone), never about the batch. No Prefect here: workers load this quickly.
"""

import pickle
import platform
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from flows.journal import code_version
from flows.settings import CHECKOUT
from warehouse.errors import SettingsFault

Perform = Callable[[bytes], bytes]


def pack_call(work: Callable[[Any], Any], batch: object, *, folders: Sequence[Path] = ()) -> bytes:
    """Pack a function that any process can import, and its batch. `folders` are those that the worker has to see."""
    return pickle.dumps((worker_version(), [str(folder) for folder in folders], pickle.dumps((work, batch))))


def perform(packed: bytes) -> bytes:
    """Do a packed call, in whichever process this is, and pack what it gives or raises.

    The batch is unpacked after the code is known to be the caller's: its classes may have changed since.
    """
    version, folders, call = pickle.loads(packed)  # noqa: S301 -- packed by a run of this project
    try:
        _require_version(version)
        _require_folders(folders)
        work, batch = pickle.loads(call)  # noqa: S301
        return pickle.dumps((work(batch), None))
    except Exception as fault:  # noqa: BLE001 -- it is raised again where the call came from
        return pickle.dumps((None, _portable(fault)))


def unpack_outcome(packed: bytes) -> Any:  # noqa: ANN401 -- whatever the work returns
    """Return what the work returned, or raise what it raised."""
    result, fault = pickle.loads(packed)  # noqa: S301 -- packed by `perform`
    if fault is not None:
        raise fault
    return result


def load_perform(checkout: Path = CHECKOUT) -> Perform:
    """Give `perform` for a process that does not know where the project lies: this function travels by value."""
    folder = str(checkout)

    def perform_there(packed: bytes) -> bytes:
        import importlib  # noqa: PLC0415 -- what a function brings along by value it must import itself
        import sys  # noqa: PLC0415

        if folder not in sys.path:
            sys.path.insert(0, folder)
        done: bytes = importlib.import_module("flows.remote").perform(packed)
        return done

    return perform_there


@cache
def worker_version() -> str:
    """Version of the code that this process has loaded, and of what its results hang on besides.

    Cached at the first call, as the modules are: a worker that outlives a change of the code tells its old version.
    """
    return f"{code_version()}, Python {platform.python_version()}, polars {pl.__version__}"


def _require_version(version: str) -> None:
    if version != worker_version():
        raise SettingsFault(
            f"The worker on {platform.node()} runs {worker_version()}, this run {version}; "
            "restart the workers from this checkout"
        )


def _require_folders(folders: Sequence[str]) -> None:
    for folder in folders:
        if not Path(folder).is_dir():
            raise SettingsFault(
                f"The worker on {platform.node()} sees no folder {folder}; "
                "source and lake must lie on storage that all workers share, at the same path"
            )


def _portable(fault: Exception) -> Exception:
    """Give an exception that survives the journey, with the traceback as a note, since that one does not."""
    trace = "".join(traceback.format_exception(fault))
    try:
        pickle.loads(pickle.dumps(fault))  # noqa: S301 -- made here
    except Exception:  # noqa: BLE001 -- an exception may refuse in any way
        fault = RuntimeError(f"{type(fault).__name__}: {fault}")
    fault.add_note(f"In a worker on {platform.node()}:\n{trace}")
    return fault
