import re

import opencc
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.settings import CHECKOUT
from warehouse.search.folding import classes, fold, fold_table
from warehouse.search.query import pattern


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GDP", "gdp"),
        ("ＧＤＰ", "GDP"),
        ("４２个", "42个"),
        ("（记者）", "(记者)"),
        ("雲嶺區", "云岭区"),
        ("裏面", "里面"),
        ("裡面", "里面"),
        ("乾隆", "干隆"),
        ("著名", "着名"),
        ("“时间表”", '"时间表"'),
        ("云岭　投资", "云岭 投资"),
        ("‘八大员’", "'八大员'"),
        ("Ünal", "ünal"),
        ("⽉", "月"),
    ],
)
def test_forms_of_one_character_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("未", "末"), ("己", "已"), ("1", "l"), ("沈雪琴", "沈雪芩"), ("、", ",")])
def test_characters_that_only_look_alike_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_nearly_every_word_in_traditional_script_is_its_simplified_one() -> None:
    words = pl.read_parquet(CHECKOUT / "seeds" / "reference" / "words.parquet")["word"].to_list()
    traditional = opencc.OpenCC("s2t").convert("\n".join(words)).split("\n")
    strangers = [word for word, other in zip(words, traditional, strict=True) if fold(word) != fold(other)]
    assert len(strangers) < 0.0003 * len(words), strangers


@given(st.text())
def test_folding_keeps_places_and_does_nothing_twice(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_every_form_is_in_one_class_which_its_pattern_matches() -> None:
    for code, form in fold_table().items():
        assert chr(code) in classes()[form]
        assert re.fullmatch(pattern(form), chr(code))
        assert re.fullmatch(pattern(form), form)
