"""A part of the work on names that any process can do: it reads layers, and writes layers and rows. No Prefect here."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.memory import give_back
from flows.name_entities import EntityFile, save_entities
from flows.name_shelf import Rows, Shelf, open_shelf
from flows.reference import load_looks
from transforms.entities.identity.found import Found
from transforms.entities.identity.jobs import STAGES, Hand, Told
from transforms.entities.identity.tables import WHOLE, Layer, Span, Tables

MERGE, TELL_NAMINGS = "merge", "tell namings"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameJob:
    """A part of a build's work.

    stage: of `STAGES`, over the keys of a span; or a kind of blocks that are resolved; or MERGE of the tables `merged`,
    for the next run where `is_kept`; or TELL_NAMINGS of the shares of a span, with the file of entities. layers: their
    files, the oldest first, and the tables that each shows. folder: for what the job leaves, and its alone.
    """

    batch_no: int
    stage: str
    told: Told
    layers: Sequence[tuple[Path, Collection[str]]]
    folder: Path
    span: Span = WHOLE
    blocks: Sequence[Sequence[str]] = ()
    merged: Collection[str] = ()
    is_kept: bool = False
    entities: Path | None = None

    def content(self) -> str:
        """Name the stage."""
        return f"a part of all names ({self.stage})"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDone:
    """What a job leaves: layers, rows that differ by table, and the entities of nodes, as files.

    meant: of the namings that somebody decided of, the entity. read_bytes: of the layers.
    """

    layers: Sequence[Path]
    rows: dict[str, list[Path]]
    meant: dict[str, str]
    entities: Sequence[Path]
    read_bytes: int


def do_name_job(job: NameJob) -> NameDone:
    """Do a part of the work, and give back the memory that it took: what the next one takes would come on top."""
    try:
        return _do_job(job)
    finally:
        give_back()


def _do_job(job: NameJob) -> NameDone:
    with open_shelf(job.folder) as shelf:
        given = [shelf.open(str(number), path, shown) for number, (path, shown) in enumerate(job.layers)]
        layers: list[Layer] = [*given]
        tables = Tables(before=[], keep=shelf.keep, fresh=layers)
        hand, rows = Hand(tables, load_looks(), job.told), Rows(job.folder)
        for found in _do(job, hand, shelf):
            rows.add(found)
        tables.flush()
        return NameDone(
            layers=[layer.path for layer in shelf.opened[len(given) :]],
            rows=rows.write(),
            meant=hand.meant,
            entities=[save_entities(hand.entity_of, job.folder / "entities.npy")] if hand.entity_of else [],
            read_bytes=sum(layer.read_bytes for layer in shelf.opened),
        )


def _do(job: NameJob, hand: Hand, shelf: Shelf) -> Iterator[Found]:
    if job.stage in STAGES:
        hand.derive(job.stage, job.span)
    elif job.stage == MERGE:
        several = [layer for layer in shelf.opened if layer.tables.keys() & job.merged]
        shelf.merge(several, is_oldest=job.is_kept, is_quick=not job.is_kept, only=job.merged)
    elif job.stage == TELL_NAMINGS and job.entities:
        yield from hand.tell_namings(EntityFile.open(job.entities), job.span)
    else:
        yield from hand.resolve(job.stage, job.blocks)
