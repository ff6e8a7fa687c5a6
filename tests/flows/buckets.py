"""A real S3 server of the test's own, machines that work on one lake in it, and their builds."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from flows.copies import mirrored
from flows.journal import open_journal
from flows.pipeline import Build, Plainly
from flows.settings import Runner, read_settings
from flows.summary import Summary
from warehouse.buckets.bucket import Bucket
from warehouse.buckets.objects import list_objects
from warehouse.buckets.origin import set_origin
from warehouse.publish import open_for_writing

BUCKET = "papers"
SECRET = "hardly-a-secret-but-look-for-it"  # noqa: S105
KEY_ID = "machine-key"
WEED = Path(sys.executable).with_name("weed")
START_SECONDS = 240  # two on a quiet machine

Machine = Callable[[str], dict[str, str]]


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """Start SeaweedFS with its data in a folder, give the address of its S3 side, and end it."""
    s3, master, filer, volume, lance = free_ports(5)
    options = {
        "dir": folder, "ip": "127.0.0.1", "ip.bind": "127.0.0.1", "bucket": BUCKET, "webdav": "false",
        "admin.ui": "false", "s3.autoCreateBucket": "false", "s3.port": s3, "master.port": master,
        "filer.port": filer, "volume.port": volume, "s3.port.iceberg": 0, "s3.port.lance": lance,
    }  # fmt: skip
    environ = os.environ | {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
    command = [WEED, "mini", *(f"-{name}={value}" for name, value in options.items())]
    with (folder.parent / "weed.log").open("wb") as log:
        server = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        endpoint = f"http://127.0.0.1:{s3}"
        wait_for(endpoint, server)
        yield endpoint
    finally:
        server.kill()
        server.wait()


def free_ports(count: int) -> list[int]:
    """Find ports that are free, and those ten thousand above, which SeaweedFS takes for itself.

    All are below those that a system gives to whoever connects, so that nobody gets one before SeaweedFS has it.
    """
    ports: list[int] = []
    while len(ports) < count:
        port = 12_000 + secrets.randbelow(10_000)
        with socket.socket() as one, socket.socket() as other, suppress(OSError):
            one.bind(("127.0.0.1", port))
            other.bind(("127.0.0.1", port + 10_000))
            if port not in ports:
                ports.append(port)
    return ports


def wait_for(endpoint: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server has its bucket."""
    store = S3Store(
        BUCKET,
        endpoint=endpoint,
        access_key_id=KEY_ID,
        secret_access_key=SECRET,
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and server.poll() is None:
        try:
            obstore.list(store).collect()
        except BaseError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no bucket {BUCKET} at {endpoint}")


@contextmanager
def opened(source: Path | str, lake: str, environ: dict[str, str], **asked: Any) -> Iterator[tuple[Build, Any]]:
    """Do what the flow does, in its order, without Prefect, up to the build itself; no products, if not asked for."""
    told = read_settings(Path(source), Path(lake), environ={"LAKE_PRODUCTS": "none"} | environ)
    settings = replace(told, batch_bytes=10_000, runner=Runner(kind="threads", workers=1), **asked)
    with open_for_writing(settings.lake) as writable:
        number = len(list((settings.lake / "runs").glob("*.json"))) + 1
        machine = settings.lake.parent.parent
        work = machine / "work" / f"run-{machine.name}-{number}"
        work.mkdir(parents=True)
        with (
            open_journal(settings.lake, settings, run_id=work.name) as journal,
            mirrored(settings.lake, Plainly().do),
        ):
            yield Build(settings, work, journal, Plainly()), writable


def build(source: Path | str, lake: str, environ: dict[str, str], **asked: Any) -> Summary:
    """One run of a machine; `environ` says where its cache is, and which server."""
    with opened(source, lake, environ, **asked) as (run, writable):
        return run.publish_snapshot(writable)


def copy_to(root: Path, target: Path, place: Bucket) -> Path:
    """Copy a working copy, and make it that of another place."""
    shutil.copytree(root, target)
    set_origin(target, place)
    return target


def keys(place: Bucket) -> set[str]:
    """List the keys of all objects of a place."""
    return {listed.path for listed in list_objects(place)}
