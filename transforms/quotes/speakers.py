"""Who speaks: the person, or the words, that a verb of speech belongs to."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.entities.records import Mention
from transforms.quotes.speech import (
    ADDRESSED,
    ADVERBS,
    ANONYMOUS,
    CALLED,
    MEETING,
    NEWCOMER,
    PRONOUN,
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


WRITERS = ("记者", "通讯员", "编辑", "主持人")
NOBODY = Speaker(None, None)


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

    def before_verb(self, start: int, verb: int) -> Speaker:
        """Return who stands before a verb of speech, in the clause [start, verb)."""
        for mention in reversed(self._within(max(start, verb - REACH), verb)):
            if not ADDRESSED.search(self.text[max(start, mention.start - 4) : mention.title_start or mention.start]):
                near = verb - mention.end <= NEAR
                return Speaker(mention, mention.surface) if near else NOBODY
        return self._unnamed(start, verb)

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

    def _unnamed(self, start: int, verb: int) -> Speaker:
        """Return who speaks where no name is printed: `他`, `会议`, `该局负责人`."""
        whole = self.text[max(start, verb - NEAR) : verb]
        clause = whole.rpartition("，")[2]
        if adverbs := ADVERBS.search(clause):
            clause = clause[: adverbs.start()]
        is_sure = clause.endswith("：") or self.text[verb] in SURELY_SAYS
        if pronoun := PRONOUN.search(clause) or (SUBJECT.match(clause) if is_sure else None):
            return Speaker(self._last_before(verb), pronoun[0])
        for words in (MEETING, ANONYMOUS):
            if found := words.search(clause):
                return Speaker(None, found[0].removeprefix("据"))
        newcomer = NEWCOMER.search(whole) if whole.endswith("：") else None
        return Speaker(None, newcomer[0]) if newcomer else NOBODY

    def _last_before(self, at: int) -> Mention | None:
        """Return the person named last, who `他` is led back to; None where somebody was called behind (`田老伯`)."""
        index = bisect_left(self.starts, at)
        last = self.people[index - 1] if index else None
        return None if last and CALLED.search(self.text, last.end, at) else last
