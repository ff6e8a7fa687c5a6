import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest

from docs.superset.api import Api
from docs.superset.environment import Environment, NotInstalledError, make_environment
from docs.superset.register import Registered, read_declared, register
from docs.superset.server import find_port, read_secret, serving
from tests.flows.lakes import build_bare

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A lake, the files that it is built of, and a Superset that shows it."""

    lake: Path
    source: Path
    api: Api
    registered: Registered

    def ask_duckdb(self, query: str, *parameters: str) -> list[tuple[object, ...]]:
        with duckdb.connect(self.lake / "lake.duckdb", read_only=True) as connection:
            return connection.execute(query, parameters).fetchall()

    def publish(self) -> None:
        build_bare(self.source, self.lake, self.source.parent / "no-corrections")


@pytest.fixture(scope="session")
def superset() -> Environment:
    """Superset, installed. CI must be able to; elsewhere the network may be what it is."""
    try:
        return make_environment()
    except NotInstalledError as reason:
        if os.environ.get("CI"):
            pytest.fail(f"CI needs Superset: {reason}")
        return pytest.skip(f"Superset cannot be installed here: {reason}")


@pytest.fixture(scope="session")
def bench(superset: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The sample issues as a lake, and a Superset that the dashboard was put into."""
    folder = tmp_path_factory.mktemp("bi")
    lake, source = folder / "lake", shutil.copytree(CHECKOUT / "seeds" / "issues", folder / "source")
    build_bare(source, lake, folder / "no-corrections")
    with serving(superset, folder / "superset", find_port()) as address:
        api = Api(address, read_secret(folder / "superset", "password"))
        registered = register(api, lake / "lake.duckdb", read_declared())
        yield Bench(lake=lake, source=source, api=api, registered=registered)
    parts = urlsplit(address)
    with socket.socket() as probe:
        assert probe.connect_ex((parts.hostname, parts.port)) != 0, "Superset outlived its test"
