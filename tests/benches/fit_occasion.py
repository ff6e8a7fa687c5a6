"""Fits the weights of `transforms/reuse/occasion.py` to pairs of known truth, and prints its table.

usage: python -m tests.benches.fit_occasion CORPUS... (47k-site-s1, -s3, -s4, 10k-s11 and 10k-s23 gave the weights)

Known are the hard pairs and those that share enough in corpora of the bench (folders with docs.parquet and
gold.parquet). Each set is also left out in turn, so that precision and recall on it are those of weights that never
saw it. What the dates alone tell of the hard pairs says little about others: each is taken a second time, look-alikes
as of one week and copies as of three weeks apart. A desk that mends one word is rare among hard pairs, and common
elsewhere: each article stands against itself with a word from another one.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tests.benches.reuse.pairs import PAIRS, read_articles
from tests.benches.reuse.score import read_gold, relate
from transforms.reuse.candidates import CANDIDATES
from transforms.reuse.find import find_candidates, gather_texts
from transforms.reuse.links import weigh_candidates
from transforms.reuse.normal import normalise_texts
from transforms.reuse.occasion import TERMS
from transforms.reuse.prints import FACTS, Texts, describe_bodies, describe_prints
from transforms.reuse.settings import DEFAULT_SETTINGS
from transforms.reuse.spill import MemorySpill

Numbers = NDArray[np.float64]

LEAST_OF_SHORTER, LEAST_OF_LONGER = 0.5, 0.35
"""Pairs of which less is aligned are no copies, whatever differs."""

SET_WEIGHT, CORPORA_WEIGHT = 200.0, 800.0
MOVED_SHARE = 0.3
"""So much each set counts for, however many pairs it has, and all corpora together; so much of it those of other days.
"""

PENALTY = 1.0
"""Of large weights: of few pairs none shall decide alone."""

MARGIN = 0.75
"""A look-alike taken for a copy makes one text of two; a copy that is missed is still a shared passage."""

NEAR_DAYS, LATE_DAYS = 3, 20

PROSE = re.compile(r"[^\W\d〇一二三四五六七八九十百千万年月日第A-Za-z]{6}")
LEAST_MENDED = 150
"""A shorter text in which one word is another may be a form."""


def gather_prints(articles: pl.DataFrame) -> tuple[pl.DataFrame, Texts]:
    """Return the prints (article_id, text) of articles, and their texts."""
    normal = normalise_texts(articles["body"])
    described = describe_prints(articles.select(*FACTS), describe_bodies([normal]))
    prints, texts = gather_texts(described, normal, MemorySpill(), settings=DEFAULT_SETTINGS)
    return prints.select("article_id", "text"), texts


def weigh_rows(rows: Sequence[tuple[int, int, bool]], texts: Texts) -> pl.DataFrame:
    """Weigh pairs of texts, each with what is known of it."""
    pairs = pl.DataFrame(rows, schema={"text_a": pl.UInt32, "text_b": pl.UInt32, "is_copy": pl.Boolean}, orient="row")
    counts = {name: pl.lit(1, pl.UInt32) for name in CANDIDATES.names()[2:]}
    return weigh_candidates(pairs.with_columns(**counts), texts)[0]


def weigh_hard_pairs(path: Path) -> pl.DataFrame:
    """Weigh the pairs of a file of hard pairs, each as it is and of other days."""
    golden = json.loads(path.read_text(encoding="utf8"))
    prints, texts = gather_prints(read_articles(golden["articles"]))
    text = dict(prints.iter_rows())
    truths = {tuple(sorted((text[pair["a"]], text[pair["b"]]))): pair["is_duplicate"] for pair in golden["pairs"]}
    weighed = weigh_rows([(a, b, truth) for (a, b), truth in truths.items() if a != b], texts)
    days = pl.when("is_copy").then(LATE_DAYS).otherwise(NEAR_DAYS).cast(weighed["day_gap"].dtype)
    moved = weighed.with_columns(day_gap=days, is_renumbered=pl.col("is_renumbered") & pl.col("is_copy"))
    mended = weigh_mended(golden["articles"])
    taught = pl.concat(
        [weighed.with_columns(is_moved=False), *(each.with_columns(is_moved=True) for each in (moved, mended))]
    )
    return taught.with_columns(kinds=pl.lit("hard"))


def weigh_mended(articles: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    """Weigh each article against itself with one word mended, sent anew in the same week."""
    bodies = [article["body"] for article in articles.values() if len(article["body"]) >= LEAST_MENDED]
    prints = {}
    for number, body in enumerate(bodies):
        first = len(body) // (2 + number % 3)
        place = next((at for at in range(first, len(body)) if PROSE.fullmatch(body[at - 2 : at + 4])), None)
        if place is not None:
            mended = body[:place] + bodies[number - 1][20:22] + body[place + 2 :]
            for copy, printed in enumerate((body, mended)):
                day = str(date(2000, 1, 1) + timedelta(copy * (number % 5)))
                prints[f"{number}-{copy}"] = {"body": printed, "headline": f"题{number}-{copy}", "published_on": day}
    placed, texts = gather_prints(read_articles(prints))
    pairs = placed.group_by(pl.col("article_id").str.split("-").list.first()).agg(pl.col("text").sort())
    both = {tuple(text) for text in pairs["text"].to_list() if len(set(text)) > 1}
    return weigh_rows([(a, b, True) for a, b in sorted(both)], texts)


def weigh_corpus(folder: Path) -> pl.DataFrame:
    """Weigh the pairs of a made corpus that share enough, and of which it is clear what they are; also give `kinds`."""
    day = pl.col("published_on")
    docs = pl.read_parquet(folder / "docs.parquet").with_columns(
        pl.col("id").cast(pl.String).alias(name) for name in ("article_id", "article_uid", "file_id")
    )
    articles = docs.with_columns(date_lower=day, date_upper=day, kind=pl.lit(None, pl.String))
    prints, texts = gather_prints(articles)
    ids = prints.unique("text", keep="first", maintain_order=True).select(
        "text", id=pl.col("article_id").cast(pl.Int64)
    )
    pairs, _ = find_candidates(texts, MemorySpill(), settings=DEFAULT_SETTINGS)
    weighed = weigh_candidates(pairs, texts)[0]
    gold = read_gold(folder / "gold.parquet")
    related, kinds = relate(gold).select("id_a", "id_b", "near"), gold.select("id", "kind")
    for side in ("a", "b"):
        weighed = weighed.join(ids.rename({"text": f"text_{side}", "id": f"own_{side}"}), on=f"text_{side}")
        weighed = weighed.join(kinds.rename({"id": f"own_{side}", "kind": f"kind_{side}"}), on=f"own_{side}")
    both = {"id_a": pl.min_horizontal("own_a", "own_b"), "id_b": pl.max_horizontal("own_a", "own_b")}
    known = weighed.with_columns(**both).join(related, on=["id_a", "id_b"], how="left")
    known = known.with_columns(near=pl.col("near").fill_null(-1)).filter(pl.col("near") != 0)
    paired = pl.concat_list("kind_a", "kind_b", pl.col("near").cast(pl.String)).list.sort().list.join(" ")
    return known.with_columns(is_copy=pl.col("near") > 0, is_moved=False, kinds=paired)


def fit_weights(values: Numbers, truth: Numbers, counts: Numbers) -> Numbers:
    """Fit a logistic model by Newton's steps; the first column is the bias, which is not penalised."""
    weights = np.zeros(values.shape[1])
    penalty = PENALTY * np.eye(values.shape[1])
    penalty[0, 0] = 1e-6
    for _ in range(200):
        likely = 1 / (1 + np.exp(-np.clip(values @ weights, -30, 30)))
        slope = values.T @ (counts * (truth - likely)) - penalty @ weights
        bend = (values * (counts * likely * (1 - likely))[:, None]).T @ values + penalty
        step = np.linalg.solve(bend, slope)
        weights += step * min(1.0, 3 / max(np.abs(step).max(), 1e-9))
        if np.abs(step).max() < 1e-8:
            break
    return weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Pairs of known truth: the values of all terms, what they are, which only teach, and what each counts for."""

    values: Numbers
    is_copy: NDArray[np.bool_]
    is_moved: NDArray[np.bool_]
    counts: Numbers

    def count(self, weights: Numbers) -> NDArray[np.int64]:
        """Count the copies that weights find, all that they find, and all copies, but for those that only teach."""
        found, copies = (each & ~self.is_moved for each in (self.values @ weights > 0, self.is_copy))
        return np.array([(found & copies).sum(), found.sum(), copies.sum()])


def say(counts: NDArray[np.int64]) -> str:
    """Say how well pairs were told, of those that `Known.count` counted."""
    hits, found, copies = counts
    return f"precision {hits / max(1, found):.3f}, recall {hits / max(1, copies):.3f}"


def know(weighed: pl.DataFrame, whole: float) -> Known:
    """Measure weighed pairs that may be copies; together they count for `whole`, those that only teach for a share.

    Of a corpus a rare kind counts for more than its number, with the root of it: a site has thousands of pairs of one
    template, and a few dozen corrected re-posts.
    """
    likely = weighed.filter(
        pl.col("aligned_chars") >= LEAST_OF_SHORTER * pl.col("shorter_chars"),
        pl.col("aligned_chars") >= LEAST_OF_LONGER * pl.col("longer_chars"),
    )
    values = likely.select(pl.lit(1.0).alias("bias"), *(term.value.alias(term.name) for term in TERMS)).to_numpy()
    is_moved = likely["is_moved"].to_numpy()
    of_kind = likely.select(pl.len().over("kinds")).to_series().to_numpy() ** -0.5
    counts = np.where(is_moved, MOVED_SHARE, 1.0) * of_kind * whole / of_kind[~is_moved].sum()
    return Known(values=values, is_copy=likely["is_copy"].to_numpy(), is_moved=is_moved, counts=counts)


def fit(known: Sequence[Known], scale: Numbers) -> Numbers:
    """Fit the weights to sets of pairs; a look-alike has to be told with a margin."""
    values, is_copy, counts = (
        np.concatenate(each) for each in zip(*((of.values / scale, of.is_copy, of.counts) for of in known), strict=True)
    )
    weights = fit_weights(values, is_copy.astype(float), counts) / scale
    weights[0] -= MARGIN
    return weights


def main(arguments: Sequence[str]) -> None:
    """Fit, and print."""
    known = {name: know(weigh_hard_pairs(path), SET_WEIGHT) for name, path in PAIRS.items()}
    known |= {
        Path(folder).name: know(weigh_corpus(Path(folder)), CORPORA_WEIGHT / len(arguments)) for folder in arguments
    }
    scale = np.maximum(np.concatenate([each.values[~each.is_moved] for each in known.values()]).std(0), 1e-9)
    scale[0] = 1.0
    weights = fit(list(known.values()), scale)
    unseen = {
        name: own.count(fit([other for other in known.values() if other is not own], scale))
        for name, own in known.items()
    }
    for name, own in known.items():
        print(f"{name}: {say(own.count(weights))}; left out: {say(unseen[name])}")
    print(f"all hard pairs, each set left out in turn: {say(sum(unseen[name] for name in PAIRS))}")
    for name, weight in zip(["bias", *(term.name for term in TERMS)], weights, strict=True):
        print(f"{name:>15} {weight:8.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
