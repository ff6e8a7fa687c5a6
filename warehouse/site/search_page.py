"""The search page: in files it searches data that lies beside it; on the server it shows the answer of a search.

The data is a script, since a page that was opened as a file may not fetch anything. Inside it every character that
could end the script or a line of it is written as an escape.
"""

import json
from collections.abc import Sequence

from markupsafe import Markup

from warehouse.search.folding import fold_table
from warehouse.search.hits import Found
from warehouse.site.addresses import ARTICLE, SEARCH, Address
from warehouse.site.rows import read_rows
from warehouse.site.site import Site
from warehouse.site.text_html import as_html

_ARTICLES = """
    SELECT article_id, strftime(published_on, '%Y-%m-%d') AS day, newspaper_id, kind, is_canonical, headline, kicker,
        subhead, body FROM articles ORDER BY date_upper DESC NULLS LAST, article_id"""
ENDING = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def make_search(site: Site, words: str = "", found: Found | None = None, complaint: str = "") -> str:
    """Make the search page; `found` is the server's answer, None in files."""
    return site.fill(
        "search.html",
        Address(SEARCH),
        "Search",
        words=words,
        answer=found,
        complaint=complaint,
        hits=[] if found is None else [(hit, _lit(hit.headline or "（没有标题）", hit.headline_highlights),
                                        _lit(hit.excerpt, hit.excerpt_highlights)) for hit in found.hits],
        has_data=ARTICLE in site.kinds,
        command=site.command,
    )  # fmt: skip


def make_search_data(site: Site) -> str:
    """Make the script that holds all articles, and which characters are one to who searches."""
    rows = read_rows(site.reader, _ARTICLES)
    articles = [[row[key] for key in ("article_id", "day", "newspaper_id", "kind", "is_canonical")]
                + [[row[key] or "" for key in ("headline", "kicker", "subhead", "body")]] for row in rows]  # fmt: skip
    table = fold_table()
    folds = ["".join(map(chr, table)), "".join(table.values())]
    return f"window.broadsheetSearch = {as_script({'articles': articles, 'folds': folds})};\n"


def as_script(value: object) -> str:
    """Write a value as JSON that is safe inside a script, in a page or in a file."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in ENDING.items():
        text = text.replace(character, escape)
    return text.encode("utf-8", "backslashreplace").decode()


def _lit(text: str, places: Sequence[tuple[int, int]]) -> Markup:
    parts: list[Markup] = []
    reached = 0
    for start, end in places:
        parts += [as_html(text[reached:start]), Markup("<mark>{}</mark>").format(as_html(text[start:end]))]
        reached = end
    return Markup("").join([*parts, as_html(text[reached:])])
