"""Fits the weights of `transforms/blocks/boundaries.py` and prints them with their accuracy on held-out pages.

A page that marks its headlines or sets its paragraphs in is read twice, as it is and without marks and indents: most
papers print neither, and what marks say drowns what else speaks for an article.

The sample issues are read too: they are set as local papers are, those beside the project as a national one is.

usage: PYTHONPATH=. python tests/benches/fit_boundaries.py PAGES...   (folders with raw/*.txt and truth.jsonl)
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from fitting import core, fit_and_print, headlines

from flows.language import load_language
from transforms.blocks.beginnings import has_text_below
from transforms.blocks.boundaries import WEIGHTS, certain_beginnings, features
from transforms.blocks.lines import split_lines
from transforms.blocks.pictures import label_pictures, name_captions
from transforms.blocks.segment import read_units
from transforms.blocks.titles import title_groups
from transforms.blocks.unwrap import unwrap_lines
from transforms.inputs.extract import extract_pages
from transforms.text.repair import repair_page

CHECKOUT = Path(__file__).resolve().parents[2]
GOLDEN = CHECKOUT / "tests" / "golden" / "sample_issues.json"
SAMPLES_COUNT = 3  # times each, since they are few
MARKS = re.compile(r"^(?:[ \u3000]*#{1,6}[ \u3000]+|[ \u3000]+|\*\*(?=.+\*\*$))", re.MULTILINE)
MARK_ENDS = re.compile(r"(?<=\S)\*\*$", re.MULTILINE)


def rows(folder: Path):
    """Yield (page, features, whether an article begins) for every group of titles that is not certain."""
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


def as_marked_and_bare(page: str) -> Iterator[str]:
    """Yield the page, and, if that makes a difference, the page without marks and indents."""
    bare = MARK_ENDS.sub("", MARKS.sub("", page))
    yield page
    if bare != page:
        yield bare


def decisions(page: str, heads, language):
    """Yield (features, whether an article begins) for every group of titles below the first text of a page."""
    read = read_units(unwrap_lines(split_lines(repair_page(page)), language), language)
    units = [read.units[index] for index in read.reading_order()]
    units = name_captions(units, label_pictures(units, title_groups(units))[0])
    groups = title_groups(units)
    able = [group for group in groups if has_text_below(units, group)]
    asked = set(able) - certain_beginnings(units, groups)
    begun = beginnings(units, groups, heads)
    for group, values in features(units, groups, language, asked):
        if any(unit.kind == "paragraph" for unit in units[: group.first]):
            yield values, group in begun


def beginnings(units, groups, heads):
    """Return the groups that hold a line of a headline for the first time: a speech repeats how it begins."""
    begun, left = set(), set(heads)
    for group in groups:
        titles = {core(unit.string) for unit in units[group.first : group.last]}
        if titles & left:
            begun.add(group)
        left -= titles
    return begun


def main() -> None:
    pages = (row for folder in sys.argv[1:] for row in rows(Path(folder)))
    samples = list(sample_rows())
    fit_and_print([*pages, *SAMPLES_COUNT * samples], WEIGHTS)


if __name__ == "__main__":
    main()
