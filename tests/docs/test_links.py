"""Links from page to page hold, to the heading; and every page is in the index."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import CHECKOUT, find_pages, split_blocks

LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s#]*)(?:#(?P<heading>[^)\s]+))?\)")
INDEX = CHECKOUT / "docs" / "README.md"


def slug(heading: str) -> str:
    """A heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def headings(page: Path) -> set[str]:
    prose = split_blocks(page.read_text(encoding="utf-8"))[1]
    return {slug(line.lstrip("#")) for _, line in prose if line.startswith("#")}


def broken(page: Path) -> list[str]:
    prose = split_blocks(page.read_text(encoding="utf-8"))[1]
    found = []
    for number, line in prose:
        for link in LINK.finditer(line):
            target = (page.parent / link["target"]).resolve() if link["target"] else page
            if "://" in link["target"]:
                continue
            if not target.exists() or (link["heading"] and link["heading"] not in headings(target)):
                found.append(f"{page.name}:{number}: {link[0]}")
    return found


@pytest.mark.parametrize("page", find_pages(), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path):
    assert broken(page) == []


def test_every_page_is_in_the_index():
    index = INDEX.read_text(encoding="utf-8")
    assert [page.name for page in find_pages()[1:] if page != INDEX and f"({page.name})" not in index] == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text("# Some heading\n\n[a](#some-heading) [b](#other) [c](none.md) [d](https://example.org)\n")
    assert broken(page) == ["page.md:3: [b](#other)", "page.md:3: [c](none.md)"]
