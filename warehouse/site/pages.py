"""From an address to its page, and all pages of a report: the same functions either way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from warehouse.errors import SettingsFault
from warehouse.site import addresses
from warehouse.site.addresses import ARTICLE, ENTITY, FILES, ISSUE, PAPER, TEXT, Address
from warehouse.site.article_page import describe_article
from warehouse.site.article_queries import read_articles
from warehouse.site.entities import make_entities, make_names, make_projects
from warehouse.site.overview import make_overview
from warehouse.site.papers import make_issues, make_papers
from warehouse.site.review import make_review, make_rules
from warehouse.site.rows import batched
from warehouse.site.search_page import make_search
from warehouse.site.site import Site
from warehouse.site.travel import make_texts, make_travels

Pages = Iterator[tuple[Address, str]]
BATCH = 100  # things whose rows are read at once: some MB of text

LISTS: Mapping[str, str] = MappingProxyType(
    {
        ARTICLE: "SELECT article_id FROM articles ORDER BY article_id",
        ISSUE: "SELECT issue_id FROM issues ORDER BY issue_id",
        PAPER: "SELECT DISTINCT newspaper_id FROM issues ORDER BY newspaper_id",
        ENTITY: "SELECT entity_id FROM entities ORDER BY entity_id",
        TEXT: "SELECT cluster_id FROM clusters ORDER BY cluster_id",
    }
)


def make_articles(site: Site, ids: Sequence[str]) -> Pages:
    """Make the pages of some articles."""
    for facts in read_articles(site, ids):
        address = Address(ARTICLE, facts.article["article_id"])
        title = facts.article["headline"] or facts.article["article_id"]
        yield address, site.fill("article.html", address, title, **describe_article(facts))


MAKERS: Mapping[str, Callable[[Site, Sequence[str]], Pages]] = MappingProxyType(
    {ARTICLE: make_articles, ISSUE: make_issues, PAPER: make_papers, ENTITY: make_entities, TEXT: make_texts}
)
SINGLE: Mapping[str, Callable[[Site], str]] = MappingProxyType(
    {
        addresses.OVERVIEW: make_overview,
        addresses.REVIEW: make_review,
        addresses.SEARCH: make_search,
        addresses.RULES: make_rules,
        addresses.NAMES: make_names,
        addresses.TRAVELS: make_travels,
        addresses.PROJECTS: make_projects,
    }
)


def make_page(site: Site, address: Address) -> str:
    """Make one page. Raises SettingsFault where the lake has nothing at that address."""
    if not address.id:
        return SINGLE[address.kind](site)
    for _, page in MAKERS[address.kind](site, [address.id]):
        return page
    raise SettingsFault(f"The lake has no {address.kind} of that name.")


def make_pages(site: Site) -> Pages:
    """Yield all pages that this report has, the overview last: it leads to all others."""
    for kind in sorted(site.kinds):
        ids = [str(row[0]) for row in site.reader.sql(LISTS[kind]).fetchall()]
        for batch in batched(ids, BATCH):
            yield from MAKERS[kind](site, batch)
    for kind in reversed(list(FILES)):
        yield Address(kind), SINGLE[kind](site)
