"""Layers of what resolution knows, as files: each key is found by its hash and read alone, and no file ever changes.

A file holds, for each table, chunks (`flows.name_chunks`) in the order of hashes, then where each chunk begins with its
checksum, and at its end what tables it has, with a checksum too: what changed on the disk is told as it is read. A key
of a lake of any size costs one chunk, about two kilobytes; a column format would have to read a row group of each
column.
"""

import heapq
import os
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import orjson

from flows.name_chunks import (
    Entries,
    HeldChunks,
    bits_for,
    chunk_at,
    chunk_of,
    join_parts,
    leave_out_gone,
    override,
    pack,
    unpack,
)
from transforms.entities.identity.tables import WHOLE, Parts, Pending, Span, place_of, within
from warehouse.errors import StoreFault

PART_BYTES = 250  # of JSON that a part has, about
LISTED = struct.Struct("<QI")  # of a chunk: where it begins, and its checksum, which covers where it begins and ends
ENDS = struct.Struct("<QQ")
TAIL = struct.Struct("<II")  # the checksum of the JSON before it, and its length
RESOLVE_AGAIN = "./lake run --rebuild resolve makes it anew"


@dataclass(slots=True)
class LayerFile:
    """A layer that lies in a file.

    name: by which the state knows it. tables: of those that it shows, how many bits of a hash say which chunk, where
    its chunks are listed, and its bytes of JSON. is_quick: packed for speed, as what is for one run alone. read_bytes:
    how much of it was read so far. chunks: shared by all layers that are open together, however many they are.
    """

    name: str
    path: Path
    tables: dict[str, tuple[int, int, int]]
    descriptor: int
    is_quick: bool = False
    read_bytes: int = 0
    chunks: HeldChunks = field(default_factory=HeldChunks)

    @classmethod
    def open(cls, name: str, path: Path, chunks: HeldChunks | None = None) -> "LayerFile":
        """Open a file that `write_layer` wrote, wherever it lies by now. Raises StoreFault where its end is damaged."""
        descriptor = os.open(path, os.O_RDONLY)
        end = max(os.fstat(descriptor).st_size - TAIL.size, 0)
        checksum, length = TAIL.unpack(os.pread(descriptor, TAIL.size, end).rjust(TAIL.size, b"\0"))
        listed = os.pread(descriptor, length, max(end - length, 0))
        if not listed or crc32(listed) != checksum:
            os.close(descriptor)
            raise StoreFault(f"{path} is damaged: it does not end with its list of tables; {RESOLVE_AGAIN}")
        is_quick, tables = orjson.loads(listed)
        known = {name: (bits, at, size) for name, (bits, at, size) in tables.items()}
        held = HeldChunks() if chunks is None else chunks
        return cls(name, path, known, descriptor, is_quick, read_bytes=length + TAIL.size, chunks=held)

    def close(self) -> None:
        """Close the file."""
        os.close(self.descriptor)

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return os.fstat(self.descriptor).st_size

    def hide(self, tables: Collection[str]) -> None:
        """Show some tables no longer: another layer holds all of them."""
        for name in tables:
            self.tables.pop(name, None)

    def read(self, table: str, keys: Collection[str]) -> dict[str, Parts]:
        """Return the parts of those of the keys that it holds."""
        if table not in self.tables:
            return {}
        bits, at, _ = self.tables[table]
        found: dict[str, Parts] = {}
        for number, mine in groupby(sorted((chunk_of(key, bits), key) for key in keys), _first):
            chunk = self._read_chunk(at, number)
            found |= {key: orjson.loads(chunk[key]) for _, key in mine if key in chunk}
        return found

    def list_keys(self, table: str, span: Span = WHOLE) -> Iterator[str]:
        """Yield all keys of a span, in the order of their hashes."""
        chunks = self.list_chunks(table, span)
        return (key for _, chunk in chunks for key in sorted(within(span, chunk), key=place_of))

    def list_chunks(self, table: str, span: Span = WHOLE) -> Iterator[tuple[int, Entries]]:
        """Yield all chunks of a table that hold anything and may hold keys of a span, by number."""
        if table in self.tables:
            bits, at, _ = self.tables[table]
            first, end = span
            for number in range(chunk_at(first, bits), chunk_at(end - 1, bits) + 1):
                if chunk := self._read_chunk(at, number):
                    yield number, chunk

    def deal(self, table: str, bits: int) -> Iterator[tuple[int, Entries]]:
        """Yield all that a table holds in chunks of other bits, by number; of one number there may be several."""
        mine, *_ = self.tables[table]
        for number, chunk in self.list_chunks(table):
            if mine >= bits:
                yield number >> mine - bits, chunk
            else:
                dealt: dict[int, Entries] = {}
                for key, parts in chunk.items():
                    dealt.setdefault(chunk_of(key, bits), {})[key] = parts
                yield from sorted(dealt.items())

    def _read_chunk(self, at: int, number: int) -> Entries:
        place = (self.name, at, number)
        held = self.chunks.get(place)
        if held is not None:
            return held
        listed = os.pread(self.descriptor, 2 * LISTED.size, at + number * LISTED.size)
        (start, checksum), (end, _) = LISTED.iter_unpack(listed)
        packed = os.pread(self.descriptor, end - start, start) if start < end <= at else b""
        self.read_bytes += len(listed) + len(packed)
        if _sum(start, end, packed) != checksum:
            raise StoreFault(f"{self.path} is damaged, in chunk {number} or where it is listed; {RESOLVE_AGAIN}")
        chunk = unpack(packed, is_quick=self.is_quick) if packed else {}
        self.chunks.put(place, chunk)
        return chunk


