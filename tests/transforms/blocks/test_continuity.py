import pytest

from transforms.blocks.continuity import WEIGHTS, Cut, features, goes_on, phrase_form
from transforms.language.model import LanguageModel

CLEAR = [
    ("区里组织志愿者沿街清理垃圾，居民也纷纷下楼参加，整条街道的环境卫", "生明显改善，商户们都说好。"),
    ("合作社今年流转土地二百四十亩，统一供苗、统一收", "购，每公斤收购价不低于十六元。"),
    ("为了赶在汛期之前完工，施工人员分成两班，昼夜轮换，把", "清出的淤泥一部分运往砖厂制砖。"),
]


@pytest.mark.parametrize(("above", "below"), CLEAR)
def test_a_cut_word_goes_on(above: str, below: str, language: LanguageModel) -> None:
    assert goes_on(Cut(above=above, below=below), language) > 0


@pytest.mark.parametrize(
    "cut",
    [
        Cut(above="一扇窗口办成百件事", below="开一家面馆，要跑几个窗口？", is_title_like=True),
        Cut(above="优化服务流程", below="缩短办事时间", is_title_like=True, is_title_below=True),
        Cut(above="区里组织志愿者沿街清理垃圾", below="本报讯（记者何一舟）", opens_below=True, is_title_like=True),
        Cut(above="加强组织领导，", below="“我们要把好事办好。”"),
    ],
)
def test_a_heading_does_not(cut: Cut, language: LanguageModel) -> None:
    assert goes_on(cut, language) < 0


@pytest.mark.parametrize("weight", [name for name in WEIGHTS if name != "bias"])
def test_every_weight_has_its_feature(weight: str, language: LanguageModel) -> None:
    assert weight in features(Cut(above="一", below="二"), language)


def test_every_feature_has_its_weight(language: LanguageModel) -> None:
    assert set(features(Cut(above="", below=""), language)) == set(WEIGHTS)


def test_lines_of_one_form_have_phrases_of_one_length() -> None:
    assert phrase_form("优化流程 缩短时间") == phrase_form("加强监管，守住底线") == (4, 4)
