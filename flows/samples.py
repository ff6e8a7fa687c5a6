"""The lake of the sample issues, built aside for what shows its answers."""

from pathlib import Path

from flows.journal import open_journal
from flows.pipeline import Build, Plainly
from flows.settings import SAMPLE_SOURCE, Runner, Settings
from warehouse.publish import open_for_writing


def build_samples(folder: Path) -> Path:
    """Build the lake `lake` in a folder, without Prefect and its history of runs; give its path."""
    work = folder / "work"
    work.mkdir()
    settings = Settings(source=SAMPLE_SOURCE, lake=folder / "lake", runner=Runner(kind="threads", workers=1))
    with open_for_writing(settings.lake) as lake, open_journal(lake.root, settings, run_id="samples") as journal:
        Build(settings, work, journal, Plainly()).publish_snapshot(lake)
    return settings.lake
