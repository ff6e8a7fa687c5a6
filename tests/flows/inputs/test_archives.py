"""What an archive holds is taken in like files, and what is wrong with it is refused member by member."""

import io
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Callable

import pytest

from flows.archives.members import ArchiveLimits, Opened, list_members, read_members
from tests.flows.inputs.archive_files import make_tar, make_zip
from warehouse.errors import SourceFault

PAGE = "云岭晚报讯 澄溪县昨日降雨。".encode()
PAGES = {"1998/p01.txt": PAGE, "1998/p02.txt": PAGE * 2}
LIMITS = ArchiveLimits(member_bytes=1000, archive_bytes=100_000)


def look(data: bytes, name: str = "box.zip", limits: ArchiveLimits = LIMITS) -> tuple[dict[str, bytes], Opened]:
    opened = Opened()
    members = {m.file_name: m.data for m in list_members(io.BytesIO(data), name, len(data), limits, opened)}
    return members, opened


def reasons(opened: Opened) -> dict[str, str]:
    return {refusal.file_name: refusal.reason for refusal in opened.refused}


KINDS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "box.zip": make_zip,
    "BOX.ZIP": make_zip,
    "box.tar": make_tar,
    "box.tar.gz": lambda members: make_tar(members, "w:gz"),
    "box.tgz": lambda members: make_tar(members, "w:gz"),
}


@pytest.mark.parametrize("name", KINDS)
def test_page_files_of_an_archive_are_members_below_its_name(name: str):
    others = {"scan.tif": b"II", ".hidden.txt": PAGE, "__MACOSX/1998/._p01.txt": b"mac", "1998/": b""}
    members, opened = look(KINDS[name](PAGES | others), name)
    assert members == {f"{name}/1998/p01.txt": PAGE, f"{name}/1998/p02.txt": PAGE * 2}
    assert opened.refused == []
    assert opened.ignored_count in {3, 4}  # tar has no folder by a name alone


@pytest.mark.parametrize("name", KINDS)
def test_members_are_found_again_by_their_numbers_in_any_order(name: str):
    data = KINDS[name]({"a.jpg": b"x"} | PAGES)
    opened = Opened()
    paths = {m.file_name: m.path for m in list_members(io.BytesIO(data), name, len(data), LIMITS, opened)}
    wanted = [paths[f"{name}/1998/p02.txt"], paths[f"{name}/1998/p01.txt"]]
    assert dict(read_members(io.BytesIO(data), name, wanted, LIMITS)) == {wanted[0]: PAGE * 2, wanted[1]: PAGE}
    assert dict(read_members(io.BytesIO(data), name, [(77,)], LIMITS)) == {}


def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_not():
    deep = make_zip({"p09.txt": PAGE * 9})
    year = make_zip({"march.tar.gz": make_tar(PAGES, "w:gz"), "deep.zip": make_zip({"deeper.zip": deep})})
    members, opened = look(year, "1998.zip")
    assert list(members) == ["1998.zip/march.tar.gz/1998/p01.txt", "1998.zip/march.tar.gz/1998/p02.txt"]
    assert reasons(opened) == {"1998.zip/deep.zip/deeper.zip": "nested_too_deep"}
    paths = [m.path for m in list_members(io.BytesIO(year), "1998.zip", len(year), LIMITS, Opened())]
    assert dict(read_members(io.BytesIO(year), "1998.zip", paths, LIMITS)) == dict(
        zip(paths, PAGES.values(), strict=True)
    )


@pytest.mark.parametrize("name", ["../p.txt", "a/../../p.txt", "/etc/p.txt", "C:\\p.txt", "c:p.txt", "..\\p.txt", ".."])
@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_a_name_that_leads_out_is_refused_and_the_rest_is_read(name: str, make: Callable[[dict[str, bytes]], bytes]):
    archive = {make_zip: "box.zip", make_tar: "box.tar"}[make]
    members, opened = look(make({name: PAGE, "p01.txt": PAGE}), archive)
    is_plain_name = make is make_tar and name == "..\\p.txt"  # a backslash parts nothing there
    assert f"{archive}/p01.txt" in members
    assert list(reasons(opened).values()) == (["path_escapes"] if name.endswith(".txt") and not is_plain_name else [])


