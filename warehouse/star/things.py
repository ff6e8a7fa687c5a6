"""Dimensions of named things, one a kind: people, organisations, places, projects, campaigns."""

import dataframely as dy
import polars as pl

from warehouse.star.facts import PLURALS
from warehouse.star.star_table import ALL, Derive, Frames, Role, StarTable
from warehouse.tables import columns
from warehouse.tables.entities import Entities

BETWEEN = "；"  # between the names of a thing in one text


def thing_id(kind: str) -> dy.String:
    """Key of a dimension of one kind of thing."""
    says = f"The {kind}: its entity_id, which stays when later issues arrive."
    return columns.entity_id(says, key=True, references="entities.entity_id")


class Thing(dy.Schema):
    """What is known of a thing of any kind."""

    name = Entities.name
    aliases_joined = dy.String(
        nullable=True,
        description=f"Its other names as printed in one text, {BETWEEN} between them; null where it has none.",
    )
    first_date = Entities.first_date
    last_date = Entities.last_date
    mention_count = Entities.mention_count
    text_count = Entities.text_count
    issue_count = Entities.issue_count


class PersonKey(dy.Schema):
    """Key of `people`."""

    person_id = thing_id("person")


class People(PersonKey, Thing):
    """One person across all issues: who is spoken of, and who writes."""

    credit_count = Entities.credit_count


class OrganisationKey(dy.Schema):
    """Key of `organisations`."""

    organisation_id = thing_id("organisation")


class Organisations(OrganisationKey, Thing):
    """One organisation across all issues."""


class PlaceKey(dy.Schema):
    """Key of `places`."""

    place_id = thing_id("place")


class Places(PlaceKey, Thing):
    """One place across all issues."""

    code = Entities.code
    division_level = columns.choice(
        "Which level of the administrative division the code is of; null where it has none.",
        ("province", "prefecture", "county"),
        nullable=True,
    )
    province_code = dy.String(nullable=True, description="Code of the province that the code lies in, e.g. 410000.")


class ProjectKey(dy.Schema):
    """Key of `projects`."""

    project_id = thing_id("project")


class Projects(ProjectKey, Thing):
    """One project across all issues."""


class CampaignKey(dy.Schema):
    """Key of `campaigns`."""

    campaign_id = thing_id("campaign")


class Campaigns(CampaignKey, Thing):
    """One campaign or quoted term across all issues."""


def derive_things(kind: str, table: type[dy.Schema]) -> Derive:
    """Make a function that gives the entities of one kind."""

    def derive(frames: Frames) -> pl.DataFrame:
        things = frames["entities"].filter(pl.col("kind") == kind)
        joined = pl.when(pl.col("aliases").list.len() > 0).then(pl.col("aliases").list.join(BETWEEN))
        things = things.with_columns(pl.col("entity_id").alias(f"{kind}_id"), joined.alias("aliases_joined"))
        return things.with_columns(_divisions() if table is Places else [])

    return derive


def _divisions() -> list[pl.Expr]:
    """Read a code of six digits: two of the province, two of the prefecture, two of the county."""
    code = pl.col("code")
    level = (
        pl.when(code.str.ends_with("0000"))
        .then(pl.lit("province"))
        .when(code.str.ends_with("00"))
        .then(pl.lit("prefecture"))
        .when(code.is_not_null())
        .then(pl.lit("county"))
    )
    return [level.alias("division_level"), (code.str.head(2) + "0000").alias("province_code")]


KINDS: dict[str, type[dy.Schema]] = {
    "person": People,
    "organisation": Organisations,
    "place": Places,
    "project": Projects,
    "campaign": Campaigns,
}
THINGS = {
    PLURALS[kind]: StarTable(
        table=table, role=Role.DIMENSION, sources={"entities": ALL}, derive=derive_things(kind, table)
    )
    for kind, table in KINDS.items()
}
