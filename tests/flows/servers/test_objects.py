import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from signal import SIGKILL
from threading import Thread
from typing import Any

import duckdb
import obstore
import pytest
from obstore.fsspec import FsspecStore

from flows.copies import expire_copy, fetch_older, open_copy, open_mirror, publish_copy
from flows.mirror import fetch_source, is_page, safe_names
from flows.retries import is_transient
from flows.source import walk_source
from tests.flows.buckets import BUCKET, SECRET, Machine, build, copy_to, free_ports, keys, opened
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare
from warehouse import snapshots, store
from warehouse.buckets.bucket import Bucket, probe, read_url
from warehouse.buckets.origin import set_origin
from warehouse.buckets.pull import pull
from warehouse.buckets.push import push
from warehouse.errors import BroadsheetError, SettingsFault, StoreFault
from warehouse.history import expire, rollback
from warehouse.leftovers import Gravity
from warehouse.reader import open_lake
from warehouse.verify import verify

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).resolve().parents[3]
MORE = {
    "yunling-chenbao/2023-07-05/p01.txt": """云岭晨报

菜市场改造完工

本报讯（记者 邵晨）7月4日，南门菜市场改造完工，二百一十个摊位全部回迁，地面换成了防滑砖。

摊主顾春来说，以前下雨要踩水，现在排水沟加宽到四十厘米，摊位租金两年不涨。
"""
}


def contents(root: Path) -> dict[str, list[str]]:
    return contents_of(root, snapshots.snapshot_ids(root)[-1])


def contents_of(root: Path, number: int) -> dict[str, list[str]]:
    tables = snapshots.read_snapshot(root, number).tables
    return {name: [part.path for part in parts] for name, parts in tables.items()}


def damage(root: Path) -> list[str]:
    return [str(problem) for problem in verify(root).problems if problem.gravity is Gravity.DAMAGE]


def test_two_machines_build_one_lake_in_turn(source: Path, machine: Machine, tmp_path: Path) -> None:
    url, a, b = f"s3://{BUCKET}/in/turn", machine("a"), machine("b")
    assert build(source, url, a).snapshot_id == 1
    write_pages(source, MORE)
    second = build(source, url, b)
    assert (second.snapshot_id, second.read) == (2, 1)  # the state of the first run was taken over
    assert not build(source, url, a).is_new
    root = open_copy(Path(url), a)
    clean = tmp_path / "clean"
    build_bare(source, clean, root.parent)
    assert contents(root) == contents(clean)
    assert damage(root) == []
    with open_lake(root) as reader:
        runs = reader.sql("SELECT run_id, status, snapshot FROM runs ORDER BY started_at").fetchall()
    assert runs == [("run-a-1", "published", 1), ("run-b-2", "published", 2), ("run-a-3", "unchanged", 2)]
    held = b"".join(bytes(obstore.get(read_url(url, a).store, key).bytes()) for key in keys(read_url(url, a)))
    files = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert SECRET.encode() not in held + files


def test_the_run_that_is_second_is_refused_and_builds_on_top(
    first: tuple[Path, Bucket], source: Path, machine: Machine, tmp_path: Path
) -> None:
    url, a, b = f"s3://{BUCKET}/race", machine("a"), machine("b")
    push(copy_to(first[0], tmp_path / "copy", replace(first[1], prefix="race")))
    write_pages(source, MORE)

    def be_overtaken() -> None:
        with opened(source, url, b) as (run, writable):
            run.publish_snapshot(writable)
            build(write_pages(source.parent / "other", PAGES | {"a.txt": next(iter(MORE.values()))}), url, a)

    with pytest.raises(StoreFault, match="another run was first; run again"):
        be_overtaken()
    root = open_copy(Path(url), b)
    newest = snapshots.latest(root)
    assert newest is not None
    assert (newest.snapshot_id, newest.run_id) == (2, "run-a-2")
    assert json.loads((root / "runs" / "run-b-2.json").read_bytes())["status"] == "failed"
    assert build(source, url, b).snapshot_id == 3
    assert damage(open_copy(Path(url), a)) == []


