"""The whole flow, on a Prefect server, over pages that lie on the disk."""

import asyncio
import gzip
import hashlib
import json
import os
import random
from pathlib import Path

import polars as pl
import pytest
from prefect import get_client
from prefect.artifacts import Artifact
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.client.schemas.objects import FlowRun

from flows.lake import build, run_flow
from flows.settings import Runner, read_settings
from flows.summary import Summary
from warehouse import snapshots
from warehouse.errors import LakeLocked, SettingsFault, StoreFault
from warehouse.lock import writer_lock

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect_server")]

SAMPLES = Path(__file__).resolve().parent.parent.parent / "seeds" / "issues"


def build_lake(
    source: Path, lake: Path, *, batch_bytes: int = 2_000_000, runner: Runner | None = None, products: str = "none"
) -> Summary:
    with pytest.MonkeyPatch.context() as patch:  # the flow reads its settings where it runs
        patch.setenv("LAKE_BATCH_BYTES", str(batch_bytes))
        patch.setenv("LAKE_RUNNER", str(runner or Runner(kind="threads", workers=1)))
        patch.setenv("LAKE_PRODUCTS", products)
        return run_flow(read_settings(source, lake))


def table(lake: Path, name: str) -> pl.DataFrame:
    newest = snapshots.latest(lake)
    assert newest
    return pl.read_parquet([lake / part.path for part in newest.tables[name]])


def parquet_hashes(lake: Path) -> dict[str, str]:
    """The tables' files; a stage's state may tell of the source's files what was not known before."""
    paths = (lake / "data").rglob("*.parquet")
    return {str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def last_run(lake: Path) -> dict[str, object]:
    return json.loads(max((lake / "runs").glob("*.json"), key=lambda path: path.stat().st_mtime_ns).read_bytes())


def find_runs(name: str) -> list[FlowRun]:
    async def ask() -> list[FlowRun]:
        async with get_client() as client:
            return await client.read_flow_runs(flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=[name])))

    return asyncio.run(ask())


def test_a_build_publishes_what_the_pages_hold(source: Path, tmp_path: Path):
    summary = build_lake(source, tmp_path / "lake")
    assert summary.is_new
    assert (summary.files, summary.duplicates, summary.rejected) == (3, 0, 0)
    assert (summary.rows["issues"], summary.rows["pages"], summary.rows["articles"]) == (2, 3, 4)
    articles = table(tmp_path / "lake", "articles")
    assert "旧厂房变身社区食堂" in articles["headline"].to_list()
    assert set(table(tmp_path / "lake", "contributors")["name"]) == {"陆知远", "纪明舟", "卢小满", "邵晨"}
    assert not (tmp_path / "lake" / ".work").exists()


def test_the_run_is_recorded_with_its_counts_and_times(source: Path, tmp_path: Path):
    (source / "empty.txt").touch()
    build_lake(source, tmp_path / "lake", products="")
    run = last_run(tmp_path / "lake")
    assert (run["status"], run["snapshot_id"]) == ("published", 1)
    assert (run["counts_in"], run["counts_rejected"]) == ({"files": 4, "read": 4}, {"files": 1})
    stages = ["inventory", "read", "date", "deduplicate", "facts", "resolve", "publish", "export", "report"]
    assert list(run["stage_seconds"]) == stages
    report = Artifact.get("build-report")
    assert report
    assert f"{(tmp_path / 'lake').as_uri()}/report/index.html" in str(report.data)


def test_a_second_build_of_the_same_source_makes_no_snapshot(source: Path, built: Path):
    before = parquet_hashes(built)
    summary = build_lake(source, built)
    assert (summary.is_new, summary.snapshot_id) == (False, 1)
    assert "Nothing has changed" in summary.outcome
    assert last_run(built)["status"] == "unchanged"
    assert parquet_hashes(built) == before


def test_a_shared_passage_stands_in_both_bodies(sample_lake: Path):
    bodies = dict(table(sample_lake, "articles").select("article_id", "body").iter_rows())
    exact = table(sample_lake, "reuse").filter(similarity_share=1.0)
    assert exact.height
    for row in exact.iter_rows(named=True):
        a, b = (bodies[row[f"article_id_{side}"]][row[f"start_char_{side}"] : row[f"end_char_{side}"]] for side in "ab")
        words = ["".join(c for c in passage if c.isdigit() or "\u4e00" <= c <= "\u9fff") for passage in (a, b)]
        assert words[0] == words[1]
        assert len(words[0]) == row["char_count"]


def test_two_clean_builds_are_equal_to_the_byte_however_the_files_are_batched(sample_lake: Path, tmp_path: Path):
    build_lake(SAMPLES, tmp_path / "lake", batch_bytes=20_000, runner=Runner(kind="processes", workers=2))
    hashes = parquet_hashes(sample_lake)
    assert len(hashes) > 10
    assert parquet_hashes(tmp_path / "lake") == hashes


def test_a_new_page_is_a_new_snapshot(source: Path, built: Path):
    (source / "copy.txt").write_bytes((source / "chengxi-ribao/2023-03-14/p02.txt").read_bytes())
    summary = build_lake(source, built)
    assert (summary.is_new, summary.snapshot_id, summary.duplicates) == (True, 2, 1)


def test_a_page_whose_date_was_mended_leaves_an_alias(source: Path, built: Path):
    (source / "yunling-chenbao/2023-07-04").rename(source / "yunling-chenbao/2023-07-05")
    build_lake(source, built)
    aliases = table(built, "id_aliases")
    assert aliases.select("old_id", "new_id", "reason").rows() == [
        ("yunling_chenbao-2023-07-04-a-p0001-i001", "yunling_chenbao-2023-07-05-a-p0001-i001", "re-dated")
    ]
    assert not build_lake(source, built).is_new


