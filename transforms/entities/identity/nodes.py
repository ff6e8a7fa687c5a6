"""What is compared: nodes, namings that are one thing beyond doubt; and edges, the judged pairs of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from transforms.entities.identity.offices import Rank
from transforms.entities.identity.rules import EntityRule

Decision = Literal["joined", "kept_apart", "undecided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One office of a node, and the days between which issues are certain to name it; None where none is dated."""

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
    offices, texts, pages, contexts: of a person, what it is and where it is named. traits: of other things, by sort;
    two values of one sort are two things. text_count: the independent texts that name it, a reprint not counted.
    first: the earliest day; date.max where no issue is dated. shown: the ref of the first naming, a mention where
    there is one.
    """

    key: str
    kind: str
    name: str
    first: date
    shown: str
    text_count: int
    offices: tuple[Held, ...] = ()
    texts: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    contexts: frozenset[str] = frozenset()
    traits: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Two nodes, by their keys, and what was decided of them: by which rule, how surely, and why in words."""

    a: str
    b: str
    rule_id: str
    score: float
    evidence: str
    decision: Decision = "joined"


def is_of_person(key: str) -> bool:
    """Tell whether a node's key is a person's."""
    return key.startswith("person|")


Clash = Callable[[Sequence[Node], Sequence[Node]], str | None]
"""Two groups in; why they cannot be one thing, or None."""


def judge(  # noqa: PLR0913 -- an edge has as many
    a: str, b: str, rule: EntityRule, evidence: str, *, decision: Decision = "joined", score: float | None = None
) -> Edge:
    """Return the edge that a rule makes; score: of a rule that weighs each pair itself."""
    sure = score if score is not None else rule.score
    return Edge(a=a, b=b, rule_id=rule.id, score=round(sure or 0.0, 4), evidence=evidence, decision=decision)
