"""Fits the weights of `transforms/blocks/carried.py` and prints them with their accuracy on held-out pages.

Of two articles of a page, the last paragraph of the upper one is cut in mid-sentence: its lower half is set below the
headline of the other, or is lost.

usage: PYTHONPATH=. python tests/benches/fit_carried.py PAGES...   (folders with truth.jsonl)
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from random import Random

from fitting import fit_and_print, headlines

from flows.language import load_language
from transforms.blocks.carried import WEIGHTS, half_features
from transforms.blocks.lines import split_lines
from transforms.blocks.titles import title_groups
from transforms.blocks.units import name_units
from transforms.text.characters import HAN_CHARACTER
from transforms.text.repair import repair_page

SEED = 1998
SHORTEST = 60  # characters: a shorter paragraph is not cut
LEAST_HALF = 8  # characters


def rows(folder: Path):
    """Yield (page, features, whether the lower half stands there)."""
    language, random = load_language(), Random(SEED)
    for line in (folder / "truth.jsonl").read_text(encoding="utf8").splitlines():
        page = json.loads(line)
        for above, below in pairwise(page["articles"]):
            *text, last = above["body"].split("\n")
            places = [at for at in range(LEAST_HALF, len(last) - LEAST_HALF) if _is_between_han(last, at)]
            heads = headlines(below)
            if len(last) < SHORTEST or not places or not heads or not below["body"]:
                continue
            at = random.choice(places)
            for is_half, lower in ((True, [last[at:]]), (False, [])):
                lines = [*text, last[:at], *heads, *lower, *below["body"].split("\n")]
                units = name_units(split_lines(repair_page("\n\n".join(lines))))
                group = next(
                    (g for g in title_groups(units) if units[g.first].string == repair_page(heads[0]).string), None
                )
                if group is None or not 0 < group.first < group.last < len(units):
                    continue
                if (units[group.last].string == repair_page(last[at:]).string) is is_half:
                    yield page["file"], half_features(units, group, group.first - 1, group.last, language), is_half


def _is_between_han(string: str, at: int) -> bool:
    return bool(HAN_CHARACTER.match(string[at - 1]) and HAN_CHARACTER.match(string[at]))


def main() -> None:
    fit_and_print((row for folder in sys.argv[1:] for row in rows(Path(folder))), WEIGHTS)


if __name__ == "__main__":
    main()
