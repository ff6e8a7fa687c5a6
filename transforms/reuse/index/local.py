"""Some texts of an index, numbered in the order of print: what the steps of a full build need to work on them alone."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.pack import number_links
from transforms.reuse.index.view import Slots, View
from transforms.reuse.links import LINKS, PASSAGES, Judged, judge_pairs
from transforms.reuse.normal import Codes
from transforms.reuse.prints import Texts


@dataclass(frozen=True, slots=True)
class Local:
    """Text k has the slot `slots[k]`; `facts` say of each what `Texts` asks for."""

    view: View
    slots: Slots
    facts: pl.DataFrame
    _sorted: Slots
    _numbers: NDArray[np.uint32]

    def number(self, slots: pl.Series) -> pl.Series:
        """Give the numbers of slots; all must be among these texts."""
        places = np.searchsorted(self._sorted, slots.to_numpy())
        return pl.Series(slots.name, self._numbers[places], dtype=pl.UInt32)

    def number_pairs(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Turn the slots of pairs into numbers, the smaller one first."""
        return number_links(frame, {side: self.number(frame[f"text_{side}"]) for side in ("a", "b")})

    def recall(self, links: pl.DataFrame, passages: pl.DataFrame | None = None) -> Judged:
        """Take links that the index holds, by slots, for judged pairs."""
        kept = self.number_pairs(links).select(LINKS.names())
        found = PASSAGES.to_frame() if passages is None else self.number_pairs(passages).select(PASSAGES.names())
        return Judged(kept, found)

    def judge(self, pairs: pl.DataFrame) -> Judged:
        """Judge candidate pairs by their numbers (CANDIDATES); only their texts are read."""
        numbers = np.unique(np.concatenate([pairs["text_a"].to_numpy(), pairs["text_b"].to_numpy()]))
        read = self.view.take_codes(self.slots[numbers])
        starts, ends = np.zeros(len(self.slots), np.int64), np.zeros(len(self.slots), np.int64)
        starts[numbers], ends[numbers] = read.starts, read.ends
        return judge_pairs(pairs, Texts(Codes(read.codes, starts, ends), self.facts))


def number_texts(view: View, slots: Slots) -> Local:
    """Put the texts of some slots, sorted, into the order of print: that of their first prints."""
    ordered = view.take_texts(slots).sort(
        "first_date", "chars", "article_uid", "article_id", descending=[False, True, False, False], nulls_last=True
    )
    in_order = ordered["slot"].to_numpy()
    by_slot = np.argsort(in_order)
    return Local(view, in_order, ordered, slots, by_slot.astype(np.uint32))
