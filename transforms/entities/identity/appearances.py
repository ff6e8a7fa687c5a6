"""Who appears in a text: the namings of one name there, put together to one person, or to two whose offices clash."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from transforms.entities.identity.decisions import Apart
from transforms.entities.identity.offices import Office

FULL_TIME = frozenset(
    "支部书记 书记 主任 部长 局长 厅长 处长 院长 校长 检察长 政委 省长 市长 区长 县长 旗长 镇长 乡长".split()  # noqa: SIM905
)
SEAT = ("党组", "党委", "党工委", "党支部", "党总支部", "党总支", "支部", "纪委", "团委", "第一", "驻村第一", "执行")


CREDIT = -1  # the place of a naming that stands in no body


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One naming of a person: a mention in the body, or a credit (then start is CREDIT)."""

    ref: str
    text: str
    page: str
    contexts: tuple[str, ...]
    article_id: str
    start: int
    name: str
    offices: tuple[Office, ...]
    title: str | None
    lower: date | None
    upper: date | None


@dataclass(slots=True, kw_only=True)
class Appearance:
    """One person in one text: its offices in the order of print, and the namings.

    mark: the correction by which somebody takes it out of the person that it would be; empty where none does.
    """

    name: str
    text: str
    number: int
    offices: dict[Office, None] = field(default_factory=dict)
    namings: list[Naming] = field(default_factory=list)
    mark: str = ""

    @property
    def is_credit(self) -> bool:
        """Whether only the credits name the person."""
        return all(naming.start == CREDIT for naming in self.namings)

    @property
    def is_bare(self) -> bool:
        """Whether bodies name the person, and nothing says who it is."""
        return all(naming.start != CREDIT and naming.title is None for naming in self.namings)

    @property
    def page(self) -> str:
        """The page of the first naming."""
        return self.namings[0].page

    def take(self, naming: Naming) -> None:
        """Add a naming and its offices."""
        self.namings.append(naming)
        self.offices.update(dict.fromkeys(naming.offices))


def find_appearances(namings: Iterable[Naming], apart: Apart) -> Iterator[Appearance]:
    """Yield the people of each text.

    namings: sorted by text and name, then by article and place. apart: those that a person takes out.
    """
    for _, group in groupby(namings, key=lambda naming: (naming.text, naming.name)):
        mine = list(group)
        refs = {naming.ref for naming in mine}
        alone = {ref for ref in refs & apart.keys() if apart[ref][1] in refs}
        people = _tell_apart([naming for naming in mine if naming.ref not in alone])
        for naming in mine:
            if naming.ref in alone:
                _begin(naming, people)
        for person in people:
            person.mark = next((apart[n.ref][0] for n in person.namings if n.ref in apart), "")
        yield from people


def are_compatible(one: Iterable[Office], other: Iterable[Office]) -> bool | None:
    """Tell whether offices can be one person's at one time: True where they meet, False where they clash."""
    pairs = [(a, b) for a in one for b in other]
    if any((a.scope and a.scope == b.scope) or (a.area and a.area == b.area) for a, b in pairs):
        return True
    return False if any(clash(a, b) for a, b in pairs) else None


def clash(a: Office, b: Office) -> bool:
    """Tell whether two offices of different organisations fill a day each: a mayor is no headmaster, nor a villager."""
    seats = [is_seat(office) for office in (a, b)]
    return all(seats) or (any(seats) and "staff" in {a.rank, b.rank})


def is_seat(office: Office) -> bool:
    """Tell whether an office is a full-time one of a public body."""
    post = office.post
    for word in SEAT:
        post = post.removeprefix(word)
    return bool(office.scope) and office.rank in {"chief", "deputy"} and post in FULL_TIME


def _tell_apart(namings: Sequence[Naming]) -> list[Appearance]:
    people: list[Appearance] = []
    for naming in namings:
        if naming.offices:
            _seat(naming, people)
    for naming in namings:
        if not naming.offices:
            _lead_back(naming, people)
    return people


def _seat(naming: Naming, people: list[Appearance]) -> None:
    """Give a titled naming to the person whose offices meet its own, else to one that it does not clash with."""
    verdicts = [are_compatible(person.offices, naming.offices) for person in people]
    for wanted in (True, None):
        if wanted in verdicts:
            people[verdicts.index(wanted)].take(naming)
            return
    _begin(naming, people)


def _lead_back(naming: Naming, people: list[Appearance]) -> None:
    """Give a bare name to the person of that name who was named last before it, else to the first one after it."""
    in_body = [person for person in people if not person.is_credit] or people
    if not in_body:
        _begin(naming, people)
        return
    place = (naming.article_id, naming.start)
    before = [
        (max(earlier), number)
        for number, person in enumerate(in_body)
        if (earlier := [(n.article_id, n.start) for n in person.namings if (n.article_id, n.start) < place])
    ]
    in_body[max(before)[1] if before else 0].take(naming)


def _begin(naming: Naming, people: list[Appearance]) -> None:
    person = Appearance(name=naming.name, text=naming.text, number=len(people))
    person.take(naming)
    people.append(person)
