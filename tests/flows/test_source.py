import gzip
import hashlib
import os
import socket
from pathlib import Path

import pytest

from flows.source import read_source, unpack, utc_instant, walk_source
from warehouse.errors import SourceFault

PAGE = "云岭晚报讯 澄溪县昨日降雨。".encode()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


def names(source: Path, lake: Path | None = None) -> list[str]:
    return [found.file_name for found in walk_source(source, lake=lake or source / "nowhere").found]


def refusals(source: Path) -> dict[str, str]:
    return {refusal.file_name: refusal.reason for refusal in walk_source(source, lake=source / "nowhere").refused}


def reason_of(location: Path, limit_bytes: int = 100) -> str:
    with pytest.raises(SourceFault) as fault:
        read_source(str(location), limit_bytes=limit_bytes)
    return fault.value.reason


def test_page_files_are_found_at_any_depth_and_in_the_order_of_their_names(source: Path):
    for name in ("b/c/d/p1.md", "b/p2.text", "a.TXT", "b.txt.gz", "b-1.txt"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(PAGE)
    assert names(source) == ["a.TXT", "b-1.txt", "b.txt.gz", "b/c/d/p1.md", "b/p2.text"]


def test_other_files_are_counted_and_hidden_ones_are_no_pages(source: Path):
    for name in ("scan.tif", "._p1.txt", "p1.txt.bak", ".git/notes.txt", "p1.txt"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_bytes(PAGE)
    walk = walk_source(source, lake=source / "nowhere")
    assert [found.file_name for found in walk.found] == ["p1.txt"]
    assert walk.ignored_count == 3


def test_a_lake_inside_the_source_is_not_read(source: Path):
    (source / "lake").mkdir()
    (source / "lake" / "p1.txt").write_bytes(PAGE)
    assert names(source, lake=source / "lake") == []


@pytest.mark.parametrize(
    "name", ["it's.txt", "a\nb.txt", "'; DROP TABLE articles; --.txt", 'say "x".txt', "澄溪日报.txt"]
)
def test_a_strange_name_is_kept(source: Path, name: str):
    (source / name).write_bytes(PAGE)
    assert names(source) == [name]


def test_undecodable_names_become_text_and_stay_different(source: Path):
    for name in (b"p\xff.txt", b"p\\xff.txt"):
        Path(os.fsdecode(os.fsencode(source) + b"/" + name)).write_bytes(PAGE)
    found = names(source)
    assert sorted(found) == ["p\\\\xff.txt", "p\\xff.txt"]
    assert all(name.encode() for name in found)


def test_a_link_is_followed_inside_the_source_only(source: Path, tmp_path: Path):
    (source / "p1.txt").write_bytes(PAGE)
    (source / "again.txt").symlink_to(source / "p1.txt")
    (source / "passwd.txt").symlink_to("/etc/passwd")
    (source / "etc").symlink_to("/etc")
    (source / "sibling.txt").symlink_to(tmp_path / "source-2" / "p1.txt")
    (source / "etc-notes").symlink_to("/etc/passwd")
    assert names(source) == ["again.txt", "p1.txt"]
    assert refusals(source) == dict.fromkeys(("etc", "passwd.txt", "sibling.txt"), "symlink_leaves_source")


def test_a_folder_linked_to_its_parent_does_not_go_round(source: Path):
    (source / "p1.txt").write_bytes(PAGE)
    (source / "loop").symlink_to(source)
    assert names(source) == ["p1.txt"]


def test_a_file_is_read_with_its_hash_and_time(source: Path):
    path = source / "p1.txt"
    path.write_bytes(PAGE)
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))
    file = read_source(str(path), limit_bytes=1000)
    assert file.data == PAGE
    assert file.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert file.changed_at.isoformat() == "2023-11-14T22:13:20.123456+00:00"


def test_what_is_no_regular_file_is_refused_without_waiting(source: Path):
    os.mkfifo(source / "pipe.txt")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(source / "s.txt"))
    listener.close()
    assert reason_of(source / "pipe.txt") == "not_a_file"
    assert reason_of(source / "s.txt") == "not_a_file"


def test_a_file_at_the_limit_is_read_and_one_above_it_refused(source: Path):
    (source / "p1.txt").write_bytes(b"x" * 101)
    assert reason_of(source / "p1.txt", limit_bytes=100) == "too_large"
    assert len(read_source(str(source / "p1.txt"), limit_bytes=101).data) == 101


def test_a_dangling_link_and_a_link_that_appears_late_are_unreadable(source: Path):
    (source / "p1.txt").symlink_to("/etc/passwd")
    assert reason_of(source / "p1.txt", limit_bytes=10**6) == "unreadable"
    assert reason_of(source / "gone.txt") == "unreadable"


@pytest.mark.parametrize("nanoseconds", [10**21, -(10**21)])
def test_a_time_outside_the_calendar_is_refused(nanoseconds: int):
    with pytest.raises(SourceFault) as fault:
        utc_instant(nanoseconds)
    assert fault.value.reason == "bad_time"


def test_gzip_is_unpacked_by_the_name_of_the_file():
    packed = gzip.compress(PAGE) + gzip.compress(PAGE)
    assert unpack(packed, file_name="p1.txt.GZ", limit_bytes=1000) == PAGE * 2
    assert unpack(packed, file_name="p1.txt", limit_bytes=1000) == packed


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(b"\0" * 50_000_000), "too_large"),
        (gzip.compress(PAGE)[:-9], "corrupt_gzip"),
        (gzip.compress(PAGE)[:-8] + b"\0" * 8, "corrupt_gzip"),
        (PAGE, "corrupt_gzip"),
    ],
    ids=["bomb", "cut off", "wrong checksum", "no gzip"],
)
def test_bad_gzip_is_refused(data: bytes, reason: str):
    with pytest.raises(SourceFault) as fault:
        unpack(data, file_name="p1.txt.gz", limit_bytes=1_000_000)
    assert fault.value.reason == reason
