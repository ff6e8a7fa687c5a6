"""Names that may be one another misprinted, since they are in one office: which of them are held against each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from transforms.entities.identity.looks import Looks
from transforms.entities.identity.misprints import BLOCK, are_confusable_names, mask_names
from transforms.entities.identity.stints import full_scopes
from transforms.entities.identity.tables import Parts, Place

OFFICES, NEAR_NAMES = "office", "near_name"


def give_offices(key: str, parts: Parts) -> Iterator[tuple[Place, Any]]:
    """Tell each office who holds it."""
    held = {
        office
        for contexts, namings in parts.values()
        for _, _, _, offices, *_ in namings
        for scope, _, post, rank, *_ in offices
        if scope
        for office in list_offices(scope, post, rank, contexts)
    }
    for office in sorted(held):
        yield Place(OFFICES, office, key), 1


def list_offices(scope: str, post: str, rank: str, contexts: Iterable[str]) -> list[str]:
    """Return an office by what its holders share: the rank and the post in each full organisation."""
    return [f"{rank}|{post}|{full}" for full in full_scopes(scope, contexts)]


def give_near_names(key: str, parts: Parts, *, looks: Looks) -> Iterator[tuple[Place, Any]]:
    """Tell each name which others of its office it may be, misprinted."""
    near: dict[str, list[str]] = defaultdict(list)
    rank = key.partition("|")[0]
    for one, other in pair_names(parts):
        if are_confusable_names(one, other, looks, is_chief=rank == "chief"):
            near[one].append(other)
            near[other].append(one)
    for name, others in near.items():
        yield Place(NEAR_NAMES, name, key), sorted(others)


def pair_names(names: Parts) -> list[tuple[str, str]]:
    """Return the pairs of names that differ by one character; those of a mask that fits too many are a pattern."""
    masked: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for mask in mask_names(name, 1):
            masked[mask].add(name)
    groups = [group for group in masked.values() if 1 < len(group) <= BLOCK]
    return sorted({pair for group in groups for pair in combinations(sorted(group), 2)})
