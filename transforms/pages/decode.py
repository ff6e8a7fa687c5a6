"""Bytes of a file to text: nothing is dropped silently, and one lost byte costs one character, not the line."""

import re
from dataclasses import dataclass

from transforms.pages.frequency import everyday_characters
from transforms.pages.encodings import CODINGS, find_encoding, hz_as_gb
from transforms.pages.resync import GB18030, LOST, Coding, read_damaged
from warehouse.errors import SourceFault

MAGIC_NUMBERS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")

SAMPLE_BYTES = 65_536  # a longer file is judged by its head before the rest is read
MAX_CONTROL_SHARE = 0.03  # of the characters; random bytes have 0.08 and more, damaged pages none
MAX_LOST_SHARE = 0.25  # of the characters; a page that lost one byte in twenty has 0.1
MIN_HAN_COUNT = 4  # fewer are no headline
MIN_HAN_SHARE = 0.05  # of the characters that are not space; a page of tables and figures has 0.2
MIN_EVERYDAY_SHARE = 0.6  # of the Han characters; other alphabets read as GB 18030 give 0.4 and less


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file. `undecodable_count`: how many U+FFFD stand in the text for bytes that are no character."""

    text: str
    encoding: str
    encoding_basis: str
    undecodable_count: int


def decode(data: bytes) -> Decoded:
    """Decode the bytes of one file; a byte order mark is not part of its text, everything else is.

    Raises SourceFault `empty`, `binary` or `no_chinese_text`. Linear in the size; a long file of noise is refused by
    its first SAMPLE_BYTES.
    """
    _refuse_known_binary(data)
    encoding = find_encoding(data)
    body = data[encoding.mark_bytes :]
    if len(body) > SAMPLE_BYTES:
        _refuse_noise(_read(body[:SAMPLE_BYTES], encoding.codec)[0])
    text, undecodable_count = _read(body, encoding.codec)
    if not text.strip():
        raise SourceFault("empty", f"{len(data)} bytes, and no character in them but white space")
    _refuse_noise(text)
    _refuse_foreign(text)
    return Decoded(text, encoding.codec, encoding.basis, undecodable_count)


def _read(data: bytes, codec: str) -> tuple[str, int]:
    """The text, and the count of U+FFFD that stand for undecodable bytes."""
    if codec == "utf-8":
        return _read_utf8(data)
    if codec == "hz":
        return _read_pairs(hz_as_gb(data), GB18030)
    return _read_pairs(data, CODINGS[codec])


def _read_utf8(data: bytes) -> tuple[str, int]:
    text = data.decode("utf-8", errors="replace")
    return text, text.count(LOST) - data.count(LOST.encode())


def _read_pairs(data: bytes, coding: Coding) -> tuple[str, int]:
    """The plain decoding where the whole file allows it and nothing in it is odd, else line by line."""
    try:
        text = data.decode(coding.codec)
    except UnicodeDecodeError:
        return read_damaged(data, coding)
    return (text, 0) if everyday_characters().issuperset(text) else read_damaged(data, coding)


def _refuse_known_binary(data: bytes) -> None:
    for magic, name in MAGIC_NUMBERS:
        if data.startswith(magic):
            raise SourceFault("binary", f"it starts with {magic!r}, as {name} does")


def _refuse_noise(text: str) -> None:
    controls = len(CONTROL.findall(text))
    if controls > MAX_CONTROL_SHARE * len(text):
        raise SourceFault("binary", f"{controls} of the first {len(text)} characters are control characters")
    lost = text.count(LOST)
    if lost > MAX_LOST_SHARE * len(text):
        raise SourceFault("binary", f"{lost} of the first {len(text)} characters are undecodable in every encoding")


def _refuse_foreign(text: str) -> None:
    han = HAN.findall(text)
    if len(han) < MIN_HAN_COUNT or len(han) < MIN_HAN_SHARE * len("".join(text.split())):
        raise SourceFault("no_chinese_text", f"{len(han)} Han characters in {len(text)} characters")
    everyday = sum(character in everyday_characters() for character in han)
    if everyday < MIN_EVERYDAY_SHARE * len(han):
        raise SourceFault("no_chinese_text", f"only {everyday} of {len(han)} Han characters occur in print")
