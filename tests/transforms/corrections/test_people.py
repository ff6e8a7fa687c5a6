import pytest

from tests.transforms.corrections.conftest import Correct, correction
from transforms.corrections.records import StaleCorrection

FIELD = "3月10日，麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄，种粮大户任存粮蹲在地头，抓起一把土捏了捏。"
PAGE = f"一渠春水润麦苗\n\n本报讯（记者何一舟 通讯员林溪）{FIELD}"


@pytest.mark.parametrize(
    ("expect", "becomes", "people"),
    [
        ("reporter 何一舟", "reporter 何舟", ["reporter 何舟", "correspondent 林溪"]),
        ("reporter 何一舟", "author 何一舟", ["author 何一舟", "correspondent 林溪"]),
        ("correspondent 林溪", "none", ["reporter 何一舟"]),
        ("none", "photographer 闻涛", ["reporter 何一舟", "correspondent 林溪", "photographer 闻涛"]),
    ],
)
def test_a_credit_is_mended(correct: Correct, expect: str, becomes: str, people: list[str]) -> None:
    fix = correction(action="correct_contributor", at="一渠春水", expect=expect, becomes=becomes)
    (article,) = correct(PAGE, fix).articles
    assert [f"{person.role} {person.name}" for person in article.contributors] == people
    assert article.contributors[0].organisation == "本报"  # what is mended keeps it


@pytest.mark.parametrize(
    ("at", "expect", "becomes", "words"),
    [
        ("一渠春水", "reporter 王伟", "reporter 王维", "found 'reporter 何一舟, correspondent 林溪'"),
        ("一渠春水", "none", "reporter 何一舟", "found 'reporter 何一舟, correspondent 林溪'"),
        ("本社地址", "none", "reporter 何一舟", "found 'no article'"),
    ],
)
def test_a_stale_one_says_whom_the_article_credits(
    correct: Correct, at: str, expect: str, becomes: str, words: str
) -> None:
    fix = correction(action="correct_contributor", at=at, expect=expect, becomes=becomes)
    with pytest.raises(StaleCorrection, match=words):
        correct(f"{PAGE}\n\n本社地址：云溪路1号 邮编：460000 印刷：本社印刷厂", fix)


def test_a_credit_that_another_correction_changed_is_stale(correct: Correct) -> None:
    text = correction(id="a", action="correct_text", at="记者何一舟", expect="舟", becomes="丹")
    fix = correction(action="correct_contributor", at="一渠", expect="reporter 何一舟", becomes="author 何一舟")
    with pytest.raises(StaleCorrection, match="another correction has changed the credit"):
        correct(PAGE, text, fix)
