"""A character trigram model, to say whether one half of a sentence goes on with another.

Counts come from a table that ships with the project (`seeds/reference/ngrams.parquet`, made by
`tests/benches/train_language.py`), so that a decision is the same on every lake and in every batch. Probabilities
are interpolated after Jelinek and Mercer with weights that grow with what was seen (Witten and Bell, IEEE Trans.
Information Theory 37, 1991).
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log
from operator import itemgetter

START = "^"  # two of them stand before the first character of a paragraph
FIGURE = "0"  # stands for any run of digits
FIGURES = re.compile(r"[0-9０-９.．％%]+")
VOCABULARY = 6000  # characters; what a newspaper of a month uses, rounded up
UNSEEN = 0.5  # count given to a character that was never seen
DOUBT = {1: 10.0, 2: 2.0}  # sightings by length of context, beside its count of followers: the table lacks rare ones
MOST_KNOWN = 500_000  # triples that are remembered
REACH = 3  # characters below a cut that are asked about: further ones depend on the cut hardly at all
_WITHOUT_LAST = itemgetter(slice(-1))


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """What newspaper text goes on with. What it is asked is worked out then, and remembered: a page asks little.

    counts: how often each character, pair and triple was seen. followers: how many different characters of these stand
    behind a character or pair. total: all characters seen, with a share for those that never were.
    """

    counts: Mapping[str, int]
    followers: Mapping[str, int]
    total: float
    known: dict[str, float] = field(default_factory=dict, compare=False, repr=False)  # triples come again

    @staticmethod
    def of(counts: Mapping[str, int]) -> "LanguageModel":
        """Return the model of a table of n-grams and how often each was seen."""
        characters = sum(count for ngram, count in counts.items() if len(ngram) == 1)
        return LanguageModel(counts, Counter(map(_WITHOUT_LAST, counts)), characters + UNSEEN * VOCABULARY)

    def surprise(self, ngram: str) -> float:
        """Return how rare an n-gram is: the negative logarithm of its share of all that was seen."""
        return log(self.total) - log(1 + self.counts.get(ngram, 0))

    def goes_on(self, above: str, below: str) -> float:
        """Return the log-odds that `below` continues `above`, against beginning a paragraph of its own."""
        end, start = _cut(above, below)
        return self.log_probability(end, start) - self.log_probability(START * 2, start)

    def fits(self, above: str, below: str) -> float:
        """Return the log-odds that `below` continues `above`, against standing anywhere else in a sentence."""
        end, start = _cut(above, below)
        alone = sum(log(self.chance(start[:length])) for length in range(1, len(start) + 1))
        return self.log_probability(end, start) - alone

    def log_probability(self, before: str, string: str) -> float:
        """Return the natural logarithm of the probability of `string` after the characters `before`."""
        context = (START * 2 + before)[-2:]
        result = 0.0
        for character in string:
            triple = context + character
            known = self.known.get(triple)
            if known is None:
                if len(self.known) >= MOST_KNOWN:
                    self.known.clear()
                known = self.known[triple] = log(self.chance(triple))
            result += known
            context = triple[1:]
        return result

    def chance(self, ngram: str) -> float:
        """Return the probability of an n-gram's last character behind the others."""
        count = self.counts.get(ngram, 0)
        if len(ngram) == 1:
            return (count + UNSEEN) / self.total
        context = ngram[:-1]
        trust = self.trust(context)
        return trust * count / self.counts.get(context, 1) + (1 - trust) * self.chance(ngram[1:])

    def trust(self, context: str) -> float:
        """Return the share of the mass behind one or two characters that goes to what was seen there."""
        count = self.counts.get(context, 0)
        return count / (count + DOUBT[len(context)] + self.followers.get(context, 0))


def _cut(above: str, below: str) -> tuple[str, str]:
    """Return the characters on both sides of a cut that the model asks about."""
    end = FIGURES.sub(FIGURE, above[-2 * REACH :].replace('"', "”"))[-2:]
    return end, FIGURES.sub(FIGURE, below[: 2 * REACH].replace('"', "“"))[:REACH]
