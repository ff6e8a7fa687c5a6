import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.normal import Codes, Normal, build_table, drop_numbers, hash_texts, normalise_texts

TEXTS = st.lists(st.text(alphabet="甲乙丙馬1１ a，𠀀é\n〇", max_size=150), max_size=6)


def strings_of(texts: Codes) -> list[str]:
    spans = zip(texts.starts.tolist(), texts.ends.tolist(), strict=True)
    return [texts.codes[start:end].tobytes().decode("utf-16-le", "surrogatepass") for start, end in spans]


def normalise(*texts: str) -> list[str]:
    return strings_of(normalise_texts(pl.Series(texts, dtype=pl.String)).texts)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        pytest.param("渠水，到了。", "渠水到了", id="marks"),
        pytest.param("渠 水\n到　了", "渠水到了", id="spaces"),
        pytest.param("渠(qú)水(shuǐ)到了", "渠水到了", id="pinyin notes"),
        pytest.param("東門種樹", "东门种树", id="other script"),
        pytest.param("１２3％", "123", id="full-width digits"),
        pytest.param("〇八", "〇八", id="zero is a numeral"),
        pytest.param("⽔", "水", id="a radical that stands for the character"),
        pytest.param("Kafe é", "", id="letters"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_a_reprint_changes_falls_away(text: str, normal: str) -> None:
    assert normalise(text) == [normal]


def test_texts_keep_their_borders() -> None:
    assert normalise("甲，乙", "", "——", "丙") == ["甲乙", "", "", "丙"]


def test_a_character_beyond_16_bits_is_one_code() -> None:
    assert [len(text) for text in normalise("𠀀丙", "𠀁丙")] == [2, 2]
    assert normalise("𠀀丙") != normalise("𠀁丙")


def encode_slowly(text: str) -> tuple[list[int], list[int]]:
    table = build_table()
    codes = [(place, int(table[ord(character)])) for place, character in enumerate(text) if table[ord(character)]]
    return [code for _, code in codes], [place for place, _ in codes]


def kept_places(normal: Normal, row: int, length: int) -> list[int]:
    first = int(normal.words[row])
    bits = normal.kept[first : first + (length + 63) // 64]
    return [place for place in range(length) if int(bits[place // 64]) >> (place % 64) & 1]


@given(TEXTS)
def test_fast_equals_naive(texts: list[str]) -> None:
    normal = normalise_texts(pl.Series(texts, dtype=pl.String))
    for row, text in enumerate(texts):
        codes, places = encode_slowly(text)
        assert normal.texts.codes[normal.texts.starts[row] : normal.texts.ends[row]].tolist() == codes
        assert kept_places(normal, row, len(text)) == places


@given(TEXTS)
def test_equal_texts_alone_have_equal_hashes(texts: list[str]) -> None:
    normal = normalise_texts(pl.Series(texts, dtype=pl.String))
    hashes = list(zip(*(each.tolist() for each in hash_texts(normal.texts)), strict=True))
    strings = strings_of(normal.texts)
    for a, first in enumerate(strings):
        for b, second in enumerate(strings):
            assert (hashes[a] == hashes[b]) == (first == second)


def test_a_choice_of_texts_leaves_their_codes_where_they_are() -> None:
    texts = normalise_texts(pl.Series(["甲", "乙丙", "丁"])).texts
    chosen = texts.take(np.array([2, 1]))
    assert chosen.lengths.tolist() == [1, 2]
    assert chosen.codes is texts.codes


def test_a_headline_without_its_numbers_keeps_its_words() -> None:
    texts = normalise_texts(pl.Series(["第十二届庙会3月8日开锣", "", "2024", "第三届庙会10月1日开锣"])).texts
    assert strings_of(drop_numbers(texts)) == ["第届庙会月日开锣", "", "", "第届庙会月日开锣"]
    assert strings_of(drop_numbers(texts.take(np.array([3])))) == ["第届庙会月日开锣"]
