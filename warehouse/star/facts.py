"""Facts of the star: what the lake holds of each, and the keys of its article, so that no query goes through that."""

import dataframely as dy
import polars as pl

from warehouse.star.star_table import ALL, Frames, Role, StarTable
from warehouse.tables import TABLES, columns
from warehouse.tables.articles import Articles
from warehouse.tables.contributors import Contributors
from warehouse.tables.figures import Figures
from warehouse.tables.mentions import KINDS, Mentions
from warehouse.tables.quotes import Quotes

PLURALS = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "project": "projects",
    "campaign": "campaigns",
}


def kind_id(kind: str, says: str) -> dy.String:
    """Key of the dimension of one kind of thing."""
    return columns.entity_id(
        f"{says}, where it is {'an' if kind[0] in 'aeiou' else 'a'} {kind}; else null.",
        nullable=True,
        references=f"{PLURALS[kind]}.{kind}_id",
    )


class ArticleKeys(dy.Schema):
    """What a fact takes from its article."""

    issue_id = Articles.issue_id
    newspaper_id = Articles.newspaper_id
    published_on = Articles.published_on
    is_canonical = Articles.is_canonical


class StarFigures(Figures, ArticleKeys):
    """One number as printed, with what it counts, of whom, and when; with the keys of its article and its subject."""

    subject_person_id = kind_id("person", "Whose figure it is")
    subject_organisation_id = kind_id("organisation", "Whose figure it is")
    subject_place_id = kind_id("place", "Whose figure it is")
    subject_project_id = kind_id("project", "Whose figure it is")
    subject_campaign_id = kind_id("campaign", "Whose figure it is")


class StarMentions(Mentions, ArticleKeys):
    """One naming in the body of an article, and what it names; with the keys of its article and of the thing."""

    person_id = kind_id("person", "What it names")
    organisation_id = kind_id("organisation", "What it names")
    place_id = kind_id("place", "What it names")
    project_id = kind_id("project", "What it names")
    campaign_id = kind_id("campaign", "What it names")


class StarQuotes(Quotes, ArticleKeys):
    """One quotation, direct or reported, and who said it; with the keys of its article and of the speaker."""

    speaker_person_id = kind_id("person", "The speaker")


class StarContributors(Contributors, ArticleKeys):
    """One credited person of one article; with the keys of the article and of the person."""

    person_id = kind_id("person", "The person across all issues")


ARTICLE_COLUMNS = ("article_id", *ArticleKeys.column_names())


def with_article(rows: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Add the keys of the article that each row belongs to."""
    return rows.join(articles, on="article_id", how="left", maintain_order="left")


def split_kinds(column: str, prefix: str = "", kinds: tuple[str, ...] = KINDS) -> list[pl.Expr]:
    """Give one column a kind for a column of entities, whose ids begin with their kind."""
    named = pl.col(column)
    return [pl.when(named.str.starts_with(f"{kind}-")).then(named).alias(f"{prefix}{kind}_id") for kind in kinds]


def derive_figures(frames: Frames) -> pl.DataFrame:
    """Figures with the keys of their article, and a key for each kind of subject."""
    return with_article(frames["figures"], frames["articles"]).with_columns(
        split_kinds("subject_entity_id", "subject_")
    )


def derive_mentions(frames: Frames) -> pl.DataFrame:
    """Namings with the keys of their article, and a key for each kind of thing."""
    return with_article(frames["mentions"], frames["articles"]).with_columns(split_kinds("entity_id"))


def derive_quotes(frames: Frames) -> pl.DataFrame:
    """Quotations with the keys of their article and of who speaks."""
    people = split_kinds("speaker_entity_id", "speaker_", ("person",))
    return with_article(frames["quotes"], frames["articles"]).with_columns(people)


def derive_contributors(frames: Frames) -> pl.DataFrame:
    """Credits with the keys of their article and of the person."""
    return with_article(frames["contributors"], frames["articles"]).with_columns(
        split_kinds("entity_id", kinds=("person",))
    )


FACTS: dict[str, StarTable] = {
    "articles": StarTable(table=Articles, role=Role.FACT, sources={"articles": ALL}),
    "figures": StarTable(
        table=StarFigures,
        role=Role.FACT,
        sources={"figures": ALL, "articles": ARTICLE_COLUMNS},
        derive=derive_figures,
    ),
    "mentions": StarTable(
        table=StarMentions,
        role=Role.FACT,
        sources={"mentions": ALL, "articles": ARTICLE_COLUMNS},
        derive=derive_mentions,
    ),
    "quotes": StarTable(
        table=StarQuotes,
        role=Role.FACT,
        sources={"quotes": ALL, "articles": ARTICLE_COLUMNS},
        derive=derive_quotes,
    ),
    "contributors": StarTable(
        table=StarContributors,
        role=Role.FACT,
        sources={"contributors": ALL, "articles": ARTICLE_COLUMNS},
        derive=derive_contributors,
    ),
    "reuse": StarTable(table=TABLES["reuse"], role=Role.FACT, sources={"reuse": ALL}),
    "rejects": StarTable(table=TABLES["rejects"], role=Role.FACT, sources={"rejects": ALL}),
}
