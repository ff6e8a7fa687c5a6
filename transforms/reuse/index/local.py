"""Some texts of an index, numbered in the order of print: what the steps of a full build need to work on them alone."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.pack import PAIR, number_links
from transforms.reuse.index.view import Slots, View
from transforms.reuse.links import LINKS, PASSAGES, Judged, judge_pairs
from transforms.reuse.normal import Codes
from transforms.reuse.prints import Texts


@dataclass(frozen=True, slots=True)
class Local:
    """Text k has the slot `slots[k]`."""

    view: View
    slots: Slots
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

    def take_codes(self, numbers: NDArray[np.int64]) -> Codes:
        """Read the texts of some numbers, in their order."""
        return self.view.take_codes(self.slots[numbers])

    def judge(self, pairs: pl.DataFrame) -> Judged:
        """Judge candidate pairs by their numbers (CANDIDATES); only their texts are read."""
        numbers = np.unique(np.concatenate([pairs["text_a"].to_numpy(), pairs["text_b"].to_numpy()]))
        read = self.slots[numbers]
        texts = Texts(self.view.take_codes(read), self.view.take_texts(read))
        among = pairs.with_columns(
            pl.Series(name, np.searchsorted(numbers, pairs[name].to_numpy()), pl.UInt32) for name in PAIR
        )
        judged = judge_pairs(among, texts)
        named = pl.Series(numbers, dtype=pl.UInt32)
        return Judged(
            *(
                frame.with_columns(named[frame[name]].alias(name) for name in PAIR)
                for frame in (judged.links, judged.passages)
            )
        )


def number_texts(view: View, slots: Slots) -> Local:
    """Put the texts of some slots, sorted, into the order of print: that of their first prints."""
    dated = pl.DataFrame({"slot": slots, "day": view.gather(slots, "first_day"), "chars": view.gather(slots, "chars")})
    is_tied = dated.select(pl.struct("day", "chars").is_duplicated()).to_series()
    named = view.take_names(dated.filter(is_tied)["slot"].to_numpy())
    ordered = dated.join(named, on="slot", how="left").sort(
        "day", "chars", "article_uid", "article_id", descending=[False, True, False, False]
    )
    in_order = ordered["slot"].to_numpy()
    return Local(view, in_order, slots, np.argsort(in_order).astype(np.uint32))
