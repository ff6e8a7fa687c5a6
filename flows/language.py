"""The language model that ships with the project, read once a process."""

from functools import cache
from pathlib import Path

import polars as pl

from transforms.language.model import LanguageModel

REFERENCE = Path(__file__).resolve().parent.parent / "seeds" / "reference"
NGRAMS = REFERENCE / "ngrams.parquet"


@cache
def load_language() -> LanguageModel:
    """Return the language model that decides whether one line goes on with another."""
    table = pl.read_parquet(NGRAMS)
    return LanguageModel.of(dict(zip(table["ngram"].to_list(), table["count"].to_list(), strict=True)))
