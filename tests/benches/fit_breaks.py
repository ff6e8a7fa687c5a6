"""Fits the weights of `transforms/blocks/breaks.py` and prints them with their accuracy on held-out pages.

A headline of one line is broken where it may be: near its middle, where it goes on least. Two lines of a kicker and a
headline, or of a headline and a line below it, are no halves of one. Where a truth lists lines of a headline, it leaves
open which. The sample issues are read too.

usage: PYTHONPATH=. python tests/benches/fit_breaks.py PAGES...   (folders with raw/*.txt and truth.jsonl; those beside
the project, real and made, and all tests/golden/unread_pages*)
"""

import gzip
import json
import re
import sys
from itertools import pairwise
from pathlib import Path

from fitting import core, fit_and_print, headlines

from flows.language import load_language
from transforms.blocks.breaks import SHORTEST, SHORTEST_WHOLE, WEIGHTS, features, is_asked
from transforms.blocks.headlines import text_below
from transforms.blocks.lines import split_lines
from transforms.blocks.segment import read_units
from transforms.blocks.titles import title_groups
from transforms.blocks.unwrap import unwrap_lines
from transforms.inputs.extract import extract_pages
from transforms.text.repair import repair_page

CHECKOUT = Path(__file__).resolve().parents[2]
GOLDEN = CHECKOUT / "tests" / "golden" / "sample_issues.json"
LONGEST = 30  # characters of a headline that is broken
MIDDLE = 0.25  # of a headline's length: how far from its middle it is broken
DISTANCE = 0.3  # log-odds a character by which a break is worse the further it is from the middle
TAG = re.compile(r"[（(][^（）()]*[)）]$")
BEGINNING = 600  # characters
SPREAD_PENALTY = 0.5  # L2 of weights in units of their features' spread
NO_END, NO_START = re.compile("[“《（]$"), re.compile("[，。！？：”》）、]")


def rows(folder: Path):
    """Yield (page, features, whether both lines are one headline)."""
    language = load_language()
    for line in (folder / "truth.jsonl").read_text(encoding="utf8").splitlines():
        page = json.loads(line)
        for article in page["articles"]:
            yield from ((page["file"], values, True) for values in broken(article, language))
        text = (folder / "raw" / page["file"]).read_text(encoding="utf8")
        yield from ((page["file"], *row) for row in printed(text, page["articles"], language))


def sample_rows():
    """Yield the same of the sample issues."""
    language = load_language()
    files: dict[str, list] = {}
    for page in json.loads(GOLDEN.read_text(encoding="utf8"))["pages"]:
        files.setdefault(page["file"], []).extend(page["articles"])
    for name, articles in files.items():
        yield from ((name, values, True) for article in articles for values in broken(article, language))
        data = (CHECKOUT / "seeds" / "issues" / name).read_bytes()
        for page in extract_pages(gzip.decompress(data) if name.endswith(".gz") else data, name).pages:
            yield from ((name, *row) for row in printed(page.text, articles, language))


def broken(article, language):
    """Yield the features of an article's headline, broken."""
    head = TAG.sub("", article["headline"]) if isinstance(article["headline"], str) else ""
    is_plain = not re.search("[ \u3000]|——", head)
    if not (is_plain and SHORTEST_WHOLE <= len(head) <= LONGEST):
        return
    middle = len(head) / 2
    cuts = [at for at in range(SHORTEST, len(head) - SHORTEST + 1) if abs(at - middle) <= MIDDLE * len(head)]
    cuts = [at for at in cuts if not NO_START.match(head[at]) and not NO_END.search(head[:at])]
    if cuts:
        at = min(cuts, key=lambda at: language.goes_on(head[:at], head[at:]) + DISTANCE * abs(at - middle))
        yield features(head[:at], head[at:], article["body"][:BEGINNING], language)


def printed(text: str, articles, language):
    """Yield (features, whether both are one headline) for the lines of headlines as the page has them."""
    listed = [set(map(core, a["headline"])) for a in articles if isinstance(a["headline"], list)]
    heads = {core(head) for article in articles for head in headlines(article)}
    units = read_units(unwrap_lines(split_lines(repair_page(text)), language), language).units
    for group in title_groups(units):
        below_group = text_below(units, group)
        for above, below in pairwise(units[group.first : group.last]):
            lines = {core(above.string), core(below.string)}
            is_one = core(above.string) + core(below.string) in heads
            is_open = any(lines <= each for each in listed)
            if is_asked(above, below) and (is_one or (lines & heads and not is_open)):
                yield features(above.string, below.string, below_group, language), is_one


def main() -> None:
    found = [row for folder in sys.argv[1:] for row in rows(Path(folder))]
    found += sample_rows()
    ones = sum(is_one for _, _, is_one in found)
    counts = [1 / ones if is_one else 1 / (len(found) - ones) for _, _, is_one in found]  # both kinds count alike
    fit_and_print(found, WEIGHTS, counts=counts, spread_penalty=SPREAD_PENALTY)


if __name__ == "__main__":
    main()
