"""What the finders of facts know before they read: reference data that ships with the project, read once a process."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import polars as pl

from flows.language import REFERENCE
from transforms.entities.gazetteer import Division
from transforms.entities.identity.looks import Looks
from transforms.entities.knowledge import NameKnowledge
from transforms.entities.name_tables import NameCharacter, NameContext, NameTables, Office
from transforms.facts import FactTables

ELEMENT_ENDS = {"uyghur": "江汗", "kazakh": "江汗"}  # `库尔班江`
OTHER_COUNT = 100  # sightings given to a word that the dictionaries of 1998 and 2012 lack, as a word of every week


@cache
def load_names() -> NameTables:
    """Return what is known of names and offices before a page is read."""
    return NameTables.of(
        characters=[NameCharacter.read(row) for row in _rows("name_characters.csv")],
        words=_printed_words() | _divisions(),
        classes=_seen_words()[1],
        contexts=[NameContext.read(row) for row in _rows("name_contexts.csv")],
        offices=[Office(row["word"], row["kind"]) for row in _rows("offices.csv")],
        elements=list(_elements()),
        well_known=[row["name"] for row in _rows("well_known_people.csv")],
        called=[row["word"] for row in _rows("given_words.csv")],
    )


@cache
def _seen_words() -> tuple[dict[str, int], dict[str, str]]:
    """Return how often each word was seen, and the class of those that have one; both share their words."""
    rows = pl.read_parquet(REFERENCE / "words.parquet", columns=["word", "count", "class"]).rows()
    return {word: count for word, count, _ in rows}, {word: its for word, _, its in rows if its is not None}


@cache
def _printed_words() -> dict[str, int]:
    """Return words that are no people's names, newer ones among them, and how often each was seen."""
    words, _ = _seen_words()
    return words | _as_usual((row["word"] for row in _rows("other_words.csv")), words)


def _divisions() -> dict[str, int]:
    """Return the names of cities and counties, seen as often as words of every week."""
    divisions = pl.read_parquet(REFERENCE / "divisions.parquet").filter(pl.col("level").is_in(["city", "county"]))
    return _as_usual([*divisions["name"], *divisions["short_name"]], _printed_words())


def _as_usual(added: Iterable[str], words: Mapping[str, int]) -> dict[str, int]:
    return {word: max(OTHER_COUNT, words.get(word, 0)) for word in added}


def _elements() -> Iterator[str]:
    """Yield what names written by their sound are made of, those of some languages also with what may end them."""
    for row in _rows("name_elements.csv"):
        yield row["element"]
        yield from (row["element"] + end for end in ELEMENT_ENDS.get(row["language"], ""))


def _rows(file_name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / file_name).open(encoding="utf8", newline="") as file:
        header, *rows = csv.reader(file)
        yield from (dict(zip(header, row, strict=True)) for row in rows)


@cache
def load_name_knowledge() -> NameKnowledge:
    """Return what the finders of organisations, places and projects know."""
    divisions = pl.read_parquet(REFERENCE / "divisions.parquet").rows()
    weights = pl.read_parquet(REFERENCE / "name_starts.parquet").rows()
    return NameKnowledge.of(map(Division._make, divisions), weights, _printed_words())


@cache
def load_looks() -> Looks:
    """Return how characters look, by which misprints of a name are weighed."""
    return Looks.of(pl.read_parquet(REFERENCE / "lookalikes.parquet"))


@cache
def load_fact_tables() -> FactTables:
    """Return all that the finders of facts know before they read."""
    return FactTables(people=load_names(), names=load_name_knowledge())
