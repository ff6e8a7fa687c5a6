r"""Makes the tables of names in `seeds/reference/` and fits the weights of `transforms/entities/name_tables.py`.

usage: PYTHONPATH=. uv run --with jieba --with faker --with sinonym==0.5.1 python tests/benches/fit_people.py \
    199801.txt [--write]
"""

import csv
import random
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import polars as pl
from people_contexts import context_rows
from people_corpus import NamedText, NameMaker, pieces, read_corpus, renamed, whole
from people_surnames import favour_compounds, ordinary_compounds
from people_tables import (
    character_rows,
    count_parts,
    evened,
    ordinary_characters,
    ordinary_pairs,
    ordinary_words,
    word_classes,
)

from transforms.entities.name_choice import POOL_WEIGHTS, choose_names, pool_namings
from transforms.entities.name_tables import LINE_SIGN, WEIGHTS, NameCharacter, NameContext, NameTables, Office
from transforms.entities.names import find_candidates, weigh_names

REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"


class Findings(np.ndarray):
    """How much of each feature is found, in the place of log-odds: what weighing gives where each weight is a unit."""

    def __new__(cls, values):
        return np.asarray(values).view(cls)

    def __iadd__(self, other):
        """Add without touching what stands in a table."""
        return self + other

    def __isub__(self, other):
        """Take away without touching what stands in a table."""
        return self - other

    def __float__(self) -> float:
        """Say nothing where characters are screened: no text is, all places are weighed."""
        return 0.0

    def __bool__(self) -> bool:
        """Say no where weighing asks whether too little speaks for a name: all are wanted."""
        return False


def fit(texts: list[NamedText], make) -> dict[str, float]:
    """Fit a conditional logit (L2) by Newton's method: of the names that may begin at one character, or none.

    The log-odds are linear in the weights: with a unit vector for each weight, all features come out of one pass.
    """
    tables = make(dict(zip(WEIGHTS, map(Findings, np.eye(len(WEIGHTS))), strict=True)))
    x, y, group, keep, at = [], [], [], [], -1
    for text in texts:
        names, last = set(whole(text)), None
        others = {at for name in text.names if name.kind != "whole" for at in range(name.start, name.end)}
        for c in weigh_names(text.text, tables):
            x.append(np.asarray(c.log_odds))
            at += c.start != last
            last = c.start
            y.append((c.start, c.end) in names)
            group.append(at)
            keep.append(c.start not in others)
    return dict(
        zip(WEIGHTS, conditional_logit(np.array(x)[keep], np.array(y, float)[keep], np.array(group)[keep]), strict=True)
    )


def fit_pool(texts: list[NamedText], tables: NameTables) -> dict[str, float]:
    """Fit the weights of what the other namings of an article say; again each feature is its weight alone."""
    x, y, group = [], [], []
    for text in texts:
        candidates = find_candidates(text.text, tables)
        columns = [
            [
                n.log_odds
                for n in pool_namings(candidates, text.text, weights={o: float(o == name) for o in POOL_WEIGHTS})
            ]
            for name in POOL_WEIGHTS
        ]
        names = set(whole(text))
        others = unsure(text)
        for candidate, row in zip(candidates, zip(*columns, strict=True), strict=True):
            if candidate.start not in others:
                x.append(row)
                y.append((candidate.start, candidate.end) in names)
                group.append((id(text), candidate.start))
    places = {place: number for number, place in enumerate(dict.fromkeys(group))}
    fitted = conditional_logit(np.array(x), np.array(y, float), np.array([places[place] for place in group]))
    return dict(zip(POOL_WEIGHTS, fitted, strict=True))


def unsure(text: NamedText) -> set[int]:
    """Return the places of names that are no whole ones: whether they are found says nothing here."""
    return {at for name in text.names if name.kind != "whole" for at in range(name.start, name.end)}


def print_weights(weights: Mapping[str, float]) -> None:
    for name, weight in weights.items():
        print(f'        "{name}": {weight:.2f},')


def print_scores(title: str, texts: Iterable[NamedText], tables: NameTables, pool: Mapping[str, float]) -> None:
    found = missed = wrong = 0
    for text in texts:
        names, others = set(whole(text)), unsure(text)
        chosen = choose_names(find_candidates(text.text, tables), text.text, weights=pool)
        given = {(n.start, n.end) for n in chosen if others.isdisjoint(range(n.start, n.end))}
        found += len(given & names)
        wrong += len(given - names)
        missed += len(names - given)
    print(
        f"{title}: precision {found / (found + wrong):.3f}, recall {found / (found + missed):.3f} of {found + missed}"
    )


def conditional_logit(x, y, group, penalty=0.3):
    weights = np.zeros(x.shape[1])
    for _ in range(40):
        odds = np.exp(np.clip(x @ weights, -30, 30))
        p = odds / (1 + np.bincount(group, odds))[group]
        means = np.stack([np.bincount(group, p * column) for column in x.T], axis=1)
        hessian = (x.T * p) @ x - means.T @ means + penalty * np.eye(len(weights))
        weights = weights - np.linalg.solve(hessian, x.T @ (p - y) + penalty * weights)
    return weights


def main() -> None:
    corpus = Path(sys.argv[1])
    texts = read_corpus(corpus)
    parts = count_parts(texts)
    given = (evened(parts[part]) for part in ("alone", "first", "last"))
    maker = NameMaker(favour_compounds(parts["surname"]), *given)
    chance = random.Random(5)
    training, held = pieces(texts, 0.6, chance)
    training = [renamed(text, maker, chance) for text in training]
    characters = character_rows(parts, ordinary_characters(texts), ordinary_compounds(texts))
    words = ordinary_words(corpus, set(parts["surname"]), {text.text[a:b] for text in texts for a, b in whole(text)})
    for pair, count in ordinary_pairs(texts, ordinary_characters(texts)).items():
        words.setdefault(pair, count)
    offices = [Office(*row) for row in csv.reader((REFERENCE / "offices.csv").open(encoding="utf8"))][1:]
    classes = {word: its for word, its in word_classes(corpus).items() if word in words}
    bare = NameTables.of(characters=characters, words=words, contexts=[], offices=offices, hopeless=-99)
    contexts = context_rows(training, bare, offices, classes)

    def make(weights):
        return NameTables.of(
            characters=characters,
            words=words,
            classes=classes,
            contexts=contexts,
            offices=offices,
            weights=weights,
            hopeless=-1e9,
        )

    middle = len(held) // 2
    fitting = [*held[:middle], *(renamed(text, maker, chance) for text in held[:middle])]
    weights = fit(fitting, make)
    print_weights(weights)
    pool = fit_pool(fitting, make(weights))
    print_weights(pool)
    if "--write" in sys.argv:
        everything = [renamed(text, maker, chance) for text in texts]
        contexts = context_rows(everything, bare, offices, classes)
        write("name_characters.csv", NameCharacter._fields, characters)
        write("name_contexts.csv", NameContext._fields, [c._replace(is_word=int(c.is_word)) for c in contexts])
        columns = {"word": list(words), "class": [classes.get(word) for word in words]}
        table = pl.DataFrame(columns | {"count": pl.Series(list(words.values()), dtype=pl.UInt32)})
        table.write_parquet(REFERENCE / "words.parquet", compression="zstd", compression_level=19)

    print_scores("as printed", held[middle:], make(weights), pool)
    print_scores("renamed", [renamed(text, maker, chance) for text in held[middle:]], make(weights), pool)


def write(name: str, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with (REFERENCE / name).open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows((v.replace("\n", LINE_SIGN) if isinstance(v, str) else v for v in row) for row in rows)


if __name__ == "__main__":
    main()
