"""Mentions and credits as they come, made ready to compare: one text for all its prints, with a home and a page."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

import polars as pl

from transforms.entities.identity.appearances import Naming
from transforms.entities.identity.areas import HOME_LEVELS, Home, find_homes
from transforms.entities.identity.offices import Office, read_offices
from transforms.entities.identity.organisations import complete_organisation

ARTICLE = ("article_id", "article_uid", "newspaper_id", "date_lower", "date_upper", "cluster_id", "is_canonical")
MENTIONS = ("mention_id", *ARTICLE, "kind", "surface", "title", "organisation", "code", "start_char")
CREDITS = (*ARTICLE, "contributor_no", "role", "name", "organisation")

POINTS_BACK = re.compile(
    r"^[该本](街道|镇|乡|村|社区|园区|公司|集团|医院|学校|小学|中学|大学|中心|协会|商会|合作社|基地|酒店|支行|项目|局|委|院|校|园|部|处|所|站|行|厂|矿|店|馆)"
)
STAFF_OF_PAPER = re.compile(r"(?:本报|见习|首席|全媒体|实习)?(?:记者|实习生)|本报编辑")
NEWSROOM = frozenset({"reporter", "intern", "photographer", "editor"})


def read_mentions(mentions: pl.LazyFrame) -> pl.DataFrame:
    """Return the mentions with `text_key`, `page_key` and `ref`, those of each text together and in order."""
    return _with_places(mentions.select(MENTIONS).with_columns(ref=pl.col("mention_id"))).sort(
        "text_key", "article_id", "start_char", "ref"
    ).collect()


def read_credits(contributors: pl.LazyFrame) -> pl.DataFrame:
    """Return the credits with `text_key`, `page_key` and `ref`."""
    ref = pl.col("article_id") + "-c" + pl.col("contributor_no").cast(pl.String)
    return _with_places(contributors.select(CREDITS).with_columns(ref=ref)).sort("text_key", "ref").collect()


def _with_places(frame: pl.LazyFrame) -> pl.LazyFrame:
    """All prints of one text are one witness, at home where the first of them is; a cluster is named after it."""
    page = pl.col("article_id").str.replace(r"-i\d+$", "")
    return frame.with_columns(
        text_key=pl.coalesce(pl.col("cluster_id").str.strip_prefix("c-"), "article_uid"), page_key=page
    )


def read_homes(mentions: pl.DataFrame, credits: pl.DataFrame) -> dict[str, Home]:
    """Return the home of each text, by text_key: what its first print says, and the page and paper of that."""
    columns = ["text_key", "page_key", "newspaper_id", "is_canonical", "article_id"]
    both = pl.concat([mentions.select(columns), credits.select(columns)])
    prints = both.sort("is_canonical", "article_id", descending=[True, False]).unique(
        "text_key", keep="first", maintain_order=True
    )
    words = pl.concat(
        [
            mentions.filter(pl.col("kind") != "person").select("text_key", words="surface"),
            mentions.filter(kind="person").select("text_key", words="title"),
        ]
    )
    named = words.drop_nulls().join(prints.select("text_key", "page_key"), on="text_key")
    homes = prints.join(find_homes(named).drop("page_key"), on="text_key", how="left")
    return {row["text_key"]: _home(row) for row in homes.iter_rows(named=True)}


def _home(row: Mapping[str, str | None]) -> Home:
    paper = row["newspaper_id"]
    named = {level: row[level] for level in HOME_LEVELS}
    return Home(paper=str(row["page_key"] if paper in {None, "unknown"} else paper), **named)


def list_namings(mentions: pl.DataFrame, credits: pl.DataFrame, homes: Mapping[str, Home]) -> Iterator[Naming]:
    """Yield the namings of people, those of one text and name together, credits first."""
    known: dict[tuple[str | None, Home, str | None], tuple[Office, ...]] = {}
    found = [*_from_credits(credits, homes)]
    for _, rows in groupby(mentions.iter_rows(named=True), key=lambda row: row["article_id"]):
        printed = list(rows)
        for row in printed:
            if row["kind"] == "person":
                found.append(_from_mention(row, printed, homes[row["text_key"]], known))
    yield from sorted(found, key=lambda naming: (naming.text, naming.name, naming.article_id, naming.start, naming.ref))


def _from_credits(credits: pl.DataFrame, homes: Mapping[str, Home]) -> Iterator[Naming]:
    for row in credits.iter_rows(named=True):
        paper = row["organisation"] or homes[row["text_key"]].paper
        circle = "newsroom" if row["role"] in NEWSROOM else "correspondents"
        offices = (_office(f"{circle}:{paper}", row["role"]),) if row["role"] != "author" else ()
        yield _naming(row, row["name"], -1, offices, row["role"])


def _office(scope: str, printed: str) -> Office:
    return Office(scope=scope, area="", post=scope.partition(":")[0], rank="staff", printed=printed)


def _from_mention(
    row: Mapping[str, object], printed: list[dict[str, object]], home: Home, known: dict[tuple[object, ...], tuple[Office, ...]]
) -> Naming:
    title = str(row["title"]) if row["title"] else None
    if title is not None and STAFF_OF_PAPER.fullmatch(title):
        return _naming(row, str(row["surface"]), row["start_char"], (_office(f"newsroom:{home.paper}", title),), title)
    antecedent = _antecedent(title, row, printed, home) if title else None
    key = (title, home, antecedent)
    if key not in known:
        known[key] = read_offices(title, home=home, antecedent=antecedent)
    return _naming(row, str(row["surface"]), row["start_char"], known[key], title)


def _antecedent(title: str, row: Mapping[str, object], printed: list[dict[str, object]], home: Home) -> str | None:
    """Return what `该局` in a title stands for: the last organisation or place before it that is one."""
    match = POINTS_BACK.match(title)
    if match is None:
        return None
    word = match[1]
    before = [r for r in printed if r["start_char"] < row["start_char"]]
    for other in reversed(before):
        name = str(other["organisation"] if other["kind"] == "person" else other["surface"]) or ""
        end = name.rfind(word)
        if end > 0 and not name.startswith(("该", "本")):
            return complete_organisation(name[: end + len(word)], home=home)
    return None


def _naming(row: Mapping[str, object], name: str, start: object, offices: tuple[Office, ...], title: str | None) -> Naming:
    return Naming(
        ref=str(row["ref"]), text=str(row["text_key"]), page=str(row["page_key"]), article_id=str(row["article_id"]),
        start=int(str(start)), name=name, offices=offices, title=title, lower=row["date_lower"], upper=row["date_upper"],
    )
