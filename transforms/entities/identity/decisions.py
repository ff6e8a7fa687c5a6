"""What a person decided of two namings: that they are one thing, or two, whatever the rules say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transforms.corrections.records import ONE, TWO, Action, Correction, stale
from transforms.entities.identity.nodes import Edge


@dataclass(frozen=True, slots=True)
class Decided:
    """A correction of two namings, by their mention ids."""

    correction: Correction
    first: str
    second: str

    @property
    def is_one(self) -> bool:
        """Whether the two are one thing."""
        return self.correction.action is Action.SAME_ENTITY

    @property
    def ruling(self) -> "Ruling":
        """What it does."""
        mine = self.correction
        return Ruling(self.first, self.second, mine.id, mine.rule_id, mine.reason, self.is_one)


class Ruling(NamedTuple):
    """What a decision does, as it is kept between two runs: two namings, whose it is and why, one thing or two."""

    first: str
    second: str
    id: str
    rule_id: str
    reason: str
    is_one: bool


Apart = Mapping[str, tuple[str, str]]
"""The naming that a person takes out of its entity: by mention id, the correction's id and the other naming."""


def list_apart(rulings: Iterable[Ruling]) -> Apart:
    """Return the second naming of each decision that tells two things apart."""
    return {ruling.second: (ruling.id, ruling.first) for ruling in rulings if not ruling.is_one}


def require_one_kind(decisions: Iterable[Decided], members: Mapping[str, str]) -> None:
    """Raise StaleCorrection where two namings are of two kinds: a person is no place. members: their nodes."""
    for decided in decisions:
        kinds = [members[ref].partition("|")[0] for ref in (decided.first, decided.second)]
        if kinds[0] != kinds[1]:
            remedy = "take words that hold namings of one kind"
            raise stale(decided.correction, found=f"the names of a {kinds[0]} and a {kinds[1]}", remedy=remedy)


def list_edges(rulings: Iterable[Ruling], members: Mapping[str, str]) -> Iterator[Edge]:
    """Yield the edge of each decision on namings that are there; members: the node of each naming."""
    for ruling in rulings:
        if ruling.first in members and ruling.second in members:
            yield Edge(
                a=members[ruling.first],
                b=members[ruling.second],
                rule_id=ruling.rule_id,
                score=1.0 if ruling.is_one else 0.0,
                evidence=ruling.reason,
                decision="joined" if ruling.is_one else "kept_apart",
            )


def list_barred(edges: Iterable[Edge]) -> list[tuple[str, str]]:
    """Return the pairs of nodes that never come together, of the edges of decisions."""
    return [(edge.a, edge.b) for edge in edges if edge.decision == "kept_apart"]


def require_expected(decisions: Sequence[Decided], entity_of: Mapping[str, str]) -> None:
    """Raise StaleCorrection for the first decision on namings that the rules see otherwise than it expects.

    entity_of: the entity of each naming as the rules have it, without any decision.
    """
    for decided in decisions:
        found = ONE if entity_of[decided.first] == entity_of[decided.second] else TWO
        if found != decided.correction.expect:
            remedy = "nothing is left to decide: delete the correction"
            raise stale(decided.correction, found=repr(found), remedy=remedy)


def require_obeyed(decisions: Sequence[Decided], entity_of: Mapping[str, str]) -> None:
    """Raise StaleCorrection for the first decision that others have overruled: A is B, B is C, and C is not A.

    entity_of: with all decisions, the entity of each naming that was resolved anew.
    """
    for decided in decisions:
        ends = [entity_of.get(ref) for ref in (decided.first, decided.second)]
        if None in ends or (ends[0] == ends[1]) is decided.is_one:
            continue
        against = sorted(
            other.correction.id
            for other in decisions
            if other is not decided and {entity_of.get(other.first), entity_of.get(other.second)} & {*ends}
        )
        found = f"that it contradicts what others come to ({', '.join(against)})"
        raise stale(decided.correction, found=found, remedy="keep those that are true together, and delete the rest")
