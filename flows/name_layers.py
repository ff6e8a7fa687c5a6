"""Layers of what resolution knows, as files: each key is found by its hash and read alone, and no file ever changes.

A file holds, for each table, chunks of compressed JSON in the order of the keys' hashes, then where each chunk begins,
and at its end what tables it has. A key of a lake of any size costs one chunk, about two kilobytes; a column format
would have to read a row group of each column.
"""

import heapq
import json
import os
import struct
import zlib
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from transforms.entities.identity.tables import Parts, Pending, write_json

MOST_CHUNKS = 4_000  # that stay in memory, some 100 MB: what was is asked for again as what is
CHUNK_BYTES = 4_000  # of JSON: what one look-up reads, before it is compressed
PART_BYTES = 250  # of JSON that a part has, about
MOST_BITS = 20  # of the hash that say which chunk
HASH_BITS = 32
COMPRESSION = 1  # of zlib: the fastest; level 6 saves a tenth of the bytes
OFFSET, LENGTH = struct.Struct("<Q"), struct.Struct("<I")

Entry = tuple[int, str, Parts]
"""Hash, key and parts."""

Written = tuple[int, str, str]
"""Hash, key, and its parts as JSON."""


Chunks = OrderedDict[tuple[str, int, int], dict[str, Parts]]
"""Chunks that stay in memory, by file, table and number; those that were asked for last stand last."""


@dataclass(slots=True)
class LayerFile:
    """A layer that lies in a file.

    name: by which the state knows it. read_bytes: how much of it was read so far. chunks: shared by all layers that are
    open together, however many they are.
    """

    name: str
    path: Path
    tables: Mapping[str, tuple[int, int, int]]
    descriptor: int
    read_bytes: int = 0
    chunks: Chunks = field(default_factory=OrderedDict)

    @classmethod
    def open(cls, name: str, path: Path, chunks: Chunks | None = None) -> "LayerFile":
        """Open a file that `write_layer` wrote, wherever it lies by now."""
        descriptor = os.open(path, os.O_RDONLY)
        end = os.fstat(descriptor).st_size - LENGTH.size
        (length,) = LENGTH.unpack(os.pread(descriptor, LENGTH.size, end))
        tables = json.loads(os.pread(descriptor, length, end - length))
        known = {name: (bits, at, size) for name, (bits, at, size) in tables.items()}
        held = OrderedDict() if chunks is None else chunks
        return cls(name, path, known, descriptor, read_bytes=length + LENGTH.size, chunks=held)

    def close(self) -> None:
        """Close the file."""
        os.close(self.descriptor)

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return os.fstat(self.descriptor).st_size

    def read(self, table: str, keys: Collection[str]) -> dict[str, Parts]:
        """Return the parts of those of the keys that it holds."""
        if table not in self.tables:
            return {}
        bits, at, _ = self.tables[table]
        found: dict[str, Parts] = {}
        for number, mine in groupby(sorted((crc32(key.encode()) >> HASH_BITS - bits, key) for key in keys), _first):
            chunk = self._read_chunk(at, number)
            found |= {key: chunk[key] for _, key in mine if key in chunk}
        return found

    def list_keys(self, table: str) -> Iterator[str]:
        """Yield all keys that it holds, in the order of their hashes."""
        return (key for _, key, _ in self.list_entries(table))

    def list_entries(self, table: str) -> Iterator[Entry]:
        """Yield all that it holds, in the order of hashes and keys."""
        if table in self.tables:
            bits, at, _ = self.tables[table]
            for number in range(1 << bits):
                chunk = self._read_chunk(at, number)
                yield from sorted((crc32(key.encode()), key, parts) for key, parts in chunk.items())

    def _read_chunk(self, at: int, number: int) -> dict[str, Parts]:
        place = (self.name, at, number)
        if place in self.chunks:
            self.chunks.move_to_end(place)
            return self.chunks[place]
        ends = os.pread(self.descriptor, 2 * OFFSET.size, at + number * OFFSET.size)
        (start,), (end,) = OFFSET.iter_unpack(ends)
        self.read_bytes += len(ends) + end - start
        chunk: dict[str, Parts] = {}
        if start != end:
            chunk = json.loads(zlib.decompress(os.pread(self.descriptor, end - start, start)))
        self.chunks[place] = chunk
        if len(self.chunks) > MOST_CHUNKS:
            self.chunks.popitem(last=False)
        return chunk


