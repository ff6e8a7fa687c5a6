import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep

import pyarrow.parquet as pq
import pytest
import uvicorn

from flows.report_server import make_app
from flows.settings import CORRECTIONS
from flows.site import read_rule_words
from tests.flows.lakes import build_bare
from warehouse.site.write import publish_report

# Text that means to be markup, a script, a formula, a template, or to turn the page around.
SCRIPT = '<script>document.title="owned"</script>'
HOSTILE = f"{SCRIPT}</script><img src=x onerror=alert(1)>\"'`&amp;&#60;{{{{ 7*7 }}}}"
PAGE = f"""云岭晨报

=HYPERLINK("javascript:alert(1)") 夜班公交新开两条线{SCRIPT}

本报讯（记者 邵晨）7月3日夜里十一点，\u202e夜班公交一号线发出首班车，投资3600万元{HOSTILE}，每半小时一班，票价两元。

公交公司调度员丁一帆说：“路线是{HOSTILE}按照夜间下班人流画出来的，医院、夜市和工业园都在路上。”
"""
NAMES = (
    '2023-07-04/"><script>document.title="owned"<.txt',
    "2023-07-05/javascript:alert(1).txt",
    "2023-07-06/\u202etxt.p1.txt",
)


@pytest.fixture(scope="session")
def sample_report(sample_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the sample issues. To read, not to change."""
    folder = tmp_path_factory.mktemp("site") / "report"
    publish_report(sample_lake, read_rule_words(), output=folder)
    return folder


@pytest.fixture(scope="session")
def reversed_lake(sample_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample lake with the rows of each file the other way round."""
    lake = shutil.copytree(sample_lake, tmp_path_factory.mktemp("reversed") / "lake")
    for path in lake.rglob("*.parquet"):
        pq.write_table(pq.read_table(path)[::-1], path)
    return lake


@pytest.fixture(scope="session")
def hostile_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake whose texts and file names mean to be more than text."""
    folder = tmp_path_factory.mktemp("hostile-site")
    for name in NAMES:
        (folder / "source" / name).parent.mkdir(parents=True)
        (folder / "source" / name).write_text(PAGE + name, encoding="utf-8")
    (folder / "source" / "2023-07-07").mkdir()
    (folder / "source" / "2023-07-07" / f"{NAMES[1][11:]}<b>.txt").write_bytes(b"\x00\x01\x02" * 400)
    build_bare(folder / "source", folder / "lake", CORRECTIONS)
    return folder / "lake"


@pytest.fixture(scope="session")
def hostile_report(hostile_lake: Path) -> Path:
    publish_report(hostile_lake, read_rule_words())
    return hostile_lake / "report"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; CI must have one, others may not."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("CI needs Chromium on the PATH")
    return found or pytest.skip("no Chromium on the PATH")


@contextmanager
def serving(lake: Path) -> Iterator[str]:
    """The report of a lake on a port of its own, as ./lake serve-report serves it; gives the address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(lake, read_rule_words()), log_level="error", ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def served(sample_lake: Path) -> Iterator[str]:
    with serving(sample_lake) as address:
        yield address
