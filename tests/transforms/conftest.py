from collections.abc import Callable

import pytest

from flows.language import load_language
from flows.reference import load_looks
from tests.transforms.entities.identity.press import Press
from transforms.entities.identity.looks import Looks
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


@pytest.fixture(scope="session")
def looks() -> Looks:
    """How characters look, as the project ships it."""
    return load_looks()


@pytest.fixture
def press(looks: Looks) -> Press:
    """A press that has printed nothing yet."""
    return Press(looks)


@pytest.fixture
def new_press(looks: Looks) -> Callable[[], Press]:
    """Make a press; for tests that need two."""
    return lambda: Press(looks)