def test_each_number_is_won_once(first: tuple[Path, Bucket], tmp_path: Path) -> None:
    root, place = first
    there = replace(place, prefix="won-once")
    push(copy_to(root, tmp_path / "base", there))
    copies = [copy_to(root, tmp_path / f"copy-{number}", there) for number in range(6)]
    newest = snapshots.latest(root)
    assert newest is not None
    for copy in copies:
        snapshots.commit(copy, replace(newest, snapshot_id=2, previous=1, run_id=copy.name))

    with ThreadPoolExecutor(6) as pool:
        pushes = [pool.submit(push, copy) for copy in copies]
    faults = [str(fault) for done in pushes if (fault := done.exception())]
    assert len(faults) == 5
    assert all("another run was first" in fault for fault in faults)
    winners = [copy.name for copy, done in zip(copies, pushes, strict=True) if not done.exception()]
    fresh = tmp_path / "fresh"
    set_origin(fresh, there)
    assert pull(fresh) == 2
    assert winners == [snapshots.read_snapshot(fresh, 2).run_id]


KILLED = """
import os, sys
from pathlib import Path
import obstore
put, left = obstore.put, [int(sys.argv[2])]
def dying_put(*args, **named):
    if left[0] == 0:
        os.kill(os.getpid(), 9)
    left[0] -= 1
    return put(*args, **named)
obstore.put = dying_put
from warehouse.buckets.push import push
push(Path(sys.argv[1]))
"""


