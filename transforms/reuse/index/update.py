"""An index and what changes: the segment that the change adds, and how the tables differ from before."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.build import build_segment
from transforms.reuse.index.candidacy import Rejudged, rejudge_pairs, sample_codes, sample_slots
from transforms.reuse.index.differ import ReuseDifference, Touched, differ
from transforms.reuse.index.link_view import find_links
from transforms.reuse.index.pack import PAIR, lay_out
from transforms.reuse.index.pool import Pool, pool_prints
from transforms.reuse.index.regroup import regroup_texts
from transforms.reuse.index.renewal import NOVELTY, renew_novelty
from transforms.reuse.index.runs import fence_keys
from transforms.reuse.index.segment import LINKS, PLACES, Segment
from transforms.reuse.index.view import Slots, View, slots_of
from transforms.reuse.normal import Normal
from transforms.reuse.novelty import mark_runs
from transforms.reuse.radix import distinct
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS, TEXT_MASK
from warehouse.errors import ContractFault


@dataclass(frozen=True, slots=True)
class Updated:
    """The segment to add to the index, and how the tables differ."""

    segment: Segment
    difference: ReuseDifference

    @property
    def is_nothing(self) -> bool:
        """Whether no article came or went."""
        return self.segment.first_slot == self.segment.end_slot and not len(self.segment.dead)


def update_index(
    old: View, gone: pl.Series, described: pl.DataFrame, normal: Normal, *, settings: ReuseSettings
) -> Updated:
    """Take the articles `gone` out of an index, and those that `describe_prints` gave in.

    Raises ContractFault where an article that goes is not in the index, one that comes is, or no slot is left.
    """
    pool = pool_prints(old, gone, described, normal, settings=settings)
    draft = _draft(old, pool, settings)
    new = View((*old.segments, draft))
    coming = np.arange(old.end_slot, new.end_slot, dtype=np.uint32)
    changed = np.concatenate([pool.dead, coming])
    rejudged = rejudge_pairs(old, new, _hashes(sample_slots(new, changed, settings=settings)), settings=settings)
    draft = _with_links(draft, [rejudged.links], [rejudged.passages], [rejudged.lost])
    new = View((*old.segments, draft))
    novelty = NOVELTY.to_frame()
    if settings.has_novelty:
        novelty = renew_novelty(old, new, coming, pool.dead, settings=settings)
    seeds = np.unique(np.concatenate([coming, _touched(old, pool.dead, rejudged)]))
    regrouped = regroup_texts(new, seeds[~new.is_dead[seeds]].astype(np.uint32))
    segment = _with_links(
        draft,
        [rejudged.links, regrouped.links],
        [rejudged.passages, regrouped.passages],
        [rejudged.lost, regrouped.lost],
    ).with_places(_add_novelty(old, regrouped.places, novelty))
    new = View((*old.segments, segment))
    renewed = np.setdiff1d(novelty["slot"].to_numpy(), regrouped.slots)
    judged = (rejudged.judged, rejudged.lost, regrouped.links, regrouped.lost)
    touched = Touched(regrouped.slots, renewed, pl.concat(links.select(PAIR) for links in judged))
    return Updated(segment, differ(old, new, touched, described["article_id"], settings=settings))


def _hashes(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return distinct(keys >> np.uint64(TEXT_BITS))


def _draft(old: View, pool: Pool, settings: ReuseSettings) -> Segment:
    """Lay out the new texts, without links and places."""
    count, first = pool.texts.facts.height, old.end_slot
    if first + count > TEXT_MASK:
        raise ContractFault(f"reuse: the index gave {first} slots, and has no more; build it anew")
    slots = np.arange(first, first + count, dtype=np.uint32)
    keys = sample_codes(pool.texts.codes, slots, settings=settings)
    runs = distinct(mark_runs(pool.texts.codes, slots, settings=settings)) if settings.has_novelty else keys[:0]
    sizes = np.bincount(slots_of(keys).astype(np.int64) - first, minlength=count).astype(np.int32)
    return replace(
        build_segment(pool.prints, pool.texts, pool.normal, sizes, first_slot=first),
        keys=keys,
        key_fences=fence_keys(keys),
        runs=runs,
        run_fences=fence_keys(runs),
        dead=pool.dead,
    )


def _touched(old: View, dead: Slots, rejudged: Rejudged) -> Slots:
    """List the texts that a link goes from, or comes to, or is otherwise."""
    changed = (rejudged.judged, rejudged.lost, find_links(old, dead))
    return np.concatenate([links[name].to_numpy() for links in changed for name in PAIR])


def _with_links(
    draft: Segment, links: list[pl.DataFrame], passages: list[pl.DataFrame], lost: list[pl.DataFrame]
) -> Segment:
    """Put links in, those that are lost as gone; the last that names a pair is right."""
    gone = pl.concat(lost).select(LINKS.names()).with_columns(is_gone=pl.lit(value=True))
    newest = pl.concat([gone, *links]).unique(PAIR, keep="last", maintain_order=True)
    held = newest.filter(~pl.col("is_gone")).select(PAIR)
    told = pl.concat(passages).unique()  # of two slots for ever the same, who says it
    return draft.with_links(*lay_out(newest, told.join(held, on=PAIR, how="semi")))


def _add_novelty(view: View, places: pl.DataFrame, novelty: pl.DataFrame) -> pl.DataFrame:
    """Say of places, and of all that were measured, how new the texts are; those that are as before are left out."""
    before = view.take_places(np.union1d(places["slot"].to_numpy(), novelty["slot"].to_numpy()))
    measured_alone = before.join(novelty, on="slot", how="semi").join(places, on="slot", how="anti")
    places = pl.concat([places, measured_alone])
    known = pl.concat([novelty, before.select(NOVELTY.names()).join(novelty, on="slot", how="anti")])
    named = places.drop(NOVELTY.names()[1:]).join(known, on="slot", how="left").select(PLACES.names())
    return named.join(before, on=PLACES.names(), how="anti", nulls_equal=True).sort("slot")
