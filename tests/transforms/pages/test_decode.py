import codecs
import gzip
import random
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.pages.decode import Decoded, decode
from transforms.pages.resync import LOST
from warehouse.errors import SourceFault

SIMPLE = "云岭区召开推进会，42个项目排出“时间表”。\r\n区长表示，今年要把路修到每个村口，把水送到每户人家。\n"
TRADITIONAL = "雲嶺區召開推進會，42個項目排出「時間表」。\n區長表示，今年要把路修到每個村口，把水送到每戶人家。\n"

KNOWN = [
    pytest.param(SIMPLE, "utf-8", b"", "utf-8", "valid_utf8", id="utf-8"),
    pytest.param(SIMPLE, "utf-8", codecs.BOM_UTF8, "utf-8", "bom", id="utf-8 with mark"),
    pytest.param(SIMPLE, "utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le", "bom", id="utf-16-le with mark"),
    pytest.param(SIMPLE, "utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be", "bom", id="utf-16-be with mark"),
    pytest.param(SIMPLE, "utf-16-le", b"", "utf-16-le", "code_units", id="utf-16-le"),
    pytest.param(TRADITIONAL, "utf-16-be", b"", "utf-16-be", "code_units", id="utf-16-be"),
    pytest.param(SIMPLE, "gb2312", b"", "gb18030", "character_score", id="gb2312"),
    pytest.param(TRADITIONAL, "gbk", b"", "gb18030", "character_score", id="traditional gbk"),
    pytest.param(SIMPLE, "gb18030", b"\x84\x31\x95\x33", "gb18030", "bom", id="gb18030 with mark"),
    pytest.param(TRADITIONAL, "big5", b"", "big5hkscs", "character_score", id="big5"),
    pytest.param(SIMPLE, "hz", b"", "hz", "escape", id="hz"),
]


@pytest.mark.parametrize(("text", "codec", "mark", "encoding", "basis"), KNOWN)
def test_each_encoding_gives_back_the_text_and_nothing_of_its_mark(text, codec, mark, encoding, basis):
    assert decode(mark + text.encode(codec)) == Decoded(text, encoding, basis, 0)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "hz", "utf-8"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_file_cut_inside_a_character_loses_that_character_only(codec, cut):
    text = TRADITIONAL if codec == "big5hkscs" else SIMPLE * 3
    decoded = decode(text.encode(codec)[cut:-cut])
    assert decoded.encoding == codec
    assert text[6:-6] in decoded.text


def shared_start(text: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_a_lost_byte_costs_a_character_or_two_and_never_the_rest_of_the_line(codec):
    text = TRADITIONAL if codec == "big5hkscs" else SIMPLE
    data = text.encode(codec)
    costs = []
    for place in range(4, len(data) - 4):
        decoded = decode(data[:place] + data[place + 1 :])
        assert decoded.encoding == codec
        costs.append(len(text) - shared_start(text, decoded.text) - shared_start(text[::-1], decoded.text[::-1]))
    assert sum(costs) / len(costs) < 2.5
    assert max(costs) < 7


def test_two_bytes_lost_in_one_line_are_found_though_the_line_decodes_without_an_error():
    text = SIMPLE * 2 + "区里再开一次推进会。\n"
    data = text.encode("gb18030")
    decoded = decode(data[:21] + data[22:60] + data[61:-5] + b"\xff" + data[-5:])
    assert "区长表示，今年要把路修到每个村口" in decoded.text
    assert decoded.undecodable_count == decoded.text.count(LOST) > 0


def test_damaged_utf_8_keeps_a_mark_for_each_broken_sequence():
    data = SIMPLE.encode()
    decoded = decode(b"\xad" + data[:27] + b"\xe5\x8c" + data[27:])
    assert decoded == Decoded(f"{LOST}{SIMPLE[:9]}{LOST}{SIMPLE[9:]}", "utf-8", "code_units", 2)


def test_a_replacement_character_of_an_earlier_conversion_is_text_and_not_counted():
    decoded = decode((SIMPLE + LOST).encode())
    assert decoded.text.endswith(LOST)
    assert decoded.undecodable_count == 0


def test_a_long_line_without_a_break_is_read_across_the_windows_of_the_search():
    text = "区里召开推进会，" * 3000 + "丼" + "路修到村口" * 100
    data = text.encode("gb18030")
    decoded = decode(data[:3] + data[4:])
    assert decoded.text[2:] == text[2:]


def test_a_long_file_is_judged_by_a_sample_and_returned_whole():
    text = "区里召开推进会，把路修到每个村口。\n" * 8000
    assert decode(text.encode("gb18030")).text == text


NOISE = random.Random(1)
REFUSED = [
    pytest.param(b"", "empty", id="nothing"),
    pytest.param(b" \r\n\t\n", "empty", id="white space"),
    pytest.param(codecs.BOM_UTF8 + b"\n", "empty", id="a mark alone"),
    pytest.param("\u3000 \n".encode("utf-16"), "empty", id="wide white space"),
    pytest.param(bytes(5000), "binary", id="zeros"),
    pytest.param(NOISE.randbytes(200), "binary", id="little noise"),
    pytest.param(NOISE.randbytes(300_000), "binary", id="much noise"),
    pytest.param(b"%PDF-1.7 " + SIMPLE.encode(), "binary", id="pdf"),
    pytest.param(b"PK\x03\x04" + SIMPLE.encode(), "binary", id="zip"),
    pytest.param(gzip.compress(SIMPLE.encode()), "binary", id="gzip"),
    pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(40), "binary", id="image"),
    pytest.param(b"The council met on Monday.\n" * 20, "no_chinese_text", id="English"),
    pytest.param("Le conseil a été réuni à la mairie. ".encode("latin-1") * 20, "no_chinese_text", id="French"),
    pytest.param("本日、会議が開かれました。".encode("shift_jis") * 20, "no_chinese_text", id="Japanese"),
    pytest.param("云岭".encode(), "no_chinese_text", id="two characters"),
    pytest.param(b"news " * 60_000 + "云岭晨报".encode(), "no_chinese_text", id="next to nothing in very much else"),
    pytest.param(b"x" * 5000 + "云岭晨报".encode(), "no_chinese_text", id="next to nothing in much else"),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_what_is_no_chinese_text_is_refused_with_its_reason(data, reason):
    with pytest.raises(SourceFault) as fault:
        decode(data)
    assert fault.value.reason == reason
    assert fault.value.evidence


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_decoded_or_refused(data):
    try:
        decoded = decode(data)
    except SourceFault:
        return
    assert decoded.text.strip()
    assert 0 <= decoded.undecodable_count <= decoded.text.count(LOST)


HAN_TEXT = st.text(
    st.sampled_from("云岭区召开推进会路修到每个村口把水送到每户人家，。、：“”\r\n 0123456789ABC"),
    min_size=1,
    max_size=80,
)


@given(HAN_TEXT, st.sampled_from(["utf-8", "utf-8-sig"]))
@settings(deadline=None)
def test_valid_utf_8_comes_back_unchanged(text, codec):
    text = "云岭晨报" + text
    assert decode(text.encode(codec)).text == text


@given(HAN_TEXT, st.sampled_from(["gb18030", "utf-16-le", "utf-16-be"]))
@settings(deadline=None)
def test_undamaged_double_byte_text_comes_back_unchanged(text, codec):
    text = "区里召开推进会，把路修到每个村口。" + text
    assert decode(text.encode(codec)).text == text
