"""Article pages of e-papers: the parts of one article, where the page marks them itself.

Most Chinese papers' sites are made by one of a few systems, whose marks are the same everywhere: a comment
`enpproperty` with the titles, author and day of the article, and its text in `founder-content` or `#ozoom`.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from transforms.blocks.given import BODY
from transforms.inputs.markup import markup_text
from transforms.pages.mastheads import read_masthead
from transforms.pages.papers import NAME
from transforms.pages.split import PageText

BODIES = ("//founder-content", "//*[@id='ozoom']", "//*[@id='articleContent']")
TITLES = {  # where no comment has them: tags, and classes of the older systems
    "kicker": ("//founder-introtitle", "//founder-pretitle", "//*[@class='font02'][following::*[@class='font01']]"),
    "headline": ("//founder-title", "//*[@class='font01']", "//h1"),
    "subhead": ("//founder-subtitle", "//*[@class='font02'][preceding::*[@class='font01']]"),
    "byline": ("//founder-author",),
}
FIELDS = {"kicker": "introtitle", "headline": "title", "subhead": "subtitle", "byline": "author"}
PROPERTY = re.compile(r"<(title|subtitle|introtitle|author|date)>(.{0,2000}?)</\1>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<br\b[^>]{0,50}>|</?p\b[^>]{0,200}>", re.IGNORECASE)
ANY_TAG = re.compile(r"<[^>]{0,500}>")
PAPER = re.compile(NAME)  # at the head of the window's title
OPENING = 100  # characters of a report in which its opener names the reporter
LONGEST_COMMENT = 20_000  # characters


def find_article(root: etree._Element) -> PageText | None:
    """Return an article page's one page, its parts given; None where the page marks no article."""
    body = next((found[0] for path in BODIES if (found := root.xpath(path))), None)
    if body is None:
        return None
    properties = _properties(root)
    titles = {part: _title(root, part, properties, body) for part in FIELDS}
    text = _without_titles(markup_text(body), titles.values())
    if not titles["headline"] or not text:
        return None
    titles["byline"] = [name for name in titles["byline"] if name not in text[:OPENING]]
    mastheads = list(_mastheads(root, body, properties))
    lines = [("masthead", line) for line, _, _ in mastheads]
    lines += [(part, line) for part, words in titles.items() for line in words]
    page_no, label = next(((no, label) for _, no, label in mastheads if no), (None, None))
    printed = "\n".join(line for _, line in lines)
    return PageText(0, page_no, label, f"{printed}\n\n{text}", (*(word for word, _ in lines), BODY))


def _properties(root: etree._Element) -> dict[str, str]:
    """Read the comment of the system, where there is one; its fields may hold markup."""
    for comment in root.iter(etree.Comment):
        if "enpproperty" in (comment.text or "")[:100]:
            return {name.lower(): words for name, words in PROPERTY.findall(comment.text[:LONGEST_COMMENT])}
    return {}


def _title(root: etree._Element, part: str, properties: dict[str, str], body: etree._Element) -> list[str]:
    """Return the lines of one part of the headline."""
    if "title" in properties:
        return _lines(ANY_TAG.sub("", TAG.sub("\n", properties.get(FIELDS[part], ""))))
    for path in TITLES[part]:
        found = [element for element in root.xpath(path) if body not in element.iterancestors()]
        if found and (lines := _lines(markup_text(found[0]))):
            return lines
    return []


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(part.split()) for part in text.split("\n")) if line]


def _without_titles(text: str, titles: Iterable[list[str]]) -> str:
    """Drop the titles where the text begins with them once more."""
    known = {"".join(line.split()) for lines in titles for line in lines}
    lines = text.split("\n")
    bare = ("".join(line.split()) for line in lines)
    first = next((at for at, line in enumerate(bare) if line and line not in known), len(lines))
    return "\n".join(lines[first:])


def _mastheads(
    root: etree._Element, body: etree._Element, properties: dict[str, str]
) -> Iterator[tuple[str, int | None, str | None]]:
    """Yield the paper, and the lines around the article that name day and page, with the page's number and label."""
    if paper := PAPER.match("".join(root.xpath("//head/title//text()")[:1]).strip()):
        yield paper[0], None, None
    has_day = has_page = False
    for line in _lines_outside(root, body):
        masthead = read_masthead(line)
        if masthead is None:
            continue
        is_news = (masthead.day and not has_day) or (masthead.page_no and not has_page)
        if is_news:
            has_day, has_page = has_day or masthead.day is not None, has_page or masthead.page_no is not None
            yield line, masthead.page_no, masthead.page_label
        if has_day and has_page:
            return
    day = properties.get("date", "")[:10]
    if not has_day and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        yield day, None, None


def _lines_outside(root: etree._Element, body: etree._Element) -> Iterator[str]:
    """Yield the lines of the page up to its article, as they are shown; then those behind it."""
    shown = markup_text(root, has_links=False).split("\n")
    inside = set(markup_text(body).split("\n"))
    yield from (line for line in shown if line and line not in inside)
