"""The entity of each node that is no person's, in a file: by hashes, 16 bytes a node, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from transforms.entities.identity.report import ID_DIGITS
from warehouse.errors import ContractFault

HASH_BYTES = 8

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class EntityFile:
    """The hashes of nodes in their order, and the number in the id of the entity of each."""

    nodes: Hashes
    entities: Hashes

    @classmethod
    def open(cls, path: Path) -> "EntityFile":
        """Open a file that `join_entities` wrote."""
        nodes, entities = np.load(path, mmap_mode="r")
        return cls(nodes, entities)

    def __getitem__(self, node: str) -> str:
        """Return the entity of a node: its kind is the node's. Raises KeyError where the node is not known."""
        code = np.uint64(_hash(node))
        place = int(np.searchsorted(self.nodes, code))
        if place == len(self.nodes) or self.nodes[place] != code:
            raise KeyError(node)
        return f"{node.partition('|')[0]}-{int(self.entities[place]):0{ID_DIGITS}x}"


def save_entities(entity_of: Mapping[str, str], path: Path) -> Path:
    """Write the entities of some nodes."""
    nodes = [_hash(node) for node in entity_of]
    entities = [int(entity.rpartition("-")[2], 16) for entity in entity_of.values()]
    np.save(path, np.array([nodes, entities], dtype=np.uint64))
    return path


def join_entities(paths: Sequence[Path], path: Path) -> Path:
    """Write what several files hold as one that is in order. Raises ContractFault where two nodes have one hash."""
    nothing = np.empty((2, 0), dtype=np.uint64)
    joined = np.concatenate([nothing, *(np.load(part) for part in paths)], axis=1)
    ordered = joined[:, np.argsort(joined[0])]
    if np.any(ordered[0, 1:] == ordered[0, :-1]):
        raise ContractFault("two names have one hash of 64 bits: resolve them with LAKE_RUNNER=threads:1")
    np.save(path, ordered)
    return path


def _hash(node: str) -> int:
    return int.from_bytes(blake2b(node.encode(), digest_size=HASH_BYTES).digest())
