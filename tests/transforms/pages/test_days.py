from datetime import date

import pytest

from transforms.pages.days import find_full_days, month_end, read_numeral

NUMERALS = [("3", 3), ("03", 3), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("二〇二三", 2023)]
FULL_DAYS = [
    ("2023年7月6日 星期四", [date(2023, 7, 6)]),
    ("二〇二三年七月六日", [date(2023, 7, 6)]),
    ("二〇二三年十二月三十一日", [date(2023, 12, 31)]),
    ("2023-07-06", [date(2023, 7, 6)]),
    ("2023.7.6 2023/7/7", [date(2023, 7, 6), date(2023, 7, 7)]),
    ("2023年13月6日 2023年2月30日 1066年10月14日", []),
    ("电话010-2023-7-6", []),
    ("7月6日", []),
]


@pytest.mark.parametrize(("numeral", "number"), NUMERALS)
def test_arabic_and_chinese_numerals_are_read(numeral, number):
    assert read_numeral(numeral) == number


@pytest.mark.parametrize(("text", "days"), FULL_DAYS)
def test_full_days_are_found_if_the_calendar_has_them(text, days):
    assert [day for day, _ in find_full_days(text)] == days


def test_months_run_on_into_the_next_year():
    assert [month_end(2023, 2), month_end(2024, 2), month_end(2023, 12), month_end(2023, 13)] == [
        date(2023, 2, 28),
        date(2024, 2, 29),
        date(2023, 12, 31),
        date(2024, 1, 31),
    ]
