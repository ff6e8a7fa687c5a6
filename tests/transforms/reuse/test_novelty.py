from functools import partial

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.find import find_novelty
from transforms.reuse.normal import normalise_texts
from transforms.reuse.novelty import _hash_runs
from transforms.reuse.prints import Texts
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS
from transforms.reuse.spill import MemorySpill

SETTINGS = ReuseSettings(novel_chars=4, novel_window=3)


def measure(texts: list[str], settings: ReuseSettings = SETTINGS) -> list[float]:
    codes = normalise_texts(pl.Series(texts, dtype=pl.String)).texts
    return find_novelty(Texts(codes, pl.DataFrame()), MemorySpill(), settings=settings).shares.tolist()


def rank_run(run: str) -> int:
    """The low bits of its hash choose among runs."""
    hashes = np.empty(1, np.uint64)
    _hash_runs(normalise_texts(pl.Series([run])).texts.codes, len(run), hashes)
    return int(hashes[0]) & ((1 << TEXT_BITS) - 1)


def mark_slowly(text: str, width: int, window: int) -> set[int]:
    """Places of the first run, of the last, and of the smallest of each window: of equal ones the last."""
    hashes = [rank_run(text[place : place + width]) for place in range(len(text) - width + 1)]
    windows = [range(start, start + window) for start in range(len(hashes) - window + 1)]
    marked = {min(reversed(places), key=hashes.__getitem__) for places in windows}
    return marked | ({0, len(hashes) - 1} if hashes else set())


def measure_slowly(texts: list[str], width: int, window: int) -> list[float]:
    shares, known = [], set()
    for text in texts:
        marked = {place: text[place : place + width] for place in mark_slowly(text, width, window)}
        old = {at for place, run in marked.items() if run in known for at in range(place, place + width)}
        known |= set(marked.values())
        shares.append(1.0 - len(old) / max(len(text), 1))
    return shares


@given(st.lists(st.text(alphabet="甲乙", max_size=20), max_size=6))
def test_fast_equals_naive(texts: list[str]) -> None:
    np.testing.assert_allclose(measure(texts), measure_slowly(texts, 4, 3))


@pytest.mark.parametrize(
    ("texts", "shares"),
    [
        pytest.param([""], [1.0], id="an empty text is as new as can be"),
        pytest.param(["甲乙丙丁", "甲乙丙丁"], [1.0, 0.0], id="a copy is not new"),
        pytest.param(["甲乙丙丁", "甲乙丙戊"], [1.0, 1.0], id="three characters of four are no run"),
        pytest.param(["甲乙丙丁甲乙丙丁"], [1.0], id="a text does not take from itself"),
        pytest.param(["甲乙丙", "丁甲乙丙丁"], [1.0, 1.0], id="a run does not start in another text"),
    ],
)
def test_only_earlier_texts_make_a_run_old(texts: list[str], shares: list[float]) -> None:
    np.testing.assert_allclose(measure(texts), shares)


@given(
    st.text(alphabet="子丑寅卯", max_size=9), st.text(alphabet="辰巳午未", max_size=9), st.permutations("甲乙丙丁戊己")
)
def test_a_stretch_of_a_window_is_never_overlooked(before: str, after: str, stretch: list[str]) -> None:
    common = "".join(stretch)
    text = before + common + after
    new = measure([common + "申酉戌亥", text])[1]
    assert new < 1.0
    assert new >= 1.0 - len(common) / len(text) - 1e-9


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_what_a_text_takes_over_is_measured_to_a_few_characters(write, share: float) -> None:
    source, own = write(1, 60), write(2, 60)
    taken = round(len(source) * share)
    text = source[:taken] + own[: len(source) - taken]
    assert measure([source, text], ReuseSettings())[1] == pytest.approx(1 - share, abs=0.02)


def test_many_texts_are_measured_part_by_part(monkeypatch: pytest.MonkeyPatch, write) -> None:
    texts = [write(number % 5, 8) + write(number, 4) for number in range(30)]
    expected = measure(texts)
    monkeypatch.setattr("transforms.reuse.find.TEXTS_OF_A_PART", 7)
    monkeypatch.setattr("transforms.reuse.find._iter_numbers", partial(_in_pieces, 7))
    assert measure(texts) == expected


def _in_pieces(size: int, numbers, _at_a_time: int = 0):
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