def _first(pair: tuple[int, str]) -> int:
    return pair[0]


def keep_pending(pending: Pending, path: Path, chunks: Chunks | None = None) -> LayerFile:
    """Write what waits in memory to a file."""
    tables = {
        name: (
            sum(len(parts) for parts in keys.values()) * PART_BYTES,
            iter(sorted((crc32(key.encode()), key, _join(parts)) for key, parts in keys.items())),
        )
        for name, keys in pending.items()
        if keys
    }
    return write_layer(path, tables, chunks)


def _join(parts: Mapping[str, str | None]) -> str:
    return "{" + ",".join(f"{write_json(part)}:{text or 'null'}" for part, text in parts.items()) + "}"


def merge_layers(
    layers: Sequence[LayerFile], path: Path, *, is_oldest: bool, chunks: Chunks | None = None
) -> LayerFile:
    """Write several layers, the oldest first, as one.

    is_oldest: none is below, so that what is gone is left out, and keys that were only looked at.
    """
    names = sorted({name for layer in layers for name in layer.tables})
    tables = {
        name: (
            sum(layer.tables[name][2] for layer in layers if name in layer.tables),
            _merge([layer.list_entries(name) for layer in layers], is_oldest=is_oldest),
        )
        for name in names
    }
    return write_layer(path, tables, chunks)


def _merge(layers: Iterable[Iterable[Entry]], *, is_oldest: bool) -> Iterator[Written]:
    aged = (((code, key, age, parts) for code, key, parts in entries) for age, entries in enumerate(layers))
    ordered = heapq.merge(*aged, key=lambda entry: entry[:3])
    for (code, key), group in groupby(ordered, lambda entry: entry[:2]):
        merged: Parts = {}
        for _, _, _, parts in group:
            merged |= parts
        left = {part: value for part, value in merged.items() if value is not None} if is_oldest else merged
        if left or not is_oldest:
            yield code, key, write_json(left)


def write_layer(
    path: Path, tables: Mapping[str, tuple[int, Iterator[Written]]], chunks: Chunks | None = None
) -> LayerFile:
    """Write a layer. tables: about how many bytes of JSON each has, and its entries in the order of hash and key."""
    known = {}
    with path.open("xb") as file:
        for name, (size, entries) in tables.items():
            bits = min(MOST_BITS, max(0, (size // CHUNK_BYTES).bit_length()))
            offsets, written = _write_chunks(file, entries, bits)
            known[name] = (bits, file.tell(), written)
            file.write(offsets)
        footer = json.dumps(known).encode()
        file.write(footer + LENGTH.pack(len(footer)))
    return LayerFile.open(path.name, path, chunks)


def _write_chunks(file: BinaryIO, entries: Iterator[Written], bits: int) -> tuple[bytes, int]:
    """Write the chunks; return where each begins and the last ends, and their bytes of JSON."""
    offsets = bytearray(OFFSET.pack(file.tell()))
    written, done = 0, 0
    for number, group in groupby(entries, lambda entry: entry[0] >> HASH_BITS - bits):
        text = "{" + ",".join(f"{write_json(key)}:{parts}" for _, key, parts in group) + "}"
        offsets += OFFSET.pack(file.tell()) * (number - done)  # chunks between that hold nothing
        encoded = text.encode()
        file.write(zlib.compress(encoded, COMPRESSION))
        offsets += OFFSET.pack(file.tell())
        written += len(encoded)
        done = number + 1
    offsets += OFFSET.pack(file.tell()) * ((1 << bits) - done)
    return bytes(offsets), written
