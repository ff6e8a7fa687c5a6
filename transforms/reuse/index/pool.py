"""The texts whose prints come or go: their old slots, and the texts that take their place."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.view import Slots, View
from transforms.reuse.normal import Codes, Normal
from transforms.reuse.prints import Texts, collect_texts, order_prints
from transforms.reuse.settings import ReuseSettings
from warehouse.errors import ContractFault


@dataclass(frozen=True, slots=True)
class Pool:
    """All `prints` (see `order_prints`) of the new texts, and the slots that are `dead` now."""

    prints: pl.DataFrame
    texts: Texts
    normal: Normal
    dead: Slots


def pool_prints(
    view: View, gone: pl.Series, described: pl.DataFrame, normal: Normal, *, settings: ReuseSettings
) -> Pool:
    """Take the articles `gone` out, and those that `describe_prints` gave in.

    Raises ContractFault where an article that goes is not in the index, or one that comes is.
    """
    leaving = view.find_prints(gone)
    _refuse(gone.filter(~gone.is_in(leaving["article_id"].implode())), "goes and is not in the index")
    staying = view.find_prints(described["article_id"])["article_id"]
    _refuse(staying.filter(~staying.is_in(gone.implode())), "comes and is in the index already")
    dead = np.union1d(leaving["slot"].to_numpy(), _find_equals(view, described, settings))
    old = view.take_prints(dead).filter(~pl.col("article_id").is_in(gone.implode()))
    codes = view.take_codes(dead)
    pooled = pl.concat([old, described], how="diagonal_relaxed").select(_common(old, described))
    prints = order_prints(pooled, settings=settings)
    joined = _join(codes, np.searchsorted(dead, old["slot"].to_numpy()), old["kept"], normal)
    return Pool(prints, collect_texts(prints, joined.texts), joined, dead)


def _refuse(article_ids: pl.Series, why: str) -> None:
    if len(article_ids):
        raise ContractFault(f"reuse: article_id {article_ids.sort()[0]!s} {why}; build the index anew")


def _find_equals(view: View, described: pl.DataFrame, settings: ReuseSettings) -> Slots:
    """Find the slots whose text one of the new prints has."""
    slots = np.unique(view.find_texts(np.unique(described["hash_a"].to_numpy())))
    known = view.take_texts(slots).filter(~pl.col("is_alone")).select("slot", "hash_a", "hash_b", "told_by")
    named = order_prints(described, settings=settings).select("hash_a", "hash_b", "told_by")
    found = known.join(named, on=["hash_a", "hash_b", "told_by"], how="semi")["slot"]
    return found.sort().to_numpy()


def _common(old: pl.DataFrame, described: pl.DataFrame) -> list[str]:
    return [name for name in described.columns if name in old.columns]


def _join(codes: Codes, texts: NDArray[np.int64], kept: pl.Series, normal: Normal) -> Normal:
    """Put the bodies of old prints, of which the text and the kept words are known, before the new ones."""
    counts = kept.list.len().to_numpy().astype(np.int64)
    words = np.cumsum(counts) - counts
    old_words = kept.explode(empty_as_null=False).to_numpy() if len(kept) else np.empty(0, np.uint64)
    size, word_count = len(codes.codes), int(counts.sum())
    both = Codes(
        np.concatenate([codes.codes, normal.texts.codes]),
        np.concatenate([codes.starts[texts], normal.texts.starts + size]),
        np.concatenate([codes.ends[texts], normal.texts.ends + size]),
    )
    return Normal(both, np.concatenate([old_words, normal.kept]), np.concatenate([words, normal.words + word_count]))
