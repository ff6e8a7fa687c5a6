from collections.abc import Callable

import pytest

from transforms.blocks.lines import Line, split_lines
from transforms.blocks.units import Unit, name_units
from transforms.text.repair import repair_page

Lines = Callable[[str], list[Line]]
Units = Callable[[str], list[Unit]]


@pytest.fixture(scope="session")
def lines_of() -> Lines:
    """The lines of a page, repaired."""
    return lambda page: split_lines(repair_page(page))


@pytest.fixture(scope="session")
def units_of(lines_of: Lines) -> Units:
    """The units of a page, named by their own words."""
    return lambda page: name_units(lines_of(page))