def _sum(start: int, end: int, packed: bytes) -> int:
    return crc32(packed, crc32(ENDS.pack(start, end)))


def _first(pair: tuple[int, object]) -> int:
    return pair[0]


def keep_pending(pending: Pending, path: Path, chunks: HeldChunks | None = None) -> LayerFile:
    """Write what waits in memory to a file."""
    tables = {}
    for name, keys in pending.items():
        bits = bits_for(sum(len(parts) for parts in keys.values()) * PART_BYTES)
        tables[name] = (bits, _deal(keys, bits))
    return write_layer(path, tables, chunks, is_quick=True)


def _deal(keys: Mapping[str, Mapping[str, bytes | None]], bits: int) -> Iterator[tuple[int, Entries]]:
    """Yield what waits of a table as chunks by number; only when it is written, so that memory has one table twice."""
    dealt: dict[int, Entries] = {}
    for key, parts in keys.items():
        dealt.setdefault(chunk_of(key, bits), {})[key] = join_parts(parts)
    yield from sorted(dealt.items())


def merge_layers(  # noqa: PLR0913 -- what is merged, and how it is written
    layers: Sequence[LayerFile],
    path: Path,
    *,
    is_oldest: bool,
    is_quick: bool = False,
    chunks: HeldChunks | None = None,
    only: Collection[str] | None = None,
) -> LayerFile:
    """Write several layers, the oldest first, as one.

    is_oldest: none is below, so that what is gone is left out, and keys that were only looked at. is_quick: it is for
    this run alone. only: the tables to write, if not all.
    """
    tables = {}
    for name in sorted({name for layer in layers for name in layer.tables if only is None or name in only}):
        mine = [layer for layer in layers if name in layer.tables]
        bits = bits_for(sum(layer.tables[name][2] for layer in mine))
        tables[name] = (bits, _merge([layer.deal(name, bits) for layer in mine], is_oldest=is_oldest))
    return write_layer(path, tables, chunks, is_quick=is_quick)


def _merge(layers: Iterable[Iterable[tuple[int, Entries]]], *, is_oldest: bool) -> Iterator[tuple[int, Entries]]:
    ordered = heapq.merge(*layers, key=_first)  # of one number the oldest first
    for number, group in groupby(ordered, _first):
        merged: Entries = {}
        for _, entries in group:
            for key, parts in entries.items():
                merged[key] = override(merged[key], parts) if key in merged else parts
        left = leave_out_gone(merged) if is_oldest else merged
        if left:
            yield number, left


def write_layer(
    path: Path,
    tables: Mapping[str, tuple[int, Iterator[tuple[int, Entries]]]],
    chunks: HeldChunks | None = None,
    *,
    is_quick: bool,
) -> LayerFile:
    """Write a layer. tables: of each the bits that say which chunk, and its chunks by number."""
    known = {}
    with path.open("xb") as file:
        for name, (bits, dealt) in tables.items():
            listed, written = _write_chunks(file, dealt, bits, is_quick=is_quick)
            known[name] = (bits, file.tell(), written)
            file.write(listed)
        footer = orjson.dumps([is_quick, known])
        file.write(footer + TAIL.pack(crc32(footer), len(footer)))
    return LayerFile.open(path.name, path, chunks)


def _write_chunks(
    file: BinaryIO, dealt: Iterator[tuple[int, Entries]], bits: int, *, is_quick: bool
) -> tuple[bytes, int]:
    """Write the chunks; return the list of them, which ends with where the last one does, and their bytes of JSON."""
    listed, written, done = bytearray(), 0, 0
    for number, entries in dealt:
        packed, length = pack(entries, is_quick=is_quick)
        listed += _list_chunk(file.tell(), b"") * (number - done)  # chunks between that hold nothing
        listed += _list_chunk(file.tell(), packed)
        file.write(packed)
        written += length
        done = number + 1
    listed += _list_chunk(file.tell(), b"") * ((1 << bits) - done + 1)
    return bytes(listed), written


def _list_chunk(start: int, packed: bytes) -> bytes:
    return LISTED.pack(start, _sum(start, start + len(packed), packed))
