"""Prints what share of characters are misfits on clean pages and on pages with wrong characters, seeded.

usage: PYTHONPATH=. python tests/benches/measure_quality.py PAGES...   (folders with raw/*.txt)
"""

import random
import statistics
import sys
from pathlib import Path

from flows.language import load_language
from transforms.pages.quality import misfit_share
from transforms.text.characters import HAN_CHARACTER
from transforms.text.repair import repair_page


def damage(page: str, share: float, vocabulary: list[str], chance: random.Random) -> str:
    return "".join(chance.choice(vocabulary) if HAN_CHARACTER.match(c) and chance.random() < share else c for c in page)


def main() -> None:
    language = load_language()
    vocabulary = [ngram for ngram in language.counts if HAN_CHARACTER.fullmatch(ngram)]
    chance = random.Random(1)
    pages = [
        repair_page(path.read_text(encoding="utf8")).string
        for folder in sys.argv[1:]
        for path in sorted((Path(folder) / "raw").glob("*.txt"))
    ]
    for share in (0.0, 0.01, 0.03, 0.08):
        found = sorted(misfit_share(damage(page, share, vocabulary, chance), language) for page in pages)
        ninth = found[len(found) * 9 // 10]
        print(f"{share:.0%} wrong: median {statistics.median(found):.3f}, nine in ten below {ninth:.3f}")


if __name__ == "__main__":
    main()
