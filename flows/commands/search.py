"""`./lake search`: the articles that hold the words, lit."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from flows.answers import answer_console, visible
from flows.copies import fetch_older
from flows.settings import read_lake
from warehouse.errors import SettingsFault
from warehouse.reader import LakeReader, open_lake
from warehouse.search.find import find_articles
from warehouse.search.hits import Found, Hit, Ranges
from warehouse.search.query import Order

LIT = "bold yellow"
OPENING, CLOSING = "【", "】"  # where there are no colours
MARGIN = "    "


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for on the command line; newspapers by name or id."""

    words: str
    newspapers: tuple[str, ...]
    kinds: tuple[str, ...]
    since: date | None
    until: date | None
    is_newest: bool
    limit: int
    offset: int


def search_lake(asked: Asked, lake: Path | None, *, at: int | None, as_json: bool) -> None:
    """Print the hits in order, and how many there are.

    Raises SettingsFault where the words or filters cannot be asked for, NoLake where nothing was published.
    """
    root = read_lake(lake)
    fetch_older(root, [at])
    with open_lake(root, at=at) as reader:
        papers = _read_papers(reader)
    found = find_articles(
        root,
        asked.words,
        newspapers=_choose_papers(asked.newspapers, papers),
        since=asked.since,
        until=asked.until,
        kinds=asked.kinds,
        order=Order.NEWEST if asked.is_newest else Order.RANKED,
        limit=asked.limit,
        offset=asked.offset,
        at=at,
    )
    if as_json:
        json.dump(asdict(found), sys.stdout, ensure_ascii=False, indent=1, default=str)
        sys.stdout.write("\n")
    else:
        _show(found, asked, papers, answer_console())
    if found.hint:
        typer.echo(f"lake: {found.hint}", err=True)


def _read_papers(reader: LakeReader) -> dict[str, str]:
    """Read the name of each paper, by its id."""
    return dict(reader.sql("SELECT newspaper_id, max(newspaper) FROM issues GROUP BY ALL ORDER BY ALL").fetchall())


def _choose_papers(asked: Iterable[str], papers: dict[str, str]) -> list[str]:
    chosen: list[str] = []
    for paper in asked:
        ids = [paper_id for paper_id, name in papers.items() if paper in {paper_id, name}]
        if not ids:
            raise SettingsFault(f"There is no paper {paper}; there are {', '.join(papers)}.")
        chosen.extend(ids)
    return chosen


def _show(found: Found, asked: Asked, papers: dict[str, str], console: Console) -> None:
    for place, hit in enumerate(found.hits, start=asked.offset + 1):
        _show_hit(place, hit, papers, console)
    console.print(Text(_count(found, asked), style="dim"))
    if found.hits:
        console.print(Text(f"An article line by line: ./lake explain {found.hits[0].article_id}", style="dim"))


def _show_hit(place: int, hit: Hit, papers: dict[str, str], console: Console) -> None:
    headline = _lit(hit.headline or "(no headline)", hit.headline_highlights if hit.headline else (), console)
    console.print(Text(f"{place:>3} ").append(headline), soft_wrap=True)
    paper = papers.get(hit.newspaper_id) or hit.newspaper_id
    facts = [visible(paper), _say_day(hit), hit.kind, *([] if hit.is_canonical else ["reprint"])]
    console.print(Text(f"{MARGIN}{', '.join(facts)}  {hit.article_id}", style="dim"), soft_wrap=True)
    if hit.excerpt:
        console.print(Text(MARGIN).append(_lit(hit.excerpt, hit.excerpt_highlights, console)), soft_wrap=True)


def _say_day(hit: Hit) -> str:
    if hit.published_on:
        return str(hit.published_on)
    return f"{hit.date_lower or '…'} to {hit.date_upper or '…'}" if hit.date_lower or hit.date_upper else "no day"


def _lit(text: str, places: Ranges, console: Console) -> Text:
    """Light the places of a text: in colour on a terminal, else by marks."""
    lit = Text()
    last = 0
    opening, closing = ("", "") if console.is_terminal else (OPENING, CLOSING)
    for start, end in places:
        lit.append(visible(text[last:start])).append(f"{opening}{visible(text[start:end])}{closing}", LIT)
        last = end
    return lit.append(visible(text[last:]))


def _count(found: Found, asked: Asked) -> str:
    articles = "1 article" if found.total == 1 else f"{found.total:,} articles"
    if not found.hits:
        return f"{articles}, none from {asked.offset + 1} on" if found.total else articles
    last = asked.offset + len(found.hits)
    return articles if len(found.hits) == found.total else f"{articles}, {asked.offset + 1} to {last} shown"
