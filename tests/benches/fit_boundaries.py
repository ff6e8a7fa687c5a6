"""Fits the weights of `transforms/blocks/boundaries.py` and prints them with their accuracy on held-out pages.

A page that marks its headlines or sets its paragraphs in is read twice, as it is and without marks and indents: most
papers print neither, and what marks say drowns what else speaks for an article.

The sample issues are read too: they are set as local papers are, those beside the project as a national one is. So are
pages made from them with each kind of damage, drawn otherwise than those of `tests/benches/text.py`: they count little,
but say what the halves of broken sentences look like.

A decision counts by the text that goes to the wrong article where it is wrong, damped: two articles that run together
spoil both, a heading taken for a headline cuts one.

usage: PYTHONPATH=. python tests/benches/fit_boundaries.py PAGES...   (folders with raw/*.txt and truth.jsonl; those
beside the project, real and made, and the first two tests/golden/unread_pages*; the later ones are held out)
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from fitting import core, fit_and_print, headlines

from flows.language import load_language
from tests.benches.text import clean_articles
from tests.damage.generate import KINDS, make_pages
from transforms.blocks.beginnings import certain
from transforms.blocks.boundaries import WEIGHTS, features
from transforms.blocks.lines import split_lines
from transforms.blocks.pictures import label_pictures, name_captions
from transforms.blocks.segment import read_units
from transforms.blocks.titles import title_groups
from transforms.blocks.unwrap import unwrap_lines
from transforms.inputs.extract import extract_pages
from transforms.text.repair import repair_page

CHECKOUT = Path(__file__).resolve().parents[2]
GOLDEN = CHECKOUT / "tests" / "golden" / "sample_issues.json"
SAMPLES_COUNT = 3.0  # how much a row of them counts, since they are few
SPREAD_PENALTY = 0.5  # L2 of weights in units of their features' spread: of .3 to 6, about as likely on pages held out
DAMAGED_COUNT, DAMAGED_PAGES, DAMAGED_SEED = 0.3, 4, 77  # how much such a row counts; pages a kind
NARROW = "wraps as lines, several widths"
COLUMN_FEATURES = ("flush_among_indented", "set_otherwise")  # what only wrapped pages tell
NARROW_PAGES = 80  # made of each set
SHORTEST_HALF = 5  # characters of the first half of a headline that is broken
SHORTEST_BODY = 60  # characters of an article that is set so
LEAST_COST, DAMPED = 30, 0.5  # characters that every decision counts; the power to which its cost is taken
MARKS = re.compile(r"^(?:[ \u3000]*#{1,6}[ \u3000]+|[ \u3000]+|\*\*(?=.+\*\*$))", re.MULTILINE)
MARK_ENDS = re.compile(r"(?<=\S)\*\*$", re.MULTILINE)


def rows(folder: Path):
    """Yield (page, features, whether an article begins, cost) for every group of titles that is not certain."""
    language = load_language()
    for line in (folder / "truth.jsonl").read_text(encoding="utf8").splitlines():
        page = json.loads(line)
        heads = {core(head) for article in page["articles"] for head in headlines(article)}
        for text in as_marked_and_bare((folder / "raw" / page["file"]).read_text(encoding="utf8")):
            yield from ((page["file"], *row) for row in decisions(text, heads, language))


def sample_rows():
    """Yield the same of the sample issues."""
    language = load_language()
    truth = json.loads(GOLDEN.read_text(encoding="utf8"))["pages"]
    heads: dict[str, set[str]] = {}
    for page in truth:
        lines = {core(head) for article in page["articles"] for head in headlines(article)}
        heads.setdefault(page["file"], set()).update(lines)
    for name, lines in heads.items():
        data = (CHECKOUT / "seeds" / "issues" / name).read_bytes()
        for page in extract_pages(gzip.decompress(data) if name.endswith(".gz") else data, name).pages:
            yield from ((name, *row) for row in decisions(page.text, lines, language))


def damaged_rows():
    """Yield the same of pages made with each kind of damage."""
    language = load_language()
    for kind in KINDS:
        made = make_pages(clean_articles(), kind, count=DAMAGED_PAGES, seed=DAMAGED_SEED)
        for number, page in enumerate(made):
            heads = {core(head) for article in page["articles"] for head in headlines(article)}
            for text in as_marked_and_bare(page["raw"]):
                yield from ((f"{kind} {number}", *row) for row in decisions(text, heads, language))


def narrow_sets(folders: list[Path]):
    """Yield the name and the articles of each set that is set narrow: of local papers, since national ones are wide."""
    yield "samples", clean_articles()
    for folder in folders:
        truth = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf8").splitlines()]
        yield folder.name, [article for page in truth for article in page["articles"]]


def narrow_rows(name: str, articles):
    """Yield the same of pages made from articles, set narrow below each other."""
    language = load_language()
    whole = [
        {**article, "headline": head(article), "people": article["people"] or []}
        for article in articles
        if article["headline"] and len(article["body"]) >= SHORTEST_BODY
    ]
    for number, page in enumerate(make_pages(whole, NARROW, count=NARROW_PAGES, seed=DAMAGED_SEED)):
        heads = {core(head) for article in page["articles"] for head in headlines(article)}
        printed = {core(line) for line in page["raw"].split("\n")}
        heads |= {line for line in printed if len(line) >= SHORTEST_HALF and any(h.startswith(line) for h in heads)}
        yield from ((f"{name} {number}", *row) for row in decisions(page["raw"], heads, language))


def head(article) -> str:
    """Return the headline of an article on one line."""
    headline = article["headline"]
    return headline if isinstance(headline, str) else " ".join(headline)


def as_marked_and_bare(page: str) -> Iterator[str]:
    """Yield the page, and, if that makes a difference, the page without marks and indents."""
    bare = MARK_ENDS.sub("", MARKS.sub("", page))
    yield page
    if bare != page:
        yield bare


def decisions(page: str, heads, language):
    """Yield (features, whether an article begins, cost) for every group that is weighed, below the first text."""
    read = read_units(unwrap_lines(split_lines(repair_page(page)), language), language)
    units = [read.units[index] for index in read.reading_order()]
    pictures, picture_news = label_pictures(units, title_groups(units))
    units = name_captions(units, pictures)
    groups = title_groups(units)
    able, sure = certain(units, groups, picture_news)
    asked = set(able) - sure
    begun = beginnings(units, groups, heads)
    for group, values in features(units, groups, language, asked):
        if any(unit.kind == "paragraph" for unit in units[: group.first]):
            yield values, group in begun, cost(units, group, begun)


def cost(units, group, begun) -> float:
    """Return the characters that go to a wrong article where the decision is wrong."""
    starts = [other.first for other in begun if other is not group]
    above = max((first for first in starts if first < group.first), default=0)
    below = min((first for first in starts if first > group.first), default=len(units))
    over, under = (
        sum(len(unit.string) for unit in part if unit.kind == "paragraph")
        for part in (units[above : group.first], units[group.last : below])
    )
    return min(over, under) * (2 if group in begun else 1)


def beginnings(units, groups, heads):
    """Return the groups that hold a line of a headline for the first time: a speech repeats how it begins."""
    begun, left = set(), set(heads)
    for group in groups:
        lines = [core(unit.string) for unit in units[group.first : group.last]]
        titles = {*lines, *(above + below for above, below in pairwise(lines))}  # a headline may be broken over two
        if titles & left:
            begun.add(group)
        left -= titles
    return begun


def main() -> None:
    found = [(row, 1.0) for folder in sys.argv[1:] for row in rows(Path(folder))]
    found += [(row, SAMPLES_COUNT) for row in sample_rows()]
    found += [(row, DAMAGED_COUNT) for row in damaged_rows()]
    fitted = fit(found, {name: weight for name, weight in WEIGHTS.items() if name not in COLUMN_FEATURES})
    local = [Path(folder) for folder in sys.argv[1:] if Path(folder).resolve().is_relative_to(CHECKOUT)]
    narrow = [(row, 1.0) for name, articles in narrow_sets(local) for row in narrow_rows(name, articles)]
    offsets = [sum(weight * values[name] for name, weight in fitted.items()) for (_, values, _, _), _ in narrow]
    fit(narrow, {name: WEIGHTS[name] for name in COLUMN_FEATURES}, offsets)


def fit(found, weights, offsets=None):
    """Fit some of the weights to rows and how much each counts, print them, and return them."""
    counts = [count * (row[-1] + LEAST_COST) ** DAMPED for row, count in found]
    rows_of = [row[:3] for row, _ in found]
    stakes = [row[-1] for row, _ in found]
    return fit_and_print(rows_of, weights, counts=counts, spread_penalty=SPREAD_PENALTY, stakes=stakes, offsets=offsets)


if __name__ == "__main__":
    main()
