"""People of some names, and all names that theirs may be misprinted: which namings are one person."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from transforms.entities.identity.appearances import CREDIT, Naming, find_appearances
from transforms.entities.identity.clashes import people_clash
from transforms.entities.identity.decisions import Ruling, list_apart, list_barred, list_edges
from transforms.entities.identity.inputs import issue_of, page_of
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.merge import merge
from transforms.entities.identity.misprints import judge_people
from transforms.entities.identity.namesakes import link_namesakes
from transforms.entities.identity.nodes import Edge, Node
from transforms.entities.identity.offices import Office
from transforms.entities.identity.people import gather_people
from transforms.entities.identity.report import Counts, Resolved, describe, link_rows, name_entity
from transforms.entities.identity.stints import full_scopes
from transforms.entities.identity.tables import Parts
from transforms.entities.identity.texts import read_day


def resolve_people(
    names: Mapping[str, Parts], near: Mapping[str, Parts], rulings: Sequence[Ruling], looks: Looks
) -> Resolved:
    """Find the entity of each naming of some names.

    names: the namings of each, by text, as `give_namings` gives them. near: those that it may be, misprinted, by
    office; all names that stand there are among `names`.
    """
    namings = [naming for name, parts in sorted(names.items()) for naming in open_namings(name, parts)]
    people, edges, members = gather_people(find_appearances(_in_texts(namings), list_apart(rulings)))
    mine = list(list_edges(rulings, members))
    merged = merge(
        people,
        [*edges, *_judge_near(people, near, looks), *mine],
        clash=people_clash(looks),
        barred=list_barred(mine),
    )
    namesakes = link_namesakes(people, merged.groups, merged.edges)
    nodes = {node.key: node for node in people}
    ids = {key: name_entity("person", first) for key, first in merged.groups.items()}
    meant = {ref: ids[key] for ref, key in members.items()}
    shown = {naming.ref: naming.name for naming in namings}
    surfaces = {key: shown[node.shown] for key, node in nodes.items()}
    counted = _count(namings, meant)
    # A naming of two offices gives two nodes and counts for one: where nothing else is of the other's group, no entity
    # of the lake is that group, and the node stands for what its naming means.
    standing = {key: ids[key] if ids[key] in counted else meant[nodes[key].shown] for key in nodes}
    links = link_rows([*merged.edges, *namesakes], nodes, surfaces, standing)
    entities = {entity: describe(entity, "person", None, counts) for entity, counts in counted.items()}
    return Resolved(entities=entities, links=links, meant=meant, entity_of=ids)


def open_namings(name: str, parts: Parts) -> Iterator[Naming]:
    """Read the namings of a name."""
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


def _in_texts(namings: Sequence[Naming]) -> list[Naming]:
    return sorted(namings, key=lambda naming: (naming.text, naming.name, naming.article_id, naming.start, naming.ref))


def _judge_near(people: Sequence[Node], near: Mapping[str, Parts], looks: Looks) -> Iterator[Edge]:
    """Yield the edges of people whose names may be one another misprinted, and who hold one office."""
    holders: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in people:
        if node.name in near:
            for held in node.offices:
                for full in full_scopes(held.scope, node.contexts):
                    holders[node.name, f"{held.rank}|{held.post}|{full}"].append(node)
    pairs = {
        tuple(sorted((one.key, other.key))): tuple(sorted((one, other), key=lambda node: node.key))
        for name, parts in near.items()
        for office, others in parts.items()
        for another in others
        for one, other in product(holders[name, office], holders[another, office])
    }
    for _, (one, other) in sorted(pairs.items()):
        yield judge_people(one, other, looks)


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
