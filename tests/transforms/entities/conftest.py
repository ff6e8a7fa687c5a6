import pytest

from flows.reference import load_names
from transforms.entities.name_tables import NameTables


@pytest.fixture(scope="session")
def tables() -> NameTables:
    """What is known of names, as it ships with the project."""
    return load_names()
