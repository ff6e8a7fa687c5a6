from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.settings import SAMPLE_SOURCE
from tests.docs.checkout import Scratch


@pytest.fixture(scope="session")
def sample_lake(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample issues, as the reader's own `./lake run` leaves them: a page shows what a run says of itself too."""
    request.getfixturevalue("prefect_server")
    from flows.lake import build

    lake = tmp_path_factory.mktemp("sample") / "lake"
    build(SAMPLE_SOURCE, lake)
    return lake


@pytest.fixture(scope="session")
def scratch(sample_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    """A scratch checkout for the pages, one after the other, with the Prefect server of the other tests."""
    from prefect.settings import PREFECT_API_URL

    api_url = PREFECT_API_URL.value()
    assert api_url
    with Scratch.opened(tmp_path_factory.mktemp("reader") / "broadsheet", sample_lake, api_url) as scratch:
        yield scratch
