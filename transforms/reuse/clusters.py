"""From verified links to clusters in which every text was compared with the canonical one.

Texts are numbered in the order of print, so the smallest number of a cluster is its canonical text.
"""

from collections.abc import Callable, Iterable

import polars as pl

Judge = Callable[[pl.DataFrame], pl.DataFrame]
"""`text_a`, `text_b`, `rare_count` in; the same rows with `verdict` and `similarity_share` out."""

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

NO_CANDIDATE = pl.lit(1, pl.UInt32)
"""`rare_count` of a pair that did not come from shingles: its link to the group is no boilerplate."""


def cluster_texts(links: pl.DataFrame, judge: Judge) -> pl.DataFrame:
    """List the texts that are a variant or an excerpt of another one; canonical texts themselves are left out.

    `links` are judged candidates (see `judge_pairs`). Returns `text`, `canonical`, `role` (variant,
    excerpt), `similarity_share` and `whole_*` (see MEMBERS); a text has one row at most.
    """
    variants = _gather_variants(links, judge)
    return pl.concat([variants, _attach_excerpts(links, variants, judge)]).sort("text")


def find_roots(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Map each number to the smallest one of its connected group (union-find, halving paths)."""
    parent: dict[int, int] = {}

    def root_of(number: int) -> int:
        parent.setdefault(number, number)
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for a, b in edges:
        first, second = sorted((root_of(a), root_of(b)))
        parent[second] = first
    return {number: root_of(number) for number in list(parent)}


def _gather_variants(links: pl.DataFrame, judge: Judge) -> pl.DataFrame:
    """Group linked texts and judge each against the first; those unlike it group among themselves."""
    edges = links.filter(verdict="variant")
    gathered = [MEMBERS.to_frame()]
    while edges.height:
        stars = _find_stars(edges)
        members = _judge_parts(stars, links, judge).filter(pl.col("verdict") != "apart")
        gathered.append(members.select(MEMBERS.names()))
        # a canonical text has a link of its own, so each round places two texts at least, and the loop ends
        placed = pl.concat([stars["canonical"], members["text"]]).unique().implode()
        edges = edges.filter(~pl.col("text_a").is_in(placed) & ~pl.col("text_b").is_in(placed))
    return pl.concat(gathered)


def _find_stars(edges: pl.DataFrame) -> pl.DataFrame:
    """Pair the first text of each connected group, as `canonical`, with each other one, as `text`."""
    roots = find_roots(edges.select("text_a", "text_b").iter_rows())
    return pl.DataFrame({"text": list(roots), "canonical": list(roots.values())}, schema_overrides=MEMBERS).filter(
        pl.col("text") != pl.col("canonical")
    )


def _attach_excerpts(links: pl.DataFrame, variants: pl.DataFrame, judge: Judge) -> pl.DataFrame:
    """Hang texts of no group on the longer one they are a piece of: as leaves, so that they join no two groups."""
    judged = _judge_parts(_find_hosts(links, variants), links, judge).filter(verdict="excerpt")
    excerpts = judged.select(MEMBERS.names())
    compounds = _find_compounds(pl.concat([excerpts, variants]))
    return (
        excerpts.join(compounds, on="canonical", how="anti")
        .sort("text", "similarity_share", "canonical", descending=[False, True, False])
        .unique("text", keep="first", maintain_order=True)
    )


def _find_hosts(links: pl.DataFrame, variants: pl.DataFrame) -> pl.DataFrame:
    """Pair each piece, as `text`, with the `canonical` text of what holds it."""
    grouped = pl.concat([variants["text"], variants["canonical"]]).unique().implode()
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
    reached = pl.col("whole_to").cum_max().shift(1, fill_value=0).over("canonical", order_by="whole_from")
    is_apart = pl.col("whole_from") > pl.col("reached") - OVERLAP_CHARS
    added = pl.max_horizontal(pl.col("whole_to") - pl.max_horizontal("whole_from", "reached"), 0)
    return (
        members.with_columns(reached=reached)
        .group_by("canonical")
        .agg(filled=added.sum() / pl.col("whole_chars").first(), parts=is_apart.sum())
        .filter((pl.col("filled") >= FILLED_SHARE) & (pl.col("parts") > 1))
        .select("canonical")
    )


def _judge_parts(stars: pl.DataFrame, links: pl.DataFrame, judge: Judge) -> pl.DataFrame:
    """Add the columns of MEMBERS and the `verdict` to `stars` (`text`, `canonical`), from `links` where known."""
    pairs = stars.with_columns(
        text_a=pl.min_horizontal("text", "canonical"), text_b=pl.max_horizontal("text", "canonical")
    ).sort("text_a", "text_b")
    unknown = pairs.join(links, on=["text_a", "text_b"], how="anti").select("text_a", "text_b", rare_count=NO_CANDIDATE)
    judged = pl.concat([links, judge(unknown)])
    is_a = pl.col("canonical") == pl.col("text_a")
    return pairs.join(judged, on=["text_a", "text_b"], maintain_order="left").with_columns(
        role=pl.when(verdict="excerpt").then(pl.lit("excerpt")).otherwise(pl.lit("variant")),
        whole_chars=pl.when(is_a).then("a_chars").otherwise("b_chars"),
        whole_from=pl.when(is_a).then("a_from").otherwise("b_from"),
        whole_to=pl.when(is_a).then("a_to").otherwise("b_to"),
    )
