"""Work for workers that die: each deed is a batch, notes each try in a folder, and may kill the process it runs in."""

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flows.batches import Batch, BatchResult, read_batch
from warehouse.errors import SourceFault


@dataclass(frozen=True, kw_only=True)
class Deed:
    batch_no: int
    folder: Path
    deaths: int = 0  # tries that kill the worker
    after: Path | None = None  # a file that it waits for
    seconds: float = 0.0
    fails: bool = False

    def content(self) -> str:
        return f"deed {self.batch_no}"


def do_deed(deed: Deed) -> int:
    """Give the number of the process."""
    tries = len(tries_of(deed)) + 1
    (deed.folder / f"{deed.batch_no}-try-{tries}").touch()
    if tries <= deed.deaths:
        time.sleep(0.2)  # others are at work
        os.kill(os.getpid(), signal.SIGKILL)
    if deed.fails:
        raise SourceFault("bad", "takes two words, which pickle forgets")
    while deed.after and not deed.after.exists():
        time.sleep(0.01)
    time.sleep(deed.seconds)
    return os.getpid()


def tries_of(deed: Deed) -> list[Path]:
    return sorted(deed.folder.glob(f"{deed.batch_no}-try-*"))


def read_batch_till_killed(batch: Batch) -> BatchResult:
    """Read a batch; one that begins when others are done kills its worker, and leaves `killed` beside the lake."""
    if any(batch.folder.parent.glob("batch-*")):
        with suppress(FileExistsError):
            (batch.folder.parents[3] / "killed").touch(exist_ok=False)
            time.sleep(0.2)
            os.kill(os.getpid(), signal.SIGKILL)
    return read_batch(batch)


def read_batch_or_die(batch: Batch) -> BatchResult:
    """Read a batch, and die of one that holds a file named `deadly`."""
    if "deadly" in batch.content():
        os.kill(os.getpid(), signal.SIGKILL)
    return read_batch(batch)
