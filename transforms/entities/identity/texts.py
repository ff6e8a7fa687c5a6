"""One text with all its prints: where it is at home, and what it names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from transforms.entities.identity.appearances import Naming
from transforms.entities.identity.areas import HOME_LEVELS, Home, home_at, most_named, read_areas, read_headline
from transforms.entities.identity.decisions import Apart
from transforms.entities.identity.inputs import ARTICLE_PARTS, CREDIT_PARTS, MENTION_PARTS, UNKNOWN_PAPER, page_of
from transforms.entities.identity.names import Form, Named, name_thing
from transforms.entities.identity.namings import list_namings
from transforms.entities.identity.tables import Parts

HOME_OF = "\t"  # begins the part that a page gives its texts; all others are an article's
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The articles that print one text, the first print among them, and the rows of what they name, in order."""

    key: str
    first: Row
    mentions: Sequence[Row]
    credits: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThing:
    """One naming of an organisation, place, project or campaign: its row, its node, and what it names there."""

    row: Row
    node: str
    named: Named
    group: str


def open_text(key: str, parts: Parts) -> Text | None:
    """Read a text from its parts; None where no article of it is left."""
    articles: dict[str, Row] = {}
    mentions, credited = [], []
    for part, value in parts.items():
        if part.startswith(HOME_OF):
            continue
        known = _open_article(key, value[0])
        articles[known["article_id"]] = known
        mentions += [_open_row(known, MENTION_PARTS, row) for row in value[1]]
        credited += [_open_row(known, CREDIT_PARTS, row) for row in value[2]]
    if not articles:
        return None
    return Text(
        key=key,
        first=min(articles.values(), key=lambda article: (not article["is_canonical"], article["article_id"])),
        mentions=sorted(mentions, key=lambda row: (row["article_id"], row["start_char"], row["ref"])),
        credits=sorted(credited, key=lambda row: row["ref"]),
    )


def _open_article(text_key: str, values: Sequence[Any]) -> Row:
    row = dict(zip(ARTICLE_PARTS, values, strict=True))
    days = {name: read_day(row[name]) for name in ("date_lower", "date_upper")}
    return row | days | {"text_key": text_key, "page_key": page_of(row["article_id"])}


def _open_row(article: Row, names: Sequence[str], values: Sequence[Any]) -> Row:
    row = article | dict(zip(names, values, strict=True))
    row["ref"] = row["article_id"] + row["ref"]
    return row


def count_areas(text: Text) -> dict[str, dict[str, int]]:
    """Count how often a text says each area, by level."""
    words = [row["title" if row["kind"] == "person" else "surface"] for row in text.mentions]
    found = [area for word in words if word for area in _areas_of(word)]
    found += [area for head in (text.first["headline"] or "").split(" ") for area in read_headline(head)]
    counts: dict[str, Counter[str]] = {level: Counter() for level in HOME_LEVELS}
    for level, area in found:
        if level in counts:
            counts[level][area] += 1
    return {level: dict(sorted(areas.items())) for level, areas in counts.items() if areas}


@lru_cache(maxsize=20_000)
def _areas_of(word: str) -> tuple[tuple[str, str], ...]:
    return tuple((level, area) for level, area in read_areas(word)[0].items() if level in HOME_LEVELS)


def find_home(text: Text, parts: Parts) -> Home:
    """Return where a text is at home: what most of its words say, else what most of its page's do."""
    page = page_of(text.first["article_id"])
    of_page = parts.get(HOME_OF + page) or {}
    own = most_named(count_areas(text))
    paper = text.first["newspaper_id"]
    return home_at(page, None if paper == UNKNOWN_PAPER else paper, of_page | own)


def name_people(text: Text, home: Home) -> list[Naming]:
    """Return the namings of people, those of one name together."""
    return list_namings(text.mentions, text.credits, {text.key: home})


def name_things(text: Text, home: Home, apart: Apart) -> list[NamedThing]:
    """Return the other namings, in the order of print. apart: what a person takes out of its entity."""
    found = []
    for row in text.mentions:
        if row["kind"] != "person":
            named = _name(row["kind"], row["surface"], row["code"], home)
            at = f"@{text.key}" if named.is_local else ""
            found.append(NamedThing(row=row, node=named.key + at, named=named, group=named.group + at))
    return _move(found, apart) if apart else found


@lru_cache(maxsize=20_000)
def _name(kind: Any, surface: str, code: str | None, home: Home) -> Named:  # noqa: ANN401 -- a Kind, as JSON has it
    return name_thing(Form(kind=kind, surface=surface, code=code, home=home))


def _move(found: list[NamedThing], apart: Apart) -> list[NamedThing]:
    """Give the namings that a person takes out a node of their own: all of the text, or one where it names both."""
    for ref, (mark, other) in sorted(apart.items()):
        nodes = {thing.row["ref"]: thing.node for thing in found}
        if ref in nodes:
            names_both = nodes.get(other) == nodes[ref]
            found = [
                NamedThing(row=thing.row, node=f"{thing.node}|{mark}", named=thing.named, group=thing.group)
                if (thing.row["ref"] == ref if names_both else thing.node == nodes[ref])
                else thing
                for thing in found
            ]
    return found


def neighbours(found: Sequence[NamedThing]) -> Iterator[tuple[NamedThing, NamedThing]]:
    """Yield each organisation of an article with the one before it."""
    organisations = [thing for thing in found if thing.row["kind"] == "organisation"]
    for _, group in groupby(organisations, key=lambda thing: thing.row["article_id"]):
        printed = list(group)
        yield from zip(printed[1:], printed, strict=False)


def read_day(day: str | None) -> date | None:
    """Return a day that JSON holds."""
    return date.fromisoformat(day) if day else None
