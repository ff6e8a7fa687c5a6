from collections.abc import Callable

import pytest

from flows.reference import load_language
from transforms.language.model import LanguageModel
from transforms.pages.split import PageText
from transforms.read import PageRead, read_page


@pytest.fixture(scope="session")
def language() -> LanguageModel:
    """The language model that ships with the project."""
    return load_language()


@pytest.fixture(scope="session")
def read(language: LanguageModel) -> Callable[[str], PageRead]:
    """Read one page of text, as the flow does."""
    return lambda text: read_page(PageText(0, None, None, text), language)
