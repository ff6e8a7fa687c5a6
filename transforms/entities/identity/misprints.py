"""Misprints of a name: another character in its place that looks or sounds like it, in one and the same context.

A name alone proves nothing: people need one office, other things one paper or district.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from transforms.entities.identity import rules
from transforms.entities.identity.looks import FULL_NAME, LOOK_ALIKE, MUCH_ALIKE, Looks
from transforms.entities.identity.nodes import Decision, Edge, Held, Node, judge
from transforms.entities.identity.stints import is_newsroom, say_scope
from transforms.entities.identity.things import Thing

IN_SEAT, IN_OFFICE, IN_PAPER = 0.5, 0.3, 0.2
"""How much of the doubt that a name leaves its context takes: a seat that one person holds, an office, a paper."""

WEAKLY_ALIKE = 0.15  # of the one character in three that differs in a seat: four random pairs in ten reach it
ESTABLISHED = 2  # texts that print a name: a misprint comes once
LONGEST_MASKED = 14  # characters: of longer names one place is masked, not two
FEWEST_OF_THING = 4
BLOCK = 64  # names that one mask may bring together: more are a pattern of names, not misprints of one
NO_MISPRINT = frozenset("一二三四五六七八九十百千万两东西南北中上下左右前后大小新老内外甲乙丙丁江河湖海溪泉山岭峰川")
"""Characters that tell one thing from another: 二 for 三 is another campaign."""


def are_confusable_names(one: str, other: str, looks: Looks, *, is_chief: bool) -> bool:
    """Tell whether one person's name may be another's misprinted, where both hold one office. is_chief: of one seat."""
    wrong = differences(one, other)
    likeness = min((looks.score(a, b) for a, b in wrong), default=0.0)
    is_full = len(one) >= FULL_NAME and one[0] == other[0]
    return likeness >= LOOK_ALIKE or (is_chief and is_full and likeness >= WEAKLY_ALIKE)


def are_confusable_things(one: str, other: str, looks: Looks) -> bool:
    """Tell whether the own part of one thing's name may be another's misprinted."""
    wrong = differences(one, other)
    if not wrong or any({a, b} <= NO_MISPRINT for a, b in wrong) or 2 * len(wrong) > len(one):
        return False
    return min(looks.score(a, b) for a, b in wrong) >= MUCH_ALIKE


def differences(one: str, other: str) -> list[tuple[str, str]]:
    """Return the characters in which two names of one length differ."""
    return [(a, b) for a, b in zip(one, other, strict=True) if a != b]


def judge_people(one: Node, other: Node, looks: Looks) -> Edge:
    """Judge two people of one office and confusable names."""
    wrong = differences(one.name, other.name)
    likeness = min(looks.score(a, b) for a, b in wrong)
    held = one.offices[0]
    score = _add_context(looks.name_score(one.name, other.name), IN_SEAT if held.rank == "chief" else IN_OFFICE)
    says = (
        f"{one.name} and {other.name} hold one office, {held.post} of {say_scope(held.scope)}, and differ by "
        f"{wrong[0][0]} and {wrong[0][1]} ({likeness:.2f} alike)."
    )
    is_sure = _is_sure(one, other, held, is_plain=likeness >= LOOK_ALIKE)
    evidence = says if is_sure else f"{says} Both may be right."
    decision: Decision = "joined" if is_sure else "undecided"
    return judge(one.key, other.key, rules.MISPRINT_IN_OFFICE, evidence, decision=decision, score=score)


def _add_context(name_score: float, share: float) -> float:
    return 1.0 - (1.0 - name_score) * (1.0 - share)


def _is_sure(one: Node, other: Node, held: Held, *, is_plain: bool) -> bool:
    """Tell whether only a misprint explains two names in one office."""
    fewer, more = sorted((one.text_count, other.text_count))
    if held.rank == "staff":
        return is_newsroom(held.scope) and is_plain and fewer < ESTABLISHED <= more and len(one.name) >= FULL_NAME
    if held.rank == "chief":
        return fewer < ESTABLISHED or (is_plain and not _follow(one, other))
    return is_plain and fewer < ESTABLISHED and not one.texts & other.texts


def _follow(one: Node, other: Node) -> bool:
    """Tell whether one name comes after the other, as a successor's would."""
    a, b = one.offices[0], other.offices[0]
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return True
    return a.last < b.first or b.last < a.first


def judge_things(one: Thing, other: Thing, looks: Looks) -> Edge:
    """Judge two things of one kind and context, and confusable names."""
    wrong = differences(one.core, other.core)
    score = _add_context(looks.name_score(one.core, other.core), IN_PAPER)
    pairs = ", ".join(f"{a} and {b} ({looks.score(a, b):.2f} alike)" for a, b in wrong)
    is_sure = min(one.node.text_count, other.node.text_count) < ESTABLISHED
    says = f"{one.surface} and {other.surface} are printed by one paper or of one district, and differ by {pairs}."
    decision: Decision = "joined" if is_sure else "undecided"
    return judge(one.node.key, other.node.key, rules.MISPRINT_OF_NAME, says, decision=decision, score=score)


def mask_names(name: str, most: int) -> Iterator[str]:
    """Yield the name with each place masked, and with each two where as many are to be."""
    for size in range(1, most + 1):
        for places in combinations(range(len(name)), size):
            yield mask(name, places)


def mask(name: str, places: Sequence[int]) -> str:
    """Return a name with some places masked."""
    return "".join("*" if at in places else character for at, character in enumerate(name))
