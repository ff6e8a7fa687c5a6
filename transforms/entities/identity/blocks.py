"""Which keys belong together: those that anything holds against each other, before a change or after it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from zlib import crc32

from transforms.entities.identity.tables import batch

AT_ONCE = 10_000  # keys whose meetings are read together: they lie anywhere, so that few reads of many are cheapest
Meet = Callable[[Collection[str]], Mapping[str, Iterable[str]]]
"""Gives the keys that some keys are held against, by key."""


def find_blocks(keys: Iterable[str], meet: Meet) -> list[list[str]]:
    """Return the blocks that hold some keys, each with all that it is connected to.

    Blocks stand in the order of the hash of their first key, in which tables lie on disk.
    """
    root: dict[str, str] = {}
    going = sorted(set(keys))
    root.update((key, key) for key in going)
    while going:
        reached: list[str] = []
        for some in batch(going, AT_ONCE):
            for key, others in meet(some).items():
                for other in others:
                    if other not in root:
                        root[other] = other
                        reached.append(other)
                    _unite(root, key, other)
        going = reached
    blocks: dict[str, list[str]] = {}
    for key in sorted(root):
        blocks.setdefault(_root_of(root, key), []).append(key)
    return sorted(blocks.values(), key=lambda block: (crc32(block[0].encode()), block[0]))


def pack(blocks: Iterable[list[str]], size: int) -> Iterator[list[str]]:
    """Put blocks together to batches of about so many keys."""
    packed: list[str] = []
    for block in blocks:
        packed += block
        if len(packed) >= size:
            yield packed
            packed = []
    if packed:
        yield packed


def _root_of(root: dict[str, str], key: str) -> str:
    while root[key] != key:
        root[key] = root[root[key]]
        key = root[key]
    return key


def _unite(root: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root_of(root, one), _root_of(root, other)))
    root[second] = first
