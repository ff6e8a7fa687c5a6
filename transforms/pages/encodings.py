"""Which encoding a file is in: a byte order mark, the form of its bytes, or the reading that costs the fewest bits."""

import re
from dataclasses import dataclass

from transforms.pages.resync import BIG5, GB18030, UTF_16_BE, UTF_16_LE, Coding, read_cheapest

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CODINGS: dict[str, Coding] = {coding.codec: coding for coding in (GB18030, BIG5, UTF_16_LE, UTF_16_BE)}
HZ_MARK = re.compile(rb"~[{}]")
HZ_RUN = re.compile(rb"(?:~\{|\A(?=[\x21-\x7d]*~\}))([\x21-\x7e]*?)(?:~\}|(?=[^\x21-\x7e])|\Z)")  # or cut at either end
HZ_ESCAPE = re.compile(rb"~([~\n])")
HIGH_BITS = bytes(byte | 0x80 for byte in range(256))
UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # not ESC, which some telegraph files keep

SURE = frozenset({"bom", "valid_utf8", "ascii"})  # what is known by these is not overruled by what a file names
DECLARED = {  # names in markup, and the codec: pages that name GB 2312 hold characters of GB 18030
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-big5", "cp950"), "big5hkscs"),
}

FORM_SAMPLE_BYTES = 65_536  # what the form of damaged UTF-8 is judged on
READING_BASES = {"hz": "escape", "utf-16-le": "code_units", "utf-16-be": "code_units"}

READING_SAMPLE_BYTES = 4096  # what the four readings compete on: 2,000 characters, where a few dozen would do
MIN_UTF8_SHARE = 0.7  # of the high bytes, in whole UTF-8 characters; GB and Big5 pages stay below 0.4


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, what it was known by (`files.encoding_basis`), and how many bytes of mark stand before the text."""

    codec: str
    basis: str
    mark_bytes: int = 0


def find_encoding(data: bytes) -> Encoding:
    """Find the encoding of a file. Always gives one; whether the text makes sense is judged after decoding."""
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return Encoding(codec, "bom", len(mark))
    if _is_plain_ascii(data):
        return Encoding("utf-8", "ascii")
    if _is_utf8(data):
        return Encoding("utf-8", "valid_utf8")
    if utf8_share(data[:FORM_SAMPLE_BYTES]) >= MIN_UTF8_SHARE:
        return Encoding("utf-8", "code_units")
    codec = _cheapest_codec(data)
    return Encoding(codec, READING_BASES.get(codec, "character_score"))


def hz_as_gb(data: bytes) -> bytes:
    """HZ (RFC 1843) is GB 2312 with its high bits off between ~{ and ~}: put them on again."""
    gb = HZ_RUN.sub(lambda run: run[1].translate(HIGH_BITS), data)
    return HZ_ESCAPE.sub(lambda escape: escape[1].strip(), gb)


def utf8_share(data: bytes) -> float:
    """Return what share of the high bytes stands in whole UTF-8 characters; 0 where there are none."""
    in_characters = sum(len(match[0]) for match in UTF8_CHARACTER.finditer(data))
    return in_characters / max(1, len(HIGH_BYTE.findall(data)))


def _is_plain_ascii(data: bytes) -> bool:
    return data.isascii() and not CONTROL_BYTE.search(data) and not HZ_MARK.search(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.isascii()


def _cheapest_codec(data: bytes) -> str:
    """Find the codec that reads a sample in the fewest bits, resynchronising as it goes."""
    first = HIGH_BYTE.search(data) or HZ_MARK.search(data)
    start = first.start() & ~1 if first else 0  # even, so that the pairs of UTF-16 stay whole
    sample = data[start : start + READING_SAMPLE_BYTES]
    bits = {codec: read_cheapest(sample, coding).bits for codec, coding in CODINGS.items()}
    if HZ_MARK.search(sample):
        bits["hz"] = read_cheapest(hz_as_gb(sample), GB18030).bits
    return min(bits, key=bits.__getitem__)
