"""Hits put in order in Python, from their texts: what `scan` does in SQL, for the few that an index gives."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.search.folding import fold
from warehouse.search.hits import Article
from warehouse.search.query import Order, Query
from warehouse.search.ranking import NEAR, NEARBY, score_word, weigh


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that holds the words; `print_of` is its text's cluster, or itself."""

    article: Article
    print_of: str
    score: float


def put_in_order(candidates: Iterable[Candidate], order: Order) -> list[Candidate]:
    """Order hits: ranked ones with one print of each text first, then the further prints."""
    if order is Order.NEWEST:
        return sorted(candidates, key=_by_day)
    best = sorted(candidates, key=lambda hit: (not hit.article.is_canonical, -hit.score, *_by_day(hit)))
    firsts: dict[str, str] = {}
    for hit in best:
        firsts.setdefault(hit.print_of, hit.article.article_id)
    return sorted(best, key=lambda hit: (firsts[hit.print_of] != hit.article.article_id, -hit.score, *_by_day(hit)))


def score_article(article: Article, query: Query) -> float:
    """Score an article as `scan` does."""
    head = fold("\n".join(part for part in (article.kicker, article.headline, article.subhead) if part is not None))
    body = fold(article.body)
    words = sum(score_word(body.count(word), len(body), weigh(word), is_in_head=word in head) for word in query.wanted)
    return words * (1 + NEAR * _is_near(f"{head}\n{body}", query.wanted))


def _by_day(hit: Candidate) -> tuple[int, str]:
    day = hit.article.date_upper
    return (-day.toordinal() if day else 0, hit.article.article_id)


def _is_near(text: str, words: Sequence[str]) -> bool:
    return len(words) > 1 and (_follow(text, words) or _follow(text, words[::-1]))


def _follow(text: str, words: Sequence[str]) -> bool:
    """Tell whether the words follow one another on a line, no more than NEARBY characters between two.

    A pattern of Python's own would try all combinations of places.
    """
    ends = [start + len(words[0]) for start in _starts(text, words[0])]
    for word in words[1:]:
        reached = []
        for start in _starts(text, word):
            last = bisect_right(ends, start)
            if last and start - ends[last - 1] <= NEARBY and "\n" not in text[ends[last - 1] : start]:
                reached.append(start + len(word))
        ends = reached
    return bool(ends)


def _starts(text: str, word: str) -> Iterable[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)
