"""Which namings are one thing, across all issues: entities, the entity of each mention and credit, and the links.

Nothing is joined on its name alone. What is joined, kept apart or left open is a row of `entity_links` with its
evidence. Nodes are namings that agree in all that tells one thing from another; edges are judged pairs of nodes;
groups of nodes are the entities (`transforms.entities.identity`).

A change of some articles is led from table to table (`identity.tables`): from texts to the names and nodes that they
give, from those to what they share with others, and at last to the blocks of names and nodes that are held against each
other. Only blocks that it reaches are resolved anew. A build is the change of an empty lake.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from transforms.entities.identity.decisions import Decided, Ruling, require_expected, require_obeyed, require_one_kind
from transforms.entities.identity.found import Found
from transforms.entities.identity.intake import ARTICLES, put_in, take_out
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.report import CONTRIBUTORS, ENTITIES, LINKS, MENTIONS
from transforms.entities.identity.step import Crew, Step
from transforms.entities.identity.tables import Held, Place, Tables

RULINGS = "ruling"
FRAMES = {"entities": ENTITIES, "entity_links": LINKS, "mentions": MENTIONS, "contributors": CONTRIBUTORS}


@dataclass(frozen=True, slots=True)
class NameChanges:
    """Articles that are gone, and what those that are new or differ name.

    mentions, contributors: the columns MENTIONS and CREDITS of `transforms.entities.identity.inputs`. An article that
    stands there takes the place of what was known of it.
    """

    gone: Collection[str]
    mentions: pl.LazyFrame
    contributors: pl.LazyFrame


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


def resolve_mentions(
    mentions: pl.LazyFrame, contributors: pl.LazyFrame, *, looks: Looks, decisions: Sequence[Decided] = ()
) -> Resolution:
    """Find the entity of each mention and of each credited person, of all issues, in memory.

    mentions, contributors: as in NameChanges. looks: how characters look. decisions: what a person decided of two
    mentions; raises StaleCorrection where the rules no longer see them as expected. The result hangs on the content of
    the rows alone, not on their order.
    """
    found = list(
        resolve_changes(Tables(before=[]), NameChanges((), mentions, contributors), looks=looks, decisions=decisions)
    )
    frames = {
        name: pl.concat([schema.to_frame(), *(part.rows for part in found if part.table == name)])
        for name, schema in FRAMES.items()
    }
    return Resolution(
        entities=frames["entities"].sort("entity_id"),
        entity_links=frames["entity_links"].sort("link_id"),
        mention_entities=frames["mentions"].sort("mention_id"),
        contributor_entities=frames["contributors"].sort("article_id", "contributor_no"),
    )


def resolve_changes(
    tables: Tables,
    changes: NameChanges,
    *,
    looks: Looks,
    decisions: Sequence[Decided] = (),
    call_crew: Callable[[Tables], Crew | None] = lambda _: None,
) -> Iterator[Found]:
    """Yield what differs after some articles changed: of these articles all namings, of others those that differ.

    tables: as the last run left them; they take in the changes. call_crew: asked for others that do the work, once the
    changes are in; what these find is theirs to tell. Of a row that is gone the key is told, but no mentions
    and credits of articles that are gone.
    Raises StaleCorrection where the rules no longer see the namings of a decision as it expects, or decisions
    contradict each other.
    """
    take_out(tables, changes.gone)
    put_in(tables, changes.mentions, changes.contributors)
    rulings = [decided.ruling for decided in decisions]
    fresh = frozenset(tables.changed(ARTICLES) if tables.before else ())
    was = _swap_rulings(tables, rulings)
    step = Step(tables, looks, was=was, now=rulings, fresh=fresh, crew=call_crew(tables))
    yield from step.run()
    if decisions:
        _require_fit(tables, looks, decisions)
        require_obeyed(decisions, step.meant)


def _swap_rulings(tables: Tables, rulings: Sequence[Ruling]) -> list[Ruling]:
    """Keep the rulings for the next run, and return those of the last one."""
    kept = tables.was(RULINGS, [""]).get("", {})
    for part in kept:
        tables.put(Place(RULINGS, "", part), None)
    for number, ruling in enumerate(rulings):
        tables.put(Place(RULINGS, "", f"{number:06d}"), list(ruling))
    return [Ruling(*values) for _, values in sorted(kept.items())]


def _require_fit(tables: Tables, looks: Looks, decisions: Sequence[Decided]) -> None:
    """Hold decisions against what the rules see without them."""
    plain = Tables(before=[*tables.before, *tables.fresh, Held(tables.pending)])
    step = Step(plain, looks, was=[decided.ruling for decided in decisions], now=())
    for _ in step.run():
        pass
    require_expected(decisions, step.meant)
    require_one_kind(decisions, step.nodes)
