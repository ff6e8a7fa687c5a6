"""Which keys belong together: those that anything holds against each other, before a change or after it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from transforms.entities.identity.tables import batch, place_of

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
    return _list_blocks(root)


def gather_blocks(keys: Iterable[str], ties: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """Yield the blocks of all keys there are: first those that ties make, then each key that nothing ties.

    ties: keys that are held against each other. Both are read once, in whatever order they lie, and only keys that are
    tied stay in memory: so all blocks are found at less than `find_blocks` takes to ask for each.
    """
    root: dict[str, str] = {}
    for tie in ties:
        for key in tie if len(tie) > 1 else ():
            root.setdefault(key, key)
            _unite(root, tie[0], key)
    yield from _list_blocks(root)
    yield from ([key] for key in keys if key not in root)


def _list_blocks(root: dict[str, str]) -> list[list[str]]:
    blocks: dict[str, list[str]] = {}
    for key in sorted(root):
        blocks.setdefault(_root_of(root, key), []).append(key)
    return sorted(blocks.values(), key=lambda block: place_of(block[0]))


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
