import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine, and no limit of time for one: a busy machine is no fault of the code.
settings.register_profile(
    "laws", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("laws")

CHECKOUT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    # Prefect leaves its clients' sockets to the garbage collector, which may come during any later test.
    config.addinivalue_line("filterwarnings", "ignore:unclosed <socket:ResourceWarning")
    # Its threads draw from `random` while Hypothesis makes an example, which Hypothesis lays at the strategy's door.
    config.addinivalue_line("filterwarnings", "ignore:Do not use the `random` module inside strategies")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Much text is read only to see how well or how fast. Tracing its lines takes longer than reading them, and what
    # it covers is covered by other tests.
    for item in items:
        if item.path.parent == CHECKOUT / "tests" / "golden" or "linear" in item.name:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages beside the checkout; CI must have it, others may not."""
    folder = CHECKOUT.parent / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI"):
        pytest.fail(f"CI needs the real pages in {folder}")
    return pytest.skip(f"no real pages in {folder}")


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """One temporary Prefect server for all tests that run flows; without heartbeats, which cost a second a flow."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    with (
        prefect_test_harness(server_startup_timeout=150),
        temporary_settings(updates={PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        yield


@pytest.fixture(scope="session")
def sample_lake(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake built once from the sample issues. To read, not to change."""
    request.getfixturevalue("prefect_server")
    from flows.lake import build

    lake = tmp_path_factory.mktemp("sample") / "lake"
    build(CHECKOUT / "seeds" / "issues", lake)
    return lake
