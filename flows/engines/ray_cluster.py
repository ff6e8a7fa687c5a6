"""A Ray cluster that stands, of which this host is a node. One call is one Ray task; a lost one is ours to try again.

Ray's own tries are switched off, so that each try is a state of the batch's task in Prefect, with its reason.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import ray
from ray.exceptions import OutOfMemoryError, RayError, RayTaskError

from flows.engines.engine import Engine
from flows.remote import load_perform
from warehouse.errors import SettingsFault, WorkerLost


@contextmanager
def open_ray(address: str) -> Iterator[Engine]:
    """Yield the cluster at HOST:PORT (the port of its head, 6379 by default); afterwards our job there has ended.

    Raises SettingsFault where it cannot be joined or has no CPU to offer.
    """
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
    except (ConnectionError, RuntimeError, ValueError) as fault:
        raise SettingsFault(f"Ray at {address} cannot be joined from here: {_first_line(fault)}") from fault
    try:
        slots = int(ray.cluster_resources().get("CPU", 0))
        if not slots:
            raise SettingsFault(f"Ray at {address} has no CPU to offer; start a node with `ray start`")
        remote = ray.remote(num_cpus=1, max_retries=0)(load_perform())

        def perform(packed: bytes) -> bytes:
            return _get(remote.remote(packed))

        yield Engine(slots, perform)
    finally:
        ray.shutdown()


def _get(reference: "ray.ObjectRef[bytes]") -> bytes:
    try:
        done: bytes = ray.get(reference)
    except RayTaskError as fault:
        raise SettingsFault(f"A Ray worker cannot run this checkout's code: {fault.cause!r}") from fault
    except OutOfMemoryError as death:
        raise WorkerLost("Ray ended its worker since the host ran out of memory") from death
    except RayError as death:
        raise WorkerLost(f"its Ray worker was lost ({type(death).__name__})") from death
    return done


def _first_line(fault: Exception) -> str:
    return str(fault).strip().partition("\n")[0]
