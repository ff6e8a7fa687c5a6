"""Prints the margins behind three thresholds: how often log-odds speak for a damage that is there, and that is not.

Decisions: are two column lines swapped (`articles/swaps.py`), does a line of another column stand here
(`articles/intruders.py`), are two columns woven into each other (`blocks/columns.py`). Each is asked of true paragraphs
set in columns, as they are and with that damage, seeded: of the sample issues and, where folders are given, of theirs.
Then how often the lower half of a sentence is found below a whole article (`blocks/distant.py`), and where none is.

usage: PYTHONPATH=. python tests/benches/measure_margins.py [PAGES...]   (folders with truth.jsonl)
"""

import json
import sys
from collections import Counter
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
from transforms.blocks.distant import find_distant
from transforms.blocks.lines import split_lines
from transforms.blocks.units import name_units
from transforms.language.joints import PARTED
from transforms.spans import Text
from transforms.text.repair import repair_page
from transforms.text.wraps import find_wraps, remove_wrap_spaces

SEED = 1998
WIDTHS = (14, 22)  # characters of a column
FEWEST = 4  # lines of a paragraph: a line and its neighbours
TITLE, LONG, ROUNDS = "一渠春水润麦苗", 40, 2  # of pages made to look for lower halves; characters of their paragraphs
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


def distant_halves(folders: Sequence[Path]) -> str:
    """Say how often a lower half is found below another article, and how often one that is lost."""
    language, random = load_language(), Random(SEED)
    bodies = [[line for line in body if len(line) > LONG] for body in _bodies(folders)]
    bodies = [body for body in bodies if len(body) > 1]
    seen: Counter[tuple[bool, str]] = Counter()
    for number, upper in enumerate(bodies * ROUNDS):
        between, below = random.sample(bodies, 2)
        at = random.randrange(len(upper) - 1)
        cut = random.randrange(LONG // 2, len(upper[at]) - LONG // 4)
        head, tail = [*upper[:at], upper[at][:cut]], [upper[at][cut:], *upper[at + 1 :]]
        is_lost = bool(number % 2)
        page = "\n\n".join([*head, TITLE, *between, *([] if is_lost else tail), TITLE, *below])
        units = name_units(split_lines(repair_page(page)))
        if units[at].is_open:
            firsts = [each.first for each in find_distant(units, [], language) if each.above == at]
            lower = repair_page(tail[0]).string
            said = ["none", "right" if firsts and units[firsts[0]].string == lower else "another"][bool(firsts)]
            seen[is_lost, said] += 1
    there, lost = (sum(count for (is_lost, _), count in seen.items() if is_lost is way) for way in (False, True))
    right, other = seen[False, "right"] / there, seen[False, "another"] / there
    wrong = (seen[True, "right"] + seen[True, "another"]) / lost
    found = f"of {there} found {right:.1%}, another text {other:.1%}; of {lost} lost {wrong:.1%}"
    return f"lower halves below an article: {found}"


def _bodies(folders: Sequence[Path]) -> Iterator[list[str]]:
    yield from (article["body"].split("\n") for article in clean_articles())
    for folder in folders:
        for line in (folder / "truth.jsonl").read_text(encoding="utf8").splitlines():
            yield from (article["body"].split("\n") for article in json.loads(line)["articles"])


def main() -> None:
    print(distant_halves([Path(folder) for folder in sys.argv[1:]]))
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
