"""Finds all that an article names, and settles what overlaps.

The order: nothing overlaps a person; of the others the longest whole naming wins, so that a place inside an
organisation's or a project's name is part of that name; of two equal ones the kind that stands first in `ORDER`, but
what is told to be built is a project.
"""

import re
from collections.abc import Sequence

from transforms.entities.agreement import agree
from transforms.entities.brands import SHORT
from transforms.entities.buildings import BUILT, find_buildings
from transforms.entities.campaigns import find_campaigns
from transforms.entities.codes import codes_of
from transforms.entities.knowledge import NameKnowledge
from transforms.entities.organisations import find_organisations
from transforms.entities.places import TABLE, WITHOUT_LEVEL, find_bare, find_places
from transforms.entities.projects import find_projects
from transforms.entities.records import Kind, Mention
from transforms.entities.stretches import Stretch, keep_longest
from transforms.printed import PrintedArticle

FIRM = re.compile("(?:公司|集团|厂)$")
ORDER: tuple[Kind, ...] = ("campaign", "organisation", "project", "place")  # what is quoted whole is a term


def find_mentions(article: PrintedArticle, people: Sequence[Mention], knowledge: NameKnowledge) -> list[Mention]:
    """Return the mentions of an article in order, its people among them; they do not overlap."""
    text = article.body
    named = find_places(text, knowledge)
    bare = find_bare(text, named, knowledge)
    after = [*named, *bare]  # what organisations and projects are called after
    told = {text[place.start : place.end] for place in after}
    organisations = find_organisations(text, knowledge.organisations.knowing(told), after, knowledge.words)
    companies = [stretch for stretch in organisations if stretch.rule_id == SHORT]  # 晶润新材|三期项目
    found = [
        *organisations,
        *find_projects(text, knowledge.projects.knowing(told), [*after, *companies]),
        *find_buildings(text, organisations, companies, named),
        *named,
        *find_campaigns(text),
    ]
    people = _without_works(text, people, found)
    settled = agree(text, _settle(people, found), named)
    kept = _settle(people, settled)
    codes = codes_of(text, [stretch for stretch in kept if stretch.kind == "place"], article, knowledge.gazetteer)
    mentions = [stretch.mention(text, codes.get(stretch.start)) for stretch in kept]
    return sorted([*people, *mentions], key=lambda mention: mention.start)


def _without_works(text: str, people: Sequence[Mention], found: Sequence[Stretch]) -> list[Mention]:
    """Return the people but those whose name is a work's, a firm's or a place's: `石峪|抽水蓄能电站`.

    Who has an office somewhere in the article is a person, whatever is called after him.
    """
    works = {stretch.start: stretch.end for stretch in found if stretch.kind == "project"}
    places = {text[stretch.start : stretch.end] for stretch in found if stretch.rule_id == WITHOUT_LEVEL}
    titled = {person.surface for person in people if person.title}
    in_table = {(stretch.start, stretch.end) for stretch in found if stretch.rule_id == TABLE}
    places |= {person.surface for person in people if (person.start, person.end) in in_table} - titled  # `白河镇`
    named = {person.surface for person in people if works.get(person.start, 0) > person.end} - titled
    named |= places | _of_firms(text, people, found)
    return [person for person in people if person.surface not in named]


def _of_firms(text: str, people: Sequence[Mention], found: Sequence[Stretch]) -> set[str]:
    """Return the names without an office that stand nowhere but where a company's own name begins: `楚沅|粮油公司`."""
    behind = {place.start: place.end for place in found if place.kind == "place"}
    ends: dict[int | None, int] = {}
    for firm in found:
        if firm.kind == "organisation" and (firm.rule_id == SHORT or FIRM.search(text, firm.start, firm.end)):
            ends |= {firm.start: firm.end, behind.get(firm.start): firm.end}
    apart = {person.surface for person in people if person.title or ends.get(person.start, 0) <= person.end}
    return {person.surface for person in people} - apart


def _settle(people: Sequence[Mention], found: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches that stay beside people and each other."""
    in_order = sorted(_beside(people, found), key=lambda one: (one.rule_id != BUILT, ORDER.index(one.kind)))
    return keep_longest(in_order)


def _beside(people: Sequence[Mention], stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches that overlap no person."""
    taken = {at for person in people for at in range(person.start, person.end)}
    return [stretch for stretch in stretches if taken.isdisjoint(range(stretch.start, stretch.end))]
