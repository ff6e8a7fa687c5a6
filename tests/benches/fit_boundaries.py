"""Fits the weights of `transforms/blocks/boundaries.py` and prints them with their accuracy on held-out pages.

usage: PYTHONPATH=. python tests/benches/fit_boundaries.py PAGES...   (folders with raw/*.txt and truth.jsonl)
"""

import json
import sys
from pathlib import Path

from fitting import core, fit_and_print, headlines

from flows.language import load_language
from transforms.blocks.boundaries import WEIGHTS, certain_beginnings, features, title_groups
from transforms.blocks.lines import split_lines
from transforms.blocks.pictures import label_pictures, name_captions
from transforms.blocks.segment import read_units
from transforms.blocks.unwrap import unwrap_lines
from transforms.text.repair import repair_page


def rows(folder: Path):
    """Yield (page, features, whether an article begins) for every group of titles but the first of a page."""
    language = load_language()
    for line in (folder / "truth.jsonl").read_text(encoding="utf8").splitlines():
        page = json.loads(line)
        heads = {core(head) for article in page["articles"] for head in headlines(article)}
        text = repair_page((folder / "raw" / page["file"]).read_text(encoding="utf8"))
        read = read_units(unwrap_lines(split_lines(text)), language)
        units = [read.units[index] for index in read.reading_order()]
        units = name_captions(units, label_pictures(units, title_groups(units))[0])
        groups = title_groups(units)
        asked = set(groups) - certain_beginnings(units, groups)
        for group, values in features(units, groups, language, asked):
            titles = {core(unit.string) for unit in units[group.first : group.last]}
            if any(unit.kind == "paragraph" for unit in units[: group.first]):
                yield page["file"], values, bool(titles & heads)


def main() -> None:
    fit_and_print((row for folder in sys.argv[1:] for row in rows(Path(folder))), WEIGHTS)


if __name__ == "__main__":
    main()
