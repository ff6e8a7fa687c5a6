"""Scores clusters and pairs against the families of a made corpus, over unordered pairs of articles.

near: true are two versions of one text; pairs of a version and a part of it (excerpt, round-up, page) don't count;
all others are false, so a page that glues two families together costs false pairs.
reuse: true are also a part and each print that holds at least half of the same passage; pairs that share less of a
text, that only a page links, or an article and its follow-up, don't count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from tests.benches.reuse.prints import COPY_KINDS, LOOK_ALIKES, SITE_KINDS, VERSIONS

ALONE = (*LOOK_ALIKES, "rite")
FOREIGN_VERSIONS = ("orig", "punct", "trad", "light")  # the names that another generator gives its versions
ENOUGH = 0.5  # share of the shorter of two holdings of a text that both must hold
TRUE, IGNORED, FALSE = 1, 0, -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What one finder reached: precision, recall and F1 of both truths, and shares by kind."""

    near: Mapping[str, float]
    reuse: Mapping[str, float]
    recall: Mapping[str, float]
    """Of the copies of each kind, those found with their original."""
    false_positives: Mapping[str, float]
    """Of the look-alikes of each kind, those put into a cluster or a pair; follow-ups: into a cluster."""


def read_gold(path: Path) -> pl.DataFrame:
    """Read the truth: id, cluster, kind, pieces; also from a table of id, cluster, kind, cluster2, a, b."""
    gold = pl.read_parquet(path)
    if "pieces" not in gold.columns:
        own = pl.struct(source="cluster", start=pl.col("a").cast(pl.Float64), end=pl.col("b").cast(pl.Float64))
        guest = pl.struct(source="cluster2", start=pl.lit(0.0), end=pl.lit(1.0))
        pieces = pl.when(pl.col("cluster2") >= 0).then(pl.concat_list(own, guest)).otherwise(pl.concat_list(own))
        gold = gold.select("id", "cluster", "kind", pieces=pieces)
    return gold.sort("id")


def relate(gold: pl.DataFrame) -> pl.DataFrame:
    """Return each pair that shares text (id_a < id_b), or that a page links, with its verdicts `near` and `reuse`."""
    held = gold.explode("pieces").drop_nulls("pieces").unnest("pieces")
    held = held.with_columns(
        is_version=pl.col("kind").is_in([*VERSIONS, *FOREIGN_VERSIONS]) & (pl.col("source") == pl.col("cluster")),
        is_followup=pl.col("kind") == "followup",
        total=(pl.col("end") - pl.col("start")).sum().over("id", "source"),
    ).filter(pl.col("id").n_unique().over("source") > 1)
    shared = pl.min_horizontal("end", "end_b") - pl.max_horizontal("start", "start_b")
    pairs = (
        held.join(held, on="source", suffix="_b")
        .filter(pl.col("id") < pl.col("id_b"))
        .group_by(id_a="id", id_b="id_b", source="source")
        .agg(
            is_near=(pl.col("is_version") & pl.col("is_version_b")).first(),
            is_followup=(pl.col("is_followup") | pl.col("is_followup_b")).first(),
            share=shared.clip(0).sum() / pl.min_horizontal("total", "total_b").first(),
        )
        .group_by("id_a", "id_b")
        .agg(pl.col("is_near").any(), pl.col("is_followup").any(), pl.col("share").max())
        .select(
            "id_a",
            "id_b",
            near=pl.when("is_near").then(TRUE).when("is_followup").then(FALSE).otherwise(IGNORED),
            reuse=pl.when(pl.col("is_near") | ((pl.col("share") >= ENOUGH) & ~pl.col("is_followup")))
            .then(TRUE)
            .otherwise(IGNORED),
        )
    )
    return pl.concat([pairs, _linked_by_pages(held).join(pairs, on=["id_a", "id_b"], how="anti")])


def _linked_by_pages(held: pl.DataFrame) -> pl.DataFrame:
    """Pair the articles of two families that stand on one page: they are no copies of each other."""
    page = held.filter(pl.col("kind") == "page").select("id", "source").unique()
    bridge = page.join(page, on="id").filter(pl.col("source") < pl.col("source_right"))
    member = held.select("id", "source").unique()
    pairs = (
        bridge.select("source", "source_right")
        .unique()
        .join(member, on="source")
        .join(member.rename({"source": "source_right", "id": "id_b"}), on="source_right")
        .filter(pl.col("id") != pl.col("id_b"))
    )
    near, reuse = pl.lit(FALSE, dtype=pl.Int32), pl.lit(IGNORED, dtype=pl.Int32)
    return pairs.select(
        id_a=pl.min_horizontal("id", "id_b"), id_b=pl.max_horizontal("id", "id_b"), near=near, reuse=reuse
    ).unique()


