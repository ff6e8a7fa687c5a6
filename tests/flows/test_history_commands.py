"""The commands about a lake's past, on a lake of two snapshots: a page was mended, one went, one came."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.commands.diff import NAMES, compare_rules
from flows.settings import CORRECTIONS
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare
from warehouse import snapshots
from warehouse.reader import open_lake

MENDED = "chengxi-ribao/2023-03-14/p02.txt"
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def two_snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    source = write_pages(folder / "source", PAGES)
    build_bare(source, folder / "lake", CORRECTIONS)
    text = (source / MENDED).read_text(encoding="utf-8")
    (source / MENDED).write_text(text.replace("新增座位六十个。", "新增座位六 十个。"), encoding="utf-8")
    (source / "yunling-chenbao" / "2023-07-04" / "p01.txt").unlink()
    (source / "empty.txt").touch()
    build_bare(source, folder / "lake", CORRECTIONS)
    return folder / "lake"


@pytest.fixture
def lake(two_snapshots: Path, tmp_path: Path) -> Path:
    shutil.copytree(two_snapshots, tmp_path / "lake")
    return tmp_path / "lake"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lake: Path) -> Call:
    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["lake", *arguments, "--lake", str(lake)])
        code = main()
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def test_snapshots_are_listed_with_what_they_changed(call: Call):
    code, out, _ = call("snapshots")
    lines = out.splitlines()
    assert (code, len(lines)) == (0, 3)
    assert lines[1].split()[0] == "1"
    assert "pages +3, articles +4" in lines[1]
    assert "pages ~1 -1, articles ~1 -1" in lines[2]
    told = json.loads(call("snapshots", "--json")[1])
    assert [snapshot["snapshot_id"] for snapshot in told] == [1, 2]
    assert told[1]["changes"]["articles"] == {"added": 0, "modified": 1, "deleted": 1}
    assert told[1]["rows"]["pages"] == 2


def test_a_diff_names_rows_columns_and_rules(call: Call):
    code, out, _ = call("diff")
    assert code == 0
    assert "Snapshot 1 to 2" in out
    assert "- yunling_chenbao-2023-07-04-a-p0001-i001  夜班公交新开两条线" in out
    assert "~ chengxi_ribao-2023-03-14-a-p0002-i001  图书馆延长开放到晚上十点" in out
    assert "rule text." in out
    assert call("diff", "1", "2")[1] == call("diff", "1")[1] == out


def test_a_diff_for_programs_has_every_table(call: Call):
    told = json.loads(call("diff", "1", "2", "--json")[1])
    assert (told["from"], told["to"]) == (1, 2)
    assert {row["table"] for row in told["changes"]} == {name for name, c in told["counts"].items() if any(c.values())}
    (mended,) = [r for r in told["changes"] if r["table"] == "articles" and r["change"] == "modified"]
    assert "file_id" in mended["columns"]
    assert sum(counts["new"] for counts in mended["rules"].values()) >= 1
    by_table = Counter((row["table"], row["change"]) for row in told["changes"])
    for name, counts in told["counts"].items():
        for change, count in counts.items():
            assert by_table[name, change] == count, name


@pytest.mark.parametrize("table", NAMES)
def test_a_diff_knows_what_a_row_of_every_such_table_is_called(table: str, sample_lake: Path):
    with open_lake(sample_lake) as reader:
        named = reader.sql(NAMES[table]).pl()
        rows = reader.sql(f"FROM {table} SELECT count(*)").fetchall()
    assert (named.columns, [(named.height,)]) == (["id", "name"], rows)
    assert named["id"].null_count() == 0
    assert named["name"].null_count() < named.height


def test_a_diff_backwards_turns_the_signs(call: Call):
    forth, back = (json.loads(call("diff", *pair, "--json")[1])["counts"] for pair in (("1", "2"), ("2", "1")))
    assert {name: counts["added"] for name, counts in forth.items()} == {
        name: counts["deleted"] for name, counts in back.items()
    }


def test_a_diff_can_be_of_one_table_and_short(call: Call):
    out = call("diff", "--table", "spans", "--limit", "1")[1]
    assert "and " in out
    assert "more; --limit" in out
    assert "articles\n" not in out
    code, _, err = call("diff", "--table", "rumours")
    assert (code, "There is no table rumours" in err) == (2, True)


def test_equal_snapshots_do_not_differ(call: Call):
    assert "nothing differs" in call("diff", "2", "2")[1]


def test_rules_are_compared_as_often_as_they_were_at_work():
    was = Counter({("text.a", "body", " ", ""): 2, ("text.b", "body", "x", "y"): 1})
    now = Counter({("text.a", "body", " ", ""): 3, ("text.b", "body", "x", "z"): 1})
    assert compare_rules(was, now) == {"text.a": {"new": 1, "gone": 0}, "text.b": {"new": 1, "gone": 1}}


def test_sql_asks_any_snapshot(call: Call):
    for number, pages in (("1", "3"), ("2", "2")):
        assert call("sql", "--csv", "--at", number, "SELECT count(*) AS n FROM pages")[1] == f"n\n{pages}\n"
    code, out, err = call("sql", "--at", "7", "SELECT 1")
    assert (code, out) == (1, "")
    assert "no snapshot 7; it has [1, 2]" in err


def test_a_rollback_is_told_and_seen(call: Call, lake: Path):
    code, out, _ = call("rollback", "1")
    assert code == 0
    assert "Snapshot 3 is published: it holds what snapshot 1 held." in out
    assert "pages  +1 ~1" in out
    assert "back to 1:" in call("snapshots")[1]
    assert call("sql", "--csv", "SELECT count(*) AS n FROM pages")[1] == "n\n3\n"
    assert call("rollback", "3")[0] == 2
    assert snapshots.snapshot_ids(lake) == [1, 2, 3]


def test_expiry_says_what_it_would_do_and_does_it(call: Call, lake: Path):
    nothing_kept = ("expire", "--keep", "1", "--keep-days", "0", "--grace-hours", "0")
    assert "Removed no snapshot and 0 files" in call("expire")[1]
    planned = call(*nothing_kept, "--dry-run")[1]
    assert planned.startswith("Would remove snapshot 1 and ")
    assert call(*nothing_kept)[1] == planned.replace("Would remove", "Removed")
    assert snapshots.snapshot_ids(lake) == [2]
    assert call("diff")[0] == 2
    code, _, err = call("sql", "--at", "1", "SELECT 1")
    assert (code, "no snapshot 1; it has [2]" in err) == (1, True)


def test_verify_fails_for_damage_alone_unless_it_is_told_to_be_strict(call: Call, lake: Path):
    for path in lake.glob("runs/*.json"):
        path.write_text(path.read_text().replace("running", "published"))
    assert call("verify")[0] == 0
    stray = lake / "data" / "pages" / "stray-0123456789abcdef.parquet"
    stray.write_bytes(b"x")
    code, out, _ = call("verify")
    assert (code, "leftover: data/pages/stray-0123456789abcdef.parquet" in out) == (0, True)
    assert out.endswith("Whole. What runs that died left, 1 in all, no reader sees.\n")
    assert call("verify", "--strict")[0] == 1
    stray.unlink()
    newest = snapshots.latest(lake)
    assert newest
    (lake / newest.tables["articles"][0].path).unlink()
    code, out, _ = call("verify", "--quick")
    assert (code, "damage: data/articles/" in out) == (1, True)
    assert out.endswith("Not whole: 1 to mend.\n")


def test_retry_says_what_there_is_to_retry(call: Call):
    assert call("retry")[0] == 2
    call("rollback", "1")
    assert "has no rejects; nothing to try again" in call("retry", "--rejected")[1]


@pytest.mark.parametrize("command", ["snapshots", "diff", "expire", "verify"])
def test_each_needs_a_lake(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr("sys.argv", ["lake", command, "--lake", str(tmp_path)])
    assert main() == 3
    assert "holds no published lake" in capsys.readouterr().err
