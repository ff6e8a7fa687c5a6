"""From mentions to the nodes of organisations, places, projects and campaigns."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from transforms.entities.identity.areas import Home
from transforms.entities.identity.decisions import Apart
from transforms.entities.identity.names import Form, Named, name_thing, own_part, say_name
from transforms.entities.identity.nodes import Node
from transforms.entities.identity.organisations import core_name
from transforms.entities.identity.things import Thing

FORM = ["kind", "surface", "code", "home"]


def gather_things(
    mentions: pl.DataFrame, homes: Mapping[str, Home], apart: Apart, *, place_names: frozenset[str]
) -> tuple[list[Thing], pl.DataFrame]:
    """Return the nodes of all that is no person, and the mentions with the `node` of each.

    mentions: as `read_mentions` returns them. apart: the mentions that a person takes out of their entity. Each
    distinct form of a name is looked at once.
    """
    numbers = {home: number for number, home in enumerate(dict.fromkeys(homes.values()))}
    at_home = pl.DataFrame(
        {"text_key": list(homes), "home": [numbers[home] for home in homes.values()]},
        schema={"text_key": pl.String, "home": pl.Int64},
    )
    printed = mentions.filter(pl.col("kind") != "person").join(at_home, on="text_key", maintain_order="left")
    forms, named = _name_forms(printed, list(numbers))
    own_node = pl.when("is_local").then(pl.col("node") + "@" + pl.col("text_key")).otherwise("node")
    placed = printed.join(forms, on=FORM, nulls_equal=True, maintain_order="left").with_columns(node=own_node)
    placed = _move(placed, apart)
    contexts = [home.contexts for home in numbers]
    things = [
        _thing(row, named[row["form"]], {name for home in row["homes"] for name in contexts[home]}, place_names)
        for row in _summarise(placed).iter_rows(named=True)
    ]
    return things, placed.drop("form", "home", "is_local")


def _name_forms(printed: pl.DataFrame, homes: Sequence[Home]) -> tuple[pl.DataFrame, list[Named]]:
    """Name each distinct form: rows of FORM with `form`, its number in the list, `node` and `is_local`."""
    forms = printed.select(FORM).unique().sort(FORM)
    named = [
        name_thing(Form(kind=kind, surface=surface, code=code, home=homes[home]))
        for kind, surface, code, home in forms.iter_rows()
    ]
    known = forms.with_columns(
        form=pl.int_range(pl.len()),
        node=pl.Series([name.key for name in named], dtype=pl.String),
        is_local=pl.Series([name.is_local for name in named], dtype=pl.Boolean),
    )
    return known, named


def _summarise(placed: pl.DataFrame) -> pl.DataFrame:
    """Return a row a node: what it is, where it is first printed, how many texts print it, and their homes."""
    in_print = [pl.col("date_lower").fill_null(date.max), "text_key", "start_char", "ref"]
    summed = placed.group_by("node").agg(
        pl.col("form", "kind", "surface", "text_key").first(),
        first=pl.col("date_lower").min(),
        shown=pl.col("ref").sort_by(in_print).first(),
        text_count=pl.col("text_key").n_unique(),
        homes=pl.col("home").unique(),
    )
    return summed.sort("node")


def _move(placed: pl.DataFrame, apart: Apart) -> pl.DataFrame:
    """Give the namings that a person takes out a node of their own: all of the text, or one where it names both."""
    at = {row["ref"]: row for row in placed.select("ref", "text_key", "node").iter_rows(named=True)} if apart else {}
    for ref, (mark, other) in sorted(apart.items()):
        if ref not in at:
            continue
        text, node = at[ref]["text_key"], at[ref]["node"]
        names_both = other in at and (at[other]["text_key"], at[other]["node"]) == (text, node)
        mine = pl.col("ref") == ref if names_both else (pl.col("text_key") == text) & (pl.col("node") == node)
        placed = placed.with_columns(node=pl.when(mine).then(pl.col("node") + f"|{mark}").otherwise("node"))
    return placed


def _thing(row: Mapping[str, object], named: Named, contexts: Iterable[str], place_names: frozenset[str]) -> Thing:
    first = row["first"]
    at = f"@{row['text_key']}" if named.is_local else ""
    kind = str(row["kind"])
    core = own_part(named.whole, place_names) if kind == "project" else core_name(named.whole)
    return Thing(
        node=Node(
            key=str(row["node"]),
            kind=kind,
            name=say_name(named.whole),
            first=first if isinstance(first, date) else date.max,
            shown=str(row["shown"]),
            text_count=int(str(row["text_count"])),
            traits={**named.traits, "core": frozenset({core})},
        ),
        surface=str(row["surface"]),
        whole=named.whole,
        group=f"{named.group}{at}",
        core=core,
        contexts=frozenset(contexts),
    )
