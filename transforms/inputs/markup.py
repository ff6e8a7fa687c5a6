"""The text of a tree of markup: blocks and breaks end lines, spaces run together, what is not shown is left out."""

import re
from collections.abc import Iterator

from lxml import etree

HIDDEN = frozenset(
    (
        *(
            "script",
            "style",
            "noscript",
            "head",
            "title",
            "nav",
            "form",
            "button",
            "select",
            "option",
            "iframe",
            "frame",
        ),
        *(
            "frameset",
            "noframes",
            "object",
            "embed",
            "svg",
            "template",
            "textarea",
            "input",
            "audio",
            "video",
            "canvas",
        ),
        *("map", "math"),
    )
)
BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
        ),
        *(
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
        ),
        *(
            "legend",
            "li",
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
        ),
        *("tr", "ul", "founder-content", "founder-title", "founder-subtitle", "founder-introtitle", "founder-author"),
    )
)
PARAGRAPHS = frozenset(
    (*("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "founder-content", "founder-title"),)
)
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
LISTS = frozenset(("ul", "ol", "table", "div"))
LINKS_SHARE, FEWEST_LINKS = 0.8, 3  # a list that is nothing but links leads to other pages
LONGEST_LIST = 4000  # characters; longer is looked at in its parts
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u201c\u201d\u2018\u2019\u2026\u2014"
SPACES = re.compile("[ \t\r\n\f\xa0]+")
BREAK_BETWEEN_WIDE = re.compile(f"(?<=[{WIDE}])[ \t\xa0]*[\r\n]\\s*(?=[{WIDE}])")
BREAK, BLOCK, PARAGRAPH = "\n", "\x1c", "\x1d"  # what ends a line: a break, a block's edge, a paragraph's end
ENDS = re.compile(f"(?<! ) *[{BREAK}{BLOCK}{PARAGRAPH}][ {BREAK}{BLOCK}{PARAGRAPH}]*")


def markup_text(root: etree._Element, *, has_links: bool = True) -> str:
    """Return the text below an element, that of links with it or not; an empty line stands where a paragraph ends."""
    return ENDS.sub(_end_lines, "".join(_pieces(root, has_links=has_links))).strip(BREAK)


def _end_lines(run: re.Match[str]) -> str:
    return BREAK * (1 + (PARAGRAPH in run[0] or run[0].count(BREAK) > 1))


def _pieces(root: etree._Element, *, has_links: bool) -> Iterator[str]:
    """Yield texts and line breaks in document order."""
    navigation = _navigation(root)
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            yield BREAK if tag == "br" else BLOCK if tag in BLOCKS else ""
            is_left_out = tag == "a" and not has_links
            if is_left_out or _is_hidden(element, tag) or element in navigation:
                walk.skip_subtree()
            else:
                yield (element.text or "") if tag == "pre" else _plain(element.text)
        else:
            yield PARAGRAPH if tag in PARAGRAPHS else BLOCK if tag in BLOCKS else ""
            yield _plain(element.tail) if element is not root else ""


def _plain(text: str | None) -> str:
    """Run spaces together; a line feed between two wide characters is none of the text's."""
    return SPACES.sub(" ", BREAK_BETWEEN_WIDE.sub("", text or ""))


def _is_hidden(element: etree._Element, tag: str) -> bool:
    if tag in HIDDEN or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(HIDING_STYLE.search(element.get("style") or ""))


def _navigation(root: etree._Element) -> set[etree._Element]:
    """Find the lists that hold links and hardly anything else, each looked at once."""
    found: set[etree._Element] = set()
    open_counts: list[tuple[int, int, int]] = []
    letters = in_links = links = depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            open_counts.append((letters, in_links, links))
            is_link = element.tag == "a" and element.get("href") is not None
            depth, links = depth + is_link, links + is_link
            text = element.text
        else:
            before = open_counts.pop()
            depth -= element.tag == "a" and element.get("href") is not None
            if element.tag in LISTS and _is_links(letters - before[0], in_links - before[1], links - before[2]):
                found.add(element)
            text = element.tail
        count = len("".join((text or "").split()))
        letters, in_links = letters + count, in_links + (count if depth else 0)
    return found


def _is_links(letters: int, in_links: int, links: int) -> bool:
    return links >= FEWEST_LINKS and letters <= LONGEST_LIST and in_links >= LINKS_SHARE * letters
