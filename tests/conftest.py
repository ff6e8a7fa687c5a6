import gc
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine, and no limit of time for one: a busy machine is no fault of the code.
settings.register_profile(
    "laws", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("laws")

ENGINE = {"duckdb", "warehouse.reader"}
DISK = "warehouse.store"  # knows DuckDB's errors, and asks it nothing
AGAIN = tuple(f"site/test_{name}.py" for name in ("browser", "files", "near", "order", "values"))
CHECKOUT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    # Prefect leaves its clients' sockets to the garbage collector, which may come during any later test.
    config.addinivalue_line("filterwarnings", "ignore:unclosed <socket:ResourceWarning")
    # Its threads draw from `random` while Hypothesis makes an example, which Hypothesis lays at the strategy's door.
    config.addinivalue_line("filterwarnings", "ignore:Do not use the `random` module inside strategies")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # A law reads many examples of one thing, lakes and reports are made again and again. Tracing their lines takes
    # longer than the lines, and what they cover other tests cover.
    for item in items:
        is_law = getattr(getattr(item, "function", None), "is_hypothesis_test", False)
        if is_law or "clean_build" in item.name or str(item.path).endswith(AGAIN):
            item.add_marker(pytest.mark.no_cover)
        if item.path.is_relative_to(CHECKOUT / "tests" / "warehouse") and asks_duckdb(item.module):
            item.add_marker(pytest.mark.duckdb)


def pytest_collection_finish() -> None:
    # What was imported and collected stays to the end: the garbage collector need not go through it again and again,
    # which took one second in twelve.
    gc.collect()
    gc.freeze()


@cache
def asks_duckdb(module: ModuleType) -> bool:
    """Tell whether a module of tests takes something from DuckDB or the reader, or from a module that does.

    To such tests DuckDB's version may matter: they ask it themselves. Others only publish what they look at in files.
    """
    homes = [home for home in find_homes(module) if home.__name__ != DISK]
    return any(ENGINE & {home.__name__, *(each.__name__ for each in find_homes(home))} for home in homes)


def find_homes(module: ModuleType) -> set[ModuleType]:
    """The modules that the names of a module come from."""
    named = list(vars(module).values())
    homes = {str(getattr(value, "__module__", "")) for value in named if callable(value)} & sys.modules.keys()
    return {value for value in named if isinstance(value, ModuleType)} | {sys.modules[name] for name in homes}


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
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One temporary Prefect server for all tests that run flows; without heartbeats, which cost a second a flow.

    It does no more than the temporary server of a run: no pages for a browser, no schedules to look after.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    from flows.prefect_home import prefect_environment

    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in prefect_environment(tmp_path_factory.mktemp("prefect")).items():
                if name.startswith("PREFECT_SERVER_"):
                    patch.setenv(name, value)
            stack.enter_context(prefect_test_harness(server_startup_timeout=300))
        stack.enter_context(temporary_settings(updates={PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}))
        yield


@pytest.fixture(scope="session")
def sample_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake built once from the sample issues, by the functions of the flow. To read, not to change."""
    from flows.settings import CORRECTIONS
    from tests.flows.lakes import build_bare

    lake = tmp_path_factory.mktemp("sample") / "lake"
    build_bare(CHECKOUT / "seeds" / "issues", lake, CORRECTIONS)
    return lake
