"""A chunk of a layer of names: the parts of some keys, whose hashes begin alike, as bytes.

It is JSON in lines: the keys as one list, then the parts of each key, so that what a look-up does not ask for, and what
a merge takes over as it is, is never parsed.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import compress, crc32, decompress

import orjson
import pyarrow as pa

from transforms.entities.identity.tables import write_json

CHUNK_BYTES = 4_000  # of JSON: what one look-up reads, before it is packed
MOST_BITS = 20  # of the hash that say which chunk
HASH_BITS = 32
TIGHT = 1  # level of zlib: the fastest; level 6 saves a tenth of the bytes
QUICK = pa.Codec("lz4_raw")  # packs in a seventh of the time, to a third more bytes
LENGTH_BYTES = 4
MOST_HELD = 32_000_000  # bytes of chunks that stay in memory: what was is asked for again as what is
ENTRY_BYTES = 250  # of a key with its objects, besides its parts
GONE = b":null"  # stands in the parts of a key of which one is gone

Entries = dict[str, bytes]
"""The parts of some keys, as JSON."""

Number = tuple[str, int, int]
"""A chunk by its file, where its table begins, and its number there."""


@dataclass(slots=True)
class HeldChunks:
    """Chunks that stay in memory: so many bytes of those that were asked for last, whatever a chunk holds."""

    chunks: OrderedDict[Number, Entries] = field(default_factory=OrderedDict)
    size: int = 0

    def get(self, number: Number) -> Entries | None:
        """Return a chunk, if it is held."""
        chunk = self.chunks.get(number)
        if chunk is not None:
            self.chunks.move_to_end(number)
        return chunk

    def put(self, number: Number, chunk: Entries) -> None:
        """Hold a chunk that is not held, and let go of those that were not asked for since long."""
        self.chunks[number] = chunk
        self.size += _size_of(chunk)
        while self.size > MOST_HELD:
            _, oldest = self.chunks.popitem(last=False)
            self.size -= _size_of(oldest)


def _size_of(chunk: Entries) -> int:
    return sum(map(len, chunk.values())) + ENTRY_BYTES * (len(chunk) + 1)


def bits_for(size: int) -> int:
    """Return how many bits cut so many bytes of JSON into chunks."""
    return min(MOST_BITS, max(0, (size // CHUNK_BYTES).bit_length()))


def chunk_of(key: str, bits: int) -> int:
    """Return the number of the chunk that a key lies in."""
    return chunk_at(crc32(key.encode()), bits)


def chunk_at(code: int, bits: int) -> int:
    """Return the number of the chunk that keys of a hash lie in."""
    return code >> HASH_BITS - bits


def pack(entries: Entries, *, is_quick: bool) -> tuple[bytes, int]:
    """Return a chunk as bytes, and how many bytes of JSON it has. is_quick: packed for speed, not for size."""
    text = b"\n".join([write_json(list(entries)), *entries.values()])
    if is_quick:
        return len(text).to_bytes(LENGTH_BYTES) + QUICK.compress(text, asbytes=True), len(text)
    return compress(text, TIGHT), len(text)


def unpack(packed: bytes, *, is_quick: bool) -> Entries:
    """Read a chunk."""
    if is_quick:
        length = int.from_bytes(packed[:LENGTH_BYTES])
        text: bytes = QUICK.decompress(memoryview(packed)[LENGTH_BYTES:], length, asbytes=True)
    else:
        text = decompress(packed)
    keys, *parts = text.split(b"\n")
    return dict(zip(orjson.loads(keys), parts, strict=True))


def join_parts(parts: Mapping[str, bytes | None]) -> bytes:
    """Put the parts of a key together."""
    return b"{" + b",".join(write_json(part) + b":" + (text or b"null") for part, text in parts.items()) + b"}"


def override(older: bytes, newer: bytes) -> bytes:
    """Return the parts of a key of two layers."""
    return write_json(orjson.loads(older) | orjson.loads(newer))


def leave_out_gone(entries: Entries) -> Entries:
    """Return the parts that are left, of keys that have any."""
    left = {}
    for key, parts in entries.items():
        text = parts
        if GONE in parts:
            text = write_json({part: value for part, value in orjson.loads(parts).items() if value is not None})
        if text != b"{}":
            left[key] = text
    return left
