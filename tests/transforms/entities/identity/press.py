"""A small press: articles with the namings that finders would give, and what resolution makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from transforms.entities.identity.decisions import Decided
from transforms.entities.identity.looks import Looks
from transforms.entities.resolve import Resolution, resolve_mentions

ARTICLE: dict[str, Any] = {
    "article_id": pl.String,
    "article_uid": pl.String,
    "newspaper_id": pl.String,
    "headline": pl.String,
    "date_lower": pl.Date,
    "date_upper": pl.Date,
    "cluster_id": pl.String,
    "is_canonical": pl.Boolean,
}
MENTIONS = ARTICLE | {
    "mention_id": pl.String,
    "kind": pl.String,
    "surface": pl.String,
    "title": pl.String,
    "organisation": pl.String,
    "code": pl.String,
    "start_char": pl.Int32,
    "end_char": pl.Int32,
}
CREDITS = ARTICLE | {"contributor_no": pl.Int32, "role": pl.String, "name": pl.String, "organisation": pl.String}
GAP = 10  # characters between two namings, unless one says where it stands

Said = tuple[str, ...]
"""Kind and surface; then of a person the title, of a place the code."""


@dataclass
class Press:
    """Articles as they are printed; `resolve` gives the answer about all of them."""

    looks: Looks
    mentions: list[dict[str, Any]] = field(default_factory=list)
    credits: list[dict[str, Any]] = field(default_factory=list)
    printed: int = 0

    def print(  # noqa: PLR0913 -- all but the day and the namings have a value
        self,
        day: str | None,
        *said: Said,
        paper: str = "yunling_chenbao",
        page: int = 1,
        cluster: str | None = None,
        is_canonical: bool = True,
        credited: Sequence[tuple[str, str]] = (),
        name: str | None = None,
        headline: str | None = None,
    ) -> list[str]:
        """Print one article; return the ids of its mentions."""
        self.printed += 1
        number = name or f"{self.printed:03d}"
        issue = f"{paper}-{day}-a" if day else f"{paper}-undated-{number:0>16}"
        article = {
            "article_id": f"{issue}-p{page:04d}-i{number}",
            "article_uid": f"{issue}{number}",
            "newspaper_id": paper,
            "headline": headline,
            "date_lower": date.fromisoformat(day) if day else None,
            "date_upper": date.fromisoformat(day) if day else None,
            "cluster_id": cluster,
            "is_canonical": is_canonical,
        }
        at, ids = 0, []
        for kind, surface, *rest in said:
            more = rest[0] if rest else None
            row = {"kind": kind, "surface": surface, "title": more if kind == "person" else None, "organisation": None}
            row |= {"code": more if kind == "place" else None, "start_char": at, "end_char": at + len(surface)}
            ids.append(f"{article['article_id']}-m{at}")
            self.mentions.append(article | row | {"mention_id": ids[-1]})
            at += len(surface) + GAP
        for contributor_no, (role, person) in enumerate(credited, start=1):
            row = {"contributor_no": contributor_no, "role": role, "name": person, "organisation": None}
            self.credits.append(article | row)
        return ids

    def resolve(self, decisions: Sequence[Decided] = ()) -> "Answer":
        """Resolve all that was printed."""
        return Answer(
            resolve_mentions(
                pl.DataFrame(self.mentions, schema=MENTIONS).lazy(),
                pl.DataFrame(self.credits, schema=CREDITS).lazy(),
                looks=self.looks,
                decisions=decisions,
            )
        )


@dataclass
class Answer:
    """What resolution said."""

    resolution: Resolution

    def entity(self, mention_id: str) -> str:
        """The entity of a mention."""
        return dict(self.resolution.mention_entities.iter_rows())[mention_id]

    def are_one(self, *mention_ids: str) -> bool:
        """Whether mentions name one thing."""
        return len({self.entity(mention_id) for mention_id in mention_ids}) == 1

    def links(self, **facts: object) -> list[dict[str, Any]]:
        """The links that agree with facts."""
        return self.resolution.entity_links.filter(**facts).to_dicts()

    def decision(self, surface: str, other: str) -> str | None:
        """What was decided of two printed names; None where they were never held against each other."""
        wanted = sorted((surface, other))
        found = [link["decision"] for link in self.links() if sorted((link["surface_a"], link["surface_b"])) == wanted]
        return found[0] if found else None


def person(name: str, title: str | None = None) -> Said:
    return ("person", name, title) if title else ("person", name)


def organisation(name: str) -> Said:
    return ("organisation", name)


def place(name: str, code: str | None = None) -> Said:
    return ("place", name, code) if code else ("place", name)


def project(name: str) -> Said:
    return ("project", name)


def campaign(name: str) -> Said:
    return ("campaign", name)
