"""The tables of resolution, from nodes that know their group."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from transforms.entities.identity.nodes import Edge, Node

ID_DIGITS = 16  # hex digits: 64 bits
LINKS = pl.Schema(
    {
        "link_id": pl.String,
        "kind": pl.String,
        "a": pl.String,
        "b": pl.String,
        "score": pl.Float64,
        "evidence": pl.String,
        "decision": pl.String,
        "decided_by": pl.String,
    }
)


BY_PERSON = "correction."  # how the id of what a person decided begins
SHOWN = pl.Schema({"node": pl.String, "ref": pl.String})


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was found; each frame is sorted by its key.

    `entities` and `entity_links` are as the lake declares them. `mention_entities` has `mention_id`,
    `entity_id`; `contributor_entities` has `article_id`, `contributor_no`, `entity_id`.
    """

    entities: pl.DataFrame
    entity_links: pl.DataFrame
    mention_entities: pl.DataFrame
    contributor_entities: pl.DataFrame


def name_entity(kind: str, first_key: str) -> str:
    """Return the id of an entity: its kind, and a hash of what its first naming is."""
    return f"{kind}-{hashlib.sha256(first_key.encode()).hexdigest()[:ID_DIGITS]}"


def report(
    namings: pl.DataFrame, nodes: Mapping[str, Node], groups: Mapping[str, str], edges: Iterable[Edge]
) -> Resolution:
    """Make the tables.

    namings: a row a mention or credit: `ref`, `node`, `surface`, `article_id`, `text_key`, `start_char` (null: a
    credit), `contributor_no` (null: a mention), `date_lower`, `date_upper`. groups: the first node of each group.
    """
    ids = {key: name_entity(nodes[key].kind, first) for key, first in groups.items()}
    known = pl.DataFrame(
        {
            "node": list(ids),
            "entity_id": list(ids.values()),
            "kind": [nodes[key].kind for key in ids],
            "called": [nodes[key].name for key in ids],
            "code": [next(iter(sorted(nodes[key].traits.get("code", ()))), None) for key in ids],
        },
        schema_overrides={"node": pl.String, "entity_id": pl.String, "called": pl.String, "code": pl.String},
    )
    placed = namings.join(known, on="node", how="left", maintain_order="left")
    return Resolution(
        entities=_entities(placed),
        entity_links=_links(placed, nodes, edges),
        mention_entities=placed.filter(pl.col("contributor_no").is_null())
        .select(mention_id="ref", entity_id="entity_id")
        .sort("mention_id"),
        contributor_entities=placed.filter(pl.col("contributor_no").is_not_null())
        .select("article_id", "contributor_no", "entity_id")
        .sort("article_id", "contributor_no"),
    )


def _entities(placed: pl.DataFrame) -> pl.DataFrame:
    is_mention = pl.col("contributor_no").is_null()
    exact = pl.when(pl.col("date_lower") == pl.col("date_upper")).then("date_lower")
    counts = placed.group_by("entity_id").agg(
        kind=pl.col("kind").first(),
        code=pl.col("code").drop_nulls().sort().first(),
        first_date=exact.min(),
        last_date=exact.max(),
        mention_count=is_mention.sum().cast(pl.Int32),
        credit_count=(~is_mention).sum().cast(pl.Int32),
        text_count=pl.col("text_key").n_unique().cast(pl.Int32),
        issue_count=pl.col("article_id").str.replace(r"-p\d+-i\d+$", "").n_unique().cast(pl.Int32),
    )
    return (
        counts.join(_names(placed), on="entity_id")
        .select(
            "entity_id",
            "kind",
            "name",
            "aliases",
            "code",
            "first_date",
            "last_date",
            "mention_count",
            "credit_count",
            "text_count",
            "issue_count",
        )
        .sort("entity_id")
    )


def _names(placed: pl.DataFrame) -> pl.DataFrame:
    """Call each entity what most texts call it; the other printed names are its aliases, the most frequent first."""

    def ranked(column: str) -> pl.DataFrame:
        return (
            placed.group_by("entity_id", column)
            .agg(texts=pl.col("text_key").n_unique(), chars=pl.col(column).str.len_chars().first())
            .sort("entity_id", "texts", "chars", column, descending=[False, True, True, False])
        )

    called = ranked("called").unique("entity_id", keep="first", maintain_order=True)
    named = called.select("entity_id", name="called")
    others = (
        ranked("surface")
        .join(named, on="entity_id", maintain_order="left")
        .group_by("entity_id", maintain_order=True)
        .agg(aliases=pl.col("surface").filter(pl.col("surface") != pl.col("name")))
    )
    return named.join(others, on="entity_id")


def _links(placed: pl.DataFrame, nodes: Mapping[str, Node], edges: Iterable[Edge]) -> pl.DataFrame:
    rows = [
        (_name_link(e), nodes[e.a].kind, *_in_order(e, nodes), e.score, e.evidence, e.decision, e.rule_id)
        for e in edges
    ]
    is_by_person = pl.col("decided_by").str.starts_with(BY_PERSON)
    links = (
        pl.DataFrame(rows, schema=LINKS, orient="row")
        .sort("link_id", is_by_person, "score", "decided_by", descending=[False, True, True, False])
        .unique("link_id", keep="first", maintain_order=True)
    )
    shown = _shown(placed, nodes)
    for side in ("a", "b"):
        links = links.join(shown.rename({"node": side}).select(side, pl.exclude(side).name.suffix(f"_{side}")), on=side)
    sides = [f"{name}_{side}" for name in ("entity_id", "surface", "article_id", "mention_id") for side in ("a", "b")]
    return links.select("link_id", "kind", *sides, "score", "evidence", "decision", "decided_by").sort("link_id")


def _shown(placed: pl.DataFrame, nodes: Mapping[str, Node]) -> pl.DataFrame:
    """Return the naming that stands for each node: `node`, `entity_id`, `surface`, `article_id`, `mention_id`."""
    first = pl.DataFrame([(key, node.shown) for key, node in nodes.items()], schema=SHOWN, orient="row")
    mention_id = pl.when(pl.col("contributor_no").is_null()).then("ref").alias("mention_id")
    namings = placed.select("ref", "entity_id", "surface", "article_id", mention_id)
    return first.join(namings, on="ref").drop("ref")


def _in_order(edge: Edge, nodes: Mapping[str, Node]) -> tuple[str, str]:
    first, second = sorted((edge.a, edge.b), key=lambda key: (nodes[key].first, key))
    return first, second


def _name_link(edge: Edge) -> str:
    return "l-" + hashlib.sha256("\n".join(sorted((edge.a, edge.b))).encode()).hexdigest()[:ID_DIGITS]
