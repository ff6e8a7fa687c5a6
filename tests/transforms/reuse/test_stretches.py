from itertools import combinations, takewhile
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.reuse.test_shingles import hash_slowly
from transforms.reuse import stretches
from transforms.reuse.gaps import PASSAGE_CHARS
from transforms.reuse.normal import normalise_texts
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import BLOCK, sample_shingles
from transforms.reuse.stretches import APART_CHARS, NEAR_CHARS, SHIFT_CHARS, share_stretches

PIECES = st.lists(st.sampled_from(["春耕渠水秧苗", "甲乙", "果园集市山路桥墩学堂", "丙", "茶馆渔船"]), max_size=12)
DENSE = ReuseSettings(sample_modulus=1)


def share(pairs: list[tuple[str, str]], settings: ReuseSettings = DENSE) -> list[bool]:
    texts = normalise_texts(pl.Series([text for pair in pairs for text in pair], dtype=pl.String)).texts
    firsts = np.arange(0, 2 * len(pairs), 2)
    return share_stretches(texts, firsts, firsts + 1, settings=settings).tolist()


def share_slowly(a: str, b: str, settings: ReuseSettings) -> bool:
    first = [dict[str, int](), dict[str, int]()]
    for places, text in zip(first, (a, b), strict=True):
        for at in range(len(text) - settings.shingle_chars + 1):
            places.setdefault(text[at : at + settings.shingle_chars], at)
    met = [
        (first[0][run], first[1][run])
        for run in first[0].keys() & first[1].keys()
        if hash_slowly(run) & 0xFFFF <= 0xFFFF // settings.sample_modulus
    ]
    gaps = [(there[0] - here[0], there[1] - here[1]) for here, there in combinations(sorted(met), 2)]
    is_spread = any(
        min(gap) >= APART_CHARS and max(gap) <= NEAR_CHARS and abs(gap[0] - gap[1]) <= SHIFT_CHARS for gap in gaps
    )
    return is_spread or any(run_slowly(a, b, *places) >= PASSAGE_CHARS for places in met)


def run_slowly(a: str, b: str, here: int, there: int) -> int:
    behind = takewhile(lambda both: both[0] == both[1], zip(a[here:], b[there:], strict=False))
    before = takewhile(lambda both: both[0] == both[1], zip(a[:here][::-1], b[:there][::-1], strict=False))
    return len(list(behind)) + len(list(before))


@given(st.lists(st.tuples(PIECES, PIECES), max_size=4), st.sampled_from([1, 2, 4, 12]))
def test_fast_equals_naive_and_turned(pairs: list[tuple[list[str], list[str]]], modulus: int) -> None:
    settings = ReuseSettings(sample_modulus=modulus)
    texts = [("".join(a), "".join(b)) for a, b in pairs]
    slow = [share_slowly(a, b, settings) for a, b in texts]
    assert share(texts, settings) == slow
    assert share([(b, a) for a, b in texts], settings) == slow


def test_texts_that_begin_several_pairs_are_compared_with_each(write) -> None:
    bodies = [write(1, 9), write(2, 5) + write(1, 9)[40:90], write(3, 9)]
    texts = normalise_texts(pl.Series(bodies)).texts
    a, b = np.array([0, 0, 1, 1]), np.array([1, 2, 0, 2])
    assert share_stretches(texts, a, b, settings=DENSE).tolist() == [True, False, True, False]


def test_pairs_of_many_texts_are_compared_bit_by_bit(write, monkeypatch) -> None:
    texts = [(write(1, 9), write(2, 5) + write(1, 9)[40:90]), (write(3, 9), write(4, 9)), (write(5, 9), write(5, 9))]
    monkeypatch.setattr(stretches, "PAIRS_AT_A_TIME", 2)
    assert share(texts) == [True, False, True]
    assert share([]) == []


def test_what_was_sampled_before_is_looked_up(write) -> None:
    texts = normalise_texts(pl.Series([write(1, 9), write(2, 5) + write(1, 9)[40:90], write(3, 9)])).texts
    a, b = np.array([0, 1, 2]), np.array([1, 2, 0])
    known = sample_shingles(texts, width=DENSE.shingle_chars, modulus=DENSE.sample_modulus)
    assert share_stretches(texts, a, b, sampled=known, settings=DENSE).tolist() == [True, False, False]
    nothing = sample_shingles(texts.take(np.zeros(3, np.int64)), width=500, modulus=1)
    assert share_stretches(texts, a, b, sampled=nothing, settings=DENSE).tolist() == [False, False, False]


def test_a_text_of_many_blocks_is_gone_through_to_its_end(write) -> None:
    long = write(1, 200)
    assert len(long) > 2 * BLOCK
    assert share([(long + write(9, 3), write(2, 300) + write(9, 3)), (long, write(2, 300))]) == [True, False]


@pytest.mark.parametrize(
    ("kept", "is_shared"),
    [
        pytest.param(lambda text: text[:40], True, id="a paragraph"),
        pytest.param(lambda text: text[:14], False, id="a phrase"),
        pytest.param(lambda text: text[:10] + text[20:30], False, id="two phrases without what is between"),
        pytest.param(lambda text: text[20:30] + text[:10], False, id="two phrases turned"),
        pytest.param(lambda text: text[:10] + "讹" * 12 + text[20:30], True, id="two phrases as far apart"),
    ],
)
def test_what_is_a_stretch(write, kept, is_shared) -> None:
    text = "".join(Random(4).sample([chr(point) for point in range(0x4E00, 0x5E00)], 60))
    assert share([(write(1, 3) + text + write(2, 3), write(3, 4) + kept(text) + write(4, 2))]) == [is_shared]


@pytest.mark.parametrize(
    ("chars", "is_shared"),
    [
        pytest.param(PASSAGE_CHARS, True, id="a passage"),
        pytest.param(PASSAGE_CHARS - 1, False, id="a character less"),
        pytest.param(20, False, id="a phrase"),
    ],
)
@pytest.mark.parametrize("fronts", [(0, 0), (0, 30), (30, 0), (45, 30)])
@pytest.mark.parametrize("ends", [(0, 0), (0, 30), (45, 30)])
def test_one_shingle_is_enough_where_the_characters_around_it_are_a_passage(chars, is_shared, fronts, ends) -> None:
    shared, other = _sampled_in_the_middle(chars), _sampled_nowhere(200)
    texts = [
        other[place : place + front] + shared + other[place + 50 : place + 50 + end]
        for place, front, end in zip((0, 100), fronts, ends, strict=True)
    ]
    assert share([tuple(texts), tuple(texts[::-1])], FEW) == [is_shared, is_shared]


FEW = ReuseSettings(shingle_chars=7, sample_modulus=200)


def _sampled_in_the_middle(chars: int) -> str:
    """Write characters of which one shingle alone is sampled, some ten characters before the end."""
    random = Random(7)
    while True:
        text = "".join(chr(random.randint(0x4E00, 0x5E00)) for _ in range(chars))
        if [at for at in range(chars - 6) if _is_sampled(text[at : at + 7])] == [chars - 15]:
            return text


def _sampled_nowhere(chars: int) -> str:
    text, random = "", Random(8)
    while len(text) < chars:
        drawn = chr(random.randint(0x6E00, 0x7E00))
        text += drawn if len(text) < 6 or not _is_sampled(text[-6:] + drawn) else ""
    return text


def _is_sampled(run: str) -> bool:
    return hash_slowly(run) & 0xFFFF <= 0xFFFF // FEW.sample_modulus
