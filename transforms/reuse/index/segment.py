"""A segment of the index: what one run added to it, or several merged. It is never changed; a newer one overrules it.

A text is known by its slot, a number given once. A slot stands for one content with one set of prints: where a print
comes or goes, the text moves to a new slot, and the old one is dead. So whatever is said of a slot, or of two, holds
for ever, but for what hangs on other texts: `links` and `places`, where the newest segment that names them is right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any, cast

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from transforms.reuse.arrow import as_arrow, without_rows
from transforms.reuse.index.looks import Looks
from transforms.reuse.index.runs import find_runs
from transforms.reuse.prints import DATES
from transforms.reuse.spill import LayAside

Array = NDArray[Any]

TEXTS = pl.Schema(
    {
        "slot": pl.UInt32(),
        "hash_a": pl.UInt64(),
        "hash_b": pl.UInt64(),
        "told_by": pl.UInt64(),
        "is_alone": pl.Boolean(),
        "code_from": pl.Int64(),
        "chars": pl.UInt32(),
        "sampled": pl.UInt32(),
        "print_from": pl.UInt32(),
        "print_count": pl.UInt32(),
        "first_day": pl.Int32(),
        **dict.fromkeys(DATES, pl.Date()),
    }
)
"""By slot. `told_by` besides the hashes tells texts apart (`is_alone`: equal to none); `sampled` shingles; the prints
are rows `print_from` on of PRINTS, DATES those of the first and the last, and `first_day` the days since 1970 of the
first (LAST_DAY where it is unknown)."""

PRINTS = pl.Schema(
    {
        "article_id": pl.String(),
        "article_uid": pl.String(),
        "file_id": pl.String(),
        "kind": pl.String(),
        "published_on": pl.Date(),
        "date_lower": pl.Date(),
        "date_upper": pl.Date(),
        "headline_chars": pl.UInt32(),
        "headline_hash": pl.UInt64(),
        "wording_hash": pl.UInt64(),
        "kept_from": pl.Int64(),
        "kept_count": pl.UInt32(),
    }
)
"""By text, and in the order of print. `kept_*`: the words of `kept` that say what was kept of the body."""

LINKS = pl.Schema(
    {
        "text_a": pl.UInt32(),
        "text_b": pl.UInt32(),
        "is_gone": pl.Boolean(),
        "is_candidate": pl.Boolean(),
        "shared_count": pl.UInt32(),
        "rare_count": pl.UInt32(),
        "few_count": pl.UInt32(),
        "rule_id": pl.String(),
        "verdict": pl.String(),
        "similarity_share": pl.Float64(),
        "is_common": pl.Boolean(),
        "is_boilerplate": pl.Boolean(),
        "a_chars": pl.UInt32(),
        "b_chars": pl.UInt32(),
        "a_from": pl.Int32(),
        "a_to": pl.Int32(),
        "b_from": pl.Int32(),
        "b_to": pl.Int32(),
        "passage_from": pl.UInt32(),
        "passage_count": pl.UInt32(),
    }
)
"""By slots, text_a < text_b. `is_candidate`: shingles pair the two; else grouping asked for it. `is_gone`: no more."""

PASSAGES = pl.Schema(dict.fromkeys(("a_from", "a_to", "b_from", "b_to", "equal_chars"), pl.Int32()))
"""What two texts share, in the order of LINKS."""

PLACES = pl.Schema(
    {
        "slot": pl.UInt32(),
        "canonical": pl.UInt32(),
        "role": pl.String(),
        "similarity_share": pl.Float64(),
        "is_leaf": pl.Boolean(),
        "is_shared": pl.Boolean(),
        "is_quoting": pl.Boolean(),
        "novelty_share": pl.Float64(),
        "marks": pl.Binary(),
    }
)
"""By slot: the text that its cluster is around (itself, where it is alone), what it is to that, how much is new.

