"""A character trigram model, to say whether one half of a sentence goes on with another.

Counts come from a table that ships with the project (`seeds/reference/ngrams.parquet`, made by
`tests/benches/train_language.py`), so that a decision is the same on every lake and in every batch. Probabilities
are interpolated after Jelinek and Mercer with weights that grow with what was seen (Witten and Bell, IEEE Trans.
Information Theory 37, 1991).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

import polars as pl

START = "^"  # two of them stand before the first character of a paragraph
FIGURE = "0"  # stands for any run of digits
FIGURES = re.compile(r"[0-9０-９.．％%]+")
VOCABULARY = 6000  # characters; what a newspaper of a month uses, rounded up
UNSEEN = 0.5  # count given to a character that was never seen
DOUBT = {1: 10.0, 2: 2.0}  # sightings by length of context, beside its count of followers: the table lacks rare ones
REACH = 3  # characters below a cut that are asked about: further ones depend on the cut hardly at all


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """What newspaper text goes on with: natural logarithms of probabilities, worked out once when it is loaded.

    counts: how often each character, pair and triple was seen. seen: the logarithm for the last character of a pair or
    triple behind the others, and of a character anywhere. unseen: what a character costs that was never seen behind
    these one or two; the shorter context goes on from there. never: the logarithm for a character never seen at all.
    total: that of all characters seen.
    """

    counts: Mapping[str, int]
    seen: Mapping[str, float]
    unseen: Mapping[str, float]
    never: float
    total: float

    @staticmethod
    def of(counts: Mapping[str, int]) -> "LanguageModel":
        """Return the model of a table of n-grams and how often each was seen."""
        table = _take_apart(counts)
        total = int(table.filter(size=1)["count"].sum()) + UNSEEN * VOCABULARY
        trust = _trust(table)
        chances = _chances(table, trust, total)
        return LanguageModel(
            counts,
            dict(zip(chances["ngram"].to_list(), chances["chance"].log().to_list(), strict=True)),
            dict(zip(trust["context"].to_list(), (1 - trust["share"]).log().to_list(), strict=True)),
            log(UNSEEN / total),
            log(total),
        )

    def surprise(self, ngram: str) -> float:
        """Return how rare an n-gram is: the negative logarithm of its share of all that was seen."""
        return self.total - log(1 + self.counts.get(ngram, 0))

    def goes_on(self, above: str, below: str) -> float:
        """Return the log-odds that `below` continues `above`, against beginning a paragraph of its own."""
        start = FIGURES.sub(FIGURE, below[: 2 * REACH].replace('"', "“"))[:REACH]
        end = FIGURES.sub(FIGURE, above[-2 * REACH :].replace('"', "”"))[-2:]
        return self.log_probability(end, start) - self.log_probability(START * 2, start)

    def log_probability(self, before: str, string: str) -> float:
        """Return the natural logarithm of the probability of `string` after the characters `before`."""
        context = (START * 2 + before)[-2:]
        result = 0.0
        for character in string:
            result += self._behind(context, character)
            context = context[1] + character
        return result

    def _behind(self, two: str, character: str) -> float:
        """Return the logarithm for a character behind two others, from the longest context that knows it."""
        known = self.seen.get(two + character)
        if known is not None:
            return known
        spent = self.unseen.get(two, 0.0)
        known = self.seen.get(two[1] + character)
        if known is not None:
            return spent + known
        return spent + self.unseen.get(two[1], 0.0) + self.seen.get(character, self.never)


def _take_apart(counts: Mapping[str, int]) -> pl.DataFrame:
    """Return the n-grams with their size, their last character, and what is left without the last or the first."""
    table = pl.DataFrame({"ngram": list(counts), "count": list(counts.values())}, schema_overrides={"count": pl.Int64})
    size = pl.col("ngram").str.len_chars().cast(pl.Int64)
    return table.with_columns(
        size=size,
        context=pl.col("ngram").str.slice(0, size - 1),
        shorter=pl.col("ngram").str.slice(1),
        last=pl.col("ngram").str.slice(size - 1),
    )


def _trust(table: pl.DataFrame) -> pl.DataFrame:
    """Return for each context of one or two characters the share of its mass that goes to what was seen behind it."""
    followers = table.filter(pl.col("size") > 1).group_by("context").agg(followers=pl.len())
    contexts = table.filter(pl.col("size") <= len(DOUBT)).select("size", "count", context="ngram")
    doubt = pl.col("size").replace_strict(DOUBT, return_dtype=pl.Float64)
    share = pl.col("count") / (pl.col("count") + doubt + pl.col("followers").fill_null(0))
    return contexts.join(followers, on="context", how="left").with_columns(share=share)


def _chances(table: pl.DataFrame, trust: pl.DataFrame, total: float) -> pl.DataFrame:
    """Return the probability of each n-gram's last character behind the others: singles, then what rests on them."""
    never = UNSEEN / total
    found = [table.filter(size=1).select("ngram", chance=(pl.col("count") + UNSEEN) / total)]
    alone = found[0].rename({"ngram": "last", "chance": "alone"})
    contexts = trust.select("context", "share", seen="count")
    middles = trust.select(middle="context", middle_share="share")
    for size in (2, 3):
        shorter = found[-1].rename({"ngram": "shorter", "chance": "known"})
        grown = (
            table.filter(size=size)
            .with_columns(middle=pl.col("shorter").str.slice(0, size - 2))
            .join(contexts, on="context", how="left")
            .join(shorter, on="shorter", how="left")
            .join(alone, on="last", how="left")
            .join(middles, on="middle", how="left")
        )
        share = pl.col("share").fill_null(0.0)
        unknown = (1 - pl.col("middle_share").fill_null(0.0)) * pl.col("alone").fill_null(never)
        seen = pl.col("count") / pl.col("seen").fill_null(1)
        chance = share * seen + (1 - share) * pl.col("known").fill_null(unknown)
        found.append(grown.select("ngram", chance=chance))
    return pl.concat(found)
