"""The one way to search a lake from Python."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from warehouse import snapshots
from warehouse.errors import SettingsFault
from warehouse.reader import open_lake
from warehouse.search.hits import Found
from warehouse.search.index import ask_index, choose_index
from warehouse.search.query import Filters, Order, Page, read_query
from warehouse.search.scan import scan
from warehouse.tables.articles import KINDS

MOST_ARTICLES = 1_000_000_000  # of any lake


def find_articles(  # noqa: PLR0913 -- one for each thing that can be asked
    root: Path,
    words: str,
    *,
    newspapers: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    kinds: Sequence[str] = (),
    order: Order = Order.RANKED,
    limit: int = 20,
    offset: int = 0,
    at: int | None = None,
) -> Found:
    """Find the articles of a lake whose headline, kicker, subhead or body hold all the words (docs/search.md).

    `at` asks an older snapshot. The index answers where it shows that snapshot, else all texts are looked at: the
    articles are the same. Raises SettingsFault where the words, the days or the kinds cannot be asked for,
    NoLake where nothing was published.
    """
    query = read_query(words)
    filters = Filters(newspapers=tuple(newspapers), kinds=tuple(kinds), since=since, until=until)
    page = Page(order=order, offset=offset, limit=limit)
    _require_possible(filters, page)
    root = root.resolve()
    number = at or max(snapshots.snapshot_ids(root), default=0)
    state, hint = choose_index(root, number) if number else (None, None)
    if state and (found := ask_index(root, state, query, filters, page)):
        return found
    with open_lake(root, at=at) as reader:
        return replace(scan(reader, query, filters, page), hint=hint)


def _require_possible(filters: Filters, page: Page) -> None:
    if unknown := set(filters.kinds) - set(KINDS):
        raise SettingsFault(f"There is no kind {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}.")
    if filters.since and filters.until and filters.since > filters.until:
        raise SettingsFault(f"No day is both after {filters.since} and before {filters.until}.")
    if not (0 <= page.limit <= MOST_ARTICLES and 0 <= page.offset <= MOST_ARTICLES):
        raise SettingsFault(f"limit and offset count articles: 0 to {MOST_ARTICLES}.")
