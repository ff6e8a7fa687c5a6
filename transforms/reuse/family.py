"""Whether two texts differ where a form has its slots: there where other texts that fill it in differ too.

Of one pair alone another name may be an editor's word. Where more reports of that form are there, each with a name of
its own in that place, it is none: an editor's words fall anywhere in a text, and who mends a report leaves most slots.
"""

from collections.abc import Callable
from enum import IntEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.align import align_text, choose_room, make_blocks, make_index
from transforms.reuse.changes import Count, weigh_gap
from transforms.reuse.compiled import Bytes, Characters, Counts, Hashes, Places, compiled
from transforms.reuse.dateline import find_dateline
from transforms.reuse.evidence import tabulate_kinds
from transforms.reuse.gaps import GAP_CHARS, is_within, make_row
from transforms.reuse.links import PAIR
from transforms.reuse.normal import Codes
from transforms.reuse.votes import LATER_EDITIONS

Take = Callable[[NDArray[np.int64]], Codes]
"""Gives the texts of some numbers, in their order."""

LIKE = 0.5
"""So much of two texts is equal where they show which places of a form are its slots."""

LEAST_SIBLINGS, MOST_SIBLINGS = 2, 8
"""So many others that fill in the form: the first in print. One may differ in a place by chance."""

LEAST_SLOTS, LEAST_SLOTS_LATE = 2, 1
"""Within a week one word may be mended, or stand in a paper's own front."""

FILLED = 0.5
"""Who fills in a form again writes so many other words, by those that others write; who mends a report writes fewer."""

CHANCE = 0.25
"""An editor's words would all fall into slots this often at most."""


class Held(IntEnum):
    """What is counted of a text and another one.

    Words and numbers that are others (`slots`), of these the ones `held`, which lie where it differs from siblings, all
    `places` where it does, and the slots `of_siblings` together.
    """

    slots = 0
    held = 1
    places = 2
    of_siblings = 3


def find_filled_in(links: pl.DataFrame, take: Take) -> pl.Series:
    """Find the variants among links (LINKS) that fill in one form, each in its own words, as pairs (see PAIR).

    The links of both texts have to be there, all of them.
    """
    asked = _ask(links)
    held = pl.concat([asked, _hold(asked, take)], how="horizontal")
    slots, siblings = pl.col("slots"), pl.col("siblings").list.len()
    is_filled_in = (
        (slots >= pl.col("least_slots"))
        & (pl.col("held") == slots)
        & (slots * siblings >= FILLED * pl.col("of_siblings"))
        & ((pl.col("places") / pl.col("chars")) ** slots <= CHANCE)
    )
    told = held.group_by("pair").agg(is_filled_in=is_filled_in.all())
    return told.filter("is_filled_in")["pair"].sort()


def _ask(links: pl.DataFrame) -> pl.DataFrame:
    """List the variants by `pair`, from each side that has enough `siblings`: a `text`, and the `other` one.

    A sibling fills in the form of the text, and is no copy of the other one.
    """
    forms = links.filter((pl.col("verdict") == "form") & (pl.col("similarity_share") >= LIKE))
    filled_in = pl.concat([forms["text_a"], forms["text_b"]]).unique().implode()
    is_either = pl.col("text_a").is_in(filled_in) | pl.col("text_b").is_in(filled_in)
    variants = _both_ways(links.filter((pl.col("verdict") == "variant") & is_either))
    of_form = _both_ways(forms).select("text", sibling="other")
    asked = variants.join(of_form, on="text")
    asked = asked.join(variants.select("other", sibling="text"), on=["other", "sibling"], how="anti")
    return (
        asked.with_columns(pair=PAIR)
        .group_by("pair", "text", "other", "least_slots")
        .agg(siblings=pl.col("sibling").sort().head(MOST_SIBLINGS))
        .filter(pl.col("siblings").list.len() >= LEAST_SIBLINGS)
        .sort("pair", "text")
    )


def _both_ways(links: pl.DataFrame) -> pl.DataFrame:
    least = pl.when(pl.col("rule_id").is_in(LATER_EDITIONS)).then(LEAST_SLOTS_LATE).otherwise(LEAST_SLOTS)
    sides = (("text_a", "text_b"), ("text_b", "text_a"))
    return pl.concat([links.select("text_a", "text_b", text=a, other=b, least_slots=least) for a, b in sides])


