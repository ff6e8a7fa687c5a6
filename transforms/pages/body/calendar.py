"""Events whose days are known to every reader: a page that awaits one was printed before it, one that looks back after.

Sources: the official announcements of each event; lunar years by the sixty-year cycle (1984 is 甲子).
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """One event: since when print spoke of it as coming, its first and its last day."""

    name: str
    announced: date
    opened: date
    closed: date


EVENTS = (
    Event("十八大", date(2010, 10, 18), date(2012, 11, 8), date(2012, 11, 14)),
    Event("十九大", date(2016, 10, 27), date(2017, 10, 18), date(2017, 10, 24)),
    Event("二十大", date(2021, 11, 11), date(2022, 10, 16), date(2022, 10, 22)),
    Event("十八届三中全会", date(2013, 8, 27), date(2013, 11, 9), date(2013, 11, 12)),
    Event("十八届四中全会", date(2014, 7, 29), date(2014, 10, 20), date(2014, 10, 23)),
    Event("十八届五中全会", date(2015, 7, 20), date(2015, 10, 26), date(2015, 10, 29)),
    Event("十八届六中全会", date(2016, 7, 26), date(2016, 10, 24), date(2016, 10, 27)),
    Event("十九届四中全会", date(2019, 8, 30), date(2019, 10, 28), date(2019, 10, 31)),
    Event("十九届五中全会", date(2020, 7, 30), date(2020, 10, 26), date(2020, 10, 29)),
    Event("十九届六中全会", date(2021, 8, 31), date(2021, 11, 8), date(2021, 11, 11)),
    Event("二十届三中全会", date(2024, 4, 30), date(2024, 7, 15), date(2024, 7, 18)),
    Event("北京冬奥会", date(2015, 7, 31), date(2022, 2, 4), date(2022, 2, 20)),
    Event("杭州亚运会", date(2015, 9, 16), date(2023, 9, 23), date(2023, 10, 8)),
    Event("第二届中国国际进口博览会", date(2018, 11, 10), date(2019, 11, 5), date(2019, 11, 10)),
    Event("第三届中国国际进口博览会", date(2019, 11, 10), date(2020, 11, 5), date(2020, 11, 10)),
    Event("第四届中国国际进口博览会", date(2020, 11, 10), date(2021, 11, 5), date(2021, 11, 10)),
    Event("第五届中国国际进口博览会", date(2021, 11, 10), date(2022, 11, 5), date(2022, 11, 10)),
    Event("第六届中国国际进口博览会", date(2022, 11, 10), date(2023, 11, 5), date(2023, 11, 10)),
    Event("第七届中国国际进口博览会", date(2023, 11, 10), date(2024, 11, 5), date(2024, 11, 10)),
)

# What papers count the years of: an anniversary names its own year.
FOUNDINGS = {
    "辛亥革命": 1911,
    "五四运动": 1919,
    "中国共产党成立": 1921,
    "建党": 1921,
    "建军": 1927,
    "长征胜利": 1936,
    "抗战胜利": 1945,
    "抗日战争胜利": 1945,
    "新中国成立": 1949,
    "中华人民共和国成立": 1949,
    "改革开放": 1978,
    "香港回归": 1997,
    "澳门回归": 1999,
}

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ANIMALS = "鼠牛虎兔龙蛇马羊猴鸡狗猪"
FIRST_OF_CYCLE = 1984


def is_lunar_year(words: str, year: int) -> bool:
    """Tell whether the lunar year that begins in `year` is so called: by its animal (兔) or stem and branch (癸卯)."""
    place = (year - FIRST_OF_CYCLE) % 60
    return words in (ANIMALS[place % 12], STEMS[place % 10] + BRANCHES[place % 12])
