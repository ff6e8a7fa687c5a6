"""What the reader, left alone, makes of the words of a correction: that must be what the correction expects."""

from collections.abc import Iterable, Sequence

from transforms.articles.assemble import Article
from transforms.blocks.segment import Block
from transforms.corrections.people import article_at, say_person
from transforms.corrections.records import NONE, Action, Placed, stale

NOWHERE = "no article"
REMEDY = "look at the page with ./lake review, then mend or delete the correction"


def require_expected(blocks: Sequence[Block], articles: Sequence[Article], placed: Iterable[Placed]) -> None:
    """Raise StaleCorrection for the first correction that finds something else than it expects."""
    for place in placed:
        found = observe(place, blocks, articles)
        if found != place.correction.expect:
            raise stale(place.correction, found=repr(found), remedy=REMEDY)


def observe(place: Placed, blocks: Sequence[Block], articles: Sequence[Article]) -> str:
    """Say what stands where a correction is placed, in the words that its `expect` is written with."""
    match place.correction.action:
        case Action.SPLIT_ARTICLE | Action.JOIN_ARTICLES:
            return _headline(place, articles)
        case Action.SET_PART:
            touched = (b for b in blocks if b.raw_start < place.end and place.start < b.raw_end)
            return ", ".join(dict.fromkeys(block.kind for block in touched))
        case Action.CORRECT_CONTRIBUTOR:
            return _people(place, articles)
        case _:  # printed characters are found by the place itself, days by `dates`
            return place.correction.expect


def _headline(place: Placed, articles: Sequence[Article]) -> str:
    number = article_at(articles, place.start)
    if number is None:
        return NOWHERE
    headline = articles[number].parts.get("headline")
    return headline.string if headline else NONE


def _people(place: Placed, articles: Sequence[Article]) -> str:
    number = article_at(articles, place.start)
    if number is None:
        return NOWHERE
    people = [say_person(person) for person in articles[number].contributors]
    expect, becomes = place.correction.expect, place.correction.becomes
    is_free = becomes not in people
    if expect in people or (expect == NONE and is_free):
        return expect
    return ", ".join(people) or NONE
