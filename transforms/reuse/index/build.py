"""A segment made from the prints and texts of one run."""

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.find import Keep, compare_texts, gather_texts, report_all
from transforms.reuse.index.pack import pack_links, pack_places
from transforms.reuse.index.segment import (
    FRAMES,
    LINKS,
    PRINTS,
    TEXTS,
    Segment,
    column,
    sort_rows,
    to_batch,
    to_records,
)
from transforms.reuse.index.view import hash_strings
from transforms.reuse.normal import Normal
from transforms.reuse.prints import LAST_DAY, Texts
from transforms.reuse.report import Reuse
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.spill import Spill

NOTHING, NONE = np.empty(0, np.uint64), np.empty(0, np.uint32)


def build_segment(
    prints: pl.DataFrame,
    texts: Texts,
    normal: Normal,
    sizes: NDArray[np.int32],
    *,
    first_slot: int = 0,
) -> Segment:
    """Lay out `prints` (see `order_prints`) of `texts`; keys, links and places are added later.

    Text k gets the slot `first_slot` + k, in the order of print, so that the first holder of a run stands first.
    """
    by_text = prints.sort("text", "print_no")
    first = by_text.select("text", "hash_b", "told_by", "chars", "date_lower").unique(
        "text", keep="first", maintain_order=True
    )
    counts = by_text["text"].value_counts().sort("text")["count"]
    described = texts.facts.with_columns(
        slot=pl.int_range(first_slot, first_slot + texts.facts.height, dtype=pl.UInt32, eager=True),
        hash_b=first["hash_b"],
        told_by=first["told_by"].fill_null(0),
        is_alone=first["told_by"].is_null(),
        code_from=pl.Series(texts.codes.starts),
        chars=first["chars"],
        sampled=pl.Series(sizes.astype(np.uint32)),
        first_day=first["date_lower"].cast(pl.Int32).fill_null(LAST_DAY),
        print_from=(counts.cum_sum() - counts).cast(pl.UInt32),
        print_count=counts.cast(pl.UInt32),
    )
    rows = by_text["row"].to_numpy()
    word_counts = np.diff(normal.words, append=len(normal.kept))
    kept_at = {"kept_from": pl.Series(normal.words[rows]), "kept_count": pl.Series(word_counts[rows])}
    laid_out = lay_out_segment(described, by_text.with_columns(**kept_at))
    placed = laid_out.with_range(first_slot, first_slot + texts.facts.height, NONE)
    return replace(placed, codes=normal.texts.codes, kept=normal.kept)


def lay_out_segment(texts: pl.DataFrame, prints: pl.DataFrame) -> Segment:
    """Lay out TEXTS and PRINTS, and what finds their rows; all else is empty."""
    ids, id_rows = sort_rows(hash_strings(prints["article_id"]))
    hashes, hash_rows = sort_rows(texts["hash_a"].to_numpy())
    return Segment(
        first_slot=0,
        end_slot=0,
        texts=to_batch(texts, TEXTS),
        prints=to_batch(prints, PRINTS),
        links=to_records(LINKS.to_frame()),
        **{name: to_batch(FRAMES[name].to_frame(), FRAMES[name]) for name in ("passages", "places")},
        codes=np.empty(0, np.uint16),
        kept=NOTHING,
        keys=NOTHING,
        runs=NOTHING,
        pairs=NOTHING,
        backs=NOTHING,
        key_fences=NONE,
        run_fences=NONE,
        dead=NONE,
        ids=ids,
        id_rows=id_rows,
        hashes=hashes,
        hash_rows=hash_rows,
    )


def build_index(
    described: pl.DataFrame, normal: Normal, spill: Spill, keep: Keep, *, settings: ReuseSettings
) -> tuple[Segment, Reuse]:
    """Build the first segment of an index, and the tables, from what `describe_prints` gave.

    The sorted keys go to `keep`; the segment has none.
    """
    prints, texts = gather_texts(described, normal, spill, settings=settings)
    compared = compare_texts(texts, spill, settings=settings, keep=keep)
    reuse = report_all(prints, normal, compared, spill, settings=settings)
    segment = build_segment(prints, texts, normal, compared.sizes).laid_aside(spill.lay_aside, ("texts", "prints"))
    slots = np.arange(segment.end_slot, dtype=np.uint32)
    linked = segment.with_links(*pack_links(compared.clustered.judged, compared.candidates, slots))
    linked = linked.laid_aside(spill.lay_aside, ("links", "passages"))
    places = pack_places(compared.clustered, slots, column(segment.texts, "print_count"), compared.novelty)
    return linked.with_places(places), reuse
