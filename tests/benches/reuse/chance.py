"""Seeded chance."""

from collections.abc import Sequence

import numpy as np

Chance = np.random.Generator


def pick(choices: Sequence[str], chance: Chance) -> str:
    """Pick one: numpy's own choice would first make an array of the whole list, every time."""
    return choices[int(chance.integers(len(choices)))]
