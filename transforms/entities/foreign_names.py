"""Names that are written by their sound: `弗拉基米尔·普京`, `阿卜杜·热合曼`, and `普京` without the dot.

Where such a name begins and ends is told by its characters, each of which stands more or less often in such names
than in running text, by the elements that names of a people are made of (`次仁`, `其木格`), and by what stands beside
it. Without a dot it needs an office before it, or a verb of speech behind it, or a sure naming elsewhere in the
article, unless elements make it up: `乌云其木格`.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from transforms.entities.name_tables import PARTICLES, SOUNDS, NameTables
from transforms.entities.names import Candidate, beside_left, beside_right, find_namings
from transforms.text.characters import HAN, HAN_CHARACTER

DOT = "·•・‧"
STOPS = PARTICLES | frozenset("同受作当任")  # characters that go on behind a name and stand in none of these
BETWEEN = f"[^{''.join(sorted(STOPS))}、，。{DOT}]"
DOTS = re.compile(rf"[{DOT}](?<=[{HAN}].)(?:{BETWEEN}{{1,8}}[{DOT}])*(?=[{HAN}])")
# How somebody speaks, which no name goes on with: 阿力木江腼腆|地说, 苏阿果|乐呵呵地说.
MANNER = re.compile(f"(?:[{HAN}]([{HAN}])\\1)?地(?=[说笑讲问答告对回表喊])")
LONGEST_PART = 9  # characters between two dots: the longest of a month of newspapers has 8
RARE = -1.0  # log-odds of a character that no such name of a month has
ENOUGH = 4.0  # log-odds of the characters of a name without a dot, all together
ELEMENT = 2.2  # log-odds of each character of an element that names are made of: `古丽`, `其木格`
BUILT = 3  # characters of elements that need no office and no verb, where at most one other stands among them
UNLED = 3.0  # log-odds that a shorter one loses to which no office leads and which does not speak
FOREIGN = 3.0  # log-odds a character of a run that holds no native name, whatever it is cut into
DROP = 4.0  # log-odds below the best end, at which no better end is looked for
SHORTEST = 2  # characters of a name without a dot
CERTAIN = 40.0  # log-odds of a name with a dot: nothing else has its form, and no part of it is a name of its own


@dataclass(frozen=True, slots=True)
class _Sounds:
    """What each character of a text says for a name written by its sound; `built`: those of elements of names.

    runs: where characters stand that such names favour, or elements.
    """

    text: str
    tables: NameTables
    built: frozenset[int]
    runs: tuple[tuple[int, int], ...]

    @staticmethod
    def of(text: str, tables: NameTables) -> "_Sounds":
        elements = [match.span() for match in tables.elements.finditer(text)]
        runs = [*elements, *(match.span() for match in tables.sound_run.finditer(text))]
        return _Sounds(text, tables, frozenset(at for span in elements for at in range(*span)), _joined(runs))

    def odds(self, at: int) -> float:
        odds = self.tables.sounds.get(self.text[at], RARE)
        return max(odds, ELEMENT) if at in self.built else odds

    def total(self, start: int, end: int) -> float:
        """Return the log-odds that characters are those of such a name."""
        return sum(self.odds(at) for at in range(start, end) if self.text[at] not in DOT)

    def is_built(self, start: int, end: int) -> bool:
        """Whether elements make up the name, but for one character."""
        covered = sum(at in self.built for at in range(start, end))
        return start in self.built and covered >= BUILT and covered >= end - start - 1


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans in order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def find_foreign_names(text: str, tables: NameTables) -> list[Candidate]:
    """Return the names written by their sound, in order, none overlapping."""
    sounds = _Sounds.of(text, tables)
    around = [_around(sounds, dots.start(), dots.end()) for dots in DOTS.finditer(text)]
    dotted = [name for name in around if sounds.total(name.start, name.end) > 0]
    bare = list(_introduced(sounds))
    parts = {part for name in dotted for part in re.split(f"[{DOT}]", text[name.start : name.end])}
    known = {part for part in parts if len(part) >= SHORTEST}
    known |= {text[name.start : name.end] for name in bare if name.log_odds > ENOUGH}
    again = _namings(text, {surface for surface in known if surface not in tables.words}, tables)
    return _without_overlaps([*dotted, *bare, *again])


def _around(sounds: _Sounds, first_dot: int, last_dot: int) -> Candidate:
    return Candidate(_reach_left(sounds, first_dot), _reach_right(sounds, last_dot), CERTAIN)


def is_part_of_sound(text: str, name: Candidate, tables: NameTables) -> bool:
    """Whether a short name is cut out of a longer one that is written by its sound: `罗纳尔` of `罗纳尔多`."""
    if not tables.sound_run.fullmatch(text, name.start, name.end):
        return False
    start, end = name.start, name.end
    while start > 0 and tables.sounds.get(text[start - 1], RARE) > SOUNDS:
        start -= 1
    while end < len(text) and tables.sounds.get(text[end], RARE) > SOUNDS:
        end += 1
    total = sum(tables.sounds.get(character, RARE) for character in text[start:end])
    return end - start > name.end - name.start and total > FOREIGN * (end - start)


def _reach_left(sounds: _Sounds, dot: int) -> int:
    """Return where the part in front of a dot begins."""
    text, best, start, total = sounds.text, float("-inf"), dot - 1, 0.0
    for at in range(dot - 1, max(-1, dot - 1 - LONGEST_PART), -1):
        if not HAN_CHARACTER.match(text, at):
            break
        total += sounds.odds(at)
        left, is_word = beside_left(text, at, sounds.tables)
        if total + left > best:
            best, start = total + left, at
        if is_word:
            break
    return start


def _reach_right(sounds: _Sounds, start: int) -> int:
    """Return where the part ends that begins here."""
    text, best, end, total, highest = sounds.text, float("-inf"), start + 1, 0.0, 0.0
    for at in range(start, min(len(text), start + LONGEST_PART)):
        if not HAN_CHARACTER.match(text, at) or (at > start and text[at] in STOPS and at not in sounds.built):
            break
        if MANNER.match(text, at):
            break
        total += sounds.odds(at)
        highest = max(highest, total)
        right, is_word = beside_right(text, at + 1, sounds.tables)
        if total + right > best:
            best, end = total + right, at + 1
        if (is_word and at > start) or total < highest - DROP:
            break
    return end


def _introduced(sounds: _Sounds) -> Iterator[Candidate]:
    """Yield the names without a dot: an office leads to them, or they begin a clause and speak, or are all elements."""
    text, tables = sounds.text, sounds.tables
    for first, last in sounds.runs:
        for start in range(first, last - 1):
            is_led_to = beside_left(text, start, tables)[1]
            is_first = start == first and not HAN_CHARACTER.match(text, start - 1)
            if not (is_led_to or is_first or start in sounds.built):
                continue
            end = _reach_right(sounds, start)
            odds = sounds.total(start, end)
            if end - start < SHORTEST or odds <= ENOUGH or text[start:end] in tables.words:
                continue
            is_told = is_led_to or (is_first and beside_right(text, end, tables)[1])
            if is_told or sounds.is_built(start, end):
                yield Candidate(start, end, odds)
                break
            if is_first and start in sounds.built:
                yield Candidate(start, end, min(odds, ENOUGH) - UNLED)
                break


def _namings(text: str, surfaces: Collection[str], tables: NameTables) -> Iterator[Candidate]:
    """Yield where names stand that another place of the article is sure of."""
    for at, surface in find_namings(text, surfaces):
        end = at + len(surface)
        if beside_left(text, at, tables)[0] + beside_right(text, end, tables)[0] > -ENOUGH:
            yield Candidate(at, end, ENOUGH)


def _without_overlaps(names: list[Candidate]) -> list[Candidate]:
    """Return the longest of those that share characters."""
    kept: list[Candidate] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept
