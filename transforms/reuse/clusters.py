"""From verified links to clusters in which every text was compared with the canonical one.

Texts are numbered in the order of print, so the smallest number of a cluster is its canonical text.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from transforms.reuse.family import Take, find_filled_in
from transforms.reuse.groups import name_centers
from transforms.reuse.links import PAIR, Judged
from transforms.reuse.standing import find_quoting, mark_boilerplate
from transforms.reuse.votes import find_instances, find_outvoted, keep_members, part_occasions, tie_pieces

Judge = Callable[[pl.DataFrame], Judged]
"""Judges pairs with the columns CANDIDATES."""

MEMBERS = pl.Schema(
    {
        "text": pl.UInt32,
        "canonical": pl.UInt32,
        "role": pl.String,
        "similarity_share": pl.Float64,
        "whole_chars": pl.Int64,
        "whole_from": pl.Int64,
        "whole_to": pl.Int64,
    }
)
"""`whole_*` count in the canonical text: its characters, and where those that the member shares begin and end."""

OVERLAP_CHARS = 20
"""Two pieces that overlap by less lie side by side: a border is damaged or falls in the middle of a word."""

FILLED_SHARE = 0.85
"""A whole that its parts fill so far has nothing of its own but a headline."""

ASKED = {"shared_count": pl.lit(9, pl.UInt32), "rare_count": pl.lit(9, pl.UInt32), "few_count": pl.lit(0, pl.UInt32)}
"""Shingles of a pair that was not paired by them: none that few texts hold, or it would have been."""

CROSSED_MEMBERS = 40
"""An excerpt is held against so many prints of the text it was taken from, and of its own."""

FIRST_PRINTS = 4
"""So many prints of a group may be held to be its first, one after the other."""

CLUSTERED = ("variant", "excerpt", "alike")
AKIN = (*CLUSTERED, "akin")
"""What a member is to the text with most links, and what it is to the first print at least."""


@dataclass(frozen=True, slots=True)
class Clustered:
    """The members of the clusters (MEMBERS; canonical texts are left out), and all pairs that were judged.

    `leaves` are the members that were hung on as excerpts, `quoting` the texts whose passages are no boilerplate (see
    `find_quoting`).
    """

    members: pl.DataFrame
    judged: Judged
    leaves: pl.Series
    quoting: pl.Series


AROUND = pl.Schema({"text": pl.UInt32, "canonical": pl.UInt32, "is_leaf": pl.Boolean, "is_quoting": pl.Boolean})
"""Texts whose place is known already: as that of `Clustered`, the canonical texts too."""


def cluster_texts(
    candidates: Judged, judge: Judge, take: Take, copied: pl.Series, around: pl.DataFrame | None = None
) -> Clustered:
    """List the texts that are a variant or an excerpt of another one, from judged candidates.

    A text is a member of one cluster at most; those `copied` to the letter, each a group of prints, are no excerpts.
    `take` gives the codes of texts. Where the candidates are those of some texts only, with all that these are linked
    to, `around` (AROUND) has what else they share a passage with, and the clusters of that.
    """
    others = AROUND.to_frame() if around is None else around
    instances = candidates.links.filter(find_instances(candidates.links)).select(PAIR).to_series()
    instances = pl.concat([instances, find_filled_in(candidates.links, take)])
    candidates = _tell(candidates, instances, "form")
    judged = candidates.plus(judge(_bridge_groups(candidates.links)))
    variants, judged = _gather_variants(judged, judge)
    excerpts, judged = _attach_excerpts(judged, variants, copied, judge)
    members = pl.concat([variants, excerpts]).sort("text")
    sources = pl.concat([members.select("text", "canonical"), others.select("text", "canonical")])
    quoting = find_quoting(candidates.links, sources)
    quoting = pl.concat([quoting.filter(~quoting.is_in(others["text"].implode())), others.filter("is_quoting")["text"]])
    judged = Judged(mark_boilerplate(judged.links, quoting, sources), judged.passages)
    gathered = others.filter(~pl.col("is_leaf") & (pl.col("text") != pl.col("canonical")))
    homes = pl.concat([each.select("text", "canonical") for each in (variants, gathered)])
    crossed = judge(_cross_groups(judged.links, homes))
    crossed = Judged(crossed.links.with_columns(is_boilerplate=pl.col("verdict") == "form"), crossed.passages)
    return Clustered(members, _tell(judged.plus(crossed), instances, "variant"), excerpts["text"], quoting)


def _tell(judged: Judged, pairs: pl.Series, verdict: str) -> Judged:
    """Give some pairs another verdict; it is taken back in the end, since whom others outvote hangs on who is there."""
    told = pl.when(PAIR.is_in(pairs.implode())).then(pl.lit(verdict)).otherwise("verdict")
    return Judged(judged.links.with_columns(verdict=told), judged.passages)


def _bridge_groups(links: pl.DataFrame) -> pl.DataFrame:
    """Pair the texts with most links of two groups that a member of each, or one third text, is alike or a part of.

    A shingle that dozens of copies hold pairs each with a few neighbours only, and these may be damaged, cut, or pages.
    """
    homes = name_centers(links.filter(verdict="variant"))
    ties = links.filter(pl.col("verdict").is_in(["alike", "akin", "excerpt"])).select("text_a", "text_b")
    for side in ("a", "b"):
        named = homes.rename({"text": f"text_{side}", "center": f"center_{side}"})
        ties = ties.join(named, on=f"text_{side}", how="left")
    ties = ties.select(pl.coalesce("center_a", "text_a").alias("a"), pl.coalesce("center_b", "text_b").alias("b"))
    both = pl.concat([ties, ties.select(a="b", b="a")]).unique().sort("a", "b")
    through = both.select(a="b", b=pl.col("b").shift(-1).over("a")).drop_nulls()
    bridges = pl.concat([ties, through]).filter(pl.col("a") != pl.col("b"))
    return _unjudged(bridges.select(text_a=pl.min_horizontal("a", "b"), text_b=pl.max_horizontal("a", "b")), links)


def _gather_variants(judged: Judged, judge: Judge) -> tuple[pl.DataFrame, Judged]:
    """Group linked texts around the one with most links; those unlike it, or the first, group among themselves."""
    edges = judged.links.filter(verdict="variant").select("text_a", "text_b")
    edges = pl.concat([edges, tie_pieces(judged.links, edges)])
    gathered = [MEMBERS.to_frame()]
    while edges.height:
        centers = name_centers(edges).filter(pl.col("text") != pl.col("center")).rename({"center": "canonical"})
        around, judged = _judge_parts(centers, judged, judge)
        around = part_occasions(keep_members(around, CLUSTERED, judged.links), judged.links)
        held = around.select("text", "role", center="canonical")
        held = pl.concat([held, held.select(text="center", role=pl.lit("variant"), center="center").unique()])
        canonical, members, judged = _hold_against_first(held, judged, judge)
        gathered.append(members.select(MEMBERS.names()))
        # each round places a center and who has a link to it, or leaves a center alone, and the loop ends
        alone = centers["canonical"].filter(~centers["canonical"].is_in(held["center"].implode()))
        placed = pl.concat([canonical["canonical"], members["text"], alone]).unique().implode()
        edges = edges.filter(~pl.col("text_a").is_in(placed) & ~pl.col("text_b").is_in(placed))
    return pl.concat(gathered), judged


def _hold_against_first(held: pl.DataFrame, judged: Judged, judge: Judge) -> tuple[pl.DataFrame, pl.DataFrame, Judged]:
    """Name the first print of each group its canonical text, and keep who is like it; also give all with that name.

    A first print that most of its group are unlike, damaged as it may be, is left to the groups that come after.
    """
    for _ in range(FIRST_PRINTS):
        canonical = held.with_columns(canonical=pl.col("text").min().over("center")).drop("center")
        parts, judged = _judge_parts(canonical.filter(pl.col("text") != pl.col("canonical")), judged, judge)
        members = keep_members(parts, AKIN, judged.links)
        outvoted = find_outvoted(canonical, members)
        if outvoted.is_empty():
            break
        held = held.filter(~pl.col("text").is_in(outvoted.implode()))
    return canonical, members, judged


def _attach_excerpts(
    judged: Judged, variants: pl.DataFrame, copied: pl.Series, judge: Judge
) -> tuple[pl.DataFrame, Judged]:
    """Hang texts of no group on the longer one they are a piece of: as leaves, so that they join no two groups."""
    parts, judged = _judge_parts(_find_hosts(judged.links, variants, copied), judged, judge)
    excerpts = parts.filter(verdict="excerpt").select(MEMBERS.names())
    compounds = _find_compounds(pl.concat([excerpts, variants]))
    attached = (
        excerpts.join(compounds, on="canonical", how="anti")
        .sort("text", "similarity_share", "canonical", descending=[False, True, False])
        .unique("text", keep="first", maintain_order=True)
    )
    return attached, judged


def _cross_groups(links: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Pair the members of two groups that an excerpt or a passage ties: each print of the source holds it too."""
    homes = pl.concat([homes, homes.select(text="canonical", canonical="canonical").unique()])
    members = homes.filter(pl.col("text").rank("ordinal").over("canonical") <= CROSSED_MEMBERS)
    ties = links.filter(~pl.col("is_boilerplate") & (pl.col("b_to") > 0)).select("text_a", "text_b")
    for side in ("a", "b"):
        ties = ties.join(
            homes.rename({"text": f"text_{side}", "canonical": f"group_{side}"}), on=f"text_{side}", how="left"
        )
    ties = ties.select(pl.coalesce("group_a", "text_a").alias("a"), pl.coalesce("group_b", "text_b").alias("b"))
    ties = ties.filter(pl.col("a") != pl.col("b")).unique()
    for side in ("a", "b"):
        ties = ties.join(members.rename({"text": f"text_{side}", "canonical": side}), on=side, how="left")
    crossed = ties.select(pl.coalesce("text_a", "a").alias("a"), pl.coalesce("text_b", "b").alias("b"))
    return _unjudged(crossed.select(text_a=pl.min_horizontal("a", "b"), text_b=pl.max_horizontal("a", "b")), links)


def _unjudged(pairs: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Keep the pairs that were not judged yet, as candidates."""
    asked = pairs.unique().sort("text_a", "text_b")
    judged = links.select(pair=PAIR).filter(pl.col("pair").is_in(asked.select(PAIR).to_series().implode()))
    return asked.filter(~PAIR.is_in(judged["pair"].implode())).select("text_a", "text_b", **ASKED)


def _find_hosts(links: pl.DataFrame, variants: pl.DataFrame, copied: pl.Series) -> pl.DataFrame:
    """Pair each piece of no group, as `text`, with the `canonical` text of what holds it."""
    grouped = pl.concat([variants["text"], variants["canonical"], copied]).unique().implode()
    is_a_part = pl.col("a_chars") < pl.col("b_chars")
    pieces = (
        links.filter(verdict="excerpt")
        .select(
            text=pl.when(is_a_part).then("text_a").otherwise("text_b"),
            host=pl.when(is_a_part).then("text_b").otherwise("text_a"),
        )
        .filter(~pl.col("text").is_in(grouped))
    )
    return (
        # a piece of a piece hangs from the whole
        pieces.filter(~pl.col("host").is_in(pieces["text"].implode()))
        .join(variants.select("canonical", host="text"), on="host", how="left")
        .select("text", canonical=pl.coalesce("canonical", "host"))
        .unique()
    )


def _find_compounds(members: pl.DataFrame) -> pl.DataFrame:
    """Find canonical texts that are made of others: their members lie side by side in them and fill them.

    Two articles that a page lost the border of are two texts; as pieces of it they would become one.
    """
    # one running maximum for all: places in a canonical text lie beyond those in the ones before it
    base = pl.col("canonical").cast(pl.Int64) * (1 << 32)
    reached = ((base + pl.col("whole_to")).cum_max().shift(1, fill_value=0) - base).clip(lower_bound=0)
    is_apart = pl.col("whole_from") > pl.col("reached") - OVERLAP_CHARS
    added = pl.max_horizontal(pl.col("whole_to") - pl.max_horizontal("whole_from", "reached"), 0)
    return (
        members.sort("canonical", "whole_from", maintain_order=True)
        .with_columns(reached=reached)
        .group_by("canonical")
        .agg(filled=added.sum() / pl.col("whole_chars").first(), parts=is_apart.sum())
        .filter((pl.col("filled") >= FILLED_SHARE) & (pl.col("parts") > 1))
        .select("canonical")
    )


def _judge_parts(stars: pl.DataFrame, judged: Judged, judge: Judge) -> tuple[pl.DataFrame, Judged]:
    """Add the columns of MEMBERS and the `verdict` to `stars` (`text`, `canonical`), judging those not judged yet.

    A `role` that `stars` has stays: a copy of what the first print holds among other things is a variant still.
    """
    pairs = stars.with_columns(
        text_a=pl.min_horizontal("text", "canonical"), text_b=pl.max_horizontal("text", "canonical")
    ).sort("text_a", "text_b")
    judged = judged.plus(judge(_unjudged(pairs.select("text_a", "text_b"), judged.links)))
    is_a = pl.col("canonical") == pl.col("text_a")
    role = pl.when(verdict="excerpt").then(pl.lit("excerpt")).otherwise(pl.lit("variant"))
    told = judged.links.filter(PAIR.is_in(pairs.select(PAIR).to_series().implode()))
    parts = pairs.join(told, on=["text_a", "text_b"], maintain_order="left").with_columns(
        **{} if "role" in stars.columns else {"role": role},
        whole_chars=pl.when(is_a).then("a_chars").otherwise("b_chars").cast(pl.Int64),
        whole_from=pl.when(is_a).then("a_from").otherwise("b_from").cast(pl.Int64),
        whole_to=pl.when(is_a).then("a_to").otherwise("b_to").cast(pl.Int64),
    )
    return parts, judged
