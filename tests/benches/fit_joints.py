"""Fits the weights of `transforms/language/joints.py` and prints them with their accuracy on held-out pages.

True joints are those of the articles' paragraphs set in columns, false ones those of a line and a later line of the
same article: they share its words too.

usage: PYTHONPATH=. python tests/benches/fit_joints.py PAGES...   (folders with truth.jsonl)
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from random import Random

from fitting import fit_and_print

from flows.language import load_language
from transforms.language.joints import PARTED, WEIGHTS, features

SEED = 1998
WIDTHS = (14, 24)  # characters of a column
FEWEST = 4  # lines of an article


def rows(folder: Path):
    """Yield (page, features, whether the line goes on) for every joint of column lines, and for as many false ones."""
    language, random = load_language(), Random(SEED)
    for line in (folder / "truth.jsonl").read_text(encoding="utf8").splitlines():
        page = json.loads(line)
        for article in page["articles"]:
            width = random.randint(*WIDTHS)
            paragraphs = [
                [text[at : at + width] for at in range(0, len(text), width)] for text in article["body"].split("\n")
            ]
            text = PARTED.join(line for lines in paragraphs for line in lines)
            below = [line for lines in paragraphs for line in lines[1:]]
            for above, right in (joint for lines in paragraphs if len(below) >= FEWEST for joint in pairwise(lines)):
                yield page["file"], features(above, right, text, language), True
                wrong = random.choice(below)
                if wrong != right:
                    yield page["file"], features(above, wrong, text, language), False


def main() -> None:
    fit_and_print((row for folder in sys.argv[1:] for row in rows(Path(folder))), WEIGHTS)


if __name__ == "__main__":
    main()
