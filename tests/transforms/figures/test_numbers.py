from decimal import Decimal

import pytest

from transforms.figures.numbers import is_round, read_arabic, read_chinese, read_mixed


@pytest.mark.parametrize(
    ("digits", "value"),
    [("1,200", "1200"), ("44.5", "44.5"), ("１２．５", "12.5"), ("5 .3", "5.3"), ("2，345，678", "2345678")],
)
def test_digits_are_read_exactly(digits: str, value: str) -> None:
    assert read_arabic(digits) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "value"),
    [("1亿2000万", "120000000"), ("3万5000", "35000"), ("2亿3千万", "230000000"), ("5千3百", "5300")],
)
def test_digits_with_multiples_between_add_up(words: str, value: str) -> None:
    assert read_mixed(words) == Decimal(value)


def test_multiples_that_do_not_fall_are_no_number() -> None:
    assert read_mixed("3万5000万") is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        *[("三", 3), ("两", 2), ("十", 10), ("十七", 17), ("九十", 90), ("二十六", 26), ("一百零五", 105)],
        *[("一千零五十", 1050), ("三千", 3000), ("两千三百万", 23000000), ("一亿零五百万", 105000000)],
        *[("三万亿", 3 * 10**12), ("三十二点五", "32.5"), ("二〇二三", 2023), ("百", 100)],
        *[("四千五", 4500), ("一万二", 12000), ("二百五", 250)],
    ],
)
def test_a_chinese_numeral_is_read(numeral: str, value: int | str) -> None:
    assert read_chinese(numeral) == (Decimal(value), False)


@pytest.mark.parametrize(
    ("numeral", "least"),
    [
        ("十几", 10),
        ("几十", 10),
        ("数百", 100),
        ("几千万", 10**7),
        ("三四十", 30),
        ("十七八", 17),
        ("两三", 2),
        ("四五千", 4000),
    ],
)
def test_a_vague_numeral_gives_the_least_that_it_may_mean(numeral: str, least: int) -> None:
    assert read_chinese(numeral) == (Decimal(least), True)


@pytest.mark.parametrize("words", ["一二一", "十百", "千千万万", "三二"])
def test_what_is_no_numeral_gives_nothing(words: str) -> None:
    assert read_chinese(words) is None


def test_a_bare_multiple_is_round() -> None:
    assert (is_round("千万"), is_round("三千")) == (True, False)
