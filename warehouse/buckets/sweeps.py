"""Expiry in a bucket, while other machines may be publishing there.

The danger: an expiry sees that no manifest names a file; another machine, whose next snapshot holds that content again,
puts the file once more and commits; the expiry deletes it. No lock of one machine keeps the other from that, so:

- A **sweep** shows itself by an object before it looks at anything, reads all manifests and lists all files after that,
  and leaves files younger than a day. Of two sweeps the later one gives up.
- A **push** looks for sweeps after it has put its files, and before it commits. Where it looked before the sweep showed
  itself, its files were put before the sweep listed them, and are young. Where it looked later it sees the sweep, waits
  for its end, puts again what its predecessor does not name, and looks again.

All times are the store's. A machine that dies leaves its sweep shown, which counts for DEAD_AFTER; one that lives stops
deleting long before.
"""

import json
import os
import platform
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import obstore

from warehouse import lists, snapshots, store
from warehouse.buckets.bucket import Bucket, store_faults
from warehouse.buckets.objects import Listed, get, list_manifests, list_objects, number_of, read_clock
from warehouse.buckets.origin import require_origin
from warehouse.buckets.products import list_products, sweep_products
from warehouse.buckets.pull import pull
from warehouse.errors import StoreFault

SWEEPS = "sweeps"  # folder of the objects by which sweeps show themselves
GRACE = timedelta(hours=24)  # an object that no manifest names may be one that a run is about to name
LONGEST_SECONDS = 600.0  # of one sweep; what is left then is the next one's
DEAD_AFTER = timedelta(minutes=30)  # of being shown: above LONGEST_SECONDS and the minutes that a client tries again
LOOK_SECONDS = 1.0  # between two looks of a push that waits
DELETED_AT_ONCE = 1000  # objects: what a page of a listing holds, and a request may delete


def sweep(root: Path) -> None:
    """After an expiry here: remove in the bucket the snapshots that are gone here, then files that none names.

    Snapshots that others have published meanwhile stay, with all that they name. Only for the holder of the writer's
    lock. Raises StoreFault where another machine is sweeping.
    """
    place = require_origin(root)
    with store_faults(place), _shown(place) as now:
        first = min(snapshots.snapshot_ids(root), default=0)
        for name in sorted(name for name in list_manifests(place) if number_of(name) < first):
            obstore.delete(place.store, name)
        pull(root)
        is_listed_anew = sweep_products(place, root, first)
        while is_listed_anew and set(map(number_of, list_manifests(place))) - set(snapshots.snapshot_ids(root)):
            pull(root)  # else the list of products would lack what was published just now
            list_products(place, root)
        stop = monotonic() + LONGEST_SECONDS
        for doomed in _find_unnamed(place, root, before=now - GRACE):
            if monotonic() > stop:
                return
            obstore.delete(place.store, doomed)


def wait_for_sweeps(place: Bucket) -> bool:
    """Wait until no sweep is going on; tell whether one was. Up to DEAD_AFTER where its machine has died."""
    waited = False
    while _find_living(place):
        waited = True
        sleep(LOOK_SECONDS)
    return waited


def _find_unnamed(place: Bucket, root: Path, *, before: datetime) -> Iterator[list[str]]:
    """Yield the files that no manifest of the bucket names, nor its state, and that are older than that."""
    renewal = f"{place.url}/{store.STATE_LIST}"
    named = lists.paths_in(
        get(place, store.STATE_LIST) or b"{}", told_by=renewal, advice="delete it: that costs the next run work alone"
    )
    for name in list_manifests(place):
        held = root / name
        listing = held.read_bytes() if held.is_file() else get(place, name) or b"{}"
        named |= lists.paths_in(listing, told_by=f"{place.url}/{name}")
    for folder in (store.DATA, store.STATE):
        doomed: list[str] = []
        for listed in list_objects(place, folder):
            if listed.path not in named and listed.changed_at < before:
                doomed.append(listed.path)
            if len(doomed) == DELETED_AT_ONCE:
                yield doomed
                doomed = []
        if doomed:
            yield doomed


@contextmanager
def _shown(place: Bucket) -> Iterator[datetime]:
    """Show a sweep while it goes on; yield when it began, on the store's clock."""
    key = f"{SWEEPS}/{uuid.uuid4().hex}.json"
    facts = {"host": platform.node(), "process": os.getpid()}
    obstore.put(place.store, key, json.dumps(facts).encode(), use_multipart=False)
    try:
        shown = list(list_objects(place, SWEEPS))
        mine = next(listed for listed in shown if listed.path == key)
        earlier = [listed for listed in shown if (listed.changed_at, listed.path) < (mine.changed_at, key)]
        if _living(earlier, mine.changed_at):
            raise StoreFault(f"another machine is removing files of {place.url}; run the expiry again when it is done")
        if earlier:
            obstore.delete(place.store, [listed.path for listed in earlier])
        yield mine.changed_at
    finally:
        obstore.delete(place.store, key)


def _find_living(place: Bucket) -> list[Listed]:
    shown = list(list_objects(place, SWEEPS))
    return _living(shown, read_clock(place)) if shown else []


def _living(shown: list[Listed], now: datetime) -> list[Listed]:
    return [listed for listed in shown if listed.changed_at > now - DEAD_AFTER]
