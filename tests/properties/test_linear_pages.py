"""What decodes, splits, names and dates pages takes time linear in its input, whatever that is."""

from collections.abc import Callable

import pytest

from flows.exits import one_line
from tests.properties.test_linear import GENEROUS, TRAPS, headed, ratio, repeated
from transforms.pages.date import date_page
from transforms.pages.decode import decode
from transforms.pages.file_names import read_file_name
from transforms.pages.mastheads import read_masthead
from transforms.pages.split import split_pages
from warehouse.errors import SourceFault

LONG = 24_000  # characters; a trap of n squared steps takes seconds
LONGEST_PATH = 4_096  # bytes, on Linux
DAY_TRAPS = {
    **{
        f"{unit!r}": repeated(unit, "x")
        for unit in (
            *("2023", "2023-", "2023年", "2023年7月", "7月6日", "7月", "6日", "二〇二三年", "二", "十", "星期四"),
            *("/", "a/", "2023-07-04/", "p1", "第1版", "_", "-1", "日报/", "日报2023", "（2023", "昨日", "今年"),
            *("\n2023年7月6日", "\n第2版", "\n澄溪日报", "\n\n", "去年7月", "农历"),
            *("http://", "a:b@", "a:", "@", "://x@", "?token=", "&key="),
        )
    },
    "day of digits": headed("2023年", "1", "月"),
    "days to": headed("7月6日", "至", "日"),
    "speaker of many": headed("记者", "说", "：“好。”"),
}


def decoded(text: str) -> object:
    try:
        return decode(text.encode("gb18030"))
    except SourceFault as fault:
        return fault


READERS: dict[str, tuple[Callable[[str], object], int]] = {
    "decode": (decoded, LONG // 4),
    "split": (split_pages, LONG),
    "masthead": (read_masthead, LONG),
    "file name": (read_file_name, LONGEST_PATH),
    "day of a name": (lambda text: date_page(text, "无"), LONGEST_PATH),
    "day of a page": (lambda text: date_page("p1.txt", text), LONG),
    "message": (one_line, LONG),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_is_linear_in_its_input(reader: str) -> None:
    read, length = READERS[reader]
    ratios = {name: ratio(read, trap, length) for name, trap in (TRAPS | DAY_TRAPS).items()}
    assert {name: round(times, 1) for name, times in ratios.items() if times >= GENEROUS} == {}
