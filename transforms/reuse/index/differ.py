"""How the four tables differ after a change: made of the touched texts as they were and as they are, and compared."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.link_view import find_links, find_pairs, pairs_of, take_passages
from transforms.reuse.index.local import number_texts
from transforms.reuse.index.view import Slots, View
from transforms.reuse.normal import Codes, Normal
from transforms.reuse.passages import KEY, report_passages
from transforms.reuse.prints import place_prints, sort_prints
from transforms.reuse.report import Reuse, report_reuse
from transforms.reuse.settings import ReuseSettings

EMPTY = np.empty(0, np.int64)
KEYS = {"clusters": ["cluster_id"], "cluster_members": ["cluster_id", "article_id"], "reuse": list(KEY)}


@dataclass(frozen=True, slots=True)
class TableDifference:
    """Rows that are new or were changed, and the keys of those that are gone; sorted by the key."""

    rows: pl.DataFrame
    gone: pl.DataFrame


@dataclass(frozen=True, slots=True)
class ReuseDifference:
    """How the tables of `Reuse` differ. `articles` are the rows of those that came, and those that differ."""

    clusters: TableDifference
    cluster_members: TableDifference
    reuse: TableDifference
    articles: pl.DataFrame


def take_for_new(reuse: Reuse) -> ReuseDifference:
    """Take all rows for new ones."""
    tables = {
        name: TableDifference(getattr(reuse, name), getattr(reuse, name).select(key).clear())
        for name, key in KEYS.items()
    }
    return ReuseDifference(articles=reuse.articles, **tables)


@dataclass(frozen=True, slots=True)
class Touched:
    """Living texts whose rows may differ, those whose novelty alone may, and pairs of slots whose passages may."""

    slots: Slots
    renewed: Slots
    pairs: pl.DataFrame


def differ(old: View, new: View, touched: Touched, coming: pl.Series, *, settings: ReuseSettings) -> ReuseDifference:
    """Compare the tables of what is touched, and of the texts that died with the last segment of `new`.

    `coming` are the ids of the articles that came.
    """
    segment, slots, pairs = new.segments[-1], touched.slots, np.unique(pairs_of(touched.pairs))
    were = np.union1d(slots[slots < old.end_slot], segment.dead)
    before, after = (_report(view, some, settings) for view, some in ((old, were), (new, slots)))
    rows_before = _report_passages(old, _find_changed(old, pairs, segment.dead), segment.dead)
    fresh = np.arange(segment.first_slot, segment.end_slot, dtype=np.uint32)
    rows_after = _report_passages(new, find_pairs(new, pairs), fresh)
    was, is_now = (
        pl.concat([report.articles, _report_renewed(view, touched.renewed)])
        for view, report in ((old, before), (new, after))
    )
    articles = is_now.join(was, on=is_now.columns, how="anti", nulls_equal=True)
    came = after.articles.filter(pl.col("article_id").is_in(coming.implode()))
    return ReuseDifference(
        clusters=_compare(before.clusters, after.clusters, KEYS["clusters"]),
        cluster_members=_compare(before.cluster_members, after.cluster_members, KEYS["cluster_members"]),
        reuse=_compare(rows_before, rows_after, KEYS["reuse"]),
        articles=pl.concat([articles, came]).unique("article_id").sort("article_id"),
    )


def _find_changed(old: View, pairs: NDArray[np.uint64], dead: Slots) -> pl.DataFrame:
    return pl.concat([find_pairs(old, pairs), find_links(old, dead)]).unique(["text_a", "text_b"])


def _compare(before: pl.DataFrame, after: pl.DataFrame, key: list[str]) -> TableDifference:
    rows = after.join(before, on=after.columns, how="anti", nulls_equal=True)
    return TableDifference(rows.sort(key), before.select(key).join(after, on=key, how="anti").sort(key))


def _report(view: View, slots: Slots, settings: ReuseSettings) -> Reuse:
    """Make the tables, but for passages, of texts that no cluster has others beside."""
    local = number_texts(view, slots)
    places = view.take_places(slots)
    numbered = places.with_columns(text=local.number(places["slot"]), canonical=local.number(places["canonical"]))
    members = numbered.filter(pl.col("text") != pl.col("canonical")).select(
        "text", "canonical", "role", "similarity_share"
    )
    prints = _order(view, local.slots, has_kept=False)
    novel = numbered.sort("text")["novelty_share"].to_numpy() if settings.has_novelty else None
    return report_reuse(place_prints(prints, members), pl.DataFrame(), novel, settings=settings)


def _report_renewed(view: View, slots: Slots) -> pl.DataFrame:
    """Make the rows of `articles` of the first prints of texts, which novelty is said of."""
    places = view.take_places(slots)
    first, canonical = (view.take_names(places[name].unique().to_numpy()) for name in ("slot", "canonical"))
    named = places.join(first, on="slot").join(canonical.rename({"slot": "canonical"}), on="canonical", suffix="_c")
    return named.select(
        "article_id",
        cluster_id=pl.when("is_shared").then("c-" + pl.col("article_uid_c")),
        is_canonical=pl.col("role") == "canonical",
        novelty_share="novelty_share",
    )


def _order(view: View, slots: Slots, *, has_kept: bool = True) -> pl.DataFrame:
    """Take all prints of texts, given in the order of print; what `order_prints` makes of prints in a full build."""
    number = pl.DataFrame({"slot": slots, "text": np.arange(len(slots), dtype=np.uint32)})
    prints = view.take_prints(slots, has_kept=has_kept).join(number, on="slot")
    return sort_prints(prints).with_row_index("row")


def _report_passages(view: View, links: pl.DataFrame, copied: Slots) -> pl.DataFrame:
    """Make the rows of `reuse` of some links, and of the copies of some texts."""
    ends = np.concatenate([copied, *(links[f"text_{side}"].to_numpy() for side in ("a", "b"))])
    local = number_texts(view, np.unique(ends).astype(np.uint32))
    prints = _order(view, local.slots)
    counts = prints["kept"].list.len().to_numpy().astype(np.int64)
    kept = prints["kept"].explode(empty_as_null=False).to_numpy() if prints.height else np.empty(0, np.uint64)
    normal = Normal(Codes(np.empty(0, np.uint16), EMPTY, EMPTY), kept, np.cumsum(counts) - counts)
    judged = local.recall(links, take_passages(view, links))
    return report_passages(judged, prints.drop("kept"), normal, local.number(pl.Series(copied)))