`is_leaf`: hung on as an excerpt, not gathered. `is_shared`: its cluster has other prints. `is_quoting`: see
`find_quoting`. `marks`: see `Novelty`."""

ID_BYTES = 32
"""Room for the id of a rule in a record."""
RECORD_TYPES = {pl.UInt32: "<u4", pl.Int32: "<i4", pl.Float64: "<f8", pl.Boolean: "?", pl.String: f"S{ID_BYTES}"}
RECORD = np.dtype([(name, RECORD_TYPES[kind.base_type()]) for name, kind in LINKS.items()])

FRAMES: Mapping[str, pl.Schema] = {
    "texts": TEXTS,
    "prints": PRINTS,
    "links": LINKS,
    "passages": PASSAGES,
    "places": PLACES,
}
ROW_BITS = np.uint64(32)
ROW_MASK = np.uint64((1 << 32) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Tables as record batches (that of links: see `to_records`), which can be mapped, and arrays to find rows by.

    `codes` and `kept` are those of texts and prints; `keys` the sorted keys of sampled shingles, and `runs` those of
    marked runs, of each of which the first holder stands first; both have fences (see `runs`). `dead` are the slots
    that died with this segment. `ids` and `hashes` find the row of a print by the hash of its article_id, and that of a
    text by its `hash_a`; `pairs` are the two slots of each link, and `backs` the second slot and the row. `looks` notes
    what is looked at of the arrays that it names.
    """

    first_slot: int
    end_slot: int
    texts: pa.RecordBatch
    prints: pa.RecordBatch
    links: pa.RecordBatch
    passages: pa.RecordBatch
    places: pa.RecordBatch
    codes: NDArray[np.uint16]
    kept: NDArray[np.uint64]
    keys: NDArray[np.uint64]
    runs: NDArray[np.uint64]
    key_fences: NDArray[np.uint32]
    run_fences: NDArray[np.uint32]
    dead: NDArray[np.uint32]
    ids: NDArray[np.uint64]
    id_rows: NDArray[np.uint32]
    hashes: NDArray[np.uint64]
    hash_rows: NDArray[np.uint32]
    pairs: NDArray[np.uint64]
    backs: NDArray[np.uint64]
    looks: Looks = field(default_factory=Looks)

    def find_keys(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the keys of each of the sorted hashes (see `find_runs`)."""
        return find_runs(self.keys, self.key_fences, hashes, partial(self.looks.add, "keys"))

    def find_marked(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the marked runs of each of the sorted hashes (see `find_runs`)."""
        return find_runs(self.runs, self.run_fences, hashes, partial(self.looks.add, "runs"))

    def with_links(self, links: pl.DataFrame, passages: pl.DataFrame) -> "Segment":
        """Put in other links, with their passages, in the order of the slots."""
        pairs, backs = index_links(links)
        batches = {"links": to_records(links), "passages": to_batch(passages, PASSAGES)}
        return replace(self, pairs=pairs, backs=backs, **batches)

    def laid_aside(self, lay_aside: LayAside, names: Sequence[str]) -> "Segment":
        """Have some tables lie aside."""
        return replace(self, **{name: lay_aside(getattr(self, name)) for name in names})

    def with_range(self, first_slot: int, end_slot: int, dead: NDArray[np.uint32]) -> "Segment":
        """Say which slots are the segment's, and which died with it."""
        return replace(self, first_slot=first_slot, end_slot=end_slot, dead=dead)

    def with_places(self, places: pl.DataFrame) -> "Segment":
        """Put in other places."""
        return replace(self, places=to_batch(places.sort("slot"), PLACES))


ARRAYS = tuple(
    each.name
    for each in fields(Segment)
    if each.name not in FRAMES and each.name not in ("first_slot", "end_slot", "looks")
)


def to_batch(frame: pl.DataFrame, schema: pl.Schema) -> pa.RecordBatch:
    """Lay a frame out as one record batch with the columns of the schema."""
    table = frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items()).rechunk()
    arrow = table.to_arrow(compat_level=pl.CompatLevel.oldest())
    return arrow.combine_chunks().to_batches()[0] if len(arrow) else without_rows(arrow.schema)


def take_rows(batch: pa.RecordBatch, rows: NDArray[Any]) -> pl.DataFrame:
    """Take some rows of a batch; only these are read."""
    return cast("pl.DataFrame", pl.from_arrow(batch.take(as_arrow(rows))))


def to_records(links: pl.DataFrame) -> pa.RecordBatch:
    """Lay links out one after another, all columns of one together: those of a text are read at one look."""
    records = np.zeros(links.height, RECORD)
    for name in LINKS.names():
        records[name] = links[name].to_numpy()
    packed = pa.Array.from_buffers(
        pa.binary(RECORD.itemsize), len(records), [None, pa.py_buffer(records.view(np.uint8))]
    )
    return pa.RecordBatch.from_arrays([packed], ["record"])


def take_records(batch: pa.RecordBatch, rows: NDArray[Any] | None = None) -> pl.DataFrame:
    """Take some links, or all; only these are read."""
    taken = batch if rows is None else batch.take(as_arrow(rows))
    packed = taken.column(0)
    first = packed.offset * RECORD.itemsize
    records = np.frombuffer(packed.buffers()[1] or b"", np.uint8)[first : first + len(packed) * RECORD.itemsize]
    named = records.view(RECORD)
    texts = {name: named[name].astype(str) if kind == pl.String else named[name] for name, kind in LINKS.items()}
    return pl.DataFrame(texts).cast(LINKS)


def column(batch: pa.RecordBatch, name: str) -> Array:
    """Look at a column of whole numbers without nulls, where it lies; pyarrow itself would load pandas for it."""
    values = batch.column(name)
    numbers: Array = np.frombuffer(values.buffers()[1] or b"", values.type.to_pandas_dtype())
    return numbers[values.offset : values.offset + len(values)]


def index_links(links: pl.DataFrame) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Make the arrays that links are found by, `pairs` and `backs`, from links in the order of their slots."""
    a, b = (links[f"text_{side}"].to_numpy().astype(np.uint64) for side in ("a", "b"))
    return a << ROW_BITS | b, np.sort(b << ROW_BITS | np.arange(len(b), dtype=np.uint64))


def sort_rows(numbers: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Sort numbers; give the row that each came from too."""
    rows = np.argsort(numbers, kind="stable").astype(np.uint32)
    return numbers[rows], rows


def spread_ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """List the places of ranges, one range after another."""
    ends = np.cumsum(counts)
    return np.repeat(starts - ends + counts, counts) + np.arange(int(ends[-1]) if len(ends) else 0)
