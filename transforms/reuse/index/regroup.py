"""Clusters after a change: made anew for the texts that it touches, and for all that links lead to from there."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from transforms.reuse.clusters import AKIN, AROUND, Clustered, cluster_texts
from transforms.reuse.index.link_view import close_over, find_links, pairs_of, step_over, take_passages
from transforms.reuse.index.local import Local, number_texts
from transforms.reuse.index.pack import PAIR, pack_links, pack_places
from transforms.reuse.index.view import Slots, View
from transforms.reuse.links import Judged

LINKING = (*AKIN, "excerpt")


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Clusters of the texts with the slots `slots`, all that are touched.

    `places` (PLACES, without novelty) of these; `links` (LINKS) that grouping asked for newly, or took for boilerplate
    before or does now, with their `passages`; and `lost`, those that it asks for no more.
    """

    slots: Slots
    places: pl.DataFrame
    links: pl.DataFrame
    passages: pl.DataFrame
    lost: pl.DataFrame


def regroup_texts(view: View, seeds: Slots) -> Regrouped:
    """Group all living texts that candidate links lead to from the seeds, as a full build would.

    Where a text is in another group, its neighbours may quote, or do so no more; so these are grouped too.
    """
    slots = close_over(view, step_over(view, close_over(view, seeds, LINKING)), LINKING)
    links = find_links(view, slots)
    around = _find_around(view, links, slots)
    named = (links["text_a"], links["text_b"], around["slot"], around["canonical"])
    local = number_texts(view, np.union1d(slots, np.concatenate([each.to_numpy() for each in named])).astype(np.uint32))
    others = around.with_columns(text=local.number(around["slot"]), canonical=local.number(around["canonical"]))
    asked = links.filter(~pl.col("is_candidate"))
    clustered = cluster_texts(
        local.recall(links.filter("is_candidate")),
        partial(_judge_once, local, local.recall(asked)),
        local.take_codes,
        pl.Series(view.gather(local.slots, "print_count") > 1).arg_true(),
        others.select(AROUND.names()),
    )
    return _compare(local, slots, clustered, links, asked)


def _find_around(view: View, links: pl.DataFrame, slots: Slots) -> pl.DataFrame:
    """Find the PLACES of the texts that a passage ties the slots to, and of the members of their groups."""
    tied = links.filter(pl.col("is_candidate") & (pl.col("verdict") != "form") & (pl.col("b_to") > 0))
    rim = np.setdiff1d(np.concatenate([tied[name].to_numpy() for name in PAIR]), slots)
    of_rim = view.take_places(rim.astype(np.uint32))
    centers = of_rim.filter(~pl.col("is_leaf"))["canonical"].unique().sort()
    starred = find_links(view, centers.to_numpy())
    near = np.setdiff1d(np.concatenate([starred[name].to_numpy() for name in PAIR]), slots)
    members = view.take_places(near.astype(np.uint32)).filter(pl.col("canonical").is_in(centers.implode()))
    return pl.concat([of_rim, members]).unique("slot", maintain_order=True)


def _judge_once(local: Local, before: Judged, pairs: pl.DataFrame) -> Judged:
    """Judge what was not judged before; pairs of the same slots come out as they did."""
    known = before.links.join(pairs, on=PAIR, how="semi")
    return Judged(known, before.passages).plus(local.judge(pairs.join(known, on=PAIR, how="anti")))


def _compare(local: Local, slots: Slots, clustered: Clustered, links: pl.DataFrame, asked: pl.DataFrame) -> Regrouped:
    """Tell what the grouping asked for from what it had asked for before."""
    candidates = local.number_pairs(links.filter("is_candidate").select(*PAIR))
    before = local.number_pairs(asked.select(PAIR))
    fresh = clustered.judged.links.join(candidates, on=PAIR, how="anti")
    new = fresh.join(before, on=PAIR, how="anti")
    kept = Judged(new, clustered.judged.passages.join(new, on=PAIR, how="semi"))
    packed, passages = pack_links(
        kept,
        pl.DataFrame(schema=dict.fromkeys((*PAIR, "shared_count", "rare_count", "few_count"), pl.UInt32)),
        local.slots,
    )
    lost = asked.filter(~pl.Series(_is_among(before, fresh)))
    turned = _find_turned(local, clustered, links)
    places = pack_places(clustered, local.slots, local.view.gather(local.slots, "print_count"), None)
    return Regrouped(
        slots,
        places.filter(pl.col("slot").is_in(pl.Series(slots).implode())),
        pl.concat([packed, turned.select(packed.columns)]),
        pl.concat([passages, take_passages(local.view, turned).select(passages.columns)]),
        lost,
    )


def _find_turned(local: Local, clustered: Clustered, links: pl.DataFrame) -> pl.DataFrame:
    """Find the links that were boilerplate and are none, or the other way round; they say so."""
    numbered = local.number_pairs(links.select(*PAIR)).with_columns(pair=pl.Series(pairs_of(links), dtype=pl.UInt64))
    marked = numbered.join(clustered.judged.links, on=PAIR).select("pair", is_now="is_boilerplate")
    turned = links.with_columns(pair=pl.Series(pairs_of(links), dtype=pl.UInt64)).join(marked, on="pair")
    return turned.filter(pl.col("is_boilerplate") != pl.col("is_now")).with_columns(is_boilerplate="is_now")


def _is_among(pairs: pl.DataFrame, others: pl.DataFrame) -> pl.Series:
    known = others.select(*PAIR, known=pl.lit(value=True))
    return pairs.join(known, on=PAIR, how="left", maintain_order="left")["known"].fill_null(value=False)
