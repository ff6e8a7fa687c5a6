"""The namings of people: mentions with the offices of their titles, and credits with the paper that they write for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from transforms.entities.identity.appearances import CREDIT, Naming
from transforms.entities.identity.areas import Home
from transforms.entities.identity.offices import Office, body_of, read_offices
from transforms.entities.identity.organisations import complete_organisation
from transforms.entities.spaced_names import without_blanks

STAFF_OF_PAPER = re.compile(r"(?:本报|见习|首席|全媒体|实习)?(?:记者|实习生)|本报编辑")
NEWSROOM = frozenset({"reporter", "intern", "photographer", "editor"})
OWN_PAPER = "本报"
BY_NO_OFFICE = "author"  # a role that says nothing of who somebody is

Row = Mapping[str, Any]


def list_namings(mentions: Iterable[Row], credited: Iterable[Row], homes: Mapping[str, Home]) -> list[Naming]:
    """Return the namings of people, those of one text and name together, credits before what the body prints.

    mentions: those of one article together, in the order of print.
    """
    found = [_from_credit(row, homes[row["text_key"]]) for row in credited]
    for _, rows in groupby(mentions, key=lambda row: row["article_id"]):
        found += _from_article(list(rows), homes)
    return sorted(found, key=lambda naming: (naming.text, naming.name, naming.article_id, naming.start, naming.ref))


def _from_credit(row: Row, home: Home) -> Naming:
    named = row["organisation"]
    paper = home.circle if named is None or named.startswith(OWN_PAPER) else named
    post = "newsroom" if row["role"] in NEWSROOM else "correspondents"
    offices = (_at_paper(post, paper, row["role"]),) if row["role"] != BY_NO_OFFICE else ()
    return _naming(row, row["name"], CREDIT, offices, row["role"], home)


def _at_paper(post: str, paper: str, printed: str) -> Office:
    return Office(scope=f"{paper}/{post}", area="", post=post, rank="staff", printed=printed)


def _from_article(printed: Sequence[Row], homes: Mapping[str, Home]) -> Iterator[Naming]:
    for row in printed:
        if row["kind"] == "person":
            home = homes[row["text_key"]]
            offices = _read_title(row, printed, home)
            yield _naming(row, without_blanks(row["surface"]), row["start_char"], offices, row["title"], home)


def _read_title(row: Row, printed: Sequence[Row], home: Home) -> tuple[Office, ...]:
    title = row["title"]
    if not title:
        return ()
    if STAFF_OF_PAPER.fullmatch(title):
        return (_at_paper("newsroom", home.circle, title),)
    body = body_of(title)
    antecedent = _find_antecedent(body, row, printed, home) if body else None
    return read_offices(title, home=home, antecedent=antecedent)


def _find_antecedent(word: str, row: Row, printed: Iterable[Row], home: Home) -> str | None:
    """Return what `局` in `该局局长` stands for: the last organisation or place before it that is one."""
    before = [other for other in printed if other["start_char"] < row["start_char"]]
    for other in reversed(before):
        name = (other["organisation"] if other["kind"] == "person" else other["surface"]) or ""
        end = name.rfind(word)
        if end > 0 and not name.startswith(("该", "本")):
            return complete_organisation(name[: end + len(word)], home=home)
    return None


def _naming(  # noqa: PLR0913, PLR0917 -- what a naming is made of
    row: Row, name: str, start: int, offices: tuple[Office, ...], title: str | None, home: Home
) -> Naming:
    return Naming(
        ref=row["ref"],
        text=row["text_key"],
        page=row["page_key"],
        contexts=home.contexts,
        article_id=row["article_id"],
        start=start,
        name=name,
        offices=offices,
        title=title,
        lower=row["date_lower"],
        upper=row["date_upper"],
    )
