from collections.abc import Callable

import pytest

from transforms.blocks.units import Unit
from transforms.blocks.verse import find_verse, name_verse
from transforms.language.model import LanguageModel
from transforms.read import PageRead

Units = Callable[[str], list[Unit]]
Read = Callable[[str], PageRead]

ONE = "我把一盏灯挂在窗前\n等晚归的人\n风从山那边来\n带着麦子的气味"
TWO = "村口的狗叫了两声\n又安静下来\n谁家的门轻轻响了\n是父亲放下锄头"
COUPLET = "月光落进木桶里\n他没有舍得泼掉"
RHYME = "小板凳\n四条腿\n我给奶奶\n嗑瓜子"
PROSE = "合作社今年流转土地二百四十亩，统一供苗、统一收购，每公斤收购价不低于十六元，村民都放心。"
COLUMN = "\n".join(PROSE[at : at + 11] for at in range(0, len(PROSE), 11))


@pytest.mark.parametrize(
    ("page", "verse"),
    [
        pytest.param(f"{PROSE}\n\n灯\n\n{ONE}\n\n{TWO}\n\n麦收\n\n{PROSE}", f"{ONE}\n{TWO}", id="stanzas"),
        pytest.param(
            f"{PROSE}\n\n灯下\n\n{ONE}\n\n收麦记事\n记一次收割\n\n{PROSE}", ONE, id="a headline of two lines below"
        ),
        pytest.param(f"{PROSE}\n\n灯下\n\n{ONE}\n\n{COUPLET}", f"{ONE}\n{COUPLET}", id="a couplet at the end"),
        pytest.param(f"{PROSE}\n灯下\n{ONE}\n{TWO}\n麦收\n{PROSE}", f"{ONE}\n{TWO}", id="no blank lines"),
        pytest.param(f"{PROSE}\n灯下\n何一舟\n{ONE}\n{TWO}", f"{ONE}\n{TWO}", id="its maker's name above"),
        pytest.param(f"{PROSE}\n灯下\n{ONE}\n{TWO}\n麦收\n林溪\n{PROSE}", f"{ONE}\n{TWO}", id="an author below"),
        pytest.param(f"{PROSE}\n\n灯下\n\n{ONE}\n\n麦收\n\n林溪\n\n{PROSE}", ONE, id="an author below, apart"),
        pytest.param(f"{PROSE}\n\n灯下\n何一舟\n\n{ONE}\n\n{TWO}", f"{ONE}\n{TWO}", id="headline and maker, apart"),
        pytest.param(f"{PROSE}\n\n童谣\n\n{RHYME}", RHYME, id="lines shorter than a column"),
        pytest.param(f"{PROSE}\n\n他常念：\n\n{ONE}\n\n{PROSE}", ONE, id="quoted in prose"),
        pytest.param(f"{PROSE}\n\n东门开讲\n市民走进戏楼\n\n{PROSE}", "", id="a headline"),
        pytest.param(f"{PROSE}\n\n种草莓\n\n{COLUMN}\n\n{PROSE}", "", id="lines of a column"),
        pytest.param(f"{PROSE}\n\n价目\n\n面粉3元\n大米4元\n食油9元\n白糖5元", "", id="figures"),
        pytest.param(
            f"{PROSE}\n灯下二章\n何一舟\n一\n{ONE}\n二\n{TWO}\n麦收\n{PROSE}", f"一\n{ONE}\n二\n{TWO}", id="numbered"
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_lines_of_a_poem_are_found(page: str, verse: str, units_of: Units, language: LanguageModel) -> None:
    units = units_of(page)
    found = [unit.string for each in find_verse(units, language) for unit in units[each.first : each.last]]
    assert "\n".join(found) == verse


def test_how_sure_it_is_stands_with_each_line(units_of: Units, language: LanguageModel) -> None:
    named = name_verse(units_of(f"{PROSE}\n\n灯下\n\n{ONE}"), language)
    assert [unit.kind for unit in named] == ["paragraph", "title", *["paragraph"] * 4]
    assert all(unit.log_odds is not None and unit.log_odds > 0 for unit in named[2:])


def test_a_poem_keeps_its_lines_and_ends_where_it_ends(read: Read) -> None:
    articles = read(f"灯下\n\n{ONE}\n\n{TWO}\n\n麦收时节\n\n{PROSE}\n\n{PROSE}").articles
    assert [article.parts["headline"].string for article in articles] == ["灯下", "麦收时节"]
    assert articles[0].parts["body"].string == f"{ONE}\n{TWO}"
    assert articles[0].flags == ()
