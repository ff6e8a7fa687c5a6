"""The command line as scripts meet it: exit codes, one line for each error, answers on standard output."""

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.__main__ import app, main
from flows.commands.run import _lake_option
from flows.exits import INTERRUPTED_MESSAGE
from flows.report import QUERIES
from warehouse.view_files import describe_views

HOLD_LOCK = """
import pathlib, sys
from warehouse.lock import writer_lock
with writer_lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str


Lake = Callable[..., Done]


@pytest.fixture
def lake(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lake:
    """Call the command line in this process: a new one takes seconds to start."""
    monkeypatch.chdir(CHECKOUT)

    def call(*arguments: str, stdin: str = "") -> Done:
        monkeypatch.setattr("sys.argv", ["lake", *arguments])
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        code = main()
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return call


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["bogus"], 2, "No such command 'bogus'"),
        (["run", "--sauce", "x"], 2, "No such option"),
        (["run", "--source", "missing", "--lake", "missing"], 2, "No folder"),
        (["run", "--source", "flows", "--lake", "pyproject.toml"], 2, "is a file"),
        (["sql", "--csv", "--json", "FROM articles"], 2, "not both"),
        (["sql", "--lake", "missing", "FROM articles"], 3, "no published lake"),
        (["status", "--lake", "missing"], 3, "no published lake"),
        (["status", "--within", "soon"], 2, "--within soon is no time"),
        (["explain", "--lake", "missing", "x-p0001-i001"], 3, "no published lake"),
    ],
)
def test_an_error_is_one_line_with_its_exit_code(lake: Lake, arguments: list[str], code: int, words: str):
    done = lake(*arguments)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert done.err.startswith("lake: ")
    assert done.err.count("\n") == 1


def test_help_shows_every_command_and_the_exit_codes(lake: Lake):
    text = lake("--help").out
    assert all(word in text for word in ("run", "sql", "status", "explain", "views", "test", "docs", "Exit codes"))


COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_an_example(lake: Lake, command: str):
    assert "./lake" in lake(command, "--help").out


def test_views_are_listed_with_words_and_an_example(lake: Lake):
    text = lake("views").out
    for view in describe_views():
        assert f"{view.call}\n  {view.says}\n  {view.example}\n" in text


def test_a_lake_that_another_process_writes_to_is_left_alone(lake: Lake, tmp_path: Path):
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLD_LOCK,
            str(tmp_path / "lake"),
        ],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        done = lake("run", "--source", str(CHECKOUT / "docs"), "--lake", str(tmp_path / "lake"))
    assert done.code == 4
    assert f"process {holder.pid}" in done.err
    assert done.err.count("\n") == 1


def test_a_run_without_room_ends_before_prefect_makes_half_a_database(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    left = shutil.disk_usage(tmp_path)._replace(free=3_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: left)
    done = lake("run", "--lake", str(tmp_path / "lake"))
    assert (done.code, "3.0 MB are free, and a run needs 10 MB" in done.err) == (1, True), done.err
    assert not (tmp_path / "lake" / ".prefect").exists()


def test_a_second_interrupt_does_not_break_into_the_end_of_the_first():
    code = """
import os, signal, time
from flows.commands.run import _leave_soon
signal.signal(signal.SIGINT, _leave_soon)
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    os.kill(os.getpid(), signal.SIGINT)
time.sleep(60)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, f"lake: {INTERRUPTED_MESSAGE}\n")


def test_the_queries_to_try_can_be_pasted_into_a_shell(tmp_path: Path):
    option = _lake_option(tmp_path / "my scans' lake")
    assert shlex.split(f"./lake sql{option}")[2:] == ["--lake", str(tmp_path / "my scans' lake")]


