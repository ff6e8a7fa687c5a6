from collections.abc import Callable

import pytest

from tests.transforms.blocks.conftest import ABOVE, BELOW, LOWER, UPPER
from transforms.blocks.pictured import find_pictured
from transforms.blocks.units import Unit
from transforms.language.model import LanguageModel
from transforms.read import PageRead

Units = Callable[[str], list[Unit]]
Read = Callable[[str], PageRead]

BANNER, HEAD = "## 实干笃行担使命", "## 孩子放生鱼苗"
OWN = "3月11日，任存粮的麦田用上了渠水。"
NEWS = "6月3日，松涧幼儿园的孩子在溪边放生鱼苗。"
CREDIT, NEXT = "闻涛 摄", "## 老街亮起一百盏灯"
STREET = "入夜，老街的一百盏灯笼同时亮起，游人举着手机拍照，商户把桌椅摆到了门口。"
TOP = "## 一渠春水润麦苗"


def joined(*parts: str) -> str:
    return "\n\n".join(parts)


@pytest.mark.parametrize(
    ("parts", "carried"),
    [
        pytest.param([BANNER, OWN, CREDIT, LOWER, BELOW], [(6, 7, 2, True)], id="its own picture under a banner"),
        pytest.param(
            [BANNER, "任存粮的麦田用上了渠水 闻涛摄", LOWER, BELOW], [(5, 6, 2, True)], id="shown in the credit"
        ),
        pytest.param([BANNER, "任存粮的麦田用上了渠水", CREDIT, LOWER, BELOW], [(6, 7, 2, True)], id="shown in a line"),
        pytest.param([HEAD, NEWS, CREDIT, LOWER, BELOW, NEXT], [(6, 8, 2, False)], id="a photo news"),
        pytest.param(
            ["## 麦田用上渠水", OWN, CREDIT, LOWER, NEXT], [(6, 7, 2, False)], id="its line says what is shown"
        ),
        pytest.param([BANNER, OWN, CREDIT, BELOW], [], id="another paragraph below"),
        pytest.param([BANNER, OWN, LOWER, BELOW], [], id="no credit"),
        pytest.param(["孩子放生鱼苗", CREDIT, LOWER], [], id="a caption alone"),
        pytest.param([HEAD, NEWS, CREDIT, f"本报讯（记者林溪）{STREET}"], [], id="an article opens below"),
    ],
)
def test_a_lower_half_below_a_picture_is_read_behind_the_upper_one(
    parts: list[str], carried: list[tuple[int, int, int, bool]], units_of: Units, language: LanguageModel
) -> None:
    found = find_pictured(units_of(joined(TOP, ABOVE, UPPER, *parts)), language)
    assert [(each.first, each.last, each.above, each.is_banner) for each in found] == carried


def test_a_picture_of_a_report_under_a_banner_leaves_it_whole(read: Read) -> None:
    opener = "本报讯（记者林溪）"
    (article,) = read(joined(TOP, opener + ABOVE, UPPER, BANNER, OWN, CREDIT, LOWER, BELOW)).articles
    assert article.parts["body"].string == f"{ABOVE}\n{UPPER}{LOWER}\n{BELOW}"
    assert [(person.role, person.name) for person in article.contributors] == [
        ("reporter", "林溪"),
        ("photographer", "闻涛"),
    ]


def test_a_photo_news_between_two_halves_stands_by_itself(read: Read) -> None:
    report, news, street = read(joined(TOP, ABOVE, UPPER, HEAD, NEWS, CREDIT, LOWER, BELOW, NEXT, STREET)).articles
    assert report.parts["body"].string == f"{ABOVE}\n{UPPER}{LOWER}\n{BELOW}"
    assert (news.kind, news.parts["headline"].string, news.parts["body"].string) == ("photo", HEAD[3:], NEWS)
    assert street.parts["body"].string == STREET
