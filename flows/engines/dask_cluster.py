"""A Dask cluster that stands. Each call is sent to one idle worker and to no other; a lost one is ours to try again.

Left to itself, Dask gives what a dead worker had to the others, with what waited behind it, and fails both after some
deaths. Here a worker has one call at a time, so that its death is the loss of that call alone, as Prefect then shows.
"""

import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any

from distributed import CancelledError, Client, Future, KilledWorker
from distributed.comm import CommClosedError

from flows.engines.engine import Engine
from flows.remote import load_perform
from warehouse.errors import SettingsFault, StoreFault, WorkerLost

CONNECT_SECONDS = 10.0
RESTART_SECONDS = 60.0  # in which a nanny has long replaced a worker that died
POLL_SECONDS = 1.0
LOST = "lost"


class _Workers:
    """Which workers there are, and what each is at. Dask's events arrive in a thread of its own."""

    def __init__(self) -> None:
        self.idle: SimpleQueue[str] = SimpleQueue()
        self._living: set[str] = set()
        self._calls: defaultdict[str, list[SimpleQueue[str]]] = defaultdict(list)

    def arrive(self, worker: str) -> None:
        if worker not in self._living:
            self._living.add(worker)
            self.idle.put(worker)

    def hear(self, event: tuple[float, dict[str, Any]]) -> None:
        """Take in an event of the scheduler: workers come and go."""
        said = event[1]
        if said.get("action") == "add-worker":
            self.arrive(said["worker"])
        elif said.get("action") == "remove-worker":
            self._living.discard(said["worker"])
            for call in tuple(self._calls[said["worker"]]):
                call.put(LOST)

    def take(self) -> str:
        """Wait for an idle worker that lives."""
        seen = time.monotonic()
        while time.monotonic() - seen < RESTART_SECONDS:
            if self._living:
                seen = time.monotonic()
            try:
                worker = self.idle.get(timeout=1.0)
            except Empty:
                continue
            if worker in self._living:
                return worker
        raise WorkerLost(f"all Dask workers are gone for {RESTART_SECONDS:.0f} s", is_final=True)

    def watch(self, worker: str) -> "SimpleQueue[str]":
        """Say what becomes of the worker's call: LOST where the worker goes, whatever is put there otherwise."""
        call: SimpleQueue[str] = SimpleQueue()
        self._calls[worker].append(call)
        if worker not in self._living:  # it went between `take` and this
            call.put(LOST)
        return call

    def give_back(self, worker: str, call: "SimpleQueue[str]") -> None:
        """Make it idle again; `take` passes over one that has died meanwhile."""
        self._calls[worker].remove(call)
        self.idle.put(worker)


@contextmanager
def open_dask(address: str) -> Iterator[Engine]:
    """Yield the cluster whose scheduler listens at tcp://HOST:PORT or tls://HOST:PORT; it stays when we leave.

    Raises SettingsFault where nothing answers there, or it has no workers.
    """
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise SettingsFault(f"No Dask scheduler answers at {address}: {fault}") from fault
    with client:
        workers = _Workers()
        client.subscribe_topic("all", workers.hear)
        names = list(client.scheduler_info(n_workers=-1)["workers"])
        if not names:
            raise SettingsFault(f"Dask at {address} has no workers; start some with `dask worker {address}`")
        for name in names:
            workers.arrive(name)
        remote = load_perform()

        def perform(packed: bytes) -> bytes:
            worker = workers.take()
            ended = workers.watch(worker)
            future = client.submit(remote, packed, key=f"broadsheet-{uuid.uuid4().hex}", pure=False, workers=[worker])
            future.add_done_callback(lambda _: ended.put("done"))
            try:
                return _fetch(future, ended, worker)
            finally:
                future.cancel()
                workers.give_back(worker, ended)

        yield Engine(len(names), perform)


def _fetch(future: "Future[bytes]", ended: "SimpleQueue[str]", worker: str) -> bytes:
    """Wait for the end of a call, and take its result from the worker, which may die before that too."""
    is_lost = ended.get() == LOST
    while not is_lost:
        try:
            done: bytes = future.result(timeout=POLL_SECONDS)
        except TimeoutError:
            is_lost = not ended.empty()
        except KilledWorker:
            is_lost = True
        except (CancelledError, CommClosedError) as fault:
            raise StoreFault(f"Dask's scheduler is gone: {fault}", is_transient=True) from fault
        except (ImportError, AttributeError) as fault:
            raise SettingsFault(f"A Dask worker cannot run this checkout's code: {fault!r}") from fault
        else:
            return done
    raise WorkerLost(f"the Dask worker {worker} died")
