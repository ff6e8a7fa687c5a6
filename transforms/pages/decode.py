"""Bytes of a file to text: nothing is dropped silently, and one lost byte costs one character, not the line."""

import re
from dataclasses import dataclass

from transforms.pages.encodings import CODINGS, CONTROL_BYTE, DECLARED, SURE, Encoding, find_encoding, hz_as_gb
from transforms.pages.frequency import character_bits, everyday_characters
from transforms.pages.resync import GB18030, LOST, LOST_BITS, Coding, read_damaged
from transforms.text.characters import HAN_CHARACTER
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

SAMPLE = 65_536  # bytes or characters of a long file that are judged: a dozen pages of print
SLICES = 16  # in which a long text is sampled, evenly
MAX_CONTROL_SHARE = 0.03  # of the characters, or of the bytes of noise; damaged pages have next to none
MAX_LOST_SHARE = 0.25  # of the characters; a page that lost one byte in twenty has 0.1
MIN_HAN_COUNT = 4  # fewer are no headline
MIN_HAN_SHARE = 0.05  # of the characters that are not space; a page of tables and figures has 0.2
LAST_LATIN = "\u036f"  # pinyin notes end here: their letters say nothing of the text
MAX_MEAN_BITS = 15.5  # of a character beyond; pages of either script have 12 to 13, noise and most other alphabets 18


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
    its first SAMPLE bytes.
    """
    decoded = decode_markup(data)
    require_chinese(decoded.text)
    return decoded


def require_chinese(text: str) -> None:
    """Raise SourceFault `no_chinese_text` where a text is not Chinese, judged by a sample of a long one."""
    _refuse_foreign(_sample(text))


def decode_markup(data: bytes, declared: str | None = None) -> Decoded:
    """Decode bytes of which not all are text of the page. declared: the encoding that they name, where they do.

    What they name counts where they are valid in it, and are not valid UTF-8: pages are served in other encodings
    than they were written in. Raises SourceFault `empty` or `binary`.
    """
    _refuse_known_binary(data)
    encoding = find_encoding(data)
    codec = DECLARED.get((declared or "").strip().lower())
    if codec and encoding.basis not in SURE and _is_valid(data, codec):
        encoding = Encoding(codec, "declared")
    body = data[encoding.mark_bytes :]
    if len(body) > SAMPLE:
        _refuse_noise(_read(body[:SAMPLE], encoding.codec)[0], data)
    text, undecodable_count = _read(body, encoding.codec)
    if not text.strip():
        raise SourceFault("empty", f"{len(data)} bytes, and no character in them but white space")
    sample = _sample(text)
    _refuse_noise(sample, data)
    return Decoded(text, encoding.codec, encoding.basis, undecodable_count)


def _is_valid(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    starts = range(0, len(text), len(text) // SLICES + 1)
    return "".join(text[start : start + SAMPLE // SLICES] for start in starts)


def _read(data: bytes, codec: str) -> tuple[str, int]:
    """Return the text, and the count of U+FFFD that stand for undecodable bytes."""
    if codec == "utf-8":
        return _read_utf8(data)
    if codec == "hz":
        return _read_pairs(hz_as_gb(data), GB18030)
    return _read_pairs(data, CODINGS[codec])


def _read_utf8(data: bytes) -> tuple[str, int]:
    text = data.decode("utf-8", errors="replace")
    return text, text.count(LOST) - data.count(LOST.encode())


def _read_pairs(data: bytes, coding: Coding) -> tuple[str, int]:
    """Return the plain decoding where the whole file allows it and nothing in it is odd, else line by line."""
    try:
        text = data.decode(coding.codec)
    except UnicodeDecodeError:
        return read_damaged(data, coding)
    return (text, 0) if everyday_characters().issuperset(text) else read_damaged(data, coding)


def _refuse_known_binary(data: bytes) -> None:
    for magic, name in MAGIC_NUMBERS:
        if data.startswith(magic):
            raise SourceFault("binary", f"it starts with {magic!r}, as {name} does")


def _refuse_noise(sample: str, data: bytes) -> None:
    """Refuse what is no text: control characters, bytes of no encoding, or odd characters out of such bytes."""
    controls, lost = len(CONTROL.findall(sample)), sample.count(LOST)
    if controls > MAX_CONTROL_SHARE * len(sample):
        raise SourceFault("binary", f"{controls} of {len(sample)} characters are control characters")
    if lost > MAX_LOST_SHARE * len(sample):
        raise SourceFault("binary", f"{lost} of {len(sample)} characters are undecodable in every encoding")
    control_bytes = len(CONTROL_BYTE.findall(data[:SAMPLE]))
    if control_bytes > MAX_CONTROL_SHARE * len(data[:SAMPLE]) and _mean_bits(sample) > MAX_MEAN_BITS:
        raise SourceFault("binary", f"{control_bytes} of the first {SAMPLE} bytes are control characters")


def _refuse_foreign(sample: str) -> None:
    """Refuse text that is not Chinese, or Chinese in no encoding known here."""
    han_count = len(HAN_CHARACTER.findall(sample))
    if han_count < MIN_HAN_COUNT or han_count < MIN_HAN_SHARE * len("".join(sample.split())):
        raise SourceFault("no_chinese_text", f"{han_count} Han characters in {len(sample)} characters")
    mean = _mean_bits(sample)
    if mean > MAX_MEAN_BITS:
        raise SourceFault("no_chinese_text", f"characters as odd ({mean:.0f} bits each) are no Chinese print")


def _mean_bits(sample: str) -> float:
    """Return what a character beyond the Latin ones costs on average."""
    beyond = [character for character in sample if character > LAST_LATIN]
    bits = (LOST_BITS if character == LOST else character_bits(character) for character in beyond)
    return sum(bits) / max(1, len(beyond))
