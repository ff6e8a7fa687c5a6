from collections.abc import Callable, Sequence

import pytest

from flows.reference import load_name_knowledge, load_names
from transforms.entities.find_mentions import find_mentions
from transforms.entities.knowledge import NameKnowledge
from transforms.entities.name_tables import NameTables
from transforms.entities.records import Mention
from transforms.printed import PrintedArticle

Find = Callable[..., list[Mention]]


@pytest.fixture(scope="session")
def names() -> NameKnowledge:
    """What the finders of names know."""
    return load_name_knowledge()


@pytest.fixture(scope="session")
def find(names: NameKnowledge) -> Find:
    """Find what a text names; of one kind only where `kind` is given."""

    def find_all(
        body: str, kind: str | None = None, people: Sequence[Mention] = (), newspaper_id: str = "chengxi_ribao"
    ) -> list[Mention]:
        article = PrintedArticle(article_id="a", newspaper_id=newspaper_id, headline=None, body=body)
        return [m for m in find_mentions(article, people, names) if kind in (None, m.kind)]

    return find_all


@pytest.fixture(scope="session")
def surfaces(find: Find) -> Callable[[str, str], list[str]]:
    """Return the surfaces of one kind that a text names, in order."""
    return lambda body, kind: [mention.surface for mention in find(body, kind)]


@pytest.fixture(scope="session")
def tables() -> NameTables:
    """What is known of names, as it ships with the project."""
    return load_names()
