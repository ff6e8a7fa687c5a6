"""Pages of newspapers and of issues: what was printed on each day, page by page."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from markupsafe import Markup

from warehouse.site.addresses import ISSUE, PAPER, Address
from warehouse.site.calendars import make_months
from warehouse.site.near import Near, near_ids
from warehouse.site.rows import SHOWN, Row, read_of, read_rows
from warehouse.site.site import Site
from warehouse.site.text_html import as_html

_PAPERS = "SELECT * FROM coverage WHERE newspaper_id IN (SELECT unnest($1)) AND newspaper_id BETWEEN $2 AND $3"
_CALENDAR = "SELECT * FROM issue_calendar WHERE newspaper_id = $1 ORDER BY month"
_UNDATED = f"""
    SELECT issue_id, date_lower, date_upper, date_basis, date_evidence FROM issues
    WHERE newspaper_id = $1 AND NOT is_exact_date ORDER BY issue_id LIMIT {SHOWN}"""  # noqa: S608 -- a constant
_QUALITY = "SELECT * FROM quality WHERE newspaper_id = $1 ORDER BY month NULLS LAST"
_OWN = """
    SELECT month, local_share, char_count, article_count FROM local_share
    WHERE newspaper_id = $1 ORDER BY month NULLS LAST"""
_ISSUES = """
    SELECT * FROM issues WHERE issue_id IN (SELECT unnest($1)) AND issue_id BETWEEN $2 AND $3 ORDER BY issue_id"""
_PAGES = """
    SELECT p.*,
        (SELECT min(file_name) FROM files AS f WHERE f.file_id = p.file_id AND f.status = 'ok') AS file_name
    FROM pages AS p WHERE issue_id IN (SELECT unnest($1)) AND issue_id BETWEEN $2 AND $3
    ORDER BY issue_id, page_no NULLS LAST, page_id"""
_NEIGHBOURS = """
    SELECT issue_id, newspaper_id FROM issues WHERE issue_date BETWEEN $1 AND $2
    ORDER BY newspaper_id, issue_date, issue_id"""
NEAR_DAYS = 120  # in which the issues before and after one are looked for
_BLOCKS = """
    SELECT page_id, block_no, article_id, kind, rule_id, raw_start, raw_end FROM blocks
    WHERE page_id IN (SELECT unnest($1)) AND page_id BETWEEN $2 AND $3 ORDER BY page_id, block_no"""
_ARTICLES = """
    SELECT a.article_id, a.page_id, a.issue_id, a.kind, a.headline, a.kicker, a.char_count, a.quality_share, a.flags,
        a.cluster_id, a.is_canonical, left(a.body, 60) AS beginning
    FROM articles AS a WHERE issue_id IN (SELECT unnest($1)) AND issue_id BETWEEN $2 AND $3 ORDER BY article_id"""


def make_papers(site: Site, ids: Sequence[str]) -> Iterator[tuple[Address, str]]:
    """Make the pages of some newspapers: their months day by day, quality, and how much of the text is their own."""
    for newspaper_id, (paper,) in read_of(site.reader, _PAPERS, ids, "newspaper_id").items():
        address = Address(PAPER, newspaper_id)
        yield (
            address,
            site.fill(
                "paper.html",
                address,
                paper["newspaper"] or newspaper_id,
                paper=paper,
                months=make_months(site.reader, newspaper_id, read_rows(site.reader, _CALENDAR, newspaper_id)),
                undated=read_rows(site.reader, _UNDATED, newspaper_id),
                quality=read_rows(site.reader, _QUALITY, newspaper_id),
                own={row["month"]: row for row in read_rows(site.reader, _OWN, newspaper_id)},
            ),
        )


def make_issues(site: Site, ids: Sequence[str]) -> Iterator[tuple[Address, str]]:
    """Make the pages of some issues: each printed page with its articles, and the raw page as it was cut."""
    reader = site.near(near_ids(ids))
    pages = read_of(reader, _PAGES, ids, "issue_id")
    page_ids = sorted(page["page_id"] for rows in pages.values() for page in rows)
    blocks = read_of(reader, _BLOCKS, page_ids, "page_id")
    articles = read_of(reader, _ARTICLES, ids, "issue_id")
    issues = read_of(reader, _ISSUES, ids, "issue_id")
    neighbours = _read_neighbours(site, [issue for (issue,) in issues.values()])
    for issue_id, (issue,) in issues.items():
        address = Address(ISSUE, issue_id)
        shown = [_page(page, blocks, articles.get(issue_id, ())) for page in pages.get(issue_id, ())]
        title = f"{issue['newspaper'] or issue['newspaper_id']} {issue['issue_date'] or 'without a certain day'}"
        yield (
            address,
            site.fill(
                "issue.html",
                address,
                title,
                issue=issue,
                pages=shown,
                neighbours=neighbours.get(issue_id, (None, None)),
            ),
        )


def _read_neighbours(site: Site, issues: Sequence[Row]) -> dict[str, tuple[str | None, str | None]]:
    """Give the issues of the same paper before and after each."""
    days = [issue["issue_date"] for issue in issues if issue["issue_date"] is not None]
    if not days:
        return {}
    first, last = min(days) - timedelta(days=NEAR_DAYS), max(days) + timedelta(days=NEAR_DAYS)
    rows = read_rows(site.near(Near(days=(first, last))), _NEIGHBOURS, first, last)
    found: dict[str, tuple[str | None, str | None]] = {}
    for _, group in groupby(rows, key=lambda row: row["newspaper_id"]):
        ids = [None, *(row["issue_id"] for row in group), None]
        found |= {ids[place]: (ids[place - 1], ids[place + 1]) for place in range(1, len(ids) - 1)}
    return found


def _page(page: Row, blocks: Mapping[str, Sequence[Row]], articles: Sequence[Row]) -> Row:
    of_page = [article for article in articles if article["page_id"] == page["page_id"]]
    numbers = {article["article_id"]: number for number, article in enumerate(of_page, start=1)}
    cut = [
        block | {"text": _raw(page, block), "number": numbers.get(block["article_id"])}
        for block in blocks.get(page["page_id"], ())
    ]
    return page | {"articles": of_page, "blocks": cut}


def _raw(page: Row, block: Row) -> Markup:
    return as_html(page["raw_text"][block["raw_start"] : block["raw_end"]].strip("\n"))
