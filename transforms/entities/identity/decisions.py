"""What a person decided of two namings: that they are one thing, or two, whatever the rules say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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


Apart = Mapping[str, tuple[str, str]]
"""The naming that a person takes out of its entity: by mention id, the correction's id and the other naming."""


def list_apart(decisions: Iterable[Decided]) -> Apart:
    """Return the second naming of each decision that tells two things apart."""
    return {d.second: (d.correction.id, d.first) for d in decisions if not d.is_one}


def require_one_kind(decisions: Iterable[Decided], members: Mapping[str, str]) -> None:
    """Raise StaleCorrection where two namings are of two kinds: a person is no place. members: their nodes."""
    for decided in decisions:
        kinds = [members[ref].partition("|")[0] for ref in (decided.first, decided.second)]
        if kinds[0] != kinds[1]:
            remedy = "take words that hold namings of one kind"
            raise stale(decided.correction, found=f"the names of a {kinds[0]} and a {kinds[1]}", remedy=remedy)


def list_edges(decisions: Iterable[Decided], members: Mapping[str, str]) -> Iterator[Edge]:
    """Yield the edge of each decision; members: the node of each naming."""
    for decided in decisions:
        yield Edge(
            a=members[decided.first],
            b=members[decided.second],
            rule_id=decided.correction.rule_id,
            score=1.0 if decided.is_one else 0.0,
            evidence=decided.correction.reason,
            decision="joined" if decided.is_one else "kept_apart",
        )


def list_barred(decisions: Iterable[Decided], members: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the pairs of nodes that never come together."""
    return [(members[d.first], members[d.second]) for d in decisions if not d.is_one]


def require_expected(decisions: Sequence[Decided], entity_of: Mapping[str, str]) -> None:
    """Raise StaleCorrection for the first decision on namings that the rules see otherwise than it expects.

    entity_of: the entity of each naming as the rules have it, without any decision.
    """
    for decided in decisions:
        found = ONE if entity_of[decided.first] == entity_of[decided.second] else TWO
        if found != decided.correction.expect:
            remedy = "nothing is left to decide: delete the correction"
            raise stale(decided.correction, found=repr(found), remedy=remedy)
