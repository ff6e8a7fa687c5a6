"""What cannot be one person: names that are not alike, full-time offices of two organisations at one time."""

from collections.abc import Sequence

from transforms.entities.identity.appearances import is_seat
from transforms.entities.identity.inputs import UNKNOWN_PAPER
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.nodes import Clash, Held, Node
from transforms.entities.identity.offices import Office
from transforms.entities.identity.stints import say_scope


def people_clash(looks: Looks) -> Clash:
    """Return the test of two groups of people: their names are alike, and their offices one person's."""

    def clash(one: Sequence[Node], other: Sequence[Node]) -> str | None:
        names = sorted({(a.name, b.name) for a in one for b in other if a.name != b.name})
        strange = [pair for pair in names if not looks.are_forms(*pair)]
        if strange:
            return f"{strange[0][0]} and {strange[0][1]} are not alike"
        return offices_clash(one, other)

    return clash


def offices_clash(one: Sequence[Node], other: Sequence[Node]) -> str | None:
    """Say which full-time offices of two organisations two groups hold at one time; None where they hold none."""
    for a in (held for node in one for held in node.offices):
        for b in (held for node in other for held in node.offices):
            if a.scope != b.scope and not (a.area and a.area == b.area) and _are_seats(a, b) and _overlap(a, b):
                return f"{a.post} of {say_scope(a.scope)} and {b.post} of {say_scope(b.scope)} are held at one time"
            papers = {_paper_of(a), _paper_of(b)} - {None}
            if len(papers) > 1:
                return f"they write for two papers: {', '.join(sorted(filter(None, papers)))}"
    return None


def _paper_of(held: Held) -> str | None:
    """Return the paper of one of its own people; None of others, and where a district or page stands for it."""
    paper = held.scope.partition("/")[0]
    is_known = held.post == "newsroom" and not paper.startswith(("@", UNKNOWN_PAPER))
    return paper if is_known else None


def _are_seats(a: Held, b: Held) -> bool:
    offices = (Office(scope=h.scope, area=h.area, post=h.post, rank=h.rank, printed="") for h in (a, b))
    return all(is_seat(office) and office.rank == "chief" for office in offices)


def _overlap(a: Held, b: Held) -> bool:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    return max(a.first, b.first) <= min(a.last, b.last)
