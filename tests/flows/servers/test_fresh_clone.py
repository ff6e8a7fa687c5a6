"""A fresh machine: a clone in an empty folder, an empty home, Python, and no uv on the PATH."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
SYSTEM_PATH = "/usr/bin:/bin"  # where a distribution's own Python lies
KEPT = (  # the network's, whether this is CI, and where loops are compiled to: that they are, other tests show
    "SSL_CERT_FILE",
    "PIP_CERT",
    "PIP_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "HTTPS_PROXY",
    "https_proxy",
    "CI",
    "NUMBA_CACHE_DIR",
)
CEILING_SECONDS = 900  # of one command: the first also installs 800 MB

pytestmark = pytest.mark.slow


def run(arguments: list[str], *, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environ = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.run(
        arguments,
        cwd=cwd,
        env=environ | {"HOME": str(home), "PATH": SYSTEM_PATH},
        capture_output=True,
        text=True,
        check=False,
        timeout=CEILING_SECONDS,
    )


def copy_as_committed(target: Path) -> None:
    """What a clone of the work at hand would hold: tracked and new files, no ignored ones."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (CHECKOUT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, target / name)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    if not shutil.which("python3", path=SYSTEM_PATH) or shutil.which("uv", path=SYSTEM_PATH):
        pytest.skip("needs a Python, and no uv, of the machine's own")
    copy_as_committed(tmp_path / "clone")
    (tmp_path / "home").mkdir()
    return tmp_path / "clone"


def test_a_fresh_clone_gives_a_new_user_five_good_minutes_and_tests_itself(clone: Path):
    home, elsewhere = clone.parent / "home", clone.parent / "elsewhere"
    elsewhere.mkdir()
    shown = run([str(clone / "tests" / "real" / "first_five_minutes.sh")], cwd=elsewhere, home=home)
    assert shown.returncode == 0, shown.stderr
    assert [line.split()[0] for line in shown.stdout.splitlines()] == ["build", "sql", "search", "report", "all"]
    assert (clone / ".lake" / "bin" / "uv").exists()
    assert (clone / "warehouse" / "lake" / "lake.duckdb").exists()
    tested = run(
        [str(clone / "lake"), "test", "--fast", "tests/transforms/test_spans.py", "-q"], cwd=elsewhere, home=home
    )
    assert tested.returncode == 0, tested.stdout
    assert list(home.rglob("*")) == []
    assert list(elsewhere.iterdir()) == []


def test_a_machine_without_python_is_told_so_in_one_line(clone: Path):
    tools = clone.parent / "tools"
    tools.mkdir()
    for name in ("bash", "env", "dirname", "readlink", "mkdir"):
        (tools / name).symlink_to(str(shutil.which(name)))
    done = subprocess.run(
        [str(clone / "lake"), "run"], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("lake: no python3")
    assert done.stderr.count("\n") == 1
