"""All segments of an index, looked at as one: which slots live, and what is known of them; what is asked is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.segment import (
    PLACES,
    PRINTS,
    TEXTS,
    Segment,
    column,
    spread_ranges,
    take_rows,
)
from transforms.reuse.normal import Codes, hash_texts
from transforms.reuse.shingles import TEXT_MASK

Slots = NDArray[np.uint32]
Rows = NDArray[np.int64]

OF_FIRST_PRINT = ["file_id", "kind", "headline_hash", "headline_chars", "wording_hash"]


@dataclass(frozen=True)
class View:
    """Segments, oldest first; each holds the slots from where the one before it ends."""

    segments: tuple[Segment, ...]

    @property
    def end_slot(self) -> int:
        """Return the first slot that was never given."""
        return self.segments[-1].end_slot if self.segments else 0

    @cached_property
    def is_dead(self) -> NDArray[np.bool_]:
        """Mark the slots that died and whose segment was not merged since."""
        dead = np.zeros(self.end_slot, np.bool_)
        for segment in self.segments:
            dead[segment.dead] = True
        return dead

    @cached_property
    def dead_count(self) -> int:
        """Count these."""
        return sum(len(segment.dead) for segment in self.segments)

    def iter_rows(self, slots: Slots) -> Iterator[tuple[Segment, NDArray[np.int64], Rows]]:
        """Yield, for each segment that holds some of the slots, their places in `slots` and their rows."""
        slots = slots.astype(np.uint32, copy=False)
        for segment in self.segments:
            # numbers below the first slot wrap around to large ones
            places = np.flatnonzero(slots - np.uint32(segment.first_slot) < segment.end_slot - segment.first_slot)
            if len(places):
                yield segment, places, _rows_of(segment, slots[places])

    def gather(self, slots: Slots, name: str) -> NDArray[Any]:
        """Gather one column of numbers of TEXTS."""
        values = np.empty(len(slots), column(self.segments[0].texts, name).dtype if self.segments else np.uint64)
        for segment, places, rows in self.iter_rows(slots):
            values[places] = column(segment.texts, name)[rows]
        return values

    def take_texts(self, slots: Slots) -> pl.DataFrame:
        """Take TEXTS of the slots, in their order, with what their first print says beside its ids."""
        pieces = [_empty(TEXTS | {name: PRINTS[name] for name in OF_FIRST_PRINT})]
        for segment, places, rows in self.iter_rows(slots):
            texts = take_rows(segment.texts, rows)
            said = take_rows(segment.prints.select(OF_FIRST_PRINT), texts["print_from"].to_numpy())
            pieces.append(pl.concat([texts, said, pl.DataFrame({"place": places})], how="horizontal"))
        return pl.concat(pieces).sort("place").drop("place")

    def take_names(self, slots: Slots) -> pl.DataFrame:
        """Take the `slot` and the ids of its first print."""
        pieces = [pl.DataFrame(schema={"slot": pl.UInt32(), "article_uid": pl.String(), "article_id": pl.String()})]
        for segment, places, rows in self.iter_rows(slots):
            first = column(segment.texts, "print_from")[rows]
            named = take_rows(segment.prints.select(["article_uid", "article_id"]), first)
            pieces.append(named.select(pl.Series("slot", slots[places]), "article_uid", "article_id"))
        return pl.concat(pieces)

    def take_prints(self, slots: Slots, *, has_kept: bool = True) -> pl.DataFrame:
        """Take all prints of the slots, with `slot`, `chars`, `hash_a`, `hash_b` and `told_by`.

        And, where they are asked for, with their kept words, a list `kept`.
        """
        pieces = [
            PRINTS.to_frame().with_columns(
                kept=pl.lit([], pl.List(pl.UInt64())),
                **{name: pl.lit(None, TEXTS[name]) for name in ("slot", "chars", "hash_a", "hash_b", "told_by")},
            )
        ]
        for segment, _, rows in self.iter_rows(slots):
            texts = take_rows(segment.texts, rows)
            counts = texts["print_count"].to_numpy().astype(np.int64)
            prints = take_rows(segment.prints, spread_ranges(texts["print_from"].to_numpy().astype(np.int64), counts))
            of_text = pl.Series(np.repeat(np.arange(len(counts)), counts))
            told_by = pl.when(~pl.col("is_alone")).then("told_by")
            said = texts.select("slot", "chars", "hash_a", "hash_b", told_by=told_by)[of_text]
            kept = _take_kept(segment, prints) if has_kept else pl.lit([], pl.List(pl.UInt64()))
            pieces.append(pl.concat([prints.with_columns(kept=kept), said], how="horizontal"))
        return pl.concat([piece.select(pieces[0].columns) for piece in pieces])

    def take_codes(self, slots: Slots) -> Codes:
        """Copy the codes of the slots into one array."""
        lengths = self.gather(slots, "chars").astype(np.int64)
        ends = np.cumsum(lengths)
        codes = np.empty(int(ends[-1]) if len(ends) else 0, np.uint16)
        for segment, places, rows in self.iter_rows(slots):
            starts = column(segment.texts, "code_from")[rows]
            segment.looks.add("codes", starts, starts + lengths[places])
            for place, start in zip(places.tolist(), starts.tolist(), strict=True):
                codes[ends[place] - lengths[place] : ends[place]] = segment.codes[start : start + lengths[place]]
        return Codes(codes, ends - lengths, ends)

    def find_prints(self, article_ids: pl.Series) -> pl.DataFrame:
        """Find living prints by their `article_id`; those that are unknown are missing. Adds their `slot`."""
        wanted, found = hash_strings(article_ids), [pl.DataFrame(schema={"article_id": pl.String, "slot": pl.UInt32})]
        for segment in self.segments:
            rows = segment.id_rows[find_equal(segment.ids, wanted)[0]]
            of_text = np.searchsorted(column(segment.texts, "print_from"), rows, "right") - 1
            slots = column(segment.texts, "slot")[of_text]
            named = take_rows(segment.prints.select(["article_id"]), rows).with_columns(slot=pl.Series(slots))
            found.append(named.filter(pl.Series(~self.is_dead[slots])))
        return pl.concat(found).join(article_ids.to_frame("article_id").unique(), on="article_id", how="semi")

    def find_texts(self, hashes: NDArray[np.uint64]) -> Slots:
        """Find the living slots whose `hash_a` is one of these."""
        found = [np.empty(0, np.uint32)]
        for segment in self.segments:
            rows = segment.hash_rows[find_equal(segment.hashes, hashes)[0]]
            slots = column(segment.texts, "slot")[rows]
            found.append(slots[~self.is_dead[slots]])
        return np.concatenate(found)

    def take_places(self, slots: Slots) -> pl.DataFrame:
        """Take PLACES of the living among the slots: the newest of each."""
        pieces = [PLACES.to_frame()]
        for segment in self.segments:
            rows = find_equal(column(segment.places, "slot"), slots)[0]
            pieces.append(take_rows(segment.places, rows))
        newest = pl.concat(pieces).unique("slot", keep="last", maintain_order=True)
        return newest.filter(pl.Series(~self.is_dead[newest["slot"].to_numpy()])).sort("slot")


def find_equal(sorted_values: NDArray[Any], wanted: NDArray[Any]) -> tuple[Rows, NDArray[np.int64]]:
    """Find all places of each wanted value; also say how many places each has."""
    starts = np.searchsorted(sorted_values, wanted, "left")
    counts = np.searchsorted(sorted_values, wanted, "right") - starts
    return spread_ranges(starts, counts), counts


def _rows_of(segment: Segment, slots: Slots) -> Rows:
    """Find the rows of slots of a segment; where none was left out, they are where they were put."""
    if segment.texts.num_rows == segment.end_slot - segment.first_slot:
        return slots.astype(np.int64) - segment.first_slot
    return np.searchsorted(column(segment.texts, "slot"), slots)


def hash_strings(strings: pl.Series) -> NDArray[np.uint64]:
    """Hash strings by their UTF-8, the same on every machine."""
    arrow = strings.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, data = arrow.buffers()
    places = np.frombuffer(offsets, np.int64)[arrow.offset : arrow.offset + len(arrow) + 1]
    return hash_texts(
        Codes(np.frombuffer(data or b"", np.uint8).astype(np.uint16), places[:-1].copy(), places[1:].copy())
    )[0]


def slots_of(keys: NDArray[np.uint64]) -> Slots:
    """Give the slots of keys."""
    return (keys & np.uint64(TEXT_MASK)).astype(np.uint32)


def _take_kept(segment: Segment, prints: pl.DataFrame) -> pl.Series:
    starts, counts = (prints[name].to_numpy().astype(np.int64) for name in ("kept_from", "kept_count"))
    words = pl.DataFrame(
        {"at": np.repeat(np.arange(len(counts)), counts), "word": segment.kept[spread_ranges(starts, counts)]}
    )
    lists = words.group_by("at", maintain_order=True).agg(kept="word")
    empty = pl.lit([], pl.List(pl.UInt64()))
    return (
        pl.DataFrame({"at": np.arange(len(counts))})
        .join(lists, on="at", how="left", maintain_order="left")
        .select(pl.col("kept").fill_null(empty))
        .to_series()
    )


def _empty(schema: dict[str, pl.DataType] | pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(schema={**schema, "place": pl.Int64()})
