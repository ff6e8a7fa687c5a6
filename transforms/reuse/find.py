"""The stage's one entry: articles in; clusters, members, passages, novelty out. Pure, blind to the order of rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.candidates import count_pairs, keep_stretches, pair_texts
from transforms.reuse.clusters import Clustered, cluster_texts
from transforms.reuse.links import Judged, judge_pairs
from transforms.reuse.normal import Codes, Normal, normalise_texts
from transforms.reuse.novelty import Novelty, deal_runs, find_old, mark_runs, measure_novelty
from transforms.reuse.passages import report_passages
from transforms.reuse.prints import (
    FACTS,
    Texts,
    collect_texts,
    comparable_codes,
    describe_bodies,
    describe_prints,
    order_prints,
    place_prints,
)
from transforms.reuse.radix import drop_repeats, sort_numbers, sort_pieces
from transforms.reuse.report import Reuse, report_reuse
from transforms.reuse.settings import DEFAULT_SETTINGS, ReuseSettings
from transforms.reuse.shingles import PARTS, TEXT_BITS, Sampled, deal_shingles, sample_shingles
from transforms.reuse.spill import LayAside, MemorySpill, Spill, lay_frame_aside

TEXTS_AT_A_TIME = 10_000
"""Texts sampled at a time: pieces below 32 MB take memory that the last ones gave back."""

SAMPLED_TEXTS = 150_000
"""Up to so many are sampled all at once; what is sampled of more lies in a file, some 500 bytes of each."""

TEXTS_OF_A_PART = 50_000
"""Old runs are sorted for so many texts at a time: some 40 MB."""

PAIRED_TEXTS = 20_000
"""Pairs are counted for so many texts at a time, or some more: some 10 MB, sorted in the processor's memory."""

Number = TypeVar("Number", np.uint32, np.int64)

Keep = Callable[[str, NDArray[np.uint64]], None]
"""Is handed the distinct keys of all texts, sorted, part by part: `keys` of shingles, then `runs`."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison of all texts gave: pairs that share enough, what they are, and what is new in each text.

    `sizes` are the distinct sampled shingles of each text; `novelty` is none where it was not asked for.
    """

    candidates: pl.DataFrame
    sizes: NDArray[np.int32]
    clustered: Clustered
    novelty: Novelty | None


def find_reuse(articles: pl.LazyFrame | pl.DataFrame, *, settings: ReuseSettings = DEFAULT_SETTINGS) -> Reuse:
    """Find every text that was printed more than once, every passage shared, and how much of each article is new.

    `articles` has the columns FACTS and `body` (see the table `articles`). The canonical print of a text is the
    earliest (undated last), then the longest, then the smallest article_uid and article_id; novelty follows the
    same order, so that a canonical print is never the copy of its copies.
    Raises ContractFault where an article_id comes twice.
    """
    printed = articles.lazy().select(*FACTS, "body").collect()
    normal = normalise_texts(printed["body"])
    described = describe_prints(printed.drop("body"), describe_bodies([normal]))
    return find_among(described, normal, MemorySpill(), settings=settings)


def find_among(described: pl.DataFrame, normal: Normal, spill: Spill, *, settings: ReuseSettings) -> Reuse:
    """Do what `find_reuse` does, from what `describe_prints` gave; without novelty it is null."""
    prints, texts = gather_texts(described, normal, spill, settings=settings)
    compared = compare_texts(texts, spill, settings=settings)
    return report_all(prints, normal, compared, spill, settings=settings)


def gather_texts(
    described: pl.DataFrame, normal: Normal, spill: Spill, *, settings: ReuseSettings
) -> tuple[pl.DataFrame, Texts]:
    """Order prints, and collect their texts; what is said of either lies aside."""
    prints = order_prints(described, spill.lay_aside, settings=settings)
    texts = collect_texts(prints, normal.texts)
    return prints, replace(texts, facts=lay_frame_aside(texts.facts, spill.lay_aside))


def report_all(
    prints: pl.DataFrame, normal: Normal, compared: Compared, spill: Spill, *, settings: ReuseSettings
) -> Reuse:
    """Make the tables of all `prints` (see `order_prints`)."""
    passages = report_passages(compared.clustered.judged, prints, normal, lay_aside=spill.lay_aside)
    placed = place_prints(prints, compared.clustered.members)
    novel_shares = compared.novelty.shares if compared.novelty else None
    reuse = report_reuse(placed, passages, novel_shares, settings=settings)
    return replace(reuse, articles=lay_frame_aside(reuse.articles, spill.lay_aside))


def compare_texts(texts: Texts, spill: Spill, *, settings: ReuseSettings, keep: Keep | None = None) -> Compared:
    """Compare all texts that can be compared, gather them (see `cluster_texts`), and measure what is new in each."""
    candidates, sizes = find_candidates(texts, spill, settings=settings, keep=keep)
    judge = partial(judge_pairs, texts=texts, rest=spill.rest)
    judged = _lay_judged_aside(judge(candidates), spill.lay_aside)
    clustered = _lay_aside(
        cluster_texts(judged, judge, texts.codes.take, texts.facts["is_copied"].arg_true()), spill.lay_aside
    )
    spill.give_back()
    novel = find_novelty(texts, spill, settings=settings, keep=keep) if settings.has_novelty else None
    spill.give_back()
    return Compared(candidates, sizes, clustered, novel)


