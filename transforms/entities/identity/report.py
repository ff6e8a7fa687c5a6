"""The rows that resolution leaves: entities, and the links between namings."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from transforms.entities.identity.inputs import article_of
from transforms.entities.identity.nodes import Edge, Node
from transforms.entities.identity.tables import Parts

ID_DIGITS = 16  # hex digits: 64 bits
BY_PERSON = "correction."  # how the id of what a person decided begins
OF_CREDIT = "c"  # begins what the ref of a credit has behind its article
ENTITIES = pl.Schema(
    {
        "entity_id": pl.String(),
        "kind": pl.String(),
        "name": pl.String(),
        "aliases": pl.List(pl.String()),
        "code": pl.String(),
        "first_date": pl.Date(),
        "last_date": pl.Date(),
        "mention_count": pl.Int32(),
        "credit_count": pl.Int32(),
        "text_count": pl.Int32(),
        "issue_count": pl.Int32(),
    }
)
SIDES = [f"{name}_{side}" for name in ("entity_id", "surface", "article_id", "mention_id") for side in ("a", "b")]
LINKS = pl.Schema(
    {
        "link_id": pl.String(),
        "kind": pl.String(),
        **dict.fromkeys(SIDES, pl.String()),
        "score": pl.Float64(),
        "evidence": pl.String(),
        "decision": pl.String(),
        "decided_by": pl.String(),
    }
)
MENTIONS = pl.Schema({"mention_id": pl.String(), "entity_id": pl.String()})
CONTRIBUTORS = pl.Schema({"article_id": pl.String(), "contributor_no": pl.Int32(), "entity_id": pl.String()})

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What was found of some blocks: rows of ENTITIES and LINKS by their keys, and the entity of each naming and node.

    meant: by ref; of people only, since a thing's namings are those of its node. unions: of things of several nodes, by
    entity and share, what several of them count for together.
    """

    entities: dict[str, Row] = field(default_factory=dict)
    links: dict[str, Row] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    entity_of: dict[str, str] = field(default_factory=dict)
    unions: dict[str, Parts] = field(default_factory=dict)


@dataclass(slots=True)
class Counts:
    """How often an entity is named: mentions, credits, texts, issues; the texts with each name and printed form."""

    mentions: int = 0
    credits: int = 0
    texts: int = 0
    issues: int = 0
    first: date | None = None
    last: date | None = None
    names: Mapping[str, int] = field(default_factory=dict)
    surfaces: Mapping[str, int] = field(default_factory=dict)

    def add_naming(self, lower: date | None, upper: date | None, *, is_credit: bool) -> None:
        """Count a naming and its day, where that is known exactly."""
        self.credits += is_credit
        self.mentions += not is_credit
        if lower is not None and lower == upper:
            self.add_days(lower, lower)

    def add_days(self, first: date | None, last: date | None) -> None:
        """Count in the days from the first to the last."""
        if first is not None and last is not None:
            self.first = min(self.first or first, first)
            self.last = max(self.last or last, last)


def name_entity(kind: str, first_key: str) -> str:
    """Return the id of an entity: its kind, and a hash of what its first naming is."""
    return f"{kind}-{hashlib.sha256(first_key.encode()).hexdigest()[:ID_DIGITS]}"


def describe(entity_id: str, kind: str, code: str | None, counts: Counts) -> Row:
    """Return an entity's row: called what most texts call it; its other names after it, the most frequent first."""
    name = min(counts.names.items(), key=_most_first)[0]
    others = [surface for surface, _ in sorted(counts.surfaces.items(), key=_most_first) if surface != name]
    days = (counts.first, counts.last)
    return (
        *(entity_id, kind, name, others, code, *days),
        *(counts.mentions, counts.credits, counts.texts, counts.issues),
    )


def _most_first(named: tuple[str, int]) -> tuple[int, int, str]:
    name, texts = named
    return (-texts, -len(name), name)


def link_rows(
    edges: Iterable[Edge], nodes: Mapping[str, Node], surfaces: Mapping[str, str], entities: Mapping[str, str]
) -> dict[str, Row]:
    """Return a row for each pair of nodes: of several edges the surest, and a person's before all others.

    surfaces, entities: the printed name of each node's first naming, and what the node names.
    """
    best: dict[str, Edge] = {}
    for edge in edges:
        link_id = name_link(edge.a, edge.b)
        if link_id not in best or _surest_first(edge) < _surest_first(best[link_id]):
            best[link_id] = edge
    rows = {}
    for link_id, edge in best.items():
        if edge.decision == "joined" and entities[edge.a] != entities[edge.b]:
            continue  # of nodes that no naming is counted for: their own namings mean somebody else
        sides = sorted((edge.a, edge.b), key=lambda key: (nodes[key].first, key))
        refs = [nodes[key].shown for key in sides]
        shown = [
            *(entities[key] for key in sides),
            *(surfaces[key] for key in sides),
            *(article_of(ref) for ref in refs),
            *(ref if number_of(ref) is None else None for ref in refs),
        ]
        judged = (edge.score, edge.evidence, edge.decision, edge.rule_id)
        rows[link_id] = (link_id, nodes[edge.a].kind, *shown, *judged)
    return rows


def number_of(ref: str) -> int | None:
    """Return the number of the credit that a naming is; None of a mention."""
    name = ref.rpartition("-")[2]
    return int(name.removeprefix(OF_CREDIT)) if name.startswith(OF_CREDIT) else None


def name_link(a: str, b: str) -> str:
    """Return the id of a pair of nodes."""
    return "l-" + hashlib.sha256("\n".join(sorted((a, b))).encode()).hexdigest()[:ID_DIGITS]


def _surest_first(edge: Edge) -> tuple[bool, float, str, str, str]:
    return (not edge.rule_id.startswith(BY_PERSON), -edge.score, edge.rule_id, edge.evidence, edge.decision)
