from collections.abc import Callable

import pytest

from transforms.blocks.lines import Line, split_lines
from transforms.blocks.units import Unit, name_units
from transforms.text.repair import repair_page

Lines = Callable[[str], list[Line]]
Units = Callable[[str], list[Unit]]

ABOVE = "麦坡镇去年修了六条防渗渠，种粮大户任存粮的三百亩麦田头一回用上了渠水，水费从每亩四十元降到二十二元。"
UPPER = "往年浇地靠机井，任存粮夜里守在井边等水。镇水利站站长何一舟说，防渗渠修到地头以后，种粮大户浇一水麦田的时"
LOWER = "间从三天减到一天，水费也省下一半。"
BELOW = "今年镇里还要修四条防渗渠，让剩下的种粮大户都用上渠水，麦田浇地不再靠机井。"
"""A report that is cut in the middle of a sentence, between UPPER and LOWER."""


@pytest.fixture(scope="session")
def lines_of() -> Lines:
    """The lines of a page, repaired."""
    return lambda page: split_lines(repair_page(page))


@pytest.fixture(scope="session")
def units_of(lines_of: Lines) -> Units:
    """The units of a page, named by their own words."""
    return lambda page: name_units(lines_of(page))
