"""The turns of an interview: lines that begin with who speaks, `记者：...` and `李明：...`, or `问：...` and `答：...`.

Print sets no quotation marks there. A label proves little by itself (`地点：`, `主办：`), so the article must have the
turns of one who asks; then each line that begins with a person's name, or with `答`, is a turn as well.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.quotes.marks import Stretch
from transforms.quotes.speakers import Speaker, Speakers
from transforms.text.characters import HAN

SHORTEST = 4  # characters of a turn: `好。` is one, but says nothing
LINE = re.compile(rf"(?<![^\n])[ \u3000]*(?P<label>[{HAN}·（）()、]{{1,24}}?)[：:][ \u3000]*(?P<words>[^\n]+)")
ASKS = re.compile(f"(?:本报|本刊|本台)?(?:记者|主持人|编者|编辑)[{HAN}]{{0,4}}|问|[QＱ]")
ANSWERS = re.compile("答|受访者|嘉宾|[AＡ]")
# What is said ends as a sentence does, and a credit (`记者：李明`) does not; what stands in marks is found by them.
SPOKEN = re.compile("(?!“[^”]*”?[ \u3000]*$).*[。！？…”][ \u3000]*")


class Turn(NamedTuple):
    """The words [start, end) of one who speaks, and who that is."""

    words: Stretch
    speaker: Speaker


def find_turns(text: str, speakers: Speakers) -> list[Turn]:
    """Return the turns of an interview, in order; none where nobody asks, or nobody answers."""
    lines = [line for line in LINE.finditer(text) if _is_spoken(line["words"])]
    asked = [line for line in lines if ASKS.fullmatch(line["label"])]
    turns = list(_turns(lines, speakers)) if asked else []
    return turns if len(turns) > len(asked) else []


def _is_spoken(words: str) -> bool:
    return len(words) >= SHORTEST and SPOKEN.fullmatch(words) is not None


def _turns(lines: Sequence[re.Match[str]], speakers: Speakers) -> Iterator[Turn]:
    first = lines[0].start()
    for line in lines:
        label, words = line["label"], Stretch(line.start("words"), line.start("words") + len(line["words"].rstrip()))
        person = speakers.first_after(*line.span("label"))
        if person is not None:
            yield Turn(words, Speaker(person, person.surface))
        elif ASKS.fullmatch(label):
            yield Turn(words, Speaker(None, label))
        elif ANSWERS.fullmatch(label):
            yield Turn(words, Speaker(speakers.only_before(first), label))
