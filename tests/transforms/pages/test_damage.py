from collections.abc import Callable

import pytest

from transforms.read import PageRead

FIELD = "麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄，种粮大户任存粮蹲在地头，抓起一把土捏了捏，说墒情正好。"
PAGE = f"一渠春水润麦苗\n\n本报讯（记者何一舟）{FIELD}\n\n{FIELD}"
WIDTH = 14


def wrapped(text: str, gap: str) -> str:
    return gap.join(text[at : at + WIDTH] for at in range(0, len(text), WIDTH))


@pytest.mark.parametrize(
    ("page", "damage"),
    [
        pytest.param(PAGE, set(), id="none"),
        pytest.param(PAGE.replace("，", ","), {"half_width_marks"}, id="half-width"),
        pytest.param(f"# {PAGE}", {"markdown"}, id="markdown"),
        pytest.param(PAGE.replace("大户", "大户(hù)"), {"pinyin_notes"}, id="notes"),
        pytest.param(PAGE.replace("人", "⼈").replace("大", "⼤"), {"odd_characters"}, id="odd characters"),
        pytest.param(PAGE.replace("村", "\ufffd"), {"undecodable"}, id="lost characters"),
        pytest.param(PAGE.replace(FIELD, wrapped(FIELD, " ")), {"inner_spaces"}, id="wraps as spaces"),
        pytest.param(PAGE.replace(FIELD, wrapped(FIELD, "\n")), {"hard_wraps"}, id="wraps as lines"),
        pytest.param(PAGE.replace("任存粮蹲在地头", "任存粮蹲在地头" * 2), {"repeats"}, id="loops"),
    ],
)
def test_a_page_says_what_was_repaired(page: str, damage: set[str], read: Callable[[str], PageRead]) -> None:
    assert set(read(page).damage) == damage


def test_traditional_script_is_damage_to_a_simplified_lake(read: Callable[[str], PageRead]) -> None:
    assert "traditional" in read("農業豐收在望，農民開鐮收割。\n\n" * 3).damage


def test_two_sentences_that_break_off_are_column_breaks(read: Callable[[str], PageRead]) -> None:
    page = PAGE.replace(FIELD, f"{FIELD}{FIELD[:20]}\n\n新时代 新征程 新伟业\n\n{FIELD[20:]}")
    assert "column_breaks" in read(page).damage
