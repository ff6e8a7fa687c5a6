"""What resolution knows between two runs, and how a change of one part finds all that hangs on it.

A table holds parts by key: all namings of one name, all nodes of one office. Each stage is a function from the parts
of one key to parts of other tables; where parts changed, it runs over them as they were and as they are, and what
differs is put. So work is in proportion to the keys that a change reaches, and a build is a change of nothing.
"""

import heapq
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any, NamedTuple, Protocol
from zlib import crc32

import orjson

Parts = dict[str, Any]
"""The parts of one key: what JSON can hold, by the name of what gave it. In a layer, None says that a part is gone."""


def write_json(value: Any) -> bytes:  # noqa: ANN401 -- what JSON can hold
    """Return a value as JSON; copied, since what orjson gives keeps the kilobyte that it was written into."""
    return bytes(memoryview(orjson.dumps(value)))


Pending = Mapping[str, Mapping[str, Mapping[str, bytes | None]]]
"""What waits: parts as JSON, by table, key and part. As objects they would take three times the memory."""

HASHES = 1 << 32
Span = tuple[int, int]
"""Hashes of keys: from the first, up to the second."""

WHOLE: Span = (0, HASHES)
MOST_PENDING = 100_000  # parts that wait in memory, about 1 kB each
BATCH = 1_000  # keys that are looked at together


class Place(NamedTuple):
    """Where a part lies."""

    table: str
    key: str
    part: str


class Layer(Protocol):
    """Parts that were put in one run and never change; a newer layer overrides them part by part."""

    def read(self, table: str, keys: Collection[str]) -> dict[str, Parts]:
        """Return the parts of those of the keys that it holds."""

    def list_keys(self, table: str, span: Span) -> Iterable[str]:
        """Return all keys of a span, in the order of `place_of`, so that those of layers can be merged."""


@dataclass(frozen=True, slots=True)
class Held:
    """A layer in memory."""

    tables: Pending

    def read(self, table: str, keys: Collection[str]) -> dict[str, Parts]:
        """Return the parts of those of the keys that it holds."""
        held = self.tables.get(table, {})
        return {key: _open(held[key]) for key in keys if key in held}

    def list_keys(self, table: str, span: Span) -> Iterable[str]:
        """Return all keys of a span."""
        return sorted(within(span, self.tables.get(table, {})), key=place_of)


Derive = Callable[[str, Parts], Iterable[tuple[Place, Any]]]


@dataclass(slots=True)
class Tables:
    """The tables as they were and as they are.

    keep: makes a layer of what waits in memory, where that is much. join: given layers, the oldest first, and some
    tables, returns layers that hold the same, of which one alone holds those tables.
    """

    before: Sequence[Layer]
    keep: Callable[[Pending], Layer] = Held
    join: Callable[[list[Layer], Collection[str]], list[Layer]] | None = None
    fresh: list[Layer] = field(default_factory=list)
    pending: dict[str, dict[str, dict[str, bytes | None]]] = field(default_factory=dict)
    waiting: int = 0

    def put(self, place: Place, value: Any) -> None:  # noqa: ANN401 -- what JSON can hold
        """Set a part; None takes it away."""
        text = None if value is None else write_json(value)
        self.pending.setdefault(place.table, {}).setdefault(place.key, {})[place.part] = text
        self.waiting += 1
        if self.waiting >= MOST_PENDING:
            self.flush()

    def touch(self, table: str, key: str) -> None:
        """Have a key looked at again."""
        self.pending.setdefault(table, {}).setdefault(key, {})

    def flush(self) -> None:
        """Make a layer of what waits."""
        if self.pending:
            self.fresh.append(self.keep(self.pending))
            self.pending, self.waiting = {}, 0

    def settle(self, *names: str) -> None:
        """Make one layer of what this run put into some tables: their keys are about to be looked up in no order."""
        if self.join and self.fresh:
            self.flush()
            self.fresh = self.join(self.fresh, names)

    def was(self, table: str, keys: Collection[str]) -> dict[str, Parts]:
        """Return the parts of keys as the last run left them; a key without any is not there."""
        return _read(self.before, table, keys)

    def now(self, table: str, keys: Collection[str]) -> dict[str, Parts]:
        """Return the parts of keys as they are."""
        return _read([*self.before, *self.fresh, Held(self.pending)], table, keys)

    def changed(self, table: str, span: Span = WHOLE) -> Iterator[str]:
        """Yield the keys of a span that this run touched, each once; they may be more than memory should hold."""
        fresh = [*self.fresh, Held(self.pending)]
        merged = heapq.merge(*(layer.list_keys(table, span) for layer in fresh), key=place_of)
        return (key for key, _ in groupby(merged))

    def derive(  # noqa: PLR0913 -- what a stage hangs on
        self,
        table: str,
        stage: Derive,
        *,
        before: Derive | None = None,
        anew: Container[str] = (),
        size: int = BATCH,
        span: Span = WHOLE,
    ) -> None:
        """Run a stage over all keys of a table that changed, and put what differs from what it gave before.

        before: the stage as it was in the last run, where it hangs on anything else that has changed. anew: keys of
        which all that they give is put, even where they gave the same before. size: keys that are looked at together.
        span: of the keys, if not all.
        """
        for keys in batch(self.changed(table, span), size):
            was, now = self.was(table, keys), self.now(table, keys)
            for key in keys:
                earlier = dict((before or stage)(key, was[key])) if key in was else {}
                later = dict(stage(key, now[key])) if key in now else {}
                for place in earlier.keys() - later.keys():
                    self.put(place, None)
                for place, value in later.items():
                    if place not in earlier or earlier[place] != value or key in anew:
                        self.put(place, value)


def batch(keys: Iterable[str], size: int = BATCH) -> Iterator[list[str]]:
    """Take so many keys at a time."""
    left = iter(keys)
    while some := list(islice(left, size)):
        yield some


def place_of(key: str) -> tuple[int, str]:
    """Return where a key lies among others: by its hash."""
    return crc32(key.encode()), key


def within(span: Span, keys: Iterable[str]) -> Iterator[str]:
    """Yield the keys of a span."""
    first, end = span
    return iter(keys) if span == WHOLE else (key for key in keys if first <= crc32(key.encode()) < end)


def _open(parts: Mapping[str, bytes | None]) -> Parts:
    return {part: None if text is None else orjson.loads(text) for part, text in parts.items()}


def _read(layers: Iterable[Layer], table: str, keys: Collection[str]) -> dict[str, Parts]:
    merged: dict[str, Parts] = {}
    for layer in layers:
        for key, parts in layer.read(table, keys).items():
            if key in merged:
                merged[key].update(parts)
            else:
                merged[key] = parts
    for key, parts in merged.items():
        if None in parts.values():
            merged[key] = {part: value for part, value in parts.items() if value is not None}
    return {key: parts for key, parts in merged.items() if parts}
