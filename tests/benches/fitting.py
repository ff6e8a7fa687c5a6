"""Logistic regression for the weights of decisions, and their accuracy on pages that were held out."""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

PENALTY = 0.3  # L2: the features are few and the pages many; a little keeps those that never fail from running away
NO_SPREAD = 1e-6  # penalty of a feature that never varies, in units of spread: it costs nothing
FOLDS = 10
LETTERS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9.%]")


def fit_and_print(  # noqa: PLR0913 - what a fit may be told of its rows
    rows: Iterable[tuple[str, Mapping[str, float], bool]],
    weights: Mapping[str, float],
    *,
    counts: Sequence[float] | None = None,
    spread_penalty: float | None = None,
    stakes: Sequence[float] | None = None,
    offsets: Sequence[float] | None = None,
) -> dict[str, float]:
    """Fit weights to rows of (page, features by name, outcome) and print them, with how often each set is right.

    counts: how much each row counts, else all the same. spread_penalty: L2 of weights in units of their features'
    spread, else all weights cost the same. stakes: what each row costs if it is wrong, to be summed. offsets: what
    other weights, which stay, say of each row.
    """
    found = list(rows)
    names = list(weights)
    pages = sorted({page for page, _, _ in found})
    fold = np.array([pages.index(page) % FOLDS for page, _, _ in found])
    x = np.array([[float(values.get(name, 0.0)) for name in names] for _, values, _ in found])
    y = np.array([outcome for _, _, outcome in found], float)
    count = np.ones(len(y)) if counts is None else np.array(counts) / np.mean(counts)
    base = np.zeros(len(y)) if offsets is None else np.array(offsets)
    fitted = dict(zip(names, _fit(x, y, count, base, spread_penalty), strict=True))
    for name, weight in fitted.items():
        print(f'        "{name}": {weight:.2f},')
    held_out = np.zeros(len(y), bool)
    for number in range(FOLDS):
        test = fold == number
        own = _fit(*(part[~test] for part in (x, y, count, base)), spread_penalty)
        held_out[test] = (base[test] + x[test] @ own > 0) == (y[test] == 1)
    shipped = (base + x @ np.array([weights[name] for name in names]) > 0) == (y == 1)
    print(f"{len(y)} decisions on {len(pages)} pages: right on held-out pages {held_out.mean():.3f},", end=" ")
    print(f"as shipped {shipped.mean():.3f}")
    if stakes is not None:
        lost = np.array(stakes) * ~held_out
        print(f"of {sum(stakes):,.0f} characters at stake, {lost.sum():,.0f} go wrong on held-out pages")
    return fitted


def _fit(x, y, count, base, spread_penalty):
    """Return the weights of a logistic regression, by Newton's method."""
    weights = np.zeros(x.shape[1])
    penalty = np.full(len(weights), PENALTY) if spread_penalty is None else spread_penalty * x.var(axis=0) + NO_SPREAD
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(base + x @ weights, -30, 30)))
        gradient = x.T @ (count * (p - y)) + penalty * weights
        hessian = (x.T * (count * p * (1 - p))) @ x + np.diag(penalty)
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
