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
BIGRAM_DOUBT = 30.0  # sightings, beside the count of different followers: the table leaves out rare followers
TRIGRAM_DOUBT = 8.0
REACH = 3  # characters below a cut that are asked about: further ones depend on the cut hardly at all


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Counts of the characters, pairs and triples of newspaper text; `total` counts characters.

    followers: how many different characters were seen behind one or two others.
    """

    counts: Mapping[str, int]
    followers: Mapping[str, int]
    total: int

    @staticmethod
    def of(counts: Mapping[str, int]) -> "LanguageModel":
        """Return the model of a table of n-grams and how often each was seen."""
        followers = Counter(ngram[:-1] for ngram in counts if len(ngram) > 1)
        return LanguageModel(counts, followers, sum(count for ngram, count in counts.items() if len(ngram) == 1))

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
            result += log(self._after_two(context, character))
            context = context[1] + character
        return result

    def _after_two(self, context: str, character: str) -> float:
        seen = self.counts.get(context, 0)
        shorter = self._after_one(context[1], character)
        if not seen:
            return shorter
        trust = seen / (seen + TRIGRAM_DOUBT + self.followers.get(context, 0))
        return trust * self.counts.get(context + character, 0) / seen + (1 - trust) * shorter

    def _after_one(self, context: str, character: str) -> float:
        seen = self.counts.get(context, 0)
        alone = (self.counts.get(character, 0) + UNSEEN) / (self.total + UNSEEN * VOCABULARY)
        if not seen:
            return alone
        trust = seen / (seen + BIGRAM_DOUBT + self.followers.get(context, 0))
        return trust * self.counts.get(context + character, 0) / seen + (1 - trust) * alone
