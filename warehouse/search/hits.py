"""What a search gives: articles with their words lit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.search.folding import fold
from warehouse.search.query import Query

EXCERPT_CHARS = 80  # two lines of a terminal, or four of a phone
LEAD = 30  # characters of the excerpt before the first word, at most
SENTENCE_ENDS = "。！？；\n"
CLOSERS = "”’）》」』"

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as search reads it, in the columns of `articles`."""

    article_id: str
    newspaper_id: str
    kind: str
    kicker: str | None
    headline: str | None
    subhead: str | None
    body: str
    published_on: date | None
    date_lower: date | None
    date_upper: date | None
    is_canonical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article that holds the words.

    `excerpt` is a stretch of one of its texts, `excerpt_part` (body; kicker or subhead where the words stand only
    there), from `excerpt_start` on, with spaces for line feeds. Highlights are places of the words: zero-based,
    half-open, in code points of `headline` and of `excerpt`, in order. `score` compares hits of one search alone.
    """

    article_id: str
    newspaper_id: str
    kind: str
    published_on: date | None
    date_lower: date | None
    date_upper: date | None
    headline: str | None
    headline_highlights: Ranges
    excerpt: str
    excerpt_highlights: Ranges
    excerpt_part: str
    excerpt_start: int
    score: float
    is_canonical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a search: how many articles hold the words, and those asked for in order.

    `by_index` tells whether the index answered; `hint` says, for a person, why it did not where there is one.
    """

    total: int
    hits: tuple[Hit, ...]
    by_index: bool = False
    hint: str | None = None


def make_hit(article: Article, query: Query, score: float) -> Hit:
    """Light the words in the headline, and choose the excerpt."""
    part, start, end = choose_excerpt(article, query)
    excerpt = (getattr(article, part) or "")[start:end]
    return Hit(
        article_id=article.article_id,
        newspaper_id=article.newspaper_id,
        kind=article.kind,
        published_on=article.published_on,
        date_lower=article.date_lower,
        date_upper=article.date_upper,
        headline=article.headline,
        headline_highlights=find_words(article.headline or "", query.wanted),
        excerpt=excerpt.replace("\n", " "),
        excerpt_highlights=find_words(excerpt, query.wanted),
        excerpt_part=part,
        excerpt_start=start,
        score=score,
        is_canonical=article.is_canonical,
    )


def find_words(text: str, words: Iterable[str]) -> Ranges:
    """Find folded words in a text: places in order; those that touch or overlap are one."""
    folded = fold(text)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(place for word in words for place in _places(folded, word)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def choose_excerpt(article: Article, query: Query) -> tuple[str, int, int]:
    """Choose the part, and the stretch of it, that shows the most different words; the earliest of equal ones."""
    body = fold(article.body)
    places = sorted((start, word) for word in query.wanted for start, _ in _places(body, word))
    if not places:
        for part in ("kicker", "subhead"):
            text = getattr(article, part) or ""
            if find_words(text, query.wanted):
                return part, 0, len(text)
        return "body", 0, min(len(body), EXCERPT_CHARS)
    start = _begin(body, _densest(places))
    return "body", start, min(len(body), start + EXCERPT_CHARS)


def _densest(places: Sequence[tuple[int, str]]) -> int:
    """Give the place from which on an excerpt shows the most different words."""
    best, most, first = places[0][0], 0, 0
    shown: dict[str, int] = {}
    for last, (start, word) in enumerate(places):
        shown[word] = shown.get(word, 0) + 1
        while start + len(word) - places[first][0] > EXCERPT_CHARS - LEAD and first < last:
            gone = places[first][1]
            shown[gone] -= 1
            first += 1
            if not shown[gone]:
                del shown[gone]
        if len(shown) > most:
            best, most = places[first][0], len(shown)
    return best


def _begin(body: str, word_start: int) -> int:
    """Begin with the word's sentence where that begins shortly before, else a little before the word."""
    earliest = max(0, word_start - LEAD)
    sentence = max(body.rfind(mark, earliest, word_start) for mark in SENTENCE_ENDS)
    if sentence < 0:
        return max(earliest, word_start - LEAD // 2)
    return sentence + 1 + (body[sentence + 1] in CLOSERS)


def _places(folded: str, word: str) -> Iterable[tuple[int, int]]:
    start = folded.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = folded.find(word, start + len(word))