def test_a_path_is_the_same_however_it_is_written():
    members, _ = look(make_tar({"./1998//./p01.txt": PAGE}), "box.tar")
    assert list(members) == ["box.tar/1998/p01.txt"]
    members, _ = look(make_zip({"1998\\p01.txt": PAGE}))
    assert list(members) == ["box.zip/1998/p01.txt"]


def test_of_two_members_of_one_name_the_first_is_read_and_the_others_refused():
    packed = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(packed, "w") as archive:
        for number in (1, 2, 3):
            archive.writestr("p01.txt", PAGE * number)
    members, opened = look(packed.getvalue())
    assert members == {"box.zip/p01.txt": PAGE}
    assert reasons(opened) == dict.fromkeys(("box.zip/p01.txt#2", "box.zip/p01.txt#3"), "duplicate_name")


def as_named(raw: bytes, flags: int = 0, extra: bytes = b"") -> bytes:
    """A zip archive of one page whose name is these bytes."""
    stand_in = "x" * (len(raw) - 4) + ".txt"
    packed = io.BytesIO()
    info = zipfile.ZipInfo(stand_in)
    info.extra = extra
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(info, PAGE)
    data = packed.getvalue().replace(stand_in.encode(), raw)
    central = data.index(b"PK\x01\x02")
    data = data[:6] + struct.pack("<H", flags) + data[8:]
    return data[: central + 8] + struct.pack("<H", flags) + data[central + 10 :]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("澄溪日报.txt".encode("gb18030"), "澄溪日报.txt"),
        ("澄溪日报.txt".encode(), "澄溪日报.txt"),
        ("第誠版.txt".encode("gb18030"), "第誠版.txt"),
        ("誠\\版.txt".encode("gb18030"), "誠/版.txt"),
        (b"\xff\xff\xff.txt", "\\xff\\xff\\xff.txt"),
    ],
    ids=["gb", "utf-8 without a flag", "a backslash is half of a character", "and a real one", "no text"],
)
def test_a_name_without_the_flag_of_utf8_is_read_by_its_bytes(raw: bytes, name: str):
    members, _ = look(as_named(raw))
    assert list(members) == [f"box.zip/{name}"]


def test_an_encrypted_member_is_refused():
    _, opened = look(as_named(b"p01.txt", flags=0x1))
    assert reasons(opened) == {"box.zip/p01.txt": "encrypted_member"}


