"""An archive that was cut short gives the members that are whole, wherever the cut is, and names what is broken."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pytest

from flows.archives.entries import Entry, tar_entries, zip_entries
from flows.archives.members import ArchiveLimits, Opened, list_members, read_members
from tests.flows.inputs.archive_files import make_tar, make_zip
from warehouse.errors import SourceFault

LIMITS = ArchiveLimits(member_bytes=3_000_000, archive_bytes=100_000_000)


def page(number: int) -> bytes:
    """Text that does not pack well, so that cuts fall into it."""
    return "".join(f"第{number}版{(number * 7919 + line * 104_729) ** 3}亩 " for line in range(40)).encode()


PAGES = {f"1998/p{number:02}.txt": page(number) for number in range(1, 8)}


def make_streamed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive as a program writes it that cannot go back: sums and sizes follow each member."""

    class OneWay(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    packed = OneWay()
    with zipfile.ZipFile(packed, "w", method) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def make_stored(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def look(data: bytes, name: str, limits: ArchiveLimits = LIMITS) -> tuple[dict[str, bytes], dict[str, str], Opened]:
    opened = Opened()
    members = {
        member.file_name.partition("/")[2]: member.data
        for member in list_members(io.BytesIO(data), name, len(data), limits, opened)
    }
    return members, {refused.file_name: refused.reason for refused in opened.refused}, opened


ARCHIVES = {
    "deflated.zip": make_zip(PAGES),
    "stored.zip": make_stored(PAGES),
    "streamed.zip": make_streamed(PAGES),
    "plain.tar": make_tar(PAGES),
    "packed.tar.gz": make_tar(PAGES, "w:gz"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_wherever_it_is_cut_the_members_before_the_cut_are_read(name: str):
    whole = ARCHIVES[name]
    found = 0
    for cut in range(0, len(whole) - 1, 97):
        members, refused, _ = look(whole[:cut], name)
        assert members.items() <= PAGES.items(), cut
        assert len(members) >= found, "a longer piece never gives less"
        assert list(members) == list(PAGES)[: len(members)]
        is_past_the_end_of_a_tar = len(members) == len(PAGES) and not name.endswith(".zip")
        assert refused.pop(name, None) == "corrupt_archive" or is_past_the_end_of_a_tar, cut
        assert set(refused) <= {f"{name}/{list(PAGES)[len(members)]}"} if len(members) < len(PAGES) else not refused
        found = len(members)
    assert found == len(PAGES)


@pytest.mark.parametrize("name", ["deflated.zip", "stored.zip", "streamed.zip", "plain.tar"])
def test_a_member_is_read_as_soon_as_its_last_byte_is_there(name: str):
    whole = ARCHIVES[name]
    end = 512 + len(page(1)) if name.endswith(".tar") else whole.index(b"PK\3\4", 4)
    assert list(look(whole[:end], name)[0]) == ["1998/p01.txt"]
    members, refused, _ = look(whole[: end - 1], name)
    assert members == {}
    assert refused[f"{name}/1998/p01.txt"] == "corrupt_member"


def test_what_a_cut_gzip_file_had_unpacked_is_given():
    """Cut by its last eight bytes, which are the sum of the whole, it holds all members."""
    members, refused, _ = look(ARCHIVES["packed.tar.gz"][:-8], "packed.tar.gz")
    assert members == PAGES
    assert refused == {}, "the end of the tar came before the cut"


def test_a_gzip_file_of_several_parts_and_zeros_behind_it_is_whole():
    whole = make_tar(PAGES)
    parts = [zlib.compress(piece, wbits=31) for piece in (whole[:700], whole[700:])]
    members, refused, _ = look(b"".join(parts) + bytes(700), "parts.tgz")
    assert (members, refused) == (PAGES, {})


@pytest.mark.parametrize("name", ["deflated.zip", "stored.zip", "streamed.zip"])
def test_members_are_found_again_by_their_numbers(name: str):
    torn = ARCHIVES[name][: len(ARCHIVES[name]) // 2]
    opened = Opened()
    listed = list(list_members(io.BytesIO(torn), name, len(torn), LIMITS, opened))
    wanted = [listed[2].path, listed[0].path]
    assert dict(read_members(io.BytesIO(torn), name, wanted, LIMITS)) == {
        listed[2].path: listed[2].data,
        listed[0].path: listed[0].data,
    }
    ((_, fault),) = read_members(io.BytesIO(torn), name, [(len(listed) + 1,)], LIMITS)
    assert isinstance(fault, SourceFault)
    assert fault.reason == "corrupt_archive"


def test_a_damaged_member_of_a_torn_archive_is_refused_and_the_next_is_read():
    torn = bytearray(ARCHIVES["stored.zip"][: ARCHIVES["stored.zip"].index(b"PK\1\2")])
    torn[torn.index(b"p02.txt") + 20] ^= 0xFF
    members, refused, opened = look(bytes(torn), "box.zip")
    assert members.keys() == PAGES.keys() - {"1998/p02.txt"}
    assert refused == {"box.zip/1998/p02.txt": "corrupt_member", "box.zip": "corrupt_archive"}
    assert "7 were found by their own headers" in opened.refused[-1].evidence


def test_an_archive_whose_list_is_damaged_is_read_by_its_headers():
    whole = bytearray(ARCHIVES["deflated.zip"])
    whole[whole.index(b"PK\1\2")] ^= 0xFF
    members, refused, _ = look(bytes(whole), "box.zip")
    assert (members, refused) == (PAGES, {"box.zip": "corrupt_archive"})


def test_a_torn_archive_inside_another_gives_its_members():
    inner = ARCHIVES["deflated.zip"]
    year = make_zip({"march.zip": inner[: inner.index(b"PK\1\2")], "p09.txt": page(9)})
    members, refused, _ = look(year, "1998.zip")
    assert members == {f"march.zip/{name}": data for name, data in PAGES.items()} | {"p09.txt": page(9)}
    assert refused == {"1998.zip/march.zip": "corrupt_archive"}


def torn(data: bytes) -> bytes:
    return data[: data.index(b"PK\1\2")]


@pytest.mark.parametrize("make", [make_zip, make_streamed])
def test_a_bomb_without_a_list_is_refused(make):
    tight = ArchiveLimits(member_bytes=1000, archive_bytes=100_000)
    members, refused, _ = look(torn(make({"p01.txt": bytes(1001), "p02.txt": b"x"})), "box.zip", tight)
    assert (members, refused["box.zip/p01.txt"]) == ({"p02.txt": b"x"}, "too_large")
    many = {f"{number:05}.txt": b"x" * 1000 for number in range(101)}
    members, refused, _ = look(torn(make(many)), "box.zip", tight)
    assert sum(map(len, members.values())) <= tight.archive_bytes
    assert "archive_too_large" in refused.values()
    wide = ArchiveLimits(member_bytes=10_000_000, archive_bytes=1_000_000_000)
    zeros = {f"{number}.txt": bytes(9_000_000) for number in range(9)}
    assert look(torn(make(zeros)), "box.zip", wide)[1]["box.zip"] == "archive_bomb"


def test_what_is_no_page_is_unpacked_no_further_than_the_limit():
    tight = ArchiveLimits(member_bytes=1000, archive_bytes=100_000)
    members, refused, opened = look(torn(make_streamed({"a.jpg": bytes(200_000), "p.txt": b"x"})), "box.zip", tight)
    assert (members, refused, opened.ignored_count) == ({}, {"box.zip": "archive_too_large"}, 1)


def test_headers_without_end_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("flows.archives.torn_zip.MOST_HEADERS", 3)
    _, refused, _ = look(torn(make_zip(PAGES)), "box.zip")
    assert refused == {"box.zip": "too_many_members"}


def test_names_that_lead_out_and_encrypted_members_are_refused_too():
    data = bytearray(torn(make_stored({"../p01.txt": page(1), "p02.txt": page(2)})))
    at = data.index(b"PK\3\4", 4)
    data[at + 6 : at + 8] = struct.pack("<H", 1)
    members, refused, _ = look(bytes(data), "box.zip")
    assert members == {}
    assert refused == {
        "box.zip/../p01.txt": "path_escapes",
        "box.zip/p02.txt": "encrypted_member",
        "box.zip": "corrupt_archive",
    }


def test_a_stored_member_whose_size_was_lost_ends_what_can_be_read():
    data = torn(make_streamed({"p01.txt": page(1), "p02.txt": page(2)}, zipfile.ZIP_STORED))
    members, refused, _ = look(data, "box.zip")
    assert members == {}
    assert refused == {"box.zip/p01.txt": "corrupt_member", "box.zip": "corrupt_archive"}


def test_a_member_larger_than_its_header_can_say_is_read():
    data = bytearray(torn(make_stored({"p01.txt": page(1)})))
    size = len(page(1))
    data[18:26] = b"\xff" * 8
    data[28:30] = struct.pack("<H", 20)
    name_end = 30 + len("p01.txt")
    data[name_end:name_end] = struct.pack("<HHQQ", 1, 16, size, size)
    assert look(bytes(data), "box.zip")[0] == {"p01.txt": page(1)}


def entries_of(data: bytes, name: str) -> list[Entry]:
    file = io.BytesIO(data)
    found = zip_entries(file, 10**8) if name.endswith(".zip") else tar_entries(file, 10**8, is_packed="gz" in name)
    return list(found)


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_whole_archive_has_no_fault(name: str):
    assert len(entries_of(ARCHIVES[name], name)) == len(PAGES)


@pytest.mark.parametrize("seed", range(200))
def test_any_damage_gives_refusals_and_never_an_error(seed: int):
    name = sorted(ARCHIVES)[seed % len(ARCHIVES)]
    data = bytearray(ARCHIVES[name][: len(ARCHIVES[name]) - (seed * 31) % 700])
    for place in range(seed % 7 + 1):
        data[(seed * 104_729 + place * 7919) % len(data)] ^= (seed % 255) + 1
    members, _, _ = look(bytes(data), name)
    assert len(members) <= len(PAGES) + 1
