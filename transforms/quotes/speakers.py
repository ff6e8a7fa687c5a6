"""Who speaks: the person, or the words, that a verb of speech belongs to."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.entities.records import Mention
from transforms.quotes.speech import (
    ADDRESSED,
    ADVERBS,
    ANONYMOUS,
    BARE,
    BY_OFFICE,
    BY_SURNAME,
    CALLED,
    MEETING,
    NEWCOMER,
    PRONOUN,
    SPOKEN_OF,
    SUBJECT,
    SURELY_SAYS,
)

REACH = 60  # characters between a name and the verb that it speaks by, with all that may stand between
NEAR = 24  # the same for a name before a verb, in its clause


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the naming, if it is one, and the words as printed; both None where nothing says it."""

    mention: Mention | None
    words: str | None


TO_SENTENCE_END = re.compile("[^。！？\n“]{0,120}")
WRITERS = ("记者", "通讯员", "编辑", "主持人")
NOBODY = Speaker(None, None)
NEARBY = 300  # characters before a quotation in which who is named beside it is looked for
LATELY = 40  # namings before a place, among which who is called by surname or office is looked for
DEPUTY = "副"
LED_BY = ("以", "与", "同")  # before a name: whom others gather around, and who does not speak
NOTHING = (0, 0)
GIVEN = 2  # characters of a given name
ADDRESSED_CHARS = 4  # characters before who is spoken to


def _holds(person: Mention, office: str) -> bool:
    title = person.title or ""
    return title.endswith(office) and not title.endswith(DEPUTY + office)


@dataclass(frozen=True, slots=True)
class Speakers:
    """The people of one text, to be asked who speaks at a place."""

    text: str
    people: Sequence[Mention]
    starts: Sequence[int]

    @staticmethod
    def of(text: str, mentions: Sequence[Mention]) -> "Speakers":
        """Return those of the mentions that are people."""
        people = [mention for mention in mentions if mention.kind == "person"]
        return Speakers(text, people, [mention.start for mention in people])

    def before_verb(self, start: int, verb: int, *, quoted: tuple[int, int] = NOTHING) -> Speaker:
        """Return who stands before a verb of speech, in the clause [start, verb); quoted: what is said, in marks."""
        for mention in reversed(self._within(max(start, verb - REACH), verb)):
            named = mention.start if mention.title_start is None else min(mention.start, mention.title_start)
            if not ADDRESSED.search(self.text[max(start, named - ADDRESSED_CHARS) : named]):
                near = verb - mention.end <= NEAR
                return Speaker(mention, mention.surface) if near else NOBODY
        return self._unnamed(start, verb, quoted)

    def by_pronoun(self, quoted: tuple[int, int], words: str) -> Speaker:
        """Return who `他` is behind what is quoted."""
        return Speaker(self._last_before(quoted[0], quoted), words)

    def first_after(self, start: int, end: int) -> Mention | None:
        """Return the first person named in [start, end)."""
        return next(iter(self._within(start, end)), None)

    def is_named_until(self, end: int) -> bool:
        """Tell whether the naming of somebody ends right here."""
        index = bisect_left(self.starts, end)
        return index > 0 and self.people[index - 1].end == end

    def only_before(self, at: int) -> Mention | None:
        """Return the one person named before a place who does not write; None where several are, or nobody."""
        before = self.people[: bisect_left(self.starts, at)]
        named = {mention.surface: mention for mention in before if not (mention.title or "").endswith(WRITERS)}
        return next(iter(named.values())) if len(named) == 1 else None

    def _within(self, start: int, end: int) -> Sequence[Mention]:
        return self.people[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _unnamed(self, start: int, verb: int, quoted: tuple[int, int]) -> Speaker:
        """Return who speaks where no name is printed: `他`, `会议`, `该局负责人`."""
        whole = self.text[max(start, verb - NEAR) : verb]
        clause = whole.rpartition("，")[2]
        if adverbs := ADVERBS.search(clause):
            clause = clause[: adverbs.start()]
        is_sure = clause.endswith("：") or self.text[verb] in SURELY_SAYS
        if pronoun := PRONOUN.search(clause) or (SUBJECT.match(clause) if is_sure else None):
            return Speaker(self._last_before(verb, quoted), pronoun[0])
        if named := self._named_before(clause, verb, quoted):
            return named
        for words in (MEETING, ANONYMOUS):
            if found := words.search(clause):
                return Speaker(None, found[0].removeprefix("据"))
        newcomer = NEWCOMER.search(whole) if whole.endswith("：") else None
        return Speaker(None, newcomer[0]) if newcomer else NOBODY

    def _named_before(self, clause: str, at: int, quoted: tuple[int, int]) -> Speaker | None:
        """Return who was named and is called by a surname or an office, or by what he is: `励局长`, `这位老兵`."""
        if (found := BY_SURNAME.search(clause)) and (person := self._of_surname(found["surname"], at)):
            return Speaker(person, found[0])
        if (found := BY_OFFICE.search(clause)) and (person := self._of_office(found[0], at)):
            return Speaker(person, found[0])
        if (found := SPOKEN_OF.search(clause) or BARE.search(clause)) and (person := self._last_before(at, quoted)):
            is_near = "\n" not in self.text[person.end : at]
            return Speaker(person, found[0]) if is_near else None
        return None

    def _lately(self, at: int) -> Sequence[Mention]:
        """Return the people named last before a place."""
        end = bisect_left(self.starts, at)
        return self.people[max(0, end - LATELY) : end]

    def _of_surname(self, surname: str, at: int) -> Mention | None:
        """Return the person named last before a place whose name begins so."""
        before = self._lately(at)
        return next((person for person in reversed(before) if person.surface.startswith(surname)), None)

    def _of_office(self, office: str, at: int) -> Mention | None:
        """Return the one person named before a place who has this office; None where several have, or nobody."""
        before = self._lately(at)
        named = {person.surface: person for person in before if _holds(person, office)}
        return next(iter(named.values())) if len(named) == 1 else None

    def beside(self, start: int, end: int) -> Mention | None:
        """Return who a whole sentence in marks is by that nobody is said to say: who alone is named beside it.

        Before it, in its paragraph; where it opens that, in the sentence behind it. Who is spoken of in it speaks not.
        """
        low = max(0, start - NEARBY)
        line = max(low, self.text.rfind("\n", low, start) + 1)
        if person := self._only(self._within(line, start), start, end):
            return person
        opens = line == 0 or self.text[line - 1] == "\n"
        behind = None if self.text[line : start - 1].strip() or not opens else TO_SENTENCE_END.match(self.text, end + 1)
        return self._only(self._within(end, behind.end()), start, end) if behind else None

    def _only(self, people: Sequence[Mention], start: int, end: int) -> Mention | None:
        words = self.text[start:end]
        speaking = (person for person in people if not self.text.endswith(LED_BY, 0, person.start))
        named = {person.surface: person for person in speaking if person.surface not in words}
        return next(iter(named.values())) if len(named) == 1 else None

    def _last_before(self, at: int, quoted: tuple[int, int]) -> Mention | None:
        """Return the person named last, who `他` is led back to; None where somebody was called behind (`田老伯`).

        Who is spoken of in what is quoted does not say it, by whole name or given name (`我的机台交给英子`).
        """
        words = self.text[slice(*quoted)]
        for index in range(bisect_left(self.starts, at) - 1, -1, -1):
            last = self.people[index]
            if quoted[0] <= last.start < quoted[1] or last.surface[-GIVEN:] in words:
                continue
            return None if CALLED.search(self.text, last.end, min(at, quoted[0]) if words else at) else last
        return None
