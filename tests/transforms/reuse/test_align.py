from itertools import groupby
from operator import itemgetter

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.align import (
    ANCHOR_CHARS,
    GAP_CHARS,
    MOVED_CHARS,
    SHIFT_CHARS,
    TRIES,
    align_text,
    choose_room,
    cover_text,
    make_blocks,
    make_index,
)
from transforms.reuse.normal import normalise_texts

TEXT = st.text(alphabet="甲乙丙", max_size=50)
Block = tuple[int, int, int]


def align(short: str, long: str) -> list[Block]:
    a, b = (normalise_texts(pl.Series([text])).texts.codes for text in (short, long))
    heads, nexts, marks, is_indexed = make_index(len(a))
    room, blocks = choose_room(len(a)), make_blocks(len(b))
    filled = align_text(a, b, heads[:room], nexts, marks[: room // 8], is_indexed, blocks)
    return [tuple(block) for block in blocks[:filled].tolist()]


def run_slowly(a: str, at_a: int, b: str, at_b: int) -> int:
    length = 0
    while a[at_a + length : at_a + length + 1] and a[at_a + length] == b[at_b + length : at_b + length + 1]:
        length += 1
    return length


def is_confirmed_slowly(a: str, a_end: int, b: str, b_end: int) -> bool:
    places = [
        (a_end + gap, b_end + gap + shift)
        for gap in range(1, GAP_CHARS + 1)
        for shift in range(-SHIFT_CHARS, SHIFT_CHARS + 1)
    ]
    return any(at_b >= b_end and run_slowly(a, at_a, b, at_b) >= ANCHOR_CHARS for at_a, at_b in places)


def align_slowly(a: str, b: str) -> list[Block]:
    """Of all equal runs take the first in b that goes on, on the nearest diagonal; else the first jump that is sure."""
    blocks: list[Block] = []
    a_end = b_end = 0
    while True:
        seeds = [
            (at_b, at_a)
            for at_b in range(b_end, len(b) - 3)
            for at_a in range(len(a) - 3)
            if a[at_a : at_a + 4] == b[at_b : at_b + 4]
        ]
        runs = [(at_b, at_a, run_slowly(a, at_a, b, at_b)) for at_b, at_a in seeds]
        on = [run for run in runs if run[0] - b_end <= GAP_CHARS and 0 <= run[1] - a_end <= GAP_CHARS]
        jumps = [max(places, key=lambda run: (run[2], -run[1])) for places in first_places(runs)]
        sure = [
            (at_b, at_a, length)
            for at_b, at_a, length in jumps
            if length >= MOVED_CHARS or is_confirmed_slowly(a, at_a + length, b, at_b + length)
        ]
        if not on and not sure:
            return blocks
        nearest = min(on, key=lambda run: (run[0], abs(run[1] - a_end - run[0] + b_end), -run[2]), default=None)
        at_b, at_a, length = nearest or sure[0]
        floor = a_end if nearest else 0
        while at_a > floor and at_b > b_end and a[at_a - 1] == b[at_b - 1]:
            at_a, at_b, length = at_a - 1, at_b - 1, length + 1
        blocks.append((at_a, at_b, length))
        a_end, b_end = at_a + length, at_b + length


def first_places(runs: list[Block]) -> list[list[Block]]:
    """Of each place in b so many places in a."""
    return [list(places)[:TRIES] for _, places in groupby(runs, key=itemgetter(0))]


@given(TEXT, TEXT)
def test_fast_equals_naive(one: str, other: str) -> None:
    short, long = sorted((one, other), key=len)
    assert align(short, long) == align_slowly(short, long)


@given(TEXT, TEXT)
def test_blocks_are_equal_and_use_no_character_of_the_longer_text_twice(one: str, other: str) -> None:
    short, long = sorted((one, other), key=len)
    blocks = align(short, long)
    assert all(short[i : i + length] == long[j : j + length] for i, j, length in blocks)
    ends = [j + length for _, j, length in blocks]
    assert all(end <= start for end, (_, start, _) in zip(ends, blocks[1:], strict=False))


def test_equal_texts_are_one_block() -> None:
    assert align("渠水到了果园", "渠水到了果园") == [(0, 0, 6)]


def test_a_moved_sentence_is_found_where_it_went() -> None:
    first, second = "清晨渔船沿着河滩靠近码头", "老人在茶馆里听见学堂传来琴声众人高兴"
    assert align(first + second, second + first) == [(len(first), 0, len(second)), (0, len(second), len(first))]


def test_a_word_that_stands_elsewhere_is_too_short_to_tell_from_chance() -> None:
    word, rest = "清晨渔船"[: MOVED_CHARS - 1], "老人在茶馆里听见学堂传来琴声"
    assert align(word + rest, rest + word) == [(len(word), 0, len(rest))]


def test_of_a_phrase_that_comes_twice_the_one_that_goes_on_is_taken() -> None:
    text = "清晨渔船靠岸老人在茶馆里听见学堂传来琴声清晨渔船离岸木匠修好了炉火"
    assert align(text.replace("琴声", "鼓点"), text)[-1] == (20, 20, len(text) - 20)


@given(TEXT, TEXT)
def test_covered_characters_are_counted_once(one: str, other: str) -> None:
    short, long = sorted((one, other), key=len)
    blocks = align(short, long)
    places = np.array(blocks, np.int32).reshape(-1, 3)
    used = np.full(len(short), -1, np.int32)
    covered = {at for start, _, length in blocks for at in range(start, start + length)}
    assert cover_text(places, used, 7) == len(covered)
