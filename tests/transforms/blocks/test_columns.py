from collections.abc import Callable
from itertools import zip_longest

import pytest

from transforms.blocks.columns import (
    RULE_ID,
    Weave,
    are_full,
    as_paragraphs,
    find_weaves,
    is_woven,
    return_columns,
)
from transforms.blocks.lines import Line, part_columns
from transforms.blocks.units import Unit, name_units
from transforms.language.model import LanguageModel

Lines = Callable[[str], list[Line]]
Units = Callable[[str], list[Unit]]

LEFT = (
    "今年以来，各级党委和政府认真贯彻中央精神",
    "，坚持把发展经济作为中心任务，积极推进国",
    "有企业改革，努力提高经济效益，人民群众的",
    "生活水平有了新的提高，社会稳定，市场繁荣。",
)
RIGHT = (
    "这个县的农民群众在党的富民政策指引下，大力",
    "发展多种经营，调整农业结构，去年全县粮食总",
    "产量达到历史最高水平，农民人均纯收入比上年",
    "增长了一成，许多农户住进了新房，买了电视机。",
)
WOVEN = "\n\n".join(line for pair in zip_longest(LEFT, RIGHT) for line in pair)


def test_two_columns_line_by_line_are_parted(units_of: Units, language: LanguageModel) -> None:
    units = units_of(WOVEN)
    (weave,) = find_weaves(units, language)
    assert [units[index].string for index in weave.chain(0)] == list(LEFT)
    assert [units[index].string for index in weave.chain(1)] == list(RIGHT)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("\n\n".join([*LEFT, *RIGHT]), id="one column behind the other"),
        pytest.param("\n\n".join(LEFT[:2] + RIGHT[:2]), id="too few lines"),
        pytest.param("\n\n".join([LEFT[3]] * 8), id="whole sentences"),
        pytest.param("\n\n".join(line[:4] for line in [*LEFT, *RIGHT]), id="lines too short for a column"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_lines_are_left_as_they_are(page: str, units_of: Units, language: LanguageModel) -> None:
    assert find_weaves(units_of(page), language) == []


def test_lines_that_break_off_must_fill_their_column() -> None:
    chains = (0, 1) * 4
    woven = WOVEN.split("\n\n")
    assert are_full(woven, chains)
    assert not are_full([line[: 9 + 5 * number] for number, line in enumerate(woven)], chains)
    assert not are_full([line[:6] for line in woven], chains)


def test_woven_lines_are_known_before_they_are_units(language: LanguageModel) -> None:
    assert is_woven(WOVEN.split("\n\n"), language)
    assert not is_woven([*LEFT, *RIGHT], language)
    assert not is_woven([*LEFT[:2], *RIGHT[:2]], language)


def test_the_first_chain_is_that_of_the_article_around_it(units_of: Units, language: LanguageModel) -> None:
    own = "县里的农民调整农业结构，发展多种经营，农民人均纯收入增长了一成，粮食总产量创了新高。这些年，县里一直这么做。"
    other = "各级党委推进国有企业改革，提高经济效益，社会稳定，市场繁荣，人民群众的生活水平提高。今年，大家接着这么干。"
    articles = (f"企业改革\n\n{other}", f"农民增收\n\n{own}")
    firsts = []
    for above in (articles, reversed(articles)):
        units = units_of("\n\n".join([*above, WOVEN]))
        (weave,) = find_weaves(units, language)
        firsts.append(units[weave.chain(0)[-1]].string)
    assert firsts == [RIGHT[3], LEFT[3]]


ACROSS = "\n".join(f"{left}    {right}" for left, right in zip(LEFT, RIGHT, strict=True))


def test_lines_that_were_read_across_two_columns_are_parted_at_their_gap(
    lines_of: Lines, language: LanguageModel
) -> None:
    lines = lines_of(f"{ACROSS}\n人民群众都说好。\n\n县里修通了水渠。")
    units = name_units(list(part_columns(lines)))
    (weave,) = find_weaves(units, language)
    assert [units[index].string for index in weave.chain(0)] == [*LEFT, "人民群众都说好。"]
    assert [units[index].string for index in weave.chain(1)] == list(RIGHT)


def test_gaps_in_rows_of_a_list_part_no_columns(lines_of: Lines) -> None:
    rows = "\n".join(f"云岭区水利局{number}    麦坡镇水管站{number}" for number in "一二三四五")
    assert [line.string for line in part_columns(lines_of(rows))] == rows.split("\n")


def test_the_lines_of_a_weave_are_text_and_no_headlines(units_of: Units, language: LanguageModel) -> None:
    units = units_of(WOVEN)
    named = as_paragraphs(units, find_weaves(units, language))
    assert {(unit.kind, unit.rule_id) for unit in named} == {("paragraph", RULE_ID)}


def test_the_second_chain_goes_to_the_article_that_shares_its_words(units_of: Units, language: LanguageModel) -> None:
    other = "县里的农民人均纯收入去年增长了一成，粮食总产量达到历史最高水平。"
    units = units_of(f"{WOVEN}\n\n{other}")
    numbers: list[int | None] = [1] * 8 + [2]
    places = return_columns(units, [Weave(0, (0, 1) * 4, 1.0)], numbers, language)
    assert numbers == [1, 2] * 4 + [2]
    assert sorted(range(9), key=places.__getitem__) == [0, 2, 4, 6, 8, 1, 3, 5, 7]


def test_without_another_article_it_is_read_behind_the_first(units_of: Units, language: LanguageModel) -> None:
    numbers: list[int | None] = [1] * 8
    places = return_columns(units_of(WOVEN), [Weave(0, (0, 1) * 4, 1.0)], numbers, language)
    assert numbers == [1] * 8
    assert sorted(range(8), key=places.__getitem__) == [0, 2, 4, 6, 1, 3, 5, 7]
