"""The stages that see one text, or one page: what a text is at home in, and the namings that it gives to its names."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from zlib import crc32

from transforms.entities.identity import rules
from transforms.entities.identity.appearances import Naming
from transforms.entities.identity.areas import most_named
from transforms.entities.identity.decisions import Apart
from transforms.entities.identity.inputs import issue_of, page_of
from transforms.entities.identity.intext import find_introduced, find_named_in_full
from transforms.entities.identity.tables import Parts, Place
from transforms.entities.identity.texts import (
    HOME_OF,
    NamedThing,
    Text,
    count_areas,
    find_home,
    name_people,
    name_things,
    open_text,
)

PAGES, NAMES, SHARES, SHORTS, NEAR = "page", "name", "share", "short", "near"
SHARES_OF_NODE = 256  # parts in which the namings of a node lie: a new article opens one of each node that it names


def give_areas(key: str, parts: Parts) -> Iterator[tuple[Place, Any]]:
    """Tell the page of a text which areas it names."""
    text = open_text(key, parts)
    if text is not None:
        yield Place(PAGES, page_of(text.first["article_id"]), key), count_areas(text)


def give_home(key: str, parts: Parts) -> Iterator[tuple[Place, Any]]:
    """Tell the texts of a page where it is at home."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for areas_by_level in parts.values():
        for level, areas in areas_by_level.items():
            counts[level].update(areas)
    home = most_named(counts)
    for text in parts:
        yield Place("text", text, HOME_OF + key), home


def give_namings(key: str, parts: Parts, *, apart: Apart) -> Iterator[tuple[Place, Any]]:
    """Give each name and each node the namings of a text."""
    text = open_text(key, parts)
    if text is None:
        return
    home = find_home(text, parts)
    for name, group in groupby(name_people(text, home), key=lambda naming: naming.name):
        yield Place(NAMES, name, key), [list(home.contexts), [close_naming(naming) for naming in group]]
    found = name_things(text, home, apart)
    yield from _give_shares(text, found, list(home.contexts))
    for node, fulls in find_introduced(found).items():
        yield Place(SHORTS, node, key), [[full.node, full.group, full.row["surface"], short] for full, short in fulls]
    for node, full, evidence in find_named_in_full(found):
        for end in (node, full):
            yield Place(NEAR, end, f"text\t{key}\t{node}"), [[node, full, rules.FULL_IN_TEXT.id, evidence]]


def share_key(node: str, share: int) -> str:
    """Name one part of a node's namings."""
    return f"{node}\t{share}"


def share_of(article_id: str) -> int:
    """Return the share that an article's namings lie in: one for all of an issue."""
    return crc32(issue_of(article_id).encode()) % SHARES_OF_NODE


def _give_shares(text: Text, found: list[NamedThing], contexts: list[str]) -> Iterator[tuple[Place, Any]]:
    """Give each node its namings, in the shares of their issues; the text counts in that of its first print."""
    by_node: dict[str, list[NamedThing]] = defaultdict(list)
    for thing in found:
        by_node[thing.node].append(thing)
    at_home = share_of(text.first["article_id"])
    for node, things in by_node.items():
        one = things[0]
        traits = {name: sorted(values) for name, values in sorted(one.named.traits.items())}
        known = [one.row["kind"], one.row["surface"], one.named.whole, one.group, traits]
        shares: dict[int, list[Any]] = {at_home: []}
        for article_id, group in groupby(things, key=lambda thing: str(thing.row["article_id"])):
            rows = [thing.row for thing in group]
            days = [day.isoformat() if day else None for day in (rows[0]["date_lower"], rows[0]["date_upper"])]
            starts = [[row["start_char"], row["ref"].removeprefix(article_id)] for row in rows]
            shares.setdefault(share_of(article_id), []).append([article_id, *days, starts])
        for share, namings in shares.items():
            yield Place(SHARES, share_key(node, share), text.key), [share == at_home, contexts, known, namings]


def close_naming(naming: Naming) -> list[Any]:
    """Return a naming as a part holds it."""
    offices = [[o.scope, o.area, o.post, o.rank, o.printed, o.is_past] for o in naming.offices]
    days = [day.isoformat() if day else None for day in (naming.lower, naming.upper)]
    return [naming.article_id, naming.ref.removeprefix(naming.article_id), naming.start, offices, naming.title, *days]
