"""`./lake rollback`: an older snapshot is the newest again."""

import os
from pathlib import Path

from flows.answers import answer_console
from flows.commands.snapshots import say_counts
from flows.copies import fetch_older, publish_copy
from flows.handover import make_products, read_products
from flows.settings import read_lake
from warehouse.history import rollback


def roll_back(snapshot_id: int, lake: Path | None) -> None:
    """Bring a snapshot back, and say what that changed."""
    root = read_lake(lake)
    fetch_older(root, [snapshot_id])
    products = read_products(os.environ)
    snapshot = rollback(root, snapshot_id)
    make_products(root, products)
    publish_copy(root)
    console = answer_console()
    console.print(f"Snapshot {snapshot.snapshot_id} is published: it holds what snapshot {snapshot_id} held.")
    for name, changes in snapshot.changes.items():
        if changes:
            console.print(f"  {name}  {say_counts(changes)}")
    console.print(
        "The next run publishes what its source holds then: mend first why you went back, or stop the schedule.\n"
        f"What was taken back stays: ./lake diff {snapshot.previous} {snapshot.snapshot_id}"
    )
