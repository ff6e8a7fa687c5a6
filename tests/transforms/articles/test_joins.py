from collections.abc import Sequence
from dataclasses import replace

import pytest

from transforms.articles.joins import BREAK_RULE_ID, JOIN_RULE_ID, count_open, join_body, join_odds
from transforms.blocks.columns import RULE_ID as WOVEN_RULE_ID
from transforms.blocks.segment import Block
from transforms.blocks.units import VERSE_ID
from transforms.language.model import LanguageModel
from transforms.spans import Text

UPPER = "区里组织志愿者沿街清理垃圾，居民也纷纷下楼参加，整条街道的环境卫"
LOWER = "生明显改善，商户们都说好，下一步还要建立长效机制。"
WHOLE = "合作社今年流转土地二百四十亩，统一供苗、统一收购，每公斤收购价不低于十六元，村民放心。"


def blocks(*strings: str, kind: str = "paragraph") -> list[Block]:
    raw = "\n\n".join(strings)
    found, start = [], 0
    for number, string in enumerate(strings):
        text = Text.of(raw, start, start + len(string))
        found.append(Block(kind, "block.paragraph", text, start, start + len(string), 1, (number, 0)))
        start += len(string) + 2
    return found


def test_a_sentence_cut_by_a_column_s_end_is_joined(language: LanguageModel) -> None:
    body = join_body(blocks(WHOLE, UPPER, LOWER), language)
    assert body.text.string == f"{WHOLE}\n{UPPER}{LOWER}"
    assert {piece.rule_id for piece in body.text.pieces} == {None, JOIN_RULE_ID, BREAK_RULE_ID}
    assert not body.is_broken


def test_how_sure_a_join_is_stands_with_the_upper_half(language: LanguageModel) -> None:
    joined = join_body(blocks(WHOLE, UPPER, LOWER), language).joins
    apart = join_body(blocks(WHOLE, UPPER, f"“{WHOLE}”"), language).joins
    upper = len(WHOLE) + 2
    assert list(joined) == list(apart) == [upper]
    assert joined[upper] > 0 > apart[upper]


def test_whole_paragraphs_stay_apart(language: LanguageModel) -> None:
    assert join_body(blocks(WHOLE, WHOLE), language).text.string == f"{WHOLE}\n{WHOLE}"


@pytest.mark.parametrize(
    "below",
    [
        "本报讯（记者何一舟）昨天。",
        "一、加强领导。",
        "（二）强化措施。",
        "■链接：春灌知识。",
        "第三条 本办法施行。",
        "①材料齐全。",
        "△材料齐全。",
    ],
)
def test_what_starts_afresh_continues_nothing(below: str, language: LanguageModel) -> None:
    above, rest = blocks(UPPER, below)
    assert join_odds(above, rest, is_lead=False, language=language) is None


@pytest.mark.parametrize(
    ("places", "odds"),
    [
        pytest.param(((0, 0), (2, 0)), 9.0, id="of the first column"),
        pytest.param(((5, 1), (5, 2)), 9.0, id="of the second column"),
    ],
)
def test_lines_of_one_woven_column_are_joined_as_surely_as_it_was_parted(
    places: Sequence[tuple[int, int]], odds: float, language: LanguageModel
) -> None:
    lines = blocks("四台撒布车来回跑了九趟，", "撒下融雪剂十二吨，")
    above, below = (
        replace(block, rule_id=WOVEN_RULE_ID, kind_log_odds=9.0, place=place)
        for block, place in zip(lines, places, strict=True)
    )
    assert join_odds(above, below, is_lead=False, language=language) == odds


def test_verse_is_not_joined(language: LanguageModel) -> None:
    lines = [replace(block, rule_id=VERSE_ID) for block in blocks(UPPER, LOWER)]
    body = join_body(lines, language)
    assert (body.text.string, body.is_broken, count_open(lines)) == (f"{UPPER}\n{LOWER}", False, 0)


def test_nothing_goes_on_through_a_heading(language: LanguageModel) -> None:
    (above,), (heading,) = blocks(UPPER), blocks(LOWER, kind="heading")
    assert join_odds(above, heading, is_lead=False, language=language) is None


def test_a_sentence_that_breaks_off_and_goes_on_nowhere_is_told(language: LanguageModel) -> None:
    broken = join_body(blocks(WHOLE, WHOLE, UPPER * 2, "本报讯 昨天。", WHOLE), language)
    assert broken.is_broken


def test_the_body_of_no_blocks_is_empty(language: LanguageModel) -> None:
    assert join_body([], language).text.string == ""


def test_open_paragraphs_are_counted() -> None:
    assert count_open(blocks(UPPER, WHOLE, UPPER)) == 2
    assert count_open(blocks(UPPER, kind="heading")) == 0
