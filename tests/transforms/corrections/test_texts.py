import pytest

from tests.transforms.corrections.conftest import Correct, correction
from transforms.corrections.locate import find_clean
from transforms.corrections.records import Correction, StaleCorrection
from transforms.spans import Edit, Piece, Text

FIELD = "3月10日，麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄，农业农村局局长顾大川说，眼下墒情正好。"
PAGE = f"一渠春水润麦苗\n\n本报讯（记者何一舟）{FIELD}"

TRADITIONAL = "一渠春水潤麥苗\n\n本報訊（記者何一舟）任存糧蹲在麥田裡捏了捏乾土，農業農村局局長說雨水來得正是時候。"
SIMPLIFIED = "任存粮蹲在麦田里捏了捏乾土，农业农村局局长说雨水来得正是时候。"


def misprint(at: str, expect: str, becomes: str, **more: str) -> Correction:
    return correction(action="correct_text", at=at, expect=expect, becomes=becomes, **more)


@pytest.mark.parametrize(
    ("page", "fix", "part", "clean"),
    [
        pytest.param(PAGE, misprint("局长顾大川说", "大", "达"), "body", FIELD.replace("大", "达"), id="a name"),
        pytest.param(PAGE, misprint("水顺着新修", "顺", ""), "body", FIELD.replace("顺", ""), id="too much"),
        pytest.param(PAGE, misprint("春水润", "润", "浇润"), "headline", "一渠春水浇润麦苗", id="too little"),
        pytest.param(
            PAGE.replace("，眼下", ",眼 下"),
            misprint("说,眼 下", ",眼 下", "：眼下"),
            "body",
            FIELD.replace("说，", "说："),
            id="over repairs",
        ),
        pytest.param(
            PAGE.replace("顾大川", "顧(gù)大川"),
            misprint("顧(gù)大川", "顧(gù)", "故"),
            "body",
            FIELD.replace("顾", "故"),
            id="over a pinyin note",
        ),
        pytest.param(TRADITIONAL, misprint("捏乾土", "乾", "乾"), "body", SIMPLIFIED, id="against a repair"),
    ],
)
def test_a_misprint_is_mended_and_the_proof_names_the_correction(
    correct: Correct, page: str, fix: Correction, part: str, clean: str
) -> None:
    (article,) = correct(page, fix).articles
    text = article.parts[part]
    assert text.string == clean
    mended = [piece for piece in text.pieces if piece.rule_id == "correction.mended"]
    assert fix.becomes in [text.string[piece.start : piece.end] for piece in mended]
    assert all(page[piece.raw_start : piece.raw_end] in fix.expect for piece in mended)


def test_a_name_in_the_credit_is_read_as_mended(correct: Correct) -> None:
    (article,) = correct(PAGE, misprint("记者何一舟", "舟", "丹")).articles
    assert [person.name for person in article.contributors] == ["何一丹"]


@pytest.mark.parametrize(
    "other", [misprint("局长顾大川", "大川", "达川", id="b"), misprint("长顾大川说", "顾大", "古大", id="b")]
)
def test_two_that_mend_the_same_characters_are_told(correct: Correct, other: Correction) -> None:
    """The second took back what the first had mended, or the other way round."""
    with pytest.raises(StaleCorrection, match=r"found that (a|b) mends it too; keep one of them"):
        correct(PAGE, misprint("局长顾大川说", "大", "达", id="a"), other)


def test_two_misprints_of_one_line_are_both_mended(correct: Correct) -> None:
    page = correct(PAGE, misprint("顾大川", "川", "船", id="b"), misprint("顾大川", "顾", "故", id="a"))
    assert "故大船" in page.articles[0].parts["body"].string


@pytest.mark.parametrize(
    ("page", "fix", "words"),
    [
        pytest.param(PAGE, misprint("局长王大川", "王", "黄"), "nowhere", id="not printed"),
        pytest.param(PAGE, misprint("渠", "渠", "沟"), "more than once", id="ambiguous"),
        pytest.param(
            PAGE.replace("，眼下", ",眼下"),
            misprint("说,眼下", ",", "，"),
            "gives it by itself now: delete",
            id="needless",
        ),
    ],
)
def test_a_stale_one_says_what_was_found(correct: Correct, page: str, fix: Correction, words: str) -> None:
    with pytest.raises(StaleCorrection, match=words):
        correct(page, fix)


def test_a_change_of_length_is_taken_whole_or_not_at_all() -> None:
    text = Text.of("甲乙丙丁").edit([Edit(1, 3, "己")], "text.one")
    assert find_clean(text, 0, 1) == (0, 1)
    assert find_clean(text, 1, 3) == (1, 2)
    assert find_clean(text, 1, 2) == Piece(1, 2, 1, 3, "text.one")
    assert find_clean(text, 3, 4) == (2, 3)


def test_a_misprint_inside_such_a_change_is_stale(correct: Correct) -> None:
    page = PAGE.replace("说，眼下", "说...眼下")
    with pytest.raises(StaleCorrection, match=r"text\.full-width-marks changes '\.\.\.' as a whole; take all of that"):
        correct(page, misprint("说...眼下", "说.", "讲."))
    assert "讲：眼下" in correct(page, misprint("说...眼下", "说...", "讲：")).articles[0].parts["body"].string
