import pytest

from transforms.spans import Text
from transforms.text.marks import QUOTE_RULE_ID, WIDTH_RULE_ID, pair_quotes, widen_marks


def widened(raw: str) -> str:
    return widen_marks(Text.of(raw)).string


def paired(raw: str) -> str:
    return pair_quotes(Text.of(raw)).string


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("开工了,真好!是吗?对;好:行", "开工了，真好！是吗？对；好：行"),
        ("增长6.5%,居全市第一", "增长6.5%，居全市第一"),
        ("投资3.2亿元,占地120亩", "投资3.2亿元，占地120亩"),
        ("工期为3年,5公里", "工期为3年，5公里"),
        ("(记者王伟)", "（记者王伟）"),
        ("云溪区(原城关镇)", "云溪区（原城关镇）"),
        ("“好”,他说", "“好”，他说"),
        ('"好",他说', '"好"，他说'),
        ("他说.", "他说。"),
        ("他说...", "他说……"),
        ("他说。。。", "他说……"),
        ("春天--播种的季节", "春天——播种的季节"),
        ("－－记麦坡镇修渠队", "——记麦坡镇修渠队"),
    ],
)
def test_half_width_marks_beside_chinese_become_full_width(raw: str, clean: str) -> None:
    assert widened(raw) == clean


@pytest.mark.parametrize(
    "kept",
    ["共1,200人", "下午3:30开始", "比分4;30", "U-Key登录", "Hello, world!", "GB/T 19001-2016", "长3.5公里", "http://a.cn/b?c=1",
     "T恤(XL)", "2:1获胜", "人工智能(AI)"],
)  # fmt: skip
def test_marks_of_figures_and_latin_text_stay(kept: str) -> None:
    assert widened(kept) == kept


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ('他说:"好。"', "他说:“好。”"),
        ('"一"和"二"', "“一”和“二”"),
        ("'小'事", "‘小’事"),
        ("\"他说'好'。\"", "“他说‘好’。”"),
        ('他说："第一段。\n"第二段。"', "他说：“第一段。\n“第二段。”"),
        ('“一”和"二"', "“一”和“二”"),
        ('推行"三个一"工作法、"五包"责任制', "推行“三个一”工作法、“五包”责任制"),
    ],
)
def test_straight_quotes_are_paired_also_over_paragraphs(raw: str, clean: str) -> None:
    assert paired(raw) == clean


def test_an_apostrophe_is_no_quote() -> None:
    assert paired("it's 好") == "it's 好"


def test_each_kind_of_change_names_its_rule() -> None:
    assert [p.rule_id for p in widen_marks(Text.of("好,")).pieces] == [None, WIDTH_RULE_ID]
    assert [p.rule_id for p in pair_quotes(Text.of('"好')).pieces] == [QUOTE_RULE_ID, None]
