"""Days as print and file names write them, in full."""

import re
from datetime import date, timedelta

HAN_DIGITS = "〇一二三四五六七八九"
NUMERAL = r"(?:\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
HAN_YEAR = r"[一二][〇○零Ｏ一二三四五六七八九]{3}"
HAN_MONTH_OR_DAY = r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
FULL_DAY = re.compile(
    rf"(?P<year>\d{{4}}|{HAN_YEAR})\s?年\s?(?P<month>\d{{1,2}}|{HAN_MONTH_OR_DAY})\s?月\s?(?P<day>\d{{1,2}}|{HAN_MONTH_OR_DAY})\s?日"
    r"|(?<![\d.-])(?P<year2>\d{4})(?P<joint>[-./])(?P<month2>\d{1,2})(?P=joint)(?P<day2>\d{1,2})(?![\d-])"
)
FIRST_YEAR = 1815  # the first newspaper in Chinese
LAST_YEAR = 2100


def read_numeral(numeral: str) -> int:
    """Return the number that Arabic digits, Chinese digits (二〇二三) or a Chinese numeral below 100 (二十三) write."""
    if numeral.isdecimal():
        return int(numeral)
    numeral = numeral.replace("两", "二")
    if "十" not in numeral:
        return int("".join(str(HAN_DIGITS.index(c)) if c in HAN_DIGITS else "0" for c in numeral))
    tens, ones = numeral.split("十")
    return 10 * (HAN_DIGITS.index(tens) if tens else 1) + (HAN_DIGITS.index(ones) if ones else 0)


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar or the history of print has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_full_day(match: re.Match[str]) -> date | None:
    """Return the day of a match with groups year, month and day (as FULL_DAY's); None where it is no plausible one."""
    said = match.groupdict()
    year, month, day = (said[name] or said[f"{name}2"] for name in ("year", "month", "day"))
    return make_day(read_numeral(year), read_numeral(month), read_numeral(day))


def find_full_days(text: str) -> list[tuple[date, str]]:
    """Return the plausible full days of a text, each with its words."""
    found = ((read_full_day(match), match[0]) for match in FULL_DAY.finditer(text))
    return [(day, words) for day, words in found if day]


def month_end(year: int, month: int) -> date:
    """Return the last day of a month; a month beyond December runs on into the next years."""
    years, months = divmod(month, 12)
    return date(year + years, months + 1, 1) - timedelta(days=1)
