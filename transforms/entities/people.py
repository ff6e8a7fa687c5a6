"""The people that an article names, each with the office that is printed beside the name."""

from collections.abc import Mapping

from transforms.entities.name_choice import SURE, choose_names
from transforms.entities.name_tables import NameTables
from transforms.entities.names import Candidate, find_candidates
from transforms.entities.offices import Title, title_before, title_behind
from transforms.entities.records import Mention
from transforms.printed import PrintedArticle

CREDITED = "person.credited"
OFFICE_BEFORE = "person.office-before"
OFFICE_BEHIND = "person.office-behind"
WEIGHED = "person.weighed"


def find_people(article: PrintedArticle, tables: NameTables) -> list[Mention]:
    """Return every naming of a person in the body, in order."""
    text = article.body
    names = choose_names(find_candidates(text, tables), text, sure=article.credited)
    ends = [0, *(name.end for name in names)]
    return [_mention(text, name, tables.offices, low) for name, low in zip(names, ends, strict=False)]


def _mention(text: str, name: Candidate, offices: Mapping[str, str], low: int) -> Mention:
    """Return the naming with its office, which reaches over no name before it."""
    before = title_before(text, name.start, offices, low=low)
    title = before or title_behind(text, name.end)
    return Mention(
        kind="person",
        surface=text[name.start : name.end],
        start=name.start,
        end=name.end,
        rule_id=_rule(name, before, title),
        title=text[title.start : title.end] if title else None,
        title_start=title.start if title else None,
        title_end=title.end if title else None,
        organisation=title.organisation if title else None,
    )


def _rule(name: Candidate, before: Title | None, title: Title | None) -> str:
    if name.log_odds == SURE:
        return CREDITED
    if title is None:
        return WEIGHED
    return OFFICE_BEFORE if before else OFFICE_BEHIND