def score(gold: pl.DataFrame, clusters: pl.DataFrame, pairs: pl.DataFrame | None = None) -> Scores:
    """Score clusters (id, cluster: every article) and, for reuse, pairs (a, b): without them, those of clusters."""
    labels = gold.select("id").join(clusters.select("id", found="cluster"), on="id", how="left").sort("id")["found"]
    if labels.null_count() or len(labels) != gold.height:
        raise ValueError(f"{labels.null_count()} articles have no cluster: each needs one, if only its own")
    label = labels.rank("dense").to_numpy().astype(np.int64)
    sizes = np.bincount(label)
    related = relate(gold)
    together = label[related["id_a"].to_numpy()] == label[related["id_b"].to_numpy()]
    named = _distinct(pairs) if pairs is not None else None
    linked = together if named is None else _is_among(related, named)
    in_clusters = float((sizes * (sizes - 1) // 2).sum())
    in_company = sizes[label] > 1
    touched = in_company.copy()
    if named is not None:
        touched[named["id_a"].to_numpy()] = touched[named["id_b"].to_numpy()] = True
    return Scores(
        near=_rates(together, related["near"].to_numpy(), in_clusters),
        reuse=_rates(linked, related["reuse"].to_numpy(), in_clusters if named is None else named.height),
        recall=_recall_by_kind(gold, label, named),
        false_positives=_touched_by_kind(gold, np.where(gold["kind"] == "followup", in_company, touched)),
    )


def _distinct(pairs: pl.DataFrame) -> pl.DataFrame:
    ordered = pairs.select(id_a=pl.min_horizontal("a", "b"), id_b=pl.max_horizontal("a", "b"))
    return ordered.filter(pl.col("id_a") != pl.col("id_b")).unique()


def _is_among(pairs: pl.DataFrame, named: pl.DataFrame) -> np.ndarray:
    marked = pairs.join(named.with_columns(is_named=True), on=["id_a", "id_b"], how="left", maintain_order="left")
    return marked["is_named"].fill_null(value=False).to_numpy()


def _rates(found: np.ndarray, verdicts: np.ndarray, found_in_all: float) -> dict[str, float]:
    hits = float((found & (verdicts == TRUE)).sum())
    counted = found_in_all - float((found & (verdicts == IGNORED)).sum())
    precision = hits / counted if counted else 0.0
    recall = hits / max(1.0, float((verdicts == TRUE).sum()))
    return {"p": precision, "r": recall, "f1": 2 * precision * recall / (precision + recall) if hits else 0.0}


def _recall_by_kind(gold: pl.DataFrame, label: np.ndarray, named: pl.DataFrame | None) -> dict[str, float]:
    originals = gold.filter(pl.col("kind").is_in(["original", "orig"])).select("cluster", original="id")
    copies = gold.filter(~pl.col("kind").is_in(ALONE)).join(originals, on="cluster")
    copies = copies.filter(pl.col("id") != pl.col("original"))
    found = label[copies["id"].to_numpy()] == label[copies["original"].to_numpy()]
    if named is not None:
        ordered = copies.select(id_a=pl.min_horizontal("id", "original"), id_b=pl.max_horizontal("id", "original"))
        found = found | _is_among(ordered, named)
    order = {kind: number for number, kind in enumerate((*COPY_KINDS, *SITE_KINDS))}
    shares = copies.with_columns(found=pl.Series(found)).group_by("kind").agg(pl.col("found").mean())
    return dict(sorted(shares.iter_rows(), key=lambda row: (order.get(row[0], len(order)), row[0])))


def _touched_by_kind(gold: pl.DataFrame, touched: np.ndarray) -> dict[str, float]:
    standing_alone = pl.col("kind").is_in(ALONE) | pl.col("kind").str.starts_with("hn_")
    kinds = gold.with_columns(touched=pl.Series(touched)).filter(standing_alone)
    return dict(sorted(kinds.group_by("kind").agg(pl.col("touched").mean()).iter_rows()))
