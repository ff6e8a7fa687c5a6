import pytest

from transforms.spans import Text
from transforms.text.spaced import RULE_ID, close_spaced_words


@pytest.mark.parametrize(
    ("raw", "closed"),
    [
        ("招 聘 启 事", "招聘启事"),
        ("　　县　域　新　闻", "　　县域新闻"),
        ("启　　事", "启事"),
        ("水渠通了。\n征 集 老 照 片\n来稿请寄。", "水渠通了。\n征集老照片\n来稿请寄。"),
        ("晒　秋", "晒　秋"),  # two words, or a name
        ("春 夏　秋 冬", "春 夏　秋 冬"),  # unevenly apart
        ("招聘 启事 三则", "招聘 启事 三则"),
        ("公　告", "公　告"),  # alone, it may be a section too
    ],
)
def test_a_word_that_is_set_wide_is_put_together(raw: str, closed: str) -> None:
    text = close_spaced_words(Text.of(raw))
    assert text.string == closed
    assert {piece.rule_id for piece in text.pieces} <= {None, RULE_ID}
