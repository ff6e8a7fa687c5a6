"""What an alignment says: how much of each text is aligned, and what shape the differences have.

OCR noise is scattered single characters; another instance of a template differs by runs in slots, and by
its numbers; a shared paragraph is aligned in one piece and the rest not at all.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.align import make_blocks, make_index
from transforms.reuse.changes import DIGIT, NUMERAL, Count
from transforms.reuse.gaps import PASSAGE_CHARS, make_row, weigh_all
from transforms.reuse.normal import NUMERALS, Codes

PLACES = ("pair", "short_from", "short_to", "long_from", "long_to", "equal_chars")
"""Columns of a passage: the row of its pair, where it begins and ends in both texts, characters that are equal."""


NARRATIVE = "我你她咱吧呢吗啊呀着很就又还才都却把没这那么什怎"
"""Pronouns, particles and adverbs that writers use who tell and talk; who fills in a form, or sums up a session, has
few of them (the first dimension of registers in Biber, Variation across Speech and Writing, 1988)."""

PAIRS_AT_A_TIME = 5_000
"""Their texts, where these lie in a file that is mapped, bring some 600 MB of it into memory: 64 kB each."""


def weigh_pairs(
    texts: Codes, short: NDArray[np.int64], long: NDArray[np.int64], rest: Callable[[], None] = lambda: None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Align texts `short[k]` and `long[k]`, which are no shorter, and weigh what is equal and what is not.

    Returns one row a pair, and one row a shared passage (PLACES); equal `short` in a row cost less. `rest` after every
    so many.

    Of a pair, in characters: `anchored_chars` (of the shorter text, in equal blocks of 4 and more), `equal_chars`
    (and in shorter ones between these), `aligned_chars` (small gaps between them included), `passage_chars` (the
    longest aligned piece), `short_from`, `short_to`, `long_from`, `long_to` (where the passages begin and end). Of the
    small gaps: `missed_chars` (not equal), `inserted_chars` (of these, words of one text alone), `slot_chars` and
    `slot_count` (changed words), `kept_numbers`, `changed_numbers`, `changed_numerals`, and
    `changed_occasions` of both (an order or a day); of the wide ones
    `replaced_chars` (other text in the same place). Where words, numerals or datelines differ, `narrative_chars` (of
    the shorter text, those of NARRATIVE). Words and numbers that differ in both datelines are
    `dateline_changes` alone; of the changed words `front_slots` open both texts, where no number is another one.
    """
    evidence, passages = [], [np.empty((0, len(PLACES)), np.int32)]
    for start in range(0, max(len(short), 1), PAIRS_AT_A_TIME):
        some = slice(start, start + PAIRS_AT_A_TIME)
        weighed, found = _weigh_some(texts, short[some], long[some])
        found[:, 0] += start
        evidence.append(weighed)
        passages.append(found)
        rest()
    return (
        pl.DataFrame(dict(zip(Count.__members__, np.concatenate(evidence, axis=1), strict=True))),
        pl.DataFrame(np.concatenate(passages), schema=dict.fromkeys(PLACES, pl.Int32), orient="row"),
    )


def _weigh_some(
    texts: Codes, short: NDArray[np.int64], long: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    lengths = texts.lengths
    evidence = np.zeros((len(Count), len(short)), np.int32)
    passages = np.empty((int((lengths[long] // PASSAGE_CHARS + 1).sum()), len(PLACES)), np.int32)
    longest, counts = int(lengths[short].max(initial=1)), len(Count)
    of_text = *make_index(longest), make_blocks(int(lengths[long].max(initial=1)))
    used, numbers = np.full(longest, -1, np.int32), np.empty(longest + 1, np.int32)
    room = used, numbers, make_row(), np.empty(counts, np.int64), np.empty(counts, np.int64)
    given = texts.codes, texts.starts, texts.ends, short, long, tabulate_kinds(), _narrative()
    found = weigh_all(*given, *of_text, *room, evidence, passages)
    return evidence, passages[:found].copy()  # of the room for all, little is filled


@cache
def tabulate_kinds() -> NDArray[np.uint8]:
    """Tabulate which codes are digits, and which numerals."""
    kinds = np.zeros(1 << 16, np.uint8)
    kinds[ord("0") : ord("9") + 1] = DIGIT
    kinds[[ord(character) for character in NUMERALS]] = NUMERAL
    return kinds


@cache
def _narrative() -> NDArray[np.uint8]:
    """Tabulate which codes are those of NARRATIVE."""
    marked = np.zeros(1 << 16, np.uint8)
    marked[[ord(character) for character in NARRATIVE]] = 1
    return marked
