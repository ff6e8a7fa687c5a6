"""Whatever bytes a file has, reading it gives pages or one stable reason, and loses no printed character."""

import gzip
import hashlib
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.archives.members import ArchiveLimits, Opened, list_members
from flows.language import load_language
from flows.source import unpack
from tests.flows.inputs.archive_files import make_tar, make_zip
from tests.properties.pages import printed_pages
from tests.transforms.inputs.pdf_files import Printed, column, make_pdf
from transforms.read import FileRead, read_file
from warehouse.errors import SourceFault

REASONS = {"empty", "binary", "no_chinese_text"}
INPUT_REASONS = REASONS | {
    *("corrupt_html", "bad_json", "bad_csv", "no_body", "bad_date", "bad_field", "unknown_header", "too_large"),
    *("and_more", "corrupt_xml", "unknown_xml", "no_text_layer", "corrupt_pdf", "corrupt_page", "encrypted"),
    "too_many_pages",
}
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "hz")
MARKS = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00", b"\x1b$B", b"~{", b"%PDF-", b"\x1f\x8b\x08")


@st.composite
def damaged_pages(draw: st.DrawFn) -> bytes:
    """A printed page in one of the encodings, with bytes lost, put in or changed."""
    data = bytearray(draw(printed_pages).encode(draw(st.sampled_from(CODECS)), "ignore"))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        data[start : start + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(data)


contents = st.one_of(
    st.binary(max_size=400),
    damaged_pages(),
    st.tuples(st.sampled_from(MARKS), st.binary(max_size=60), damaged_pages()).map(b"".join),
)


def read_bytes(data: bytes, name: str = "p1.txt") -> FileRead | SourceFault:
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return read_file(data, file_name=f"云岭晨报/2023-07-04/{name}", sha256=sha256, language=load_language())
    except SourceFault as fault:
        return fault


@settings(max_examples=400)
@given(contents)
@example(b"")
@example(b"\xff" * 300)
@example("澄溪县今天晴。".encode("utf-16") * 3 + b"\xd8")
@example("澄溪县今天晴，街上的人多。\0".encode() * 9)
def test_any_bytes_are_read_or_refused_and_no_printed_character_is_lost(data: bytes) -> None:
    read = read_bytes(data)
    if isinstance(read, SourceFault):
        assert read.reason in INPUT_REASONS  # a byte may make it look like another format
        return
    for page in read.pages:
        raw = page.raw_text
        covered = [at for block in page.blocks for at in range(block.raw_start, block.raw_end) if not raw[at].isspace()]
        assert covered == [at for at, character in enumerate(raw) if not character.isspace()]


def unpack_bytes(data: bytes) -> bytes | SourceFault:
    try:
        return unpack(data, file_name="p1.txt.gz", limit_bytes=500)
    except SourceFault as fault:
        return fault


packed = st.one_of(st.binary(max_size=200), damaged_pages().map(gzip.compress))


@given(packed, st.integers(0, 60), st.binary(max_size=4))
def test_any_gzip_is_unpacked_within_its_limit_or_refused(data: bytes, start: int, put_in: bytes) -> None:
    outcome = unpack_bytes(data[:start] + put_in + data[start + len(put_in) :])
    if isinstance(outcome, SourceFault):
        assert outcome.reason in {"corrupt_gzip", "too_large"}
    else:
        assert len(outcome) <= 500


INPUTS: dict[str, bytes] = {
    "p.pdf": make_pdf([[Printed("春灌放水四万亩", 40, 40, 28), *column("城西的水渠今天放水。" * 5, 40, 90, 20)], []]),
    "p.xml": (
        '<?xml version="1.0"?><alto><Layout><Page PRINTED_IMG_NR="3"><TextBlock><TextLine><String CONTENT="春灌"/>'
        '<SP/><String CONTENT="放水四万亩"/></TextLine></TextBlock></Page><Page/></Layout></alto>'
    ).encode(),
    "p.html": "<!DOCTYPE html><html><body><h1>春灌放水</h1><p>城西的水渠&mdash;放水。<ul><li>甲</ul></body>".encode(),
    "e.htm": (
        "<html><!--enpproperty <title>春灌放水</title><date>2023-03-14</date>/enpproperty--><body>第03版：民生"
        "<div id='ozoom'><p>城西的水渠今天放水。</p></div></body></html>"
    ).encode(),
    "a.jsonl": '{"标题": "春灌放水", "正文": "水渠放水。", "日期": "2023-03-14", "版次": 3}\n{"正文": "又"}'.encode(),
    "a.csv": '标题,正文,日期\n春灌放水,"城西的水渠\n今天放水。",2023-03-14\n又一条,晴,\n'.encode(),
}


@settings(max_examples=400)
@given(st.sampled_from(sorted(INPUTS)), st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=4)), max_size=5))
def test_any_bytes_of_another_format_are_read_or_refused_and_no_printed_character_is_lost(
    name: str, wounds: list[tuple[int, bytes]]
) -> None:
    data = bytearray(INPUTS[name])
    for place, put_in in wounds:
        start = place % len(data)
        data[start : start + len(put_in)] = put_in
    read = read_bytes(bytes(data), name)
    if isinstance(read, SourceFault):
        assert read.reason in INPUT_REASONS
        return
    assert {part.reason for part in read.refused} <= INPUT_REASONS
    for page in read.pages:
        raw = page.raw_text
        covered = [at for block in page.blocks for at in range(block.raw_start, block.raw_end) if not raw[at].isspace()]
        assert covered == [at for at, character in enumerate(raw) if not character.isspace()]


ARCHIVE_REASONS = {
    *("corrupt_archive", "corrupt_member", "empty", "encrypted_member", "unknown_compression", "path_escapes"),
    *("duplicate_name", "not_a_file", "nested_too_deep", "too_large", "archive_too_large", "archive_bomb"),
}
MEMBERS = {"1998/p01.txt": "澄溪县今天晴。".encode(), "p02.txt": b"x" * 300, "in.zip": make_zip({"p.md": b"#" * 9})}
ARCHIVES = {"a.zip": make_zip(MEMBERS), "a.tar": make_tar(MEMBERS), "a.tgz": make_tar(MEMBERS, "w:gz")}


@settings(max_examples=300)
@given(st.sampled_from(sorted(ARCHIVES)), st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=4)), max_size=4))
def test_any_archive_gives_members_within_its_limits_or_reasons(name: str, wounds: list[tuple[int, bytes]]) -> None:
    data = bytearray(ARCHIVES[name])
    for place, put_in in wounds:
        start = place % len(data)
        data[start : start + len(put_in)] = put_in
    opened, limits = Opened(), ArchiveLimits(member_bytes=500, archive_bytes=20_000)
    members = list(list_members(io.BytesIO(bytes(data)), name, len(data), limits, opened))
    assert {refusal.reason for refusal in opened.refused} <= ARCHIVE_REASONS
    assert all(len(member.data) <= 500 for member in members)
    assert len({member.file_name for member in members}) == len(members)
