"""Floors on real pages, whose true day stands in the name of the file."""

import random
import re
from datetime import date
from pathlib import Path

import opencc
import pytest

from transforms.pages.date import date_page
from transforms.pages.decode import decode
from transforms.pages.split import split_pages
from transforms.text.repair import repair_page

pytestmark = pytest.mark.shared

MAX_WRONG_SHARE = 0.05  # of the dated pages; a floor that only falls
MIN_DATED_COUNT = 24  # of 60
LOSS_SHARE = 0.01  # of the bytes: about twenty a page of this length
SEED_BOUNDS = {
    "000": (date(2022, 7, 4), date(2022, 7, 31)),
    "001": (date(2023, 2, 20), date(2023, 2, 28)),
    "002": (date(2022, 6, 21), date(2022, 6, 30)),
    "003": (date(2023, 12, 27), date(2024, 1, 3)),
    "004": (date(2023, 2, 2), date(2023, 2, 28)),
}


def clean(path: Path) -> str:
    return repair_page(decode(path.read_bytes()).text).string


@pytest.mark.parametrize("number", SEED_BOUNDS)
def test_each_seed_page_is_dated_by_its_own_words(shared: Path, number: str):
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    dating = date_page(path.name, clean(path))
    assert (dating.date_lower, dating.date_upper) == SEED_BOUNDS[number]
    assert dating.newspaper == ("平顶山日报" if number == "001" else None)


def test_pages_of_a_daily_are_dated_rightly_or_not_at_all(shared: Path):
    pages = sorted((shared / "pages" / "real" / "raw").glob("*.txt"))
    hidden = [(true_day(path), date_page("page.txt", clean(path))) for path in pages]
    dated = [(day, d) for day, d in hidden if d.date_lower and d.date_upper]
    wrong = [day for day, d in dated if d.date_lower and d.date_upper and not d.date_lower <= day <= d.date_upper]
    assert len(wrong) <= MAX_WRONG_SHARE * len(dated)
    assert len(dated) >= MIN_DATED_COUNT


def test_one_file_of_a_real_page_is_one_page(shared: Path):
    for path in sorted(shared.glob("**/raw/*.txt")):
        assert len(split_pages(path.read_text(encoding="utf-8"))) == 1, path.name


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "hz"])
def test_real_print_is_known_in_every_encoding_though_bytes_are_lost(shared: Path, codec: str):
    dice = random.Random(codec)
    to_traditional = opencc.OpenCC("s2t").convert
    for path in sorted((shared / "pages" / "real" / "raw").glob("*.txt"))[::6]:
        text = path.read_text(encoding="utf-8")[:1500]
        data = (to_traditional(text) if codec == "big5hkscs" else text).encode(codec, errors="ignore")
        damaged = bytes(byte for byte in data[3:-3] if dice.random() > LOSS_SHARE)
        assert [decode(data).encoding, decode(damaged).encoding] == [codec, codec], path.name


def true_day(path: Path) -> date:
    found = re.search(r"\d{4}-\d{2}-\d{2}", path.name)
    assert found is not None
    return date.fromisoformat(found[0])
