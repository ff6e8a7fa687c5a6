"""Pairs that are hard to tell, put in order by hand: true copies with real edits, and reports that only look alike.

Each file of ALL_PAIRS holds invented articles (published_on, headline, body) and pairs of them with `is_duplicate` and
`kind`. All articles of a file are given to the finder together, as a lake would have them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from tests.benches.floors import Scores
from transforms.reuse.find import find_reuse

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
PAIRS = {
    "hard pairs of reuse": GOLDEN / "reuse_pairs.json",
    "hard pairs of reuse, second set": GOLDEN / "reuse_pairs_second.json",
    "hard pairs of reuse, third set": GOLDEN / "reuse_pairs_third.json",
    "hard pairs of reuse, fourth set": GOLDEN / "reuse_pairs_fourth.json",
    "hard pairs of reuse, fifth set": GOLDEN / "reuse_pairs_fifth.json",
    "hard pairs of reuse, sixth set": GOLDEN / "reuse_pairs_sixth.json",
    "hard pairs of reuse, seventh set": GOLDEN / "reuse_pairs_seventh.json",
}
"""The files, by the names of their floors. Weights are fitted to these."""

HELD_OUT = {
    "hard pairs of reuse, eighth set": GOLDEN / "reuse_pairs_eighth.json",
    "hard pairs of reuse, ninth set": GOLDEN / "reuse_pairs_ninth.json",
    "hard pairs of reuse, tenth set": GOLDEN / "reuse_pairs_tenth.json",
    "hard pairs of reuse, eleventh set": GOLDEN / "reuse_pairs_eleventh.json",
    "hard pairs of reuse, twelfth set": GOLDEN / "reuse_pairs_twelfth.json",
    "hard pairs of reuse, thirteenth set": GOLDEN / "reuse_pairs_thirteenth.json",
}
"""No weight is fitted to these."""

ALL_PAIRS = PAIRS | HELD_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles, the truth about them, and what was found."""

    a: str
    b: str
    kind: str
    is_duplicate: bool
    is_found: bool


def find_pairs(path: Path) -> list[Pair]:
    """Find the copies among the articles, and set the pairs beside them: found are two of one cluster."""
    golden = json.loads(path.read_text(encoding="utf8"))
    members = find_reuse(read_articles(golden["articles"])).cluster_members
    cluster = dict(members.select("article_id", "cluster_id").iter_rows())
    return [
        Pair(**pair, is_found=pair["a"] in cluster and cluster[pair["a"]] == cluster.get(pair["b"]))
        for pair in golden["pairs"]
    ]


def read_articles(articles: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    """Return the articles as a lake holds them, each in a file of its own."""
    uid = [f"{number:016x}" for number in range(len(articles))]
    day = pl.col("published_on").str.to_date()
    return pl.DataFrame([{"article_id": key, **article} for key, article in articles.items()]).with_columns(
        article_uid=pl.Series(uid),
        file_id=pl.Series(uid),
        newspaper_id=pl.lit("huaishu_bao"),
        published_on=day,
        date_lower=day,
        date_upper=day,
        kind=pl.lit("news"),
    )


def score_pairs(pairs: list[Pair]) -> Scores:
    """Return precision and recall of the pairs that were found."""
    hits = sum(pair.is_found and pair.is_duplicate for pair in pairs)
    return {
        "precision": round(hits / max(1, sum(pair.is_found for pair in pairs)), 4),
        "recall": round(hits / max(1, sum(pair.is_duplicate for pair in pairs)), 4),
    }
