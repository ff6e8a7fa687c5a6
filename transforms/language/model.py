"""A character trigram model, to say whether one half of a sentence goes on with another.

Counts come from a table that ships with the project (`seeds/reference/ngrams.parquet`, made by
`tests/benches/train_language.py`), so that a decision is the same on every lake and in every batch. Probabilities
are interpolated after Jelinek and Mercer with weights that grow with what was seen (Witten and Bell, IEEE Trans.
Information Theory 37, 1991).
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

START = "^"  # two of them stand before the first character of a paragraph
FIGURE = "0"  # stands for any run of digits
FIGURES = re.compile(r"[0-9０-９.．％%]+")
VOCABULARY = 6000  # characters; what a newspaper of a month uses, rounded up
UNSEEN = 0.5  # count given to a character that was never seen
DOUBT = {1: 30.0, 2: 8.0}  # sightings by length of context, beside its count of followers: the table lacks rare ones
REACH = 3  # characters below a cut that are asked about: further ones depend on the cut hardly at all


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """What newspaper text goes on with: natural logarithms of probabilities, worked out once when it is loaded.

    counts: how often each character, pair and triple was seen. seen: the logarithm for the last character of a pair or
    triple behind the others, and of a character anywhere. unseen: what a character costs that was never seen behind
    these one or two; the shorter context goes on from there. never: the logarithm for a character never seen at all.
    """

    counts: Mapping[str, int]
    seen: Mapping[str, float]
    unseen: Mapping[str, float]
    never: float

    @staticmethod
    def of(counts: Mapping[str, int]) -> "LanguageModel":
        """Return the model of a table of n-grams and how often each was seen."""
        followers = Counter(ngram[:-1] for ngram in counts if len(ngram) > 1)
        total = sum(count for ngram, count in counts.items() if len(ngram) == 1) + UNSEEN * VOCABULARY
        alone = {ngram: (count + UNSEEN) / total for ngram, count in counts.items() if len(ngram) == 1}
        trust = {
            context: count / (count + DOUBT[len(context)] + followers[context])
            for context, count in counts.items()
            if len(context) in DOUBT
        }
        chances = dict(alone)
        for ngram in sorted(
            filter(lambda n: len(n) > 1, counts), key=len
        ):  # pairs before the triples that rest on them
            context, last = ngram[:-1], ngram[-1]
            unknown = (1 - trust.get(ngram[1:-1], 0.0)) * alone.get(last, UNSEEN / total)
            shorter = chances.get(ngram[1:], unknown)
            share = trust.get(context, 0.0)
            chances[ngram] = share * counts[ngram] / counts.get(context, 1) + (1 - share) * shorter
        return LanguageModel(
            counts,
            {ngram: log(chance) for ngram, chance in chances.items()},
            {context: log(1 - share) for context, share in trust.items()},
            log(UNSEEN / total),
        )

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
