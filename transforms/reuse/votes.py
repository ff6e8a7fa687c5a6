"""Who of a group of linked texts is no member, and who is one after all: what all its members say weighs more than one.

Among dozens of prints that are damaged, edited or cut there is always a pair that alone would be told wrongly.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.groups import find_roots, name_centers
from transforms.reuse.shape import SHORT_CHARS

SAME_WORDS = 0.98
"""Of two prints that differ in nothing but a dateline so much is equal."""

OTHER_OCCASIONS = ("reuse.other-occasion",)
OTHER_FORMS = ("reuse.template",)
CLOSER = 0.15
"""Among prints of one week noise looks like another form: one of two is closer to the center by so much then."""

DOUBTED = ("akin", "form")
LATER_EDITIONS = ("reuse.edited-later",)
SERIES = 4
"""Of so many copies of a text two say the same; of three each may be edited in its own way."""

OUTVOTING = 3
"""So many members of whom a text is a variant say more than one that noise makes another word of."""


def find_instances(links: pl.DataFrame) -> pl.Series:
    """Mark the links of variants that are none: reports of one form, filled in nearly alike by chance."""
    is_later = links["rule_id"].is_in(LATER_EDITIONS)
    a, b = (links[f"text_{side}"].to_numpy() for side in ("a", "b"))
    count = 1 + int(max(a.max(initial=0), b.max(initial=0)))
    forms, variants = (_count_links(links.filter(verdict=verdict), count) for verdict in ("form", "variant"))
    is_instance = _is_form_of_more(links, forms, variants) | _is_series(a, b, is_later.to_numpy(), variants)
    return is_later & pl.Series(is_instance)


def _count_links(links: pl.DataFrame, count: int) -> NDArray[np.int64]:
    return np.bincount(np.concatenate([links["text_a"].to_numpy(), links["text_b"].to_numpy()]), minlength=count)


def _is_form_of_more(links: pl.DataFrame, forms: NDArray[np.int64], variants: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether both texts fill in a form with others, more often than they are copied; a copy is closer than those."""
    a, b = (links[f"text_{side}"].to_numpy() for side in ("a", "b"))
    of_forms, closest = links.filter(verdict="form"), np.zeros(len(forms))
    for side in ("a", "b"):
        np.maximum.at(closest, of_forms[f"text_{side}"].to_numpy(), of_forms["similarity_share"].to_numpy())
    is_filled_in: NDArray[np.bool_] = forms >= OUTVOTING * np.maximum(variants, 1)
    is_close: NDArray[np.bool_] = links["similarity_share"].to_numpy() > np.maximum(closest[a], closest[b])
    is_more: NDArray[np.bool_] = is_filled_in[a] & is_filled_in[b] & ~is_close
    return is_more


