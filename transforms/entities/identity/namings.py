"""The namings of people: mentions with the offices of their titles, and credits with the paper that they write for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import polars as pl

from transforms.entities.identity.appearances import CREDIT, Naming
from transforms.entities.identity.areas import Home
from transforms.entities.identity.offices import Office, read_offices
from transforms.entities.identity.organisations import complete_organisation

POINTS_BACK = re.compile(
    r"^[该本](街道|镇|乡|村|社区|园区|公司|集团|医院|学校|小学|中学|大学|中心|协会|商会|合作社|基地|酒店|支行|项目|"
    r"局|委|院|校|园|部|处|所|站|行|厂|矿|店|馆)"
)
STAFF_OF_PAPER = re.compile(r"(?:本报|见习|首席|全媒体|实习)?(?:记者|实习生)|本报编辑")
NEWSROOM = frozenset({"reporter", "intern", "photographer", "editor"})
BY_NO_OFFICE = "author"  # a role that says nothing of who somebody is

Row = Mapping[str, Any]
Known = dict[tuple[str, Home, str | None], tuple[Office, ...]]


def list_namings(mentions: pl.DataFrame, credited: pl.DataFrame, homes: Mapping[str, Home]) -> list[Naming]:
    """Return the namings of people, those of one text and name together, credits before what the body prints."""
    found = [_from_credit(row, homes[row["text_key"]].paper) for row in credited.iter_rows(named=True)]
    known: Known = {}
    for _, rows in groupby(mentions.iter_rows(named=True), key=lambda row: row["article_id"]):
        found += _from_article(list(rows), homes, known)
    return sorted(found, key=lambda naming: (naming.text, naming.name, naming.article_id, naming.start, naming.ref))


def _from_credit(row: Row, paper: str) -> Naming:
    circle = "newsroom" if row["role"] in NEWSROOM else "correspondents"
    offices = (_at_paper(circle, row["organisation"] or paper, row["role"]),) if row["role"] != BY_NO_OFFICE else ()
    return _naming(row, row["name"], CREDIT, offices, row["role"])


def _at_paper(circle: str, paper: str, printed: str) -> Office:
    return Office(scope=f"{circle}:{paper}", area="", post=circle, rank="staff", printed=printed)


def _from_article(printed: Sequence[Row], homes: Mapping[str, Home], known: Known) -> Iterator[Naming]:
    for row in printed:
        if row["kind"] == "person":
            offices = _read_title(row, printed, homes[row["text_key"]], known)
            yield _naming(row, row["surface"], row["start_char"], offices, row["title"])


def _read_title(row: Row, printed: Sequence[Row], home: Home, known: Known) -> tuple[Office, ...]:
    title = row["title"]
    if not title:
        return ()
    if STAFF_OF_PAPER.fullmatch(title):
        return (_at_paper("newsroom", home.paper, title),)
    match = POINTS_BACK.match(title)
    antecedent = _find_antecedent(match[1], row, printed, home) if match else None
    key = (title, home, antecedent)
    if key not in known:
        known[key] = read_offices(title, home=home, antecedent=antecedent)
    return known[key]


def _find_antecedent(word: str, row: Row, printed: Iterable[Row], home: Home) -> str | None:
    """Return what `该局` in a title stands for: the last organisation or place before it that ends so."""
    before = [other for other in printed if other["start_char"] < row["start_char"]]
    for other in reversed(before):
        name = (other["organisation"] if other["kind"] == "person" else other["surface"]) or ""
        end = name.rfind(word)
        if end > 0 and not name.startswith(("该", "本")):
            return complete_organisation(name[: end + len(word)], home=home)
    return None


def _naming(row: Row, name: str, start: int, offices: tuple[Office, ...], title: str | None) -> Naming:
    return Naming(
        ref=row["ref"],
        text=row["text_key"],
        page=row["page_key"],
        article_id=row["article_id"],
        start=start,
        name=name,
        offices=offices,
        title=title,
        lower=row["date_lower"],
        upper=row["date_upper"],
    )
