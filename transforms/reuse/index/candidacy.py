"""Candidate pairs after a change: those that shingles pair newly or otherwise, judged; and those that are none now."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.candidates import COUNTED, keep_stretches
from transforms.reuse.index.link_view import find_pairs, pairs_of, take_passages
from transforms.reuse.index.local import number_texts
from transforms.reuse.index.pack import COUNTS, PAIR, pack_links
from transforms.reuse.index.recount import DELTAS, recount_pairs
from transforms.reuse.index.view import Slots, View
from transforms.reuse.links import clip_counts
from transforms.reuse.normal import Codes
from transforms.reuse.radix import distinct
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS, deal_shingles, sample_shingles


@dataclass(frozen=True, slots=True)
class Rejudged:
    """Candidate links (LINKS) that are new or changed, with their PASSAGES; and `lost`, those that are none now.

    Of `judged` ones (their pairs of slots) more than the counts may differ.
    """

    links: pl.DataFrame
    passages: pl.DataFrame
    lost: pl.DataFrame
    judged: pl.DataFrame


def rejudge_pairs(old: View, new: View, hashes: NDArray[np.uint64], *, settings: ReuseSettings) -> Rejudged:
    """Judge the candidate pairs that the sorted `hashes` of changed texts bring about."""
    changes = recount_pairs(old, new, hashes, settings=settings)
    dead = pl.Series(new.is_dead)
    changes = changes.filter(~dead[changes["text_a"]] & ~dead[changes["text_b"]])
    known = find_pairs(new, pairs_of(changes)).filter("is_candidate")
    counted = changes.join(known.select(*PAIR, *COUNTS), on=PAIR, how="left")
    is_complete = pl.col(COUNTS[0]).is_not_null() | (pl.max_horizontal(PAIR) >= old.end_slot)
    unknown = counted.filter(~is_complete & pl.any_horizontal(pl.col(DELTAS) > 0)).select(PAIR)
    counts = pl.concat(
        [
            counted.filter(is_complete).select(
                *PAIR,
                *(pl.col(count).fill_null(0) + pl.col(delta) for count, delta in zip(COUNTS, DELTAS, strict=True)),
            ),
            _count_fully(new, unknown, settings=settings),
        ]
    )
    candidates = _keep_candidates(new, counts, settings)
    lost = known.join(candidates, on=PAIR, how="anti")
    told = [*PAIR, "rare_count", "few_count"]
    counted = clip_counts(candidates).join(clip_counts(known), on=told, how="semi").select(PAIR)
    links, passages = _judge(new, candidates.join(counted, on=PAIR, how="anti"))
    recounted = known.drop(COUNTS).join(candidates.join(counted, on=PAIR, how="semi"), on=PAIR)
    kept = take_passages(new, recounted)
    return Rejudged(
        pl.concat([links, recounted.select(links.columns)]), pl.concat([passages, kept]), lost, links.select(PAIR)
    )


def _judge(new: View, candidates: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    local = number_texts(new, _ends_of(candidates))
    numbered = local.number_pairs(candidates)
    return pack_links(local.judge(numbered), numbered, local.slots)


def _ends_of(pairs: pl.DataFrame) -> Slots:
    return np.unique(np.concatenate([pairs[name].to_numpy() for name in PAIR]))


def _keep_candidates(new: View, counts: pl.DataFrame, settings: ReuseSettings) -> pl.DataFrame:
    """Keep the pairs that are candidates (see `keep_stretches`)."""
    counted = _keep_enough(new, counts, settings).cast(COUNTED)
    small = counted.filter(is_large=0)
    slots = _ends_of(small)
    numbered = small.with_columns(pl.Series(name, np.searchsorted(slots, small[name].to_numpy())) for name in PAIR)
    shared = keep_stretches(numbered.cast(COUNTED), new.take_codes(slots), settings=settings)
    named = shared.with_columns(pl.Series(name, slots)[shared[name]] for name in PAIR)
    return pl.concat([counted.filter(is_large=1).drop("is_large"), named])


def _keep_enough(view: View, counts: pl.DataFrame, settings: ReuseSettings) -> pl.DataFrame:
    """Keep the pairs that share enough, or may do so (see `count_pairs`)."""
    sizes = [pl.Series(view.gather(counts[name].to_numpy(), "sampled")) for name in PAIR]
    smaller = pl.min_horizontal(*sizes)
    shared, rare, few = pl.col("shared_count"), pl.col("rare_count"), pl.col("few_count")
    is_large = (shared >= settings.shared_shingles) & (shared >= settings.shared_share * smaller)
    is_passage = (few >= settings.passage_shingles) | (rare >= settings.common_shingles)
    return counts.with_columns(is_large=is_large).filter(pl.col("is_large") | is_passage)


def _count_fully(new: View, pairs: pl.DataFrame, *, settings: ReuseSettings) -> pl.DataFrame:
    """Count what pairs share of which only the change is known: of those that may share enough."""
    shingles = sample_slots(new, _ends_of(pairs), settings=settings)
    held = pl.DataFrame({"slot": shingles & np.uint64((1 << TEXT_BITS) - 1), "hash": shingles >> np.uint64(TEXT_BITS)})
    held = held.cast({"slot": pl.UInt32})
    common = pairs.join(held, left_on="text_a", right_on="slot").join(
        held, left_on=["text_b", "hash"], right_on=["slot", "hash"]
    )
    shared = common.group_by(PAIR).agg(shared_count=pl.len(), rare_count=pl.len(), few_count=pl.len())
    promising = _keep_enough(new, shared, settings).select(PAIR)
    hashes = distinct(common.join(promising, on=PAIR, how="semi")["hash"].to_numpy().copy())
    counts = recount_pairs(View(()), new, hashes, settings=settings).join(promising, on=PAIR, how="semi")
    return counts.select(*PAIR, **dict(zip(COUNTS, map(pl.col, DELTAS), strict=True)))


def sample_slots(view: View, slots: Slots, *, settings: ReuseSettings) -> NDArray[np.uint64]:
    """List the distinct keys of the sampled shingles of texts of the index, sorted."""
    return sample_codes(view.take_codes(slots), slots, settings=settings)


def sample_codes(codes: Codes, slots: Slots, *, settings: ReuseSettings) -> NDArray[np.uint64]:
    """List the distinct keys of the sampled shingles of the texts that can be compared, sorted."""
    chosen = np.flatnonzero(codes.lengths >= settings.comparable_chars)
    sampled = sample_shingles(codes.take(chosen), width=settings.shingle_chars, modulus=settings.sample_modulus)
    return distinct(np.concatenate(deal_shingles(sampled, slots[chosen])))