def _lay_aside(clustered: Clustered, lay_aside: LayAside) -> Clustered:
    judged = _lay_judged_aside(clustered.judged, lay_aside)
    return replace(clustered, judged=judged, members=lay_frame_aside(clustered.members, lay_aside))


def _lay_judged_aside(judged: Judged, lay_aside: LayAside) -> Judged:
    return Judged(*(lay_frame_aside(frame, lay_aside) for frame in (judged.links, judged.passages)))


def find_candidates(
    texts: Texts, spill: Spill, *, settings: ReuseSettings, keep: Keep | None = None
) -> tuple[pl.DataFrame, NDArray[np.int32]]:
    """Pair the texts that share enough (CANDIDATES), one part of the sampled shingles after another.

    Also returns how many distinct sampled shingles each text has.
    """
    sampled, count = _sample(comparable_codes(texts.codes, settings=settings), spill, settings), len(texts.codes.starts)
    for numbers in _iter_numbers(np.arange(count, dtype=np.uint32)):
        for part, keys in enumerate(deal_shingles(sampled.take(numbers), numbers)):
            spill.put("keys", part, keys)
        spill.rest()
    sizes, ranks = np.zeros(count, np.int32), _shuffle(texts)
    pair_parts = 1 << (count // PAIRED_TEXTS).bit_length()
    for keys in _take_sorted(spill, "keys", keep):
        for pieces in pair_texts(keys, ranks, sizes, parts=pair_parts, settings=settings):
            for other, pairs in enumerate(pieces):
                spill.put("pairs", other, pairs)
    counted = count_pairs((spill.take("pairs", part) for part in range(pair_parts)), sizes, settings=settings)
    spill.give_back()
    kept = keep_stretches(counted, texts.codes, sampled, spill.rest, settings=settings)
    return lay_frame_aside(kept, spill.lay_aside), sizes


def _sample(codes: Codes, spill: Spill, settings: ReuseSettings) -> Sampled:
    """Sample all texts; many of them in the order in which they lie, since they may lie in a file."""
    sample = partial(sample_shingles, width=settings.shingle_chars, modulus=settings.sample_modulus)
    if len(codes.starts) <= SAMPLED_TEXTS:
        return sample(codes, spill.make_room)
    starts, ends, filled = np.empty_like(codes.starts), np.empty_like(codes.starts), 0
    for numbers in _iter_numbers(np.argsort(codes.starts)):
        some = sample(codes.take(numbers))
        spill.write("sampled", some.placed)
        starts[numbers], ends[numbers] = some.starts + filled, some.ends + filled
        filled += len(some.placed)
        spill.rest()
    return Sampled(spill.read("sampled"), starts, ends)


def find_novelty(texts: Texts, spill: Spill, *, settings: ReuseSettings, keep: Keep | None = None) -> Novelty:
    """Measure how much of each text stands in no earlier one (see `novelty`), one part of the runs after another."""
    everyone = np.arange(len(texts.codes.starts), dtype=np.uint32)
    for numbers in _iter_numbers(everyone):
        keys = mark_runs(texts.codes.take(numbers.astype(np.int64)), numbers, settings=settings)
        for part, dealt in enumerate(deal_runs(keys)):
            spill.put("runs", part, dealt)
        spill.rest()
    bounds = np.arange(0, len(everyone) + TEXTS_OF_A_PART, TEXTS_OF_A_PART, dtype=np.uint64)
    for keys in _take_sorted(spill, "runs", keep):
        old = sort_numbers(find_old(keys))
        places = np.searchsorted(old, bounds << np.uint64(64 - TEXT_BITS))
        for part in range(len(bounds) - 1):
            spill.put("old", part, old[places[part] : places[part + 1]])
    measured = [Novelty(np.empty(0), pl.Series("marks", [], pl.Binary))]
    for part, numbers in enumerate(_iter_numbers(everyone, TEXTS_OF_A_PART)):
        codes, old = texts.codes.take(numbers.astype(np.int64)), sort_pieces(spill.take("old", part))
        measured.append(measure_novelty(codes, numbers, old, settings=settings))
    return Novelty(np.concatenate([part.shares for part in measured]), pl.concat([part.marks for part in measured]))


def _iter_numbers(numbers: NDArray[Number], at_a_time: int = TEXTS_AT_A_TIME) -> Iterator[NDArray[Number]]:
    for start in range(0, len(numbers), at_a_time):
        yield numbers[start : start + at_a_time]


def _take_sorted(spill: Spill, name: str, keep: Keep | None) -> Iterator[NDArray[np.uint64]]:
    for part in range(PARTS):
        keys = drop_repeats(sort_pieces(spill.take(name, part), first_bit=TEXT_BITS))  # texts were dealt in their order
        if keep is not None:
            keep(name, keys)
        yield keys


def _shuffle(texts: Texts) -> NDArray[np.uint32]:
    """Rank the texts by their hashes: cut copies stand among whole ones then, and old among new."""
    ranks = np.empty(texts.facts.height, np.uint32)
    ranks[np.argsort(texts.facts["hash_a"].to_numpy(), kind="stable")] = np.arange(len(ranks), dtype=np.uint32)
    return ranks