@pytest.mark.slow
def test_a_damaged_database_of_prefect_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "lake" / ".prefect").mkdir(parents=True)
    (tmp_path / "lake" / ".prefect" / "prefect.db").write_bytes(b"no database" * 100)
    command = [sys.executable, "-m", "flows", "run", "--lake", str(tmp_path / "lake")]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environ["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "3"
    done = subprocess.run(command, cwd=CHECKOUT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("lake: Prefect's temporary server did not start"), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
class TestOnTheSampleLake:
    def test_the_queries_that_a_run_proposes_have_answers(self, lake: Lake, sample_lake: Path):
        for query in QUERIES:
            done = lake("sql", "--json", query, "--lake", str(sample_lake))
            assert (done.code, done.err) == (0, "")
            assert json.loads(done.out)

    def test_every_example_of_a_view_can_be_asked(self, lake: Lake, sample_lake: Path):
        for view in describe_views():
            done = lake("sql", "--csv", view.example, "--lake", str(sample_lake))
            assert (done.code, done.err) == (0, ""), view.name

    def test_a_piped_query_is_answered(self, lake: Lake, sample_lake: Path):
        done = lake("sql", "--csv", "--lake", str(sample_lake), stdin="SELECT count(*) AS n\nFROM articles;\n")
        assert done.out.startswith("n\n")
        assert int(done.out.split()[1]) > 50

    def test_a_table_is_shown(self, lake: Lake, sample_lake: Path):
        done = lake("sql", "SELECT 1 AS one", "--lake", str(sample_lake))
        assert "one" in done.out
        assert done.out.endswith("(1 row)\n")

    @pytest.mark.parametrize(
        "query",
        [
            "DROP VIEW articles",
            "DELETE FROM articles",
            "CREATE TABLE x AS SELECT 1",
            "COPY articles TO '{tmp}/out.csv'",
            "COPY articles TO '{lake}/data/out.csv'",
            "EXPORT DATABASE '{tmp}/out'",
            "ATTACH '{tmp}/other.duckdb'",
            "FROM read_text('/etc/passwd')",
            "FROM read_csv('{tmp}/secret.csv')",
            "FROM read_text('{lake}/data/../../secret.csv')",
            "SET enable_external_access = true",
            "SELECT 1; DROP VIEW articles",
            "INSTALL httpfs",
            "FROM nothing",
            "SELECT 'unended",
            "SELECT CAST(headline AS INTEGER) FROM articles",
        ],
    )
    def test_sql_reads_the_lake_and_nothing_else_and_writes_nowhere(
        self, lake: Lake, sample_lake: Path, tmp_path: Path, query: str
    ):
        (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
        before = {path for path in sample_lake.rglob("*") if ".prefect" not in path.parts}
        done = lake("sql", query.format(lake=sample_lake, tmp=tmp_path), "--lake", str(sample_lake))
        assert (done.code, done.out) == (2, "")
        assert done.err.count("\n") == 1
        assert {path.name for path in tmp_path.iterdir()} == {"secret.csv"}
        assert {path for path in sample_lake.rglob("*") if ".prefect" not in path.parts} == before

    def test_an_article_is_explained_line_by_line(self, lake: Lake, sample_lake: Path):
        query = "SELECT article_id, headline FROM articles JOIN spans USING (article_id) WHERE rule_id LIKE 'text.%'"
        article = json.loads(lake("sql", "--json", f"{query} LIMIT 1", "--lake", str(sample_lake)).out)[0]
        text = lake("explain", article["article_id"], "--lake", str(sample_lake)).out
        assert text.startswith(article["article_id"])
        assert all(word in text for word in ("raw ", "clean ", "rule ", "→"))

    def test_an_article_that_is_not_there_is_said_so(self, lake: Lake, sample_lake: Path):
        done = lake("explain", "nowhere-p0001-i001", "--lake", str(sample_lake))
        assert (done.code, done.out) == (2, "")
        assert "has no article nowhere-p0001-i001" in done.err

    def test_status_fails_where_no_run_ended_well_in_the_time_given(
        self, lake: Lake, sample_lake: Path, tmp_path: Path
    ):
        assert lake("status", "--within", "26h", "--lake", str(sample_lake)).code == 0
        copy = shutil.copytree(sample_lake, tmp_path / "lake")
        (record,) = (copy / "runs").glob("*.json")
        facts = json.loads(record.read_bytes())
        now = datetime.now(UTC)
        for ended_at in (now - timedelta(hours=27), now + timedelta(days=3)):  # long ago, and by a clock that was wrong
            record.write_text(json.dumps(facts | {"ended_at": ended_at.isoformat()}))
            late = lake("status", "--within", "26h", "--lake", str(copy))
            last = f"{ended_at:%Y-%m-%d %H:%M}+00:00"
            assert (late.code, f"lake: No run ended well within 26h, the last one at {last}" in late.err) == (1, True)
        record.write_text(json.dumps(facts | {"status": "failed", "fault": "No folder /scans"}))
        assert (
            "within 26h, none ever did: No folder /scans" in lake("status", "--within", "26h", "--lake", str(copy)).err
        )

    def test_status_counts_rows_and_runs(self, lake: Lake, sample_lake: Path):
        text = lake("status", "--lake", str(sample_lake)).out
        assert "snapshot  1" in text
        assert "published" in text
