"""Credits mended: who wrote an article, where print is right and the reader is not."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from transforms.articles.assemble import Article
from transforms.articles.credits import Contributor, distinct
from transforms.corrections.records import NONE, Action, Correction, Placed, of_action, stale


def correct_people(articles: Sequence[Article], placed: Iterable[Placed]) -> list[Article]:
    """Return the articles with their credits mended."""
    corrected = list(articles)
    for place in of_action(placed, Action.CORRECT_CONTRIBUTOR):
        number = article_at(corrected, place.start)
        if number is None:
            raise stale(place.correction, found="no article there", remedy="take words of the article itself")
        corrected[number] = _with_credit(corrected[number], place.correction)
    return corrected


def article_at(articles: Sequence[Article], raw_offset: int) -> int | None:
    """Return the index of the article that holds a raw character; None where none does."""
    return next(
        (
            number
            for number, article in enumerate(articles)
            if any(start <= raw_offset < end for start, end in article.raw_spans)
        ),
        None,
    )


def say_person(person: Contributor) -> str:
    """Write a credit as corrections do: role and name."""
    return f"{person.role} {person.name}"


def _with_credit(article: Article, correction: Correction) -> Article:
    people = list(article.contributors)
    named = [say_person(person) for person in people]
    if correction.expect == NONE:
        people.append(_person(correction.becomes, None))
    elif correction.expect not in named:
        found = ", ".join(named) or NONE
        raise stale(correction, found=found, remedy="another correction has changed the credit: mend one of them")
    else:
        at = named.index(correction.expect)
        organisation = people[at].organisation
        people[at : at + 1] = [] if correction.becomes == NONE else [_person(correction.becomes, organisation)]
    return replace(article, contributors=tuple(distinct(people)))


def _person(words: str, organisation: str | None) -> Contributor:
    role, _, name = words.partition(" ")
    return Contributor(role, name, organisation)