def _hold(asked: pl.DataFrame, take: Take) -> pl.DataFrame:
    """Hold each text against the other one and its siblings: the columns of Held, and its `chars`."""
    siblings, counts = asked["siblings"].explode().to_numpy(), asked["siblings"].list.len().to_numpy()
    named = np.concatenate([asked["text"].to_numpy(), asked["other"].to_numpy(), siblings])
    numbers, places = np.unique(named, return_inverse=True)
    texts = take(numbers.astype(np.int64))
    text, other, sibling = np.split(places.astype(np.int64), [asked.height, 2 * asked.height])
    found, longest = np.zeros((asked.height, len(Held)), np.int32), int(texts.lengths.max(initial=1))
    room = *make_index(longest), make_blocks(longest), np.empty(longest, np.uint8), np.empty(longest, np.uint8)
    given = texts.codes, texts.starts, texts.ends, text, other, sibling, np.cumsum(counts, dtype=np.int64)
    _hold_all(*given, tabulate_kinds(), *room, make_row(), np.empty(len(Count), np.int64), found)
    return pl.DataFrame(found, schema=list(Held.__members__)).with_columns(chars=pl.Series(texts.lengths[text]))


@compiled
def _hold_all(
    codes: Characters,
    starts: Places,
    text_ends: Places,
    text: Places,
    other: Places,
    sibling: Places,
    sibling_ends: Places,
    kinds: Bytes,
    heads: Counts,
    nexts: Counts,
    marks: Hashes,
    is_indexed: Bytes,
    blocks: Counts,
    is_equal: Bytes,
    is_other: Bytes,
    row: Places,
    counts: Places,
    found: Counts,
) -> None:
    """Hold the words in which each text differs from the other one against the places where it does from siblings."""
    first = 0
    for asked in range(len(text)):
        a = codes[starts[text[asked]] : text_ends[text[asked]]]
        is_other[: len(a)] = 0
        for at in range(first, sibling_ends[asked]):
            b = codes[starts[sibling[at]] : text_ends[sibling[at]]]
            mine = blocks[: _align(a, b, heads, nexts, marks, is_indexed, blocks)]
            _mark_other(a, b, mine, is_equal, is_other)
            found[asked, Held.of_siblings] += _count_slots(a, b, mine, kinds, row, counts, is_other)[0]
        first = sibling_ends[asked]
        b = codes[starts[other[asked]] : text_ends[other[asked]]]
        mine = blocks[: _align(a, b, heads, nexts, marks, is_indexed, blocks)]
        slots, held = _count_slots(a, b, mine, kinds, row, counts, is_other)
        found[asked, Held.slots], found[asked, Held.held] = slots, held
        for at in range(len(a)):
            found[asked, Held.places] += is_other[at]


@compiled
def _align(
    a: Characters, b: Characters, heads: Counts, nexts: Counts, marks: Hashes, is_indexed: Bytes, blocks: Counts
) -> int:
    """Align two texts, the shorter one first."""
    short, long = (b, a) if len(a) > len(b) else (a, b)
    is_indexed[0], room = 0, choose_room(len(short))
    return align_text(short, long, heads[:room], nexts, marks[: room // 8], is_indexed, blocks)


@compiled
def _mark_other(a: Characters, b: Characters, blocks: Counts, is_equal: Bytes, is_other: Bytes) -> None:
    """Mark the places of a that no block holds."""
    side = int(len(a) > len(b))
    is_equal[: len(a)] = 0
    for block in range(len(blocks)):
        is_equal[blocks[block, side] : blocks[block, side] + blocks[block, 2]] = 1
    for at in range(len(a)):
        is_other[at] |= 1 - is_equal[at]


@compiled
def _count_slots(
    a: Characters, b: Characters, blocks: Counts, kinds: Bytes, row: Places, counts: Places, is_other: Bytes
) -> tuple[int, int]:
    """Count the small gaps in which words or numbers are others, and of these the ones that lie in places marked."""
    side, other = int(len(a) > len(b)), int(len(a) <= len(b))
    a_line, b_line, a_end, b_end, slots, held = find_dateline(a), find_dateline(b), 0, 0, 0, 0
    for block in range(len(blocks) + 1):
        at_a, at_b = len(a), len(b)
        if block < len(blocks):
            at_a, at_b = blocks[block, side], blocks[block, other]
        is_small = 0 <= at_a - a_end <= GAP_CHARS and 0 <= at_b - b_end <= GAP_CHARS
        if is_small and not (is_within(a_line, a_end, at_a) and is_within(b_line, b_end, at_b)):
            counts[:] = 0
            weigh_gap(a, a_end, at_a, b, b_end, at_b, kinds, row, counts)
            if counts[Count.slot_count] + counts[Count.changed_numerals]:
                slots += 1
                held += 2 * is_other[a_end:at_a].sum() >= at_a - a_end
        if block < len(blocks):
            a_end, b_end = at_a + blocks[block, 2], at_b + blocks[block, 2]
    return slots, held
