"""Names that are written by their sound: `弗拉基米尔·普京`, `阿卜杜·热合曼`, and `普京` without the dot.

Where such a name begins and ends is told by its characters, each of which stands more or less often in such names
than in running text, and by what stands beside it. Without a dot it needs an office before it, or a verb of speech
behind it, or a sure naming elsewhere in the article.
"""

import re
from collections.abc import Collection, Iterator

from transforms.entities.name_tables import PARTICLES, SOUNDS, NameTables
from transforms.entities.names import Candidate, beside_left, beside_right, find_namings
from transforms.text.characters import HAN, HAN_CHARACTER

DOT = "·•・‧"
STOPS = PARTICLES | frozenset("同受作当任")  # characters that go on behind a name and stand in none of these
BETWEEN = f"[^{''.join(sorted(STOPS))}、，。{DOT}]"
DOTS = re.compile(rf"(?<=[{HAN}])[{DOT}](?:{BETWEEN}{{1,8}}[{DOT}])*(?=[{HAN}])")
LONGEST_PART = 9  # characters between two dots: the longest of a month of newspapers has 8
RARE = -1.0  # log-odds of a character that no such name of a month has
ENOUGH = 4.0  # log-odds of the characters of a name without a dot, all together
PLENTY = 9.0  # log-odds of the characters that need no office and no verb: five or six that such names favour
SHORTEST = 2  # characters of a name without a dot
CERTAIN = 40.0  # log-odds of a name with a dot: nothing else has its form, and no part of it is a name of its own


def find_foreign_names(text: str, tables: NameTables) -> list[Candidate]:
    """Return the names written by their sound, in order, none overlapping."""
    around = [_around(text, dots.start(), dots.end(), tables) for dots in DOTS.finditer(text)]
    dotted = [name for name in around if _sound(text[name.start : name.end], tables) > 0]
    bare = list(_introduced(text, tables))
    parts = {part for name in dotted for part in re.split(f"[{DOT}]", text[name.start : name.end])}
    known = {part for part in parts if len(part) >= SHORTEST} | {text[name.start : name.end] for name in bare}
    again = _namings(text, {surface for surface in known if surface not in tables.words}, tables)
    return _without_overlaps([*dotted, *bare, *again])


def _around(text: str, first_dot: int, last_dot: int, tables: NameTables) -> Candidate:
    return Candidate(_reach_left(text, first_dot, tables), _reach_right(text, last_dot, tables), CERTAIN)


def is_part_of_sound(text: str, name: Candidate, tables: NameTables) -> bool:
    """Whether a short name is cut out of a longer one that is written by its sound: `罗纳尔` of `罗纳尔多`."""
    if not tables.sound_run.fullmatch(text, name.start, name.end):
        return False
    around = text[max(0, name.start - 1) : name.start] + text[name.end : name.end + 1]
    return any(tables.sounds.get(character, RARE) > SOUNDS for character in around)


def _sound(surface: str, tables: NameTables) -> float:
    """Return the log-odds that characters are those of a name written by its sound."""
    return sum(tables.sounds.get(character, RARE) for character in surface if character not in DOT)


def _reach_left(text: str, dot: int, tables: NameTables) -> int:
    """Return where the part in front of a dot begins."""
    best, start, total = float("-inf"), dot - 1, 0.0
    for at in range(dot - 1, max(-1, dot - 1 - LONGEST_PART), -1):
        if not HAN_CHARACTER.match(text, at):
            break
        total += tables.sounds.get(text[at], RARE)
        left, is_word = beside_left(text, at, tables)
        if total + left > best:
            best, start = total + left, at
        if is_word:
            break
    return start


def _reach_right(text: str, start: int, tables: NameTables) -> int:
    """Return where the part ends that begins here."""
    best, end, total = float("-inf"), start + 1, 0.0
    for at in range(start, min(len(text), start + LONGEST_PART)):
        if not HAN_CHARACTER.match(text, at) or (at > start and text[at] in STOPS):
            break
        total += tables.sounds.get(text[at], RARE)
        right, is_word = beside_right(text, at + 1, tables)
        if total + right > best:
            best, end = total + right, at + 1
        if is_word and at > start:
            break
    return end


def _introduced(text: str, tables: NameTables) -> Iterator[Candidate]:
    """Yield the names without a dot that an office leads to, or that speak at the beginning of a clause."""
    for run in tables.sound_run.finditer(text):
        for start in range(run.start(), run.end() - 1):
            is_led_to = beside_left(text, start, tables)[1]
            if not is_led_to and not (start == run.start() and not HAN_CHARACTER.match(text, start - 1)):
                continue
            end = _reach_right(text, start, tables)
            odds = _sound(text[start:end], tables)
            speaks = beside_right(text, end, tables)[1]
            if (
                end - start >= SHORTEST
                and odds > ENOUGH
                and (is_led_to or speaks)
                and text[start:end] not in tables.words
            ):
                yield Candidate(start, end, odds)
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