def test_an_empty_source_is_an_empty_lake(tmp_path: Path):
    (tmp_path / "source").mkdir()
    summary = build_lake(tmp_path / "source", tmp_path / "lake")
    assert summary.files == 0
    assert set(summary.rows.values()) == {0}


def test_the_run_in_prefect_says_what_it_did(source: Path, tmp_path: Path):
    (source / "extra.txt").write_text("第1页没有日期的一小段文字，讲的是街角新开的修鞋摊，师傅姓温。", encoding="utf-8")
    named = source.rename(tmp_path / "three-pages-and-one")
    build_lake(named, tmp_path / "lake")
    (run,) = find_runs(f"build-{tmp_path.name}/three-pages-and-one")
    assert run.state
    assert (run.state.name, run.state.type.value) == ("Published", "COMPLETED")
    tables = Artifact.get("build-tables")
    assert tables
    assert {"table": "pages", "rows": 4} in json.loads(tables.data)


def test_a_failed_build_publishes_nothing_and_says_so_everywhere(source: Path, built: Path, tmp_path: Path):
    (source / "chengxi-ribao/2023-03-14").rename(source / "chengxi-ribao/2031-03-14")
    (built / "data" / "pages" / "2031").write_text("in the way")
    failing = source.rename(tmp_path / "failing")
    with pytest.raises(StoreFault, match="cannot write"):
        build_lake(failing, built)
    assert snapshots.snapshot_ids(built) == [1]
    assert "旧厂房变身社区食堂" in table(built, "articles")["headline"].to_list()
    assert last_run(built)["status"] == "failed"
    assert not (built / ".work").exists()
    (run,) = find_runs(f"build-{tmp_path.name}/failing")
    assert run.state
    assert run.state.type.value == "FAILED"


def test_what_a_dead_run_left_is_cleared_away(source: Path, tmp_path: Path):
    left = tmp_path / "lake" / ".work" / "20200101T000000-dead" / "batch-00001" / "pages.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"PAR1")
    assert build_lake(source, tmp_path / "lake").rows["pages"] == 3
    assert not left.exists()


def test_a_locked_lake_fails_the_flow_at_once(source: Path, tmp_path: Path):
    with writer_lock(tmp_path / "lake"), pytest.raises(LakeLocked):
        build_lake(source, tmp_path / "lake")


def test_a_source_that_is_not_there_fails_the_flow_in_words(tmp_path: Path):
    with pytest.raises(SettingsFault, match="No folder"):
        build(tmp_path / "missing", tmp_path / "lake")


def write_hostile_files(source: Path) -> None:
    han = "澄溪县今天晴，街上的人比昨天多。" * 20_000
    contents = {
        "empty.txt": b"",
        "blank.txt": b" \r\n\xe3\x80\x80\n",
        "random.txt": random.Random(1).randbytes(100_000),
        "nul.txt": b"\0" * 100_000,
        "nuls-inside.txt": "澄溪县\0今天\0晴。".encode() * 20,
        "one-line.txt": han.encode(),
        "50-mb.txt": b"x" * 50_000_000,
        "latin.txt": b"lorem ipsum dolor sit amet " * 100,
        "bomb.txt.gz": gzip.compress(b"\0" * 100_000_000),
        "cut.txt.gz": gzip.compress(han.encode())[:-20],
        "no-gzip.txt.gz": b"lorem ipsum",
        'it\'s "quoted".txt': "桥头新开一家面馆，老板娘姓费，每天早上五点开门。".encode() * 5,
        "two\nlines.txt": "河边的柳树绿了，放风筝的孩子从早上玩到天黑。".encode() * 5,
        "'; DROP TABLE articles; --.txt": "东街修好了路灯，晚上散步的人多了起来，商铺也开得晚了。".encode() * 5,
    }
    for name, content in contents.items():
        (source / name).write_bytes(content)
    Path(os.fsdecode(os.fsencode(source) + b"/bytes-\xff\xfe.txt")).write_text(
        "北街的菜场搬进了新楼，下雨天不再踩泥。" * 5
    )
    (source / "passwd.txt").symlink_to("/etc/passwd")
    (source / "etc").symlink_to("/etc")
    os.mkfifo(source / "pipe.txt")


def test_a_hostile_folder_is_accounted_for_file_by_file(source: Path, tmp_path: Path):
    write_hostile_files(source)
    summary = build_lake(source, tmp_path / "lake")
    files, rejects = (table(tmp_path / "lake", name) for name in ("files", "rejects"))
    known = set(files["file_name"]) | set(rejects["file_name"])
    assert summary.files == len(known) == 3 + 18
    assert "旧厂房变身社区食堂" in table(tmp_path / "lake", "articles")["headline"].to_list()
    reasons = dict(rejects.select("file_name", "reason").iter_rows())
    expected = {
        "empty.txt": "empty",
        "blank.txt": "empty",
        "random.txt": "binary",
        "nul.txt": "binary",
        "50-mb.txt": "too_large",
        "latin.txt": "no_chinese_text",
        "bomb.txt.gz": "too_large",
        "cut.txt.gz": "corrupt_gzip",
        "no-gzip.txt.gz": "corrupt_gzip",
        "passwd.txt": "symlink_leaves_source",
        "etc": "symlink_leaves_source",
        "pipe.txt": "not_a_file",
    }
    assert {name: reasons.get(name) for name in expected} == expected
    good = {'it\'s "quoted".txt', "two\nlines.txt", "'; DROP TABLE articles; --.txt", "one-line.txt"}
    read = set(files.filter(status="ok")["file_name"])
    assert good <= read
    assert any("\\xff\\xfe" in name for name in read)
