import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse import shingles
from transforms.reuse.normal import Codes, normalise_texts
from transforms.reuse.shingles import PART_BITS, TEXT_BITS, TEXT_MASK, deal_shingles, sample_shingles

TEXTS = st.lists(st.text(alphabet="甲乙丙", max_size=12), max_size=5)


def encode(texts: list[str]) -> Codes:
    return normalise_texts(pl.Series(texts, dtype=pl.String)).texts


def sample(texts: list[str], *, width: int, modulus: int) -> list[tuple[int, int]]:
    numbers = np.arange(len(texts), dtype=np.uint32)
    keys = np.concatenate(deal_shingles(sample_shingles(encode(texts), width=width, modulus=modulus), numbers)).tolist()
    return [(key >> TEXT_BITS, key & TEXT_MASK) for key in keys]


def hash_slowly(shingle: str) -> int:
    hashed = 0
    for character in shingle:
        hashed = (hashed * 0x9E3779B97F4A7C15 + ord(character)) % 2**64
    hashed = (hashed ^ hashed >> 32) * 0xBF58476D1CE4E5B9 % 2**64
    return hashed ^ hashed >> 29


def sample_slowly(texts: list[str], *, width: int, modulus: int) -> list[tuple[int, int]]:
    runs = [(text[start : start + width], number) for number, text in enumerate(texts) for start in range(len(text))]
    hashes = [(hash_slowly(run), number) for run, number in runs if len(run) == width]
    return [(hashed >> TEXT_BITS, number) for hashed, number in hashes if hashed & 0xFFFF <= 0xFFFF // modulus]


@given(TEXTS, st.sampled_from([1, 2, 5]))
def test_fast_equals_naive(texts: list[str], modulus: int) -> None:
    fast, slow = (find(texts, width=3, modulus=modulus) for find in (sample, sample_slowly))
    assert sorted(fast) == sorted(slow)


def test_parts_hold_the_keys_that_begin_alike(write) -> None:
    parts = deal_shingles(sample_shingles(encode([write(1, 200)]), width=5, modulus=1), np.zeros(1, np.uint32))
    assert [set((part >> np.uint64(64 - PART_BITS)).tolist()) for part in parts] == [{n} for n in range(1 << PART_BITS)]


def test_more_shingles_than_there_is_room_for_are_sampled_again(monkeypatch, write) -> None:
    texts = [write(number, 30) for number in range(3)] + ["渠水到了果园" * 200]
    whole = sample(texts, width=5, modulus=2)
    monkeypatch.setattr(shingles, "ROOM_KEYS", 7)
    monkeypatch.setattr(shingles, "ROOM_SHARE", 0)
    assert sorted(sample(texts, width=5, modulus=2)) == sorted(whole)


def test_a_part_keeps_the_shingles_that_the_whole_is_sampled_by(write) -> None:
    whole = write(1, 40)
    keys = sample([whole, whole[200:400]], width=5, modulus=4)
    of_whole, of_part = ({hashed for hashed, number in keys if number == text} for text in (0, 1))
    assert of_part <= of_whole
    assert 0.15 * 196 < len(of_part) < 0.35 * 196
