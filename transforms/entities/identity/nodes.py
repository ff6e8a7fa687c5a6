"""What is compared: nodes, namings that are one thing beyond doubt; and edges, the judged pairs of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from transforms.entities.identity.offices import Rank

Decision = Literal["joined", "kept_apart", "undecided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One office of a node, and the days between which issues name it; None where no issue is dated."""

    scope: str
    area: str
    post: str
    rank: Rank
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Namings that agree in all that tells one thing from another.

    key: made from their content; an entity is named after its first one. name: as printed, or as completed.
    offices: of a person. traits: of other things, by sort; two values of one sort are two things. text_count: the
    independent texts that name it, a reprint not counted. first: the earliest day; date.max where no issue is dated.
    texts, pages: of a person, where it is named.
    """

    key: str
    kind: str
    name: str
    first: date
    text_count: int
    offices: tuple[Held, ...] = ()
    traits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    texts: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Two nodes, by their keys, and what was decided of them: by which rule, how surely, and why in words."""

    a: str
    b: str
    rule_id: str
    score: float
    evidence: str
    decision: Decision = "joined"
