"""Logistic regression for the weights of decisions, and their accuracy on pages that were held out."""

import re
from collections.abc import Iterable, Mapping

import numpy as np

PENALTY = 0.3  # L2: the features are few and the pages many; a little keeps those that never fail from running away
FOLDS = 10
LETTERS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9.%]")


def fit_and_print(rows: Iterable[tuple[str, Mapping[str, float], bool]], weights: Mapping[str, float]) -> None:
    """Fit weights to rows of (page, features by name, outcome) and print them, with how often each set is right."""
    found = list(rows)
    names = list(weights)
    pages = sorted({page for page, _, _ in found})
    fold = np.array([pages.index(page) % FOLDS for page, _, _ in found])
    x = np.array([[float(values.get(name, 0.0)) for name in names] for _, values, _ in found])
    y = np.array([outcome for _, _, outcome in found], float)
    for name, weight in zip(names, fit(x, y), strict=True):
        print(f'        "{name}": {weight:.2f},')
    held_out = np.zeros(len(y), bool)
    for number in range(FOLDS):
        test = fold == number
        held_out[test] = (x[test] @ fit(x[~test], y[~test]) > 0) == (y[test] == 1)
    shipped = (x @ np.array([weights[name] for name in names]) > 0) == (y == 1)
    print(f"{len(y)} decisions on {len(pages)} pages: right on held-out pages {held_out.mean():.3f},", end=" ")
    print(f"as shipped {shipped.mean():.3f}")


def fit(x, y):
    """Return the weights of a logistic regression, by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + PENALTY * weights
        hessian = (x.T * (p * (1 - p))) @ x + PENALTY * np.eye(len(weights))
        weights = weights - np.linalg.solve(hessian, gradient)
    return weights


def headlines(article) -> list[str]:
    """Return the lines over an article of a page with known truth."""
    headline = article["headline"]
    listed = [headline] if isinstance(headline, str) else (headline or [])
    return [*listed, *([article["kicker"]] if article["kicker"] else [])]


def core(string: str) -> str:
    """Return a string without marks and spaces."""
    return LETTERS.sub("", string)
