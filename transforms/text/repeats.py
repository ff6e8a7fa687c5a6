"""Loops: a span that a scanner or a decoder printed twice running is kept once.

Found by comparing the text with itself at each lag, on arrays; a block of six characters and more counts when it
stands twice, a shorter one when it stands three times.
"""

import numpy as np

from transforms.spans import Edit, Text
from transforms.text.characters import count_han

Codes = np.ndarray[tuple[int], np.dtype[np.uint32]]

RULE_ID = "text.repeats"

LONGEST_LAG = 120  # characters: loops of scanners are lines and half lines
SHORTEST_BLOCK = 6  # characters that count when they stand twice; shorter doubles are language
TIMES_FOR_SHORT = 3
SHORTEST_SHORT = 2
HASH_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no character of a block is lost to overflow
HAN_SHARE = 0.5  # a loop of marks or digits is print, such as a dotted line


def find_repeats(string: str) -> list[tuple[int, int]]:
    """Return the half-open offsets of the superfluous copies, in order and disjoint."""
    codes = np.frombuffer(string.encode("utf-32-le"), np.uint32)
    found: list[tuple[int, int]] = []
    taken = np.zeros(len(codes), np.bool_)
    for lag in _lags(codes):
        for start, end in _runs(codes, lag):
            block = string[start : start + lag]
            if count_han(block) < max(2, lag * HAN_SHARE) or "\n" in block:
                continue
            if not taken[start : end + lag].any():
                surplus = (end - start) // lag * lag
                found.append((start + lag, start + lag + surplus))
                taken[start : start + lag + surplus] = True
    return sorted(found)


def _lags(codes: Codes) -> list[int]:
    """Return the lags worth a comparison: the short ones, and those at which some block of six stands again."""
    short = [lag for lag in range(SHORTEST_SHORT, SHORTEST_BLOCK) if lag <= len(codes) // 2]
    if len(codes) < 2 * SHORTEST_BLOCK:
        return short
    blocks = np.zeros(len(codes) - SHORTEST_BLOCK + 1, np.uint64)
    for place in range(SHORTEST_BLOCK):
        blocks = blocks * HASH_BASE + codes[place : place + len(blocks)]
    order = np.argsort(blocks, kind="stable")
    again = blocks[order[:-1]] == blocks[order[1:]]
    lags = np.unique((order[1:] - order[:-1])[again])
    return short + [int(lag) for lag in lags if SHORTEST_BLOCK <= lag <= min(LONGEST_LAG, len(codes) // 2)]


def _runs(codes: Codes, lag: int) -> list[tuple[int, int]]:
    """Return the runs [start, end) over which the text equals itself `lag` characters on."""
    equal = np.zeros(len(codes) - lag + 2, np.int8)
    equal[1:-1] = codes[:-lag] == codes[lag:]
    steps = np.diff(equal)
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    needed = lag if lag >= SHORTEST_BLOCK else lag * (TIMES_FOR_SHORT - 1)
    long_enough = (ends - starts) >= needed
    return list(zip(starts[long_enough].tolist(), ends[long_enough].tolist(), strict=True))


def remove_repeats(text: Text) -> Text:
    """Return the text with each loop printed once; a loop of loops needs a pass for each."""
    while repeats := find_repeats(text.string):
        text = text.edit([Edit(start, end, "") for start, end in repeats], RULE_ID)
    return text