def test_a_death_during_a_push_leaves_the_old_snapshot_or_the_new(first: tuple[Path, Bucket], tmp_path: Path) -> None:
    root, place = first
    newest = snapshots.latest(root)
    assert newest is not None
    files = len({part.path for part in newest.parts})
    for before, seen in ((files // 2, 0), (files, 0), (files + 1, 1)):
        there = replace(place, prefix=f"killed-{before}")
        copy = copy_to(root, tmp_path / f"copy-{before}", there)
        done = subprocess.run([sys.executable, "-c", KILLED, copy, str(before)], cwd=CHECKOUT, check=False)
        assert done.returncode == -SIGKILL
        fresh = tmp_path / f"fresh-{before}"
        set_origin(fresh, there)
        assert pull(fresh) == seen
        if seen:
            assert damage(fresh) == []
        push(copy)
        assert pull(fresh) == 1
        assert {store.CATALOG, store.CATALOG_SQL, store.CURRENT} <= keys(there)


def test_what_was_committed_here_and_not_there_is_dropped(first: tuple[Path, Bucket], tmp_path: Path) -> None:
    copy = copy_to(first[0], tmp_path / "copy", first[1])
    newest = snapshots.latest(copy)
    assert newest is not None
    snapshots.commit(copy, replace(newest, snapshot_id=2, previous=1, run_id="killed"))
    assert pull(copy) == 1
    assert snapshots.snapshot_ids(copy) == [1]
    with open_lake(copy) as reader:
        assert reader.sql("SELECT lake_snapshot()").fetchall() == [(1,)]


def test_a_bucket_that_is_not_what_its_manifest_says_is_not_taken(first: tuple[Path, Bucket], tmp_path: Path) -> None:
    root, place = first
    there, fresh = replace(place, prefix="damaged"), tmp_path / "fresh"
    push(copy_to(root, tmp_path / "copy", there))
    set_origin(fresh, there)
    path = contents(root)["articles"][0]
    whole = (root / path).read_bytes()
    obstore.put(there.store, path, whole[:-1] + b"x")
    with pytest.raises(StoreFault, match="other bytes than its manifest says"):
        pull(fresh)
    assert not (fresh / path).exists()
    assert snapshots.snapshot_ids(fresh) == []
    obstore.put(there.store, path, whole)
    manifest = bytes(obstore.get(there.store, "snapshots/000001.json").bytes())
    obstore.put(there.store, "snapshots/000001.json", manifest.replace(path.encode(), b"data/../../outside"))
    with pytest.raises(StoreFault, match="do not trust it"):
        pull(fresh)
    assert not (tmp_path / "outside").exists()


def test_older_snapshots_are_read_brought_back_and_expired(
    first: tuple[Path, Bucket], source: Path, machine: Machine, tmp_path: Path
) -> None:
    url, a, b = f"s3://{BUCKET}/history", machine("a"), machine("b")
    push(copy_to(first[0], tmp_path / "copy", replace(first[1], prefix="history")))
    write_pages(source, MORE)
    build(source, url, a)
    root = open_copy(Path(url), b)
    with pytest.raises(StoreFault, match="files are gone"):
        open_lake(root, at=1)
    fetch_older(root, [1, None])
    with open_lake(root, at=1) as reader:
        assert reader.sql("SELECT count(*) FROM files").fetchall() == [(3,)]
    rollback(root, 1)
    publish_copy(root)
    there = open_copy(Path(url), a)
    assert contents(there) == contents_of(there, 1)
    expire(there, 1, 0, grace=timedelta(0))
    expire_copy(there)
    assert {key for key in keys(read_url(url, a)) if key.startswith("snapshots/")} == {"snapshots/000003.json"}
    assert damage(open_copy(Path(url), b)) == []
    assert snapshots.snapshot_ids(open_copy(Path(url), b)) == [3]


class Readable(FsspecStore):
    """As docs/storage.md has it: the store's own glob takes no `s3://`, which is what DuckDB gives."""

    def glob(self, path: str, **options: Any) -> list[str]:
        return [f"s3://{found}" for found in super().glob(path.removeprefix("s3://"), **options)]


def test_duckdb_reads_the_bucket_itself(first: tuple[Path, Bucket], tmp_path: Path) -> None:
    place = first[1]
    catalog = tmp_path / "lake.duckdb"
    catalog.write_bytes(bytes(obstore.get(place.store, store.CATALOG).bytes()))
    text = bytes(obstore.get(place.store, store.CATALOG_SQL).bytes()).decode()
    assert str(first[0]) not in text
    reading = Readable("s3", config={"endpoint": place.endpoint}, client_options={"allow_http": True})
    for opening in (f"ATTACH '{catalog}' AS lake (READ_ONLY); USE lake", text):
        with duckdb.connect() as connection:
            connection.register_filesystem(reading)
            connection.execute(opening)
            assert connection.sql("SELECT count(*) FROM articles").fetchall() == [(4,)]
            assert connection.sql("SELECT status FROM runs").fetchall() == [("published",)]


def test_only_what_changed_in_a_source_is_fetched(machine: Machine, tmp_path: Path, endpoint: str) -> None:
    a, url = machine("a"), f"s3://{BUCKET}/scans"
    place = Bucket(BUCKET, "scans", endpoint)
    for name, text in PAGES.items():
        obstore.put(place.store, name, text.encode())
    obstore.put(place.store, "notes.doc", b"no page")
    obstore.put(place.store, "large.txt", b"x" * 20_000)
    a |= {"LAKE_FILE_LIMIT_BYTES": "10000"}
    assert build(url, str(tmp_path / "lake"), a).rows["articles"] == 4
    with open_lake(tmp_path / "lake") as reader:
        assert reader.sql("SELECT file_name, reason, evidence FROM rejects").fetchall() == [
            ("large.txt", "too_large", "20000 bytes; the limit is 10000 (LAKE_FILE_LIMIT_BYTES)")
        ]
        assert reader.sql("SELECT DISTINCT settings ->> 'source' FROM runs").fetchall() == [(url,)]
    mirror = open_mirror(Path(url), a, limit_bytes=10_000, archive_bytes=10_000)
    names = sorted(PAGES)
    assert [file.file_name for file in walk_source(mirror, lake=tmp_path).found] == sorted([*names, "large.txt"])
    changed_at = obstore.head(place.store, names[0])["last_modified"].timestamp()
    assert (mirror / names[0]).stat().st_mtime == pytest.approx(changed_at, abs=1e-3)
    assert (mirror / "large.txt").stat().st_blocks == 0
    obstore.put(place.store, names[0], PAGES[names[0]].replace("四万亩", "五万亩").encode())
    obstore.delete(place.store, [names[1], "large.txt"])
    obstore.put(place.store, "more/p01.txt", next(iter(MORE.values())).encode())
    assert fetch_source(place, mirror, limit_bytes=10_000, archive_bytes=10_000) == 2
    assert fetch_source(place, mirror, limit_bytes=10_000, archive_bytes=10_000) == 0
    again = build(url, str(tmp_path / "lake"), a)
    assert (again.files, again.read, again.rejected) == (3, 2, 0)


def test_a_source_of_nothing_is_a_mistake(machine: Machine) -> None:
    with pytest.raises(SettingsFault, match="Nothing lies below s3://papers/scnas"):
        open_mirror(Path(f"s3://{BUCKET}/scnas"), machine("a"), limit_bytes=1, archive_bytes=1)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("2023/p 1.txt", "2023/p 1.txt"),
        ("../../etc/x.txt", "%%2E%2E/%%2E%2E/etc/x.txt"),
        ("/etc/x.txt", "%/etc/x.txt"),
        ("a//b/./c.txt", "a/%/b/%%2E/c.txt"),
        ("50%.txt", "50%25.txt"),
    ],
)
def test_a_key_is_a_path_below_the_mirror(key: str, name: str) -> None:
    assert safe_names([key]) == {key: name}


