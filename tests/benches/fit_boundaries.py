"""Fits the weights of `transforms/blocks/boundaries.py` and prints them with their accuracy on held-out pages.

usage: python tests/benches/fit_boundaries.py PAGES...   (folders with raw/*.txt and truth.jsonl)
"""

import json
import re
import sys
from pathlib import Path

import numpy as np

from transforms.blocks.boundaries import WEIGHTS, features, title_groups
from flows.reference import load_language
from transforms.blocks.fragments import find_fragments
from transforms.blocks.lines import split_lines
from transforms.blocks.units import name_units
from transforms.text.repair import repair_page

PENALTY = 0.3  # L2: the features are few and the pages many; a little keeps those that never fail from running away
FOLDS = 10
LETTERS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9.%]")


def rows(folder: Path):
    """Yield (page, features, whether an article begins) for every group of titles but the first of a page."""
    language = load_language()
    for line in (folder / "truth.jsonl").read_text(encoding="utf8").splitlines():
        page = json.loads(line)
        heads = {core(head) for article in page["articles"] for head in headlines(article)}
        units = find_fragments(name_units(split_lines(repair_page((folder / "raw" / page["file"]).read_text(encoding="utf8")))), language)
        groups = title_groups(units)
        for group, values in zip(groups, features(units, groups), strict=True):
            titles = {core(unit.string) for unit in units[group.first : group.last]}
            if any(unit.kind == "paragraph" for unit in units[: group.first]):
                yield page["file"], values, bool(titles & heads)


def headlines(article) -> list[str]:
    headline = article["headline"]
    listed = [headline] if isinstance(headline, str) else (headline or [])
    return [*listed, *([article["kicker"]] if article["kicker"] else [])]


def core(string: str) -> str:
    return LETTERS.sub("", string)


def fit(x, y):
    """Return the weights of a logistic regression, by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + PENALTY * weights
        hessian = (x.T * (p * (1 - p))) @ x + PENALTY * np.eye(len(weights))
        weights = weights - np.linalg.solve(hessian, gradient)
    return weights


def main() -> None:
    found = [row for folder in sys.argv[1:] for row in rows(Path(folder))]
    names = list(WEIGHTS)
    pages = sorted({page for page, _, _ in found})
    fold = np.array([pages.index(page) % FOLDS for page, _, _ in found])
    x = np.array([[float(values.get(name, 0.0)) for name in names] for _, values, _ in found])
    y = np.array([begins for _, _, begins in found], float)
    for name, weight in zip(names, fit(x, y), strict=True):
        print(f'        "{name}": {weight:.2f},')
    held_out = np.zeros(len(y), bool)
    for number in range(FOLDS):
        test = fold == number
        held_out[test] = (x[test] @ fit(x[~test], y[~test]) > 0) == (y[test] == 1)
    now = (x @ np.array([WEIGHTS[name] for name in names]) > 0) == (y == 1)
    print(
        f"{len(y)} groups on {len(pages)} pages: {held_out.mean():.3f} right on held-out pages; as shipped {now.mean():.3f}"
    )


if __name__ == "__main__":
    main()
