"""People of some names, and all names that theirs are misprints of: which namings are one person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from transforms.entities.identity.appearances import CREDIT, Naming, find_appearances
from transforms.entities.identity.clashes import people_clash
from transforms.entities.identity.decisions import Ruling, list_apart, list_barred, list_edges
from transforms.entities.identity.inputs import issue_of, page_of
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.merge import merge
from transforms.entities.identity.namesakes import link_namesakes
from transforms.entities.identity.nodes import Edge
from transforms.entities.identity.offices import Office
from transforms.entities.identity.people import gather_people
from transforms.entities.identity.report import Counts, Resolved, describe, link_rows, name_entity
from transforms.entities.identity.tables import Parts
from transforms.entities.identity.texts import read_day


def resolve_people(
    names: Mapping[str, Parts], near: Iterable[Edge], rulings: Sequence[Ruling], looks: Looks
) -> Resolved:
    """Find the entity of each naming of some names.

    names: the namings of each, by text, as `give_namings` gives them. near: the judged pairs between these names.
    """
    namings = open_namings(names)
    people, edges, members = gather_people(find_appearances(namings, list_apart(rulings)))
    mine = list(list_edges(rulings, members))
    merged = merge(people, [*edges, *near, *mine], clash=people_clash(looks), barred=list_barred(mine))
    namesakes = link_namesakes(people, merged.groups, merged.edges)
    nodes = {node.key: node for node in people}
    ids = {key: name_entity("person", first) for key, first in merged.groups.items()}
    meant = {ref: ids[key] for ref, key in members.items()}
    counted = _count(namings, meant)
    # A naming of two offices gives two nodes and counts for one: where nothing else is of the other's group, no entity
    # of the lake is that group, and the node stands for what its naming means.
    standing = {key: ids[key] if ids[key] in counted else meant[nodes[key].shown] for key in nodes}
    surfaces = {key: node.name for key, node in nodes.items()}
    links = link_rows([*merged.edges, *namesakes], nodes, surfaces, standing)
    entities = {entity: describe(entity, "person", None, counts) for entity, counts in counted.items()}
    return Resolved(entities=entities, links=links, meant=meant, entity_of=standing)


def open_namings(names: Mapping[str, Parts]) -> list[Naming]:
    """Read the namings of some names, those of each text and name together and in the order of print."""
    opened = (naming for name, parts in names.items() for naming in _open_namings(name, parts))
    return sorted(opened, key=lambda naming: (naming.text, naming.name, naming.article_id, naming.start, naming.ref))


def _open_namings(name: str, parts: Parts) -> Iterator[Naming]:
    for text, (contexts, namings) in parts.items():
        for article_id, ref, start, offices, title, lower, upper in namings:
            yield Naming(
                ref=article_id + ref,
                text=text,
                page=page_of(article_id),
                contexts=tuple(contexts),
                article_id=article_id,
                start=start,
                name=name,
                offices=tuple(_open_office(*office) for office in offices),
                title=title,
                lower=read_day(lower),
                upper=read_day(upper),
            )


def _open_office(scope: str, area: str, post: str, rank: Any, printed: str, is_past: bool) -> Office:  # noqa: ANN401, FBT001, PLR0913, PLR0917 -- the columns of a part
    return Office(scope=scope, area=area, post=post, rank=rank, printed=printed, is_past=is_past)


def _count(namings: Sequence[Naming], meant: Mapping[str, str]) -> dict[str, Counts]:
    texts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    issues: dict[str, set[str]] = defaultdict(set)
    counted: dict[str, Counts] = defaultdict(Counts)
    for naming in namings:
        entity = meant[naming.ref]
        texts[entity][naming.name].add(naming.text)
        issues[entity].add(issue_of(naming.article_id))
        counted[entity].add_naming(naming.lower, naming.upper, is_credit=naming.start == CREDIT)
    for entity, counts in counted.items():
        counts.names = {name: len(of_name) for name, of_name in texts[entity].items()}
        counts.surfaces = counts.names
        counts.texts = len(set().union(*texts[entity].values()))
        counts.issues = len(issues[entity])
    return counted
