"""How files get into a lake."""

import errno
import os
from threading import Thread

import polars as pl
import pytest

from warehouse import store
from warehouse.errors import StoreFault
from warehouse.tables import TABLES

MEMBERS = pl.DataFrame(
    {
        "cluster_id": ["c-" + "0" * 16],
        "article_id": ["a-i001"],
        "role": ["canonical"],
        "similarity_share": [1.0],
    }
)


def put(root):
    return store.put_parquet(root, "cluster_members", "2024", MEMBERS, table=TABLES["cluster_members"])


def test_a_file_is_named_after_its_content(tmp_path):
    part = put(tmp_path)
    assert part.path == f"data/cluster_members/2024/cluster_members-{part.sha256[:16]}.parquet"
    assert store.sync_and_hash(tmp_path / part.path) == part.sha256
    assert (tmp_path / part.path).stat().st_size == part.byte_count
    assert (part.rows, part.partition) == (1, "2024")


def test_equal_rows_are_one_file(tmp_path):
    assert put(tmp_path) == put(tmp_path)
    assert len(list(tmp_path.rglob("*.parquet"))) == 1


def test_nothing_but_the_file_is_left_in_its_folder(tmp_path):
    part = put(tmp_path)
    assert list((tmp_path / part.path).parent.iterdir()) == [tmp_path / part.path]


def test_a_file_is_replaced_in_place(tmp_path):
    store.replace_file(tmp_path / "a" / "b.json", b"old")
    store.replace_file(tmp_path / "a" / "b.json", b"new")
    assert (tmp_path / "a" / "b.json").read_bytes() == b"new"


def test_creating_what_exists_is_refused_and_leaves_it(tmp_path):
    store.create_file(tmp_path / "1.json", b"first")
    with pytest.raises(StoreFault, match="another run was first"):
        store.create_file(tmp_path / "1.json", b"second")
    assert [path.name for path in tmp_path.iterdir()] == ["1.json"]
    assert (tmp_path / "1.json").read_bytes() == b"first"


def test_of_many_creators_one_wins(tmp_path):
    won = []

    def create(number):
        try:
            store.create_file(tmp_path / "1.json", str(number).encode())
        except StoreFault:
            return
        won.append(number)

    threads = [Thread(target=create, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / "1.json").read_bytes() == str(won[0]).encode()
    assert len(won) == 1


def test_a_writer_that_fails_changes_nothing(tmp_path):
    store.replace_file(tmp_path / "x", b"old")

    def write_half():
        with store.replacing(tmp_path / "x") as scratch:
            scratch.write_bytes(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_what_the_disk_refuses_says_where_and_what_to_do(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreFault, match=r"cannot write in .*data.*run again"):
        put(tmp_path)


def test_scratch_of_dead_writers_is_removed_and_nothing_else(tmp_path):
    for name in (".0a.tmp", "data/pages/2024/.0b.tmp", ".0c.tmp.wal", "data/keep.parquet", ".lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert store.remove_scratch(tmp_path) == 3
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [".lock", "keep.parquet"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_a_folder_that_cannot_be_written_any_more_is_said_in_one_way(tmp_path, number):
    with (
        pytest.raises(StoreFault, match=f"cannot write in {tmp_path}: .*{os.strerror(number)}"),
        store.disk_faults(tmp_path),
    ):
        raise OSError(number, os.strerror(number), str(tmp_path / ".incoming"))