def test_keys_that_no_disk_takes_have_names_of_their_own() -> None:
    long = "长" * 300
    names = safe_names([f"{long}1.txt", f"{long}2.txt", "a.txt", "a.txt/b.txt"])
    assert len(set(names.values())) == 4
    assert all(
        len(part.encode()) <= 255 and name.endswith(".txt") for name in names.values() for part in name.split("/")
    )
    assert names["a.txt"] == "%_a.txt"
    assert [is_page(key) for key in ("a.TXT", "a.doc", ".a/b.txt", "a/.b.txt", "../b.txt.gz")] == [
        True, False, False, False, True
    ]  # fmt: skip


class Ignorant(BaseHTTPRequestHandler):
    """A store that takes every write, whatever its condition."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:  # of several keys to delete
        key = re.findall(rb"<Key>.*?</Key>", self.rfile.read(int(self.headers["Content-Length"])))
        answer = b"<DeleteResult><Deleted>%s</Deleted></DeleteResult>" % b"".join(key)
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


def test_a_store_that_ignores_conditions_is_refused(first: tuple[Path, Bucket]) -> None:
    before = keys(first[1])
    probe(first[1])
    assert keys(first[1]) == before
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ignorant)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        with pytest.raises(SettingsFault, match="ignores `If-None-Match"):
            probe(Bucket("papers", "", f"http://127.0.0.1:{server.server_port}"))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_faults_are_said_in_words_without_the_secret(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault_of(url: str, environ: dict[str, str]) -> BroadsheetError:
        with pytest.raises(BroadsheetError) as caught:
            open_copy(Path(url), environ)
        assert SECRET not in str(caught.value)
        return caught.value

    missing = fault_of("s3://nowhere/lake", machine("a"))
    assert isinstance(missing, SettingsFault)
    assert "There is no bucket nowhere" in str(missing)
    away = fault_of(f"s3://{BUCKET}/x", machine("b") | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_ports(1)[0]}"})
    assert is_transient(away)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET + "x")
    wrong = fault_of(f"s3://{BUCKET}/x", machine("c"))
    assert isinstance(wrong, SettingsFault)
    assert "refuses the key (SignatureDoesNotMatch)" in str(wrong)


@pytest.mark.parametrize("url", ["s3://key:pass@b/x", "s3://B/x", "s3://bucket/a/../b", "s3://bucket/*", "s3:///x"])
def test_an_address_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(SettingsFault) as refused:
        read_url(Path(url), {})
    assert "pass" not in str(refused.value)


def test_the_command_line_takes_addresses(first: tuple[Path, Bucket], machine: Machine) -> None:
    environ = os.environ | machine("line") | {"LAKE_HOME": first[1].url}
    command = [sys.executable, "-m", "flows", "status"]
    asked = subprocess.run(command, cwd=CHECKOUT, env=environ, check=True, capture_output=True, text=True)
    assert asked.stdout.startswith("lake      s3://papers/first\nsnapshot  1, published")