def test_links_and_devices_in_archives_are_refused():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in (
            ("s", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("c", tarfile.CHRTYPE),
            ("f", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(f"{name}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    members, opened = look(packed.getvalue(), "box.tar")
    assert members == {}
    assert reasons(opened) == dict.fromkeys([f"box.tar/{name}.txt" for name in "shcf"], "not_a_file")
    info = zipfile.ZipInfo("s.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr(info, "/etc/passwd")
    assert reasons(look(packed.getvalue())[1]) == {"box.zip/s.txt": "not_a_file"}


def packed_by(method: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("p01.txt", PAGE)
    return packed.getvalue()


def test_a_method_that_cannot_be_unpacked_piece_by_piece_is_refused():
    assert reasons(look(packed_by(zipfile.ZIP_LZMA))[1]) == {"box.zip/p01.txt": "unknown_compression"}


def claims_less(data: bytes) -> bytes:
    """The archive with a member that says it has 10 bytes."""
    central = data.index(b"PK\x01\x02")
    return data[: central + 24] + struct.pack("<L", 10) + data[central + 28 :]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (make_zip({"p01.txt": b"\0" * 1001}), "box.zip/p01.txt", "too_large"),
        (claims_less(make_zip({"p01.txt": b"\0" * 1001})), "box.zip/p01.txt", "corrupt_member"),
        (make_tar({"p01.txt": b"\0" * 1001}, "w:gz"), "box.tgz/p01.txt", "too_large"),
        (make_zip({f"{n:05}.txt": b"x" * 1000 for n in range(101)}), "box.zip", "archive_too_large"),
        (make_tar({"big.jpg": b"\0" * 200_000}, "w:gz"), "box.tgz", "archive_too_large"),
        (make_zip({"inside.zip": b"x" * 16_001}), "box.zip/inside.zip", "too_large"),
        (b"", "box.zip", "corrupt_archive"),
        (b"", "box.tar", "corrupt_archive"),
        (b"", "box.tgz", "corrupt_archive"),
        (PAGE * 50, "box.zip", "corrupt_archive"),
        (PAGE * 50, "box.tar", "corrupt_archive"),
        (PAGE * 50, "box.tar.gz", "corrupt_archive"),
        (make_zip({}), "box.zip", "empty"),
        (make_tar({}), "box.tar", "empty"),
    ],
)
def test_a_bomb_or_no_archive_is_refused(data: bytes, name: str, reason: str):
    members, opened = look(data, name.partition("/")[0])
    assert reasons(opened).get(name) == reason
    assert sum(map(len, members.values())) <= LIMITS.archive_bytes


def test_what_unpacks_to_many_times_its_size_is_a_bomb():
    limits = ArchiveLimits(member_bytes=10_000_000, archive_bytes=1_000_000_000)
    _, opened = look(make_zip({f"{n}.txt": b"\0" * 9_000_000 for n in range(9)}), limits=limits)
    assert reasons(opened) == {"box.zip": "archive_bomb"}


def test_members_without_end_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("flows.archives.members.MAX_MEMBERS", 3)
    members, opened = look(make_zip({f"{n}.txt": PAGE for n in range(5)}))
    assert len(members) == 3
    assert reasons(opened) == {"box.zip": "too_many_members"}


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_the_members_before_a_cut_are_read(mode: str):
    pages = {f"p{n}.txt": f"{n} 版 {7919**9 % (n + 97)} ".encode() * 30 for n in range(9)}
    whole = make_tar(pages, mode)
    cut = whole[: len(whole) // 2] if mode == "w:gz" else whole[: 1024 * 5 - 300]
    members, opened = look(cut, "box.tar" if mode == "w" else "box.tgz")
    assert 0 < len(members) < len(pages)
    assert "corrupt_archive" in reasons(opened).values()


def test_a_damaged_member_is_refused_and_its_neighbours_are_read():
    data = make_zip({"p01.txt": PAGE, "p02.txt": PAGE * 2, "p03.txt": PAGE * 3})
    at = data.index(b"p02.txt") + len("p02.txt") + 5
    members, opened = look(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    assert list(members) == ["box.zip/p01.txt", "box.zip/p03.txt"]
    assert reasons(opened) == {"box.zip/p02.txt": "corrupt_member"}


def test_a_tar_that_is_damaged_in_the_middle_says_so():
    data = bytearray(make_tar(PAGES))
    data[1024:1100] = b"\xff" * 76
    members, opened = look(bytes(data), "box.tar")
    assert list(members) == ["box.tar/1998/p01.txt"]
    assert reasons(opened) == {"box.tar": "corrupt_archive"}


def test_a_field_that_claims_gigabytes_is_not_read():
    data = bytearray(make_tar({"././@LongLink": b"x" * 600}))
    data[156:157] = tarfile.GNUTYPE_LONGNAME
    data[124:136] = b"%011o\0" % 4_000_000_000
    data[148:156] = b"        "
    data[148:156] = b"%06o\0 " % sum(data[:512])
    members, opened = look(bytes(data), "box.tar")
    assert (members, reasons(opened)) == ({}, {"box.tar": "corrupt_archive"})


def test_what_cannot_be_read_again_says_why():
    data = make_zip(PAGES)
    at = data.index(b"p02.txt") + len("p02.txt") + 5
    broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
    found = dict(read_members(io.BytesIO(broken), "box.zip", [(0,), (1,)], LIMITS))
    assert found[0,] == PAGE
    assert isinstance(found[1,], SourceFault)
