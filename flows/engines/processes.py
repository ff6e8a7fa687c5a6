"""Processes of this machine, each with a pipe of its own.

A pool of the standard library gives up all its calls when one process dies, and does not say which call it died of.
Here each process stands alone: the one that died is known with its call, and is replaced.
"""

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue

from flows.engines.engine import Engine
from flows.remote import perform
from warehouse.errors import WorkerLost

# Nothing but spawn: a process forked after polars has begun its threads waits for them for ever.
SPAWN = multiprocessing.get_context("spawn")


class _Worker:
    """One process, and our end of its pipe."""

    def __init__(self) -> None:
        self._pipe, theirs = SPAWN.Pipe()
        self._process: BaseProcess = SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()  # theirs alone: the end of the process is then the end of the pipe

    def perform(self, packed: bytes) -> bytes:
        try:
            self._pipe.send_bytes(packed)
            return self._pipe.recv_bytes()
        except (EOFError, OSError) as end:
            self._process.join()
            raise WorkerLost(f"its process {_say_end(self._process.exitcode)}") from end

    def close(self) -> None:
        self._pipe.close()
        self._process.join()
        self._process.close()


@contextmanager
def open_processes(workers: int) -> Iterator[Engine]:
    """Yield as many processes as asked for; afterwards they have ended."""
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for _ in range(workers):
        idle.put(_Worker())

    def perform_in_one(packed: bytes) -> bytes:
        worker = idle.get()
        try:
            return worker.perform(packed)
        except WorkerLost:
            worker.close()
            worker = _Worker()
            raise
        finally:
            idle.put(worker)

    try:
        yield Engine(workers, perform_in_one)
    finally:
        for _ in range(workers):
            idle.get().close()  # waits for a call that is still going on


def _serve(pipe: Connection) -> None:
    """Do calls until the other end of the pipe is closed, or its process has died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent says when to end
    try:
        while True:
            pipe.send_bytes(perform(pipe.recv_bytes()))
    except (EOFError, BrokenPipeError):
        return


def _say_end(code: int | None) -> str:
    if code == -signal.SIGKILL:
        return "was killed (SIGKILL; short of memory?)"
    if code is not None and code < 0:
        return f"died of {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