def _is_series(
    a: NDArray[np.uint32], b: NDArray[np.uint32], is_later: NDArray[np.bool_], variants: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether a pair is one of several texts of which no two say the same: of so many copies two would."""
    numbers, roots = find_roots(a[is_later], b[is_later])
    edited = np.bincount(np.concatenate([a[is_later], b[is_later]]), minlength=len(variants))
    sizes = np.bincount(roots, minlength=len(variants))
    copies = np.bincount(roots, weights=(variants - edited)[numbers], minlength=len(variants))
    found = np.zeros(len(variants), np.bool_)
    found[numbers] = (sizes[roots] >= SERIES) & (copies[roots] == 0)
    return found[a] & found[b]


def part_occasions(around: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Leave out the members that tell of another occasion than one that is closer to the center.

    What says word for word what the center says tells nothing that this did not tell of them.
    """
    other = around.filter(pl.col("similarity_share") < SAME_WORDS)
    share = pl.col("similarity_share")
    ranked = other.select("text", center="canonical", rank=share.rank("ordinal"), share=share)
    apart = links.filter(pl.col("rule_id").is_in([*OTHER_OCCASIONS, *OTHER_FORMS]))
    apart = apart.select("text_a", "text_b", is_form=pl.col("rule_id").is_in(OTHER_FORMS))
    for side in ("a", "b"):
        apart = apart.join(ranked.select(pl.all().name.suffix(f"_{side}")), on=f"text_{side}")
    is_far = (pl.col("share_a") - pl.col("share_b")).abs() >= CLOSER
    apart = apart.filter((pl.col("center_a") == pl.col("center_b")) & (~pl.col("is_form") | is_far))
    is_a = pl.col("rank_a") < pl.col("rank_b")
    leaver = pl.when(is_a).then("text_a").otherwise("text_b")
    leaving = apart.filter(~pl.col("is_form") | leaver.is_in(_find_lonely(links).implode()))
    leaving = leaving.select(text=leaver, canonical="center_a").unique()
    leaving = leaving.join(_find_outvoting(leaving, around, links), on="text", how="anti")
    return around.join(leaving, on="text", how="anti")


def _find_lonely(links: pl.DataFrame) -> pl.Series:
    """Find the texts that are a variant of one other text alone."""
    variants = links.filter(verdict="variant")
    return pl.concat([variants["text_a"], variants["text_b"]]).value_counts().filter(count=1)["text_a"]


def keep_members(parts: pl.DataFrame, verdicts: tuple[str, ...], links: pl.DataFrame) -> pl.DataFrame:
    """Keep the texts that are one of these to the canonical one, and those that most other members speak for."""
    members = parts.filter(pl.col("verdict").is_in(verdicts))
    doubted = parts.filter(pl.col("verdict").is_in(DOUBTED)).join(members, on="text", how="anti")
    kept = doubted.join(_find_outvoting(doubted, members, links), on="text", how="semi")
    return pl.concat([members, kept])


def find_outvoted(named: pl.DataFrame, members: pl.DataFrame) -> pl.Series:
    """Find the canonical texts, of all that are `named` after them, that fewer than half are like."""
    sizes = named.group_by("canonical").agg(size=pl.len())
    kept = members.group_by("canonical").agg(kept=pl.len())
    counted = sizes.join(kept, on="canonical", how="left").with_columns(pl.col("kept").fill_null(0) + 1)
    return counted.filter(2 * pl.col("kept") < pl.col("size"))["canonical"]


def _find_outvoting(doubted: pl.DataFrame, members: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Find the doubted texts that are variants of far more members of their group than they are other forms of.

    Among dozens of damaged prints there is always a pair in which the noise of both looks like another word.
    """
    homes = pl.concat([members.select("text", "canonical"), members.select(text="canonical", canonical="canonical")])
    both = [links.select("verdict", text=f"text_{a}", member=f"text_{b}") for a, b in ("ab", "ba")]
    votes = (
        pl.concat([side.join(doubted.select("text", "canonical"), on="text") for side in both])
        .join(homes.unique().rename({"text": "member"}), on=["member", "canonical"])
        .filter(~pl.col("member").is_in(doubted["text"].implode()))
    )
    counted = votes.group_by("text").agg(
        pl.col("verdict").eq(verdict).sum().alias(verdict) for verdict in ("variant", "form")
    )
    return counted.filter(pl.col("variant") >= OUTVOTING * pl.max_horizontal("form", 1)).select("text")


def tie_pieces(links: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """Tie the short texts that are alike to several prints of a longer one, of which they may be all that a desk left.

    Alike to one print, they may as well tell it after the other.
    """
    is_a_part = pl.col("a_chars") < pl.col("b_chars")
    alike = links.filter((pl.col("verdict") == "alike") & (pl.max_horizontal("a_chars", "b_chars") <= SHORT_CHARS))
    pieces = alike.select(
        piece=pl.when(is_a_part).then("text_a").otherwise("text_b"),
        text=pl.when(is_a_part).then("text_b").otherwise("text_a"),
    )
    named = pieces.join(name_centers(edges), on="text")
    tied = named.group_by("piece", "center").agg(prints=pl.len()).filter(pl.col("prints") >= OUTVOTING)
    tied = tied.filter(pl.col("piece") != pl.col("center")).sort("piece", "center")
    return tied.select(text_a=pl.min_horizontal("piece", "center"), text_b=pl.max_horizontal("piece", "center"))
