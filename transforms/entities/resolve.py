"""Which namings are one thing, across all issues: entities, the entity of each mention and credit, and the links.

Nothing is joined on its name alone. What is joined, kept apart or left open is a row of `entity_links` with its
evidence. Nodes are namings that agree in all that tells one thing from another; edges are judged pairs of nodes;
groups of nodes are the entities (`transforms.entities.identity`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import polars as pl

from transforms.entities.identity.appearances import find_appearances
from transforms.entities.identity.areas import Home
from transforms.entities.identity.clashes import people_clash
from transforms.entities.identity.decisions import (
    Decided,
    list_apart,
    list_barred,
    list_edges,
    require_expected,
    require_one_kind,
)
from transforms.entities.identity.gather import gather_things
from transforms.entities.identity.inputs import read_credits, read_homes, read_mentions
from transforms.entities.identity.intext import link_within_texts
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.merge import merge
from transforms.entities.identity.misprints import find_misprinted_people, find_misprinted_things
from transforms.entities.identity.names import list_place_names
from transforms.entities.identity.namesakes import link_namesakes
from transforms.entities.identity.namings import list_namings
from transforms.entities.identity.nodes import Edge, Node, is_of_person
from transforms.entities.identity.people import gather_people
from transforms.entities.identity.report import Resolution, report
from transforms.entities.identity.things import link_things, things_clash


@dataclass(frozen=True, slots=True)
class _Grouped:
    """All nodes by key, the node of each naming by its ref, the group of each node, and the edges as they ended."""

    nodes: Mapping[str, Node]
    members: Mapping[str, str]
    groups: Mapping[str, str]
    edges: Sequence[Edge]


def resolve_mentions(
    mentions: pl.LazyFrame, contributors: pl.LazyFrame, *, looks: Looks, decisions: Sequence[Decided] = ()
) -> Resolution:
    """Find the entity of each mention and of each credited person.

    mentions, contributors: the columns MENTIONS and CREDITS of `transforms.entities.identity.inputs`, of all issues.
    looks: how characters look. decisions: what a person decided of two mentions; raises StaleCorrection where the
    rules no longer see them as expected. The result hangs on the content of the rows alone, not on their order.
    """
    named, credited = read_mentions(mentions), read_credits(contributors)
    homes = read_homes(named, credited)
    if decisions:
        plain = _group(named, credited, homes, looks, ())
        require_expected(decisions, {ref: plain.groups[node] for ref, node in plain.members.items()})
    grouped = _group(named, credited, homes, looks, decisions)
    return report(_namings(named, credited, grouped.members), grouped.nodes, grouped.groups, grouped.edges)


def _group(
    named: pl.DataFrame, credited: pl.DataFrame, homes: Mapping[str, Home], looks: Looks, decisions: Sequence[Decided]
) -> _Grouped:
    apart = list_apart(decisions)
    people, people_edges, members = gather_people(find_appearances(list_namings(named, credited, homes), apart))
    place_names = list_place_names(_words(named))
    things, printed = gather_things(named, homes, apart, place_names=place_names)
    members |= dict(printed.select("ref", "node").iter_rows())
    require_one_kind(decisions, members)
    mine, barred = list(list_edges(decisions, members)), list_barred(decisions, members)
    of_people = merge(
        people,
        [*people_edges, *find_misprinted_people(people, looks), *(edge for edge in mine if is_of_person(edge.a))],
        clash=people_clash(looks),
        barred=[pair for pair in barred if is_of_person(pair[0])],
    )
    found = (link_things(things, place_names=place_names), link_within_texts(printed, things))
    of_things = merge(
        [thing.node for thing in things],
        [*chain(*found, find_misprinted_things(things, looks)), *(edge for edge in mine if not is_of_person(edge.a))],
        clash=things_clash(looks),
        barred=[pair for pair in barred if not is_of_person(pair[0])],
    )
    namesakes = link_namesakes(people, of_people.groups, of_people.edges)
    return _Grouped(
        nodes={node.key: node for node in (*people, *(thing.node for thing in things))},
        members=members,
        groups={**of_people.groups, **of_things.groups},
        edges=[*of_people.edges, *of_things.edges, *namesakes],
    )


def _words(named: pl.DataFrame) -> list[str]:
    is_place = pl.col("kind").is_in(["place", "organisation"])
    return named.filter(is_place)["surface"].unique().sort().to_list()


def _namings(named: pl.DataFrame, credited: pl.DataFrame, members: Mapping[str, str]) -> pl.DataFrame:
    columns = ["ref", "surface", "article_id", "text_key", "date_lower", "date_upper"]
    mentions = named.select(*columns, "start_char", contributor_no=pl.lit(None, pl.Int32))
    credit_rows = credited.rename({"name": "surface"}).select(
        *columns,
        start_char=pl.lit(None, mentions.schema["start_char"]),
        contributor_no=pl.col("contributor_no").cast(pl.Int32),
    )
    nodes = pl.DataFrame(
        {"ref": list(members), "node": list(members.values())}, schema={"ref": pl.String, "node": pl.String}
    )
    return pl.concat([mentions, credit_rows]).join(nodes, on="ref", how="left", maintain_order="left")
