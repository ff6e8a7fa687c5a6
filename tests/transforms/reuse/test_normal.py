import numpy as np
import pytest

from transforms.reuse.normal import join_codes, normalise_texts


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("渠水到了，果园绿了！", "渠水到了果园绿了"),
        ("渠 水　到\n了", "渠水到了"),
        ("漁船歸港", "渔船归港"),
        ("漁(yú)船(chuán)归港", "渔船归港"),
        ("产量１２吨，增3.5%", "产量12吨增35"),
        ("二〇一九年", "二〇一九年"),
        ("金属⾦色", "金属金色"),  # a radical that PDF extraction leaves
        ("ABC, 3D (Xi)", "3"),
        ("", ""),
        ("——", ""),
    ],
)
def test_marks_spaces_letters_and_script_vanish(printed: str, normal: str) -> None:
    assert normalise_texts([printed]) == [normal]


def test_each_text_keeps_its_own_characters() -> None:
    assert normalise_texts(["甲。", "", "乙 乙", "！"]) == ["甲", "", "乙乙", ""]


def test_no_texts_are_no_texts() -> None:
    assert normalise_texts([]) == []


def test_a_character_beyond_sixteen_bits_is_one_code_of_its_own() -> None:
    rare, other = normalise_texts(["\U00020bb7", "\U00020bb8"])
    assert len(rare) == len(other) == 1
    assert rare != other


def test_normalising_twice_changes_nothing() -> None:
    once = normalise_texts(["漁船(chuán)歸港，１２艘。"])
    assert normalise_texts(once) == once


def test_codes_stand_end_to_end() -> None:
    codes = join_codes(["甲乙", "", "丙"])
    assert codes.codes.tolist() == [ord(character) for character in "甲乙丙"]
    assert codes.starts.tolist() == [0, 2, 2, 3]
    np.testing.assert_array_equal(codes.text_numbers(), [0, 0, 2])
