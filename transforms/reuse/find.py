"""The stage's one entry: articles in; clusters, members, passages, novelty out. Pure, blind to the order of rows."""

from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.candidates import count_pairs, pair_texts
from transforms.reuse.clusters import Clustered, cluster_texts
from transforms.reuse.links import judge_pairs
from transforms.reuse.normal import Normal, normalise_texts
from transforms.reuse.novelty import find_novel_shares
from transforms.reuse.passages import report_passages
from transforms.reuse.prints import (
    FACTS,
    Texts,
    collect_texts,
    comparable_texts,
    describe_prints,
    order_prints,
    place_prints,
)
from transforms.reuse.report import Reuse, report_reuse
from transforms.reuse.settings import DEFAULT_SETTINGS, ReuseSettings
from transforms.reuse.shingles import PARTS, TEXT_BITS, sample_shingles
from transforms.reuse.spill import MemorySpill, Spill

TEXTS_AT_A_TIME = 10_000
"""Texts sampled at a time: pieces below 32 MB take memory that the last ones gave back."""


TEXTS_OF_A_PART = 200_000
"""Pairs are counted for so many first texts at a time: some 150 MB."""


def find_reuse(articles: pl.LazyFrame | pl.DataFrame, *, settings: ReuseSettings = DEFAULT_SETTINGS) -> Reuse:
    """Find every text that was printed more than once, every passage shared, and how much of each article is new.

    `articles` has the columns FACTS and `body` (see the table `articles`). The canonical print of a text is the
    earliest (undated last), then the longest, then the smallest article_uid and article_id; novelty follows the
    same order, so that a canonical print is never the copy of its copies.
    Raises ContractFault where an article_id comes twice.
    """
    printed = articles.lazy().select(*FACTS, "body").collect()
    normal = normalise_texts(printed["body"])
    described = describe_prints(printed.drop("body"), normal)
    return find_among(described, normal, MemorySpill(), settings=settings)


def find_among(described: pl.DataFrame, normal: Normal, spill: Spill, *, settings: ReuseSettings) -> Reuse:
    """Do what `find_reuse` does, from what `describe_prints` gave; without novelty it is null."""
    prints = order_prints(described, settings=settings)
    texts = collect_texts(prints, normal.texts)
    clustered = link_texts(texts, spill, settings=settings)
    novel = find_novel_shares(texts.codes, width=settings.novel_chars) if settings.has_novelty else None
    passages = report_passages(clustered.judged, prints, normal)
    return report_reuse(place_prints(prints, clustered.members), passages, novel, settings=settings)


def link_texts(texts: Texts, spill: Spill, *, settings: ReuseSettings) -> Clustered:
    """Compare all texts that can be compared, and gather them (see `cluster_texts`)."""
    judge = partial(judge_pairs, texts=texts, rest=spill.rest)
    return cluster_texts(judge(find_candidates(texts, spill, settings=settings)), judge)


def find_candidates(texts: Texts, spill: Spill, *, settings: ReuseSettings) -> pl.DataFrame:
    """Pair the texts that share enough (CANDIDATES), one part of the sampled shingles after another."""
    comparable = comparable_texts(texts, settings=settings)
    for start in range(0, len(comparable), TEXTS_AT_A_TIME):
        numbers = comparable[start : start + TEXTS_AT_A_TIME]
        sampled = sample_shingles(
            texts.codes.take(numbers.astype(np.int64)),
            numbers,
            width=settings.shingle_chars,
            modulus=settings.sample_modulus,
        )
        for part, keys in enumerate(sampled):
            spill.put("keys", part, keys)
        spill.rest()
    count = len(texts.codes.starts)
    sizes, ranks = np.zeros(count, np.int32), _shuffle(texts)
    pair_parts = count // TEXTS_OF_A_PART + 1
    for part in range(PARTS):
        pairs = pair_texts(spill.take("keys", part), ranks, sizes, settings=settings)
        for other, dealt in enumerate(_deal_pairs(pairs, pair_parts)):
            spill.put("pairs", other, dealt)
    return count_pairs((spill.take("pairs", part) for part in range(pair_parts)), sizes, settings=settings)


def _shuffle(texts: Texts) -> NDArray[np.uint32]:
    """Rank the texts by their hashes: cut copies stand among whole ones then, and old among new."""
    ranks = np.empty(texts.facts.height, np.uint32)
    ranks[np.argsort(texts.facts["hash_a"].to_numpy(), kind="stable")] = np.arange(len(ranks), dtype=np.uint32)
    return ranks


def _deal_pairs(pairs: NDArray[np.uint64], parts: int) -> list[NDArray[np.uint64]]:
    """Deal pairs by the remainder of their first text."""
    if parts == 1:
        return [pairs]
    part = (pairs >> np.uint64(TEXT_BITS + 2)) % np.uint64(parts)
    order = np.argsort(part.astype(np.uint8), kind="stable")
    ends = np.cumsum(np.bincount(part.astype(np.int64), minlength=parts))
    return np.split(pairs[order], ends[:-1])
