"""An index kept in memory, and the tables that come of applying each difference to those before."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from transforms.reuse.find import find_reuse
from transforms.reuse.index.build import build_index
from transforms.reuse.index.differ import KEYS, ReuseDifference
from transforms.reuse.index.merge import merge_segments
from transforms.reuse.index.runs import fence_keys
from transforms.reuse.index.segment import Segment
from transforms.reuse.index.update import update_index
from transforms.reuse.index.view import View
from transforms.reuse.normal import Normal, normalise_texts
from transforms.reuse.prints import FACTS, describe_bodies, describe_prints
from transforms.reuse.report import Reuse
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.spill import MemorySpill

Tables = dict[str, pl.DataFrame]


def describe(articles: pl.DataFrame) -> tuple[pl.DataFrame, Normal]:
    normal = normalise_texts(articles["body"])
    return describe_prints(articles.select(FACTS.names()), describe_bodies([normal])), normal


def list_tables(reuse: Reuse) -> Tables:
    return {name: getattr(reuse, name) for name in (*KEYS, "articles")}


def build_whole(articles: pl.DataFrame, settings: ReuseSettings) -> tuple[Segment, Reuse]:
    kept = defaultdict(lambda: [np.empty(0, np.uint64)])
    described, normal = describe(articles)
    segment, reuse = build_index(
        described, normal, MemorySpill(), lambda name, keys: kept[name].append(keys.copy()), settings=settings
    )
    return _with_large(segment, {name: np.concatenate(kept[name]) for name in ("keys", "runs")}), reuse


def _with_large(segment: Segment, large: dict[str, np.ndarray]) -> Segment:
    fences = {"key_fences": fence_keys(large["keys"]), "run_fences": fence_keys(large["runs"])}
    return replace(segment, **large, **fences)


@dataclass
class Ledger:
    """Articles that are there, the index over them, and the tables."""

    articles: pl.DataFrame
    settings: ReuseSettings
    segments: list[Segment] = field(default_factory=list)
    tables: Tables = field(default_factory=dict)

    def begin(self) -> None:
        segment, reuse = build_whole(self.articles, self.settings)
        self.segments, self.tables = [segment], list_tables(reuse)

    def change(self, gone: list[str], come: pl.DataFrame) -> ReuseDifference:
        described, normal = describe(come)
        leaving = pl.Series("article_id", gone, pl.String)
        updated = update_index(View(tuple(self.segments)), leaving, described, normal, settings=self.settings)
        self.segments.append(updated.segment)
        self.articles = pl.concat([self.articles.filter(~pl.col("article_id").is_in(gone)), come])
        self.tables = {name: self._apply(name, updated.difference) for name in KEYS} | {
            "articles": self._apply_articles(gone, updated.difference.articles)
        }
        return updated.difference

    def merge(self, start: int) -> None:
        merged = merge_segments(View(tuple(self.segments)), start)
        large = {
            name: np.concatenate([getattr(merged.segment, name), *pieces]) for name, pieces in merged.pieces.items()
        }
        self.segments[start:] = [_with_large(merged.segment, large)]

    def _apply(self, name: str, difference: ReuseDifference) -> pl.DataFrame:
        key, before, new = KEYS[name], self.tables[name], getattr(difference, name)
        assert new.gone.join(before, on=key, how="semi").height == new.gone.height, "what is gone was there"
        assert new.rows.join(before, on=before.columns, how="semi", nulls_equal=True).is_empty(), "what is told differs"
        kept = before.join(pl.concat([new.gone, new.rows.select(key)]), on=key, how="anti")
        return pl.concat([kept, new.rows]).sort(key)

    def _apply_articles(self, gone: list[str], rows: pl.DataFrame) -> pl.DataFrame:
        before = self.tables["articles"].filter(~pl.col("article_id").is_in(gone))
        return pl.concat([before.join(rows, on="article_id", how="anti"), rows]).sort("article_id")

    def differing(self) -> list[str]:
        """Name the tables that are not those of a full build."""
        whole = list_tables(find_reuse(self.articles, settings=self.settings))
        return [name for name, table in whole.items() if not table.equals(self.tables[name])]
