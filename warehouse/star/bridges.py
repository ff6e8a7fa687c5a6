"""Bridge tables of the star: one row for each value of a list, and for each pair of a relation of many to many."""

import dataframely as dy
import polars as pl

from warehouse.star.star_table import ALL, Frames, Role, StarTable
from warehouse.tables import TABLES, columns
from warehouse.tables.articles import FLAGS
from warehouse.tables.pages import DAMAGE


class ArticleFlags(dy.Schema):
    """One flag of one article: the list articles.flags as rows."""

    article_id = columns.article_id(key=True)
    flag = columns.choice("What is wrong or missing.", FLAGS, key=True)


class PageDamage(dy.Schema):
    """One kind of damage of one page: the list pages.damage as rows."""

    page_id = columns.page_id(key=True)
    damage = columns.choice("Kind of damage found.", DAMAGE, key=True)


class EntityAliases(dy.Schema):
    """One other name of one thing: the list entities.aliases as rows."""

    entity_id = columns.entity_id("The thing.", key=True, references="entities.entity_id")
    alias_no = columns.count("Place in the list, from 1: the most frequent name first.", key=True, minimum=1)
    alias = dy.String(description="The name as printed.")


def derive_flags(frames: Frames) -> pl.DataFrame:
    """Give flags as rows."""
    return _as_rows(frames["articles"], "flags").rename({"flags": "flag"})


def derive_damage(frames: Frames) -> pl.DataFrame:
    """Give kinds of damage as rows."""
    return _as_rows(frames["pages"], "damage")


def derive_aliases(frames: Frames) -> pl.DataFrame:
    """Give other names as rows, numbered."""
    names = pl.int_ranges(1, pl.col("aliases").list.len() + 1, dtype=pl.Int32)
    numbered = frames["entities"].filter(pl.col("aliases").list.len() > 0).with_columns(alias_no=names)
    return numbered.explode("aliases", "alias_no").rename({"aliases": "alias"})


def _as_rows(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    return rows.filter(pl.col(column).list.len() > 0).explode(column).unique()


BRIDGES: dict[str, StarTable] = {
    "cluster_members": StarTable(table=TABLES["cluster_members"], role=Role.BRIDGE, sources={"cluster_members": ALL}),
    "article_flags": StarTable(
        table=ArticleFlags, role=Role.BRIDGE, sources={"articles": ("article_id", "flags")}, derive=derive_flags
    ),
    "page_damage": StarTable(
        table=PageDamage, role=Role.BRIDGE, sources={"pages": ("page_id", "damage")}, derive=derive_damage
    ),
    "entity_aliases": StarTable(
        table=EntityAliases, role=Role.BRIDGE, sources={"entities": ("entity_id", "aliases")}, derive=derive_aliases
    ),
    "id_aliases": StarTable(table=TABLES["id_aliases"], role=Role.BRIDGE, sources={"id_aliases": ALL}),
}
