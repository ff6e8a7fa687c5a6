from collections.abc import Callable

import pytest

from transforms.corrections.forms import parse_correction
from transforms.corrections.records import Correction
from transforms.language.model import LanguageModel
from transforms.pages.split import split_pages
from transforms.read import PageRead, read_pages

FILE = {"sha256": "0123456789abcdef", "name": "a/p01.txt"}

Correct = Callable[..., PageRead]


def correction(**facts: str) -> Correction:
    """Write a correction as YAML would give it; the id and the reason are the least of it."""
    whole = {"id": "mended", "file": FILE, "reason": "as the bound volume has it"} | facts
    return parse_correction(whole, written_in="corrections/a.yaml:1")


@pytest.fixture
def correct(language: LanguageModel) -> Correct:
    """Read the first page of a text with corrections."""
    return lambda text, *corrections: read_pages(split_pages(text), language, corrections)[0]
