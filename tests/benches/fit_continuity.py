"""Fits the weights of `transforms/blocks/continuity.py` and prints them with their accuracy on held-out pages.

usage: PYTHONPATH=. python tests/benches/fit_continuity.py PAGES...   (folders with raw/*.txt and truth.jsonl)
"""

import itertools
import json
import sys
from pathlib import Path

from fitting import core, fit_and_print, headlines

from flows.language import load_language
from transforms.blocks.continuity import WEIGHTS, cut_between, features, phrase_form
from transforms.blocks.fragments import title_forms
from transforms.blocks.lines import split_lines
from transforms.blocks.units import ends_open, name_units
from transforms.text.repair import repair_page

ASIDE = {"banner", "scrap", "masthead", "colophon"}
KEY = 8  # characters on each side of a cut that are looked up in the true texts


def rows(folder: Path):
    """Yield (page, features, whether the sentence goes on) for every open line and the text below it."""
    language = load_language()
    for line in (folder / "truth.jsonl").read_text(encoding="utf8").splitlines():
        page = json.loads(line)
        bodies = ["\n".join(core(part) for part in article["body"].split("\n")) for article in page["articles"]]
        heads = {core(head) for article in page["articles"] for head in headlines(article)}
        units = name_units(split_lines(repair_page((folder / "raw" / page["file"]).read_text(encoding="utf8"))))
        forms, has_marks = title_forms(units), any(unit.line.has_heading_mark for unit in units)
        units = [unit for unit in units if unit.kind not in ASIDE]
        for number, (above, below) in enumerate(itertools.pairwise(units)):
            if above.kind not in {"title", "paragraph"} or below.kind not in {"title", "paragraph"}:
                continue
            end, start = core(above.string), core(below.string)
            is_open = above.kind == "title" or ends_open(above.string)
            known = any(end[-KEY:] in body for body in bodies) or end in heads
            if is_open and known and min(len(end), len(start)) >= KEY // 2:
                is_lead = number > 0 and units[number - 1].kind == "title"
                is_parallel = forms[phrase_form(above.string)] > 1
                cut = cut_between(above, below, is_lead=is_lead, is_parallel=is_parallel, has_marks=has_marks)
                goes_on = any(end[-KEY:] + start[:KEY] in body for body in bodies)
                yield page["file"], features(cut, language), goes_on


def main() -> None:
    fit_and_print((row for folder in sys.argv[1:] for row in rows(Path(folder))), WEIGHTS)


if __name__ == "__main__":
    main()
