"""Prints the margins behind three thresholds: how often log-odds speak for a damage that is there, and that is not.

Decisions: are two column lines swapped (`articles/swaps.py`), does a line of another column stand here
(`articles/intruders.py`), are two columns woven into each other (`blocks/columns.py`). Each is asked of true paragraphs
set in columns, as they are and with that damage, seeded: of the sample issues and, where folders are given, of theirs.

usage: PYTHONPATH=. python tests/benches/measure_margins.py [PAGES...]   (folders with truth.jsonl)
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, zip_longest
from pathlib import Path
from random import Random

from flows.language import load_language
from tests.benches.text import clean_articles
from transforms.articles import intruders, swaps
from transforms.articles.intruders import Joint, best_move
from transforms.articles.swaps import swap_odds
from transforms.blocks import columns
from transforms.blocks.columns import takes_turns, weave_odds
from transforms.language.joints import PARTED
from transforms.spans import Text
from transforms.text.wraps import find_wraps, remove_wrap_spaces

SEED = 1998
WIDTHS = (14, 22)  # characters of a column
FEWEST = 4  # lines of a paragraph: a line and its neighbours
STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14)

Lines = list[str]
Odds = tuple[list[float], list[float]]  # where there is no damage, and where there is


def articles(folders: Sequence[Path]) -> Iterator[list[Lines]]:
    """Yield the paragraphs of each article, each in lines of a column."""
    random = Random(SEED)
    found = list(clean_articles())
    for folder in folders:
        pages = map(json.loads, (folder / "truth.jsonl").read_text(encoding="utf8").splitlines())
        found += [article for page in pages for article in page["articles"]]
    for article in found:
        width = random.randint(*WIDTHS)
        paragraphs = [
            [text[at : at + width] for at in range(0, len(text), width)] for text in article["body"].split("\n")
        ]
        yield [lines for lines in paragraphs if len(lines) >= FEWEST]


def swap_margins(found: Sequence[list[Lines]]) -> Odds:
    language, false, true = load_language(), [], []
    for lines, text in ((lines, PARTED.join(chain.from_iterable(article))) for article in found for lines in article):
        whole = swap_odds(lines, text, language)
        for at in range(1, len(lines) - 2):
            swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
            false.append(whole.get(at, 0.0))
            true.append(swap_odds(swapped, text, language).get(at, 0.0))
    return false, true


def weave_margins(all_articles: Sequence[list[Lines]]) -> Odds:
    language, false, true = load_language(), [], []
    for article in all_articles:
        for ours, theirs in pairwise(article):
            pair = (ours[:8], theirs[:8])
            woven = [line for both in zip_longest(*pair) for line in both if line]
            for found, lines in ((false, pair[0] + pair[1]), (true, woven)):
                odds, chains = weave_odds(lines, language)
                found.append(odds if takes_turns(chains) else 0.0)
    return false, true


def intruder_margins(found: Sequence[list[Lines]]) -> Odds:
    language, false, true, random = load_language(), [], [], Random(SEED)
    for article in (article for article in found if len(article) > 1):
        host, source = random.sample(range(len(article)), 2)
        at, place = random.randrange(1, len(article[source]) - 1), random.randrange(1, len(article[host]) - 1)
        whole = [list(lines) for lines in article]
        joint = Joint(source, sum(map(len, whole[source][:at])))
        move = best_move([_text(lines) for lines in whole], [joint], language)
        false.append(move.odds + intruders.LEAST_ODDS if move else 0.0)
        line = whole[source].pop(at)
        whole[host].insert(place, line)
        texts = [_text(lines) for lines in whole]
        move = best_move(texts, [joint], language)
        is_right = move is not None and texts[move.paragraph].string[move.start : move.end] == line
        true.append(move.odds + intruders.LEAST_ODDS if move is not None and is_right else 0.0)
    return false, true


def _text(lines: Lines) -> Text:
    text = remove_wrap_spaces(Text.of(" ".join(lines)))
    return text if find_wraps(text) else Text.of("".join(lines))


def main() -> None:
    found = list(articles([Path(folder) for folder in sys.argv[1:]]))
    for name, least, (false, true) in (
        ("swapped lines", swaps.LEAST_ODDS, swap_margins(found)),
        ("an intruder", intruders.LEAST_ODDS, intruder_margins(found)),
        ("woven columns", columns.LEAST_ODDS, weave_margins(found)),
    ):
        print(f"{name}: least odds {least:.0f}; {len(false)} places without it, highest log-odds {max(false):.1f}")
        for step in STEPS:
            wrong = sum(odds >= step for odds in false) / len(false)
            right = sum(odds >= step for odds in true) / len(true)
            print(f"  from {step:>2}: seen where it is not {wrong:.2%}, where it is {right:.1%}")


if __name__ == "__main__":
    main()
