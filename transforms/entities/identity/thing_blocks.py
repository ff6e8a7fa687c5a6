"""Organisations, places, projects and campaigns that meet: which nodes are one thing, and how often it is named."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from transforms.entities.identity.decisions import Ruling, list_barred, list_edges
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.merge import merge
from transforms.entities.identity.misprints import judge_things
from transforms.entities.identity.nodes import Edge, judge
from transforms.entities.identity.report import Counts, Resolved, Row, describe, link_rows, name_entity
from transforms.entities.identity.rules import ENTITY_RULES
from transforms.entities.identity.tables import Parts
from transforms.entities.identity.text_stages import share_key
from transforms.entities.identity.texts import read_day
from transforms.entities.identity.thing_stages import list_shares, open_thing, texts_and_issues
from transforms.entities.identity.things import Thing, link_things, things_clash

RULES = {rule.id: rule for rule in ENTITY_RULES}

ReadShares = Callable[[Collection[str]], Mapping[str, Parts]]
"""Gives the namings that lie in shares, by `share_key`."""


def resolve_things(  # noqa: PLR0913 -- what the blocks hang on
    nodes: Mapping[str, Parts],
    near: Mapping[str, Parts],
    rulings: Sequence[Ruling],
    looks: Looks,
    *,
    members: Mapping[str, str],
    read_shares: ReadShares,
) -> Resolved:
    """Find the entity of each node.

    nodes: what the shares of each come to. near: what it is held against, by what gave that. members: the nodes of the
    namings that somebody decided of.
    """
    opened = (open_thing(key, parts) for key, parts in sorted(nodes.items()))
    things = [thing for thing in opened if thing is not None]
    by_key = {thing.node.key: thing for thing in things}
    mine = [edge for edge in list_edges(rulings, members) if edge.a in by_key and edge.b in by_key]
    merged = merge(
        [thing.node for thing in things],
        [*link_things(things), *_edges_of(near, by_key, looks), *mine],
        clash=things_clash(looks),
        barred=list_barred(mine),
    )
    ids = {key: name_entity(by_key[key].node.kind, first) for key, first in merged.groups.items()}
    surfaces = {key: thing.surface for key, thing in by_key.items()}
    links = link_rows(merged.edges, {key: thing.node for key, thing in by_key.items()}, surfaces, ids)
    groups: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        groups[ids[thing.node.key]].append(thing)
    entities = {entity: _describe(entity, group, nodes, read_shares) for entity, group in groups.items()}
    return Resolved(entities=entities, links=links, entity_of=ids)


def _edges_of(near: Mapping[str, Parts], by_key: Mapping[str, Thing], looks: Looks) -> Iterator[Edge]:
    """Yield the edges that texts and misprints give; each stands with both of its nodes."""
    found = {tuple(edge) for parts in near.values() for edges in parts.values() for edge in edges}
    for a, b, rule_id, evidence in sorted(found, key=lambda edge: (edge[0], edge[1], edge[2] or "", edge[3] or "")):
        if rule_id is None:
            yield judge_things(by_key[a], by_key[b], looks)
        else:
            yield judge(a, b, RULES[rule_id], evidence)


def _describe(entity: str, group: Sequence[Thing], nodes: Mapping[str, Parts], read_shares: ReadShares) -> Row:
    counts = Counts()
    shares = {thing.node.key: list_shares(nodes[thing.node.key]) for thing in group}
    for of_node in shares.values():
        for _, _, _, (_, _, mentions), (first, last), _ in of_node.values():
            counts.mentions += mentions
            counts.add_days(read_day(first), read_day(last))
    by_share: dict[str, list[Thing]] = defaultdict(list)
    for thing in group:
        for share in shares[thing.node.key]:
            by_share[share].append(thing)
    names: Counter[str] = Counter()
    surfaces: Counter[str] = Counter()
    for share, things in sorted(by_share.items()):
        if len(things) == 1:
            (texts, issues, _) = shares[things[0].node.key][share][3]
            names[things[0].node.name] += texts
            surfaces[things[0].surface] += texts
        else:
            texts, issues = _unite(share, things, read_shares, names, surfaces)
        counts.texts += texts
        counts.issues += issues
    counts.names, counts.surfaces = names, surfaces
    codes = sorted(code for thing in group for code in thing.node.traits.get("code", ()))
    return describe(entity, group[0].node.kind, next(iter(codes), None), counts)


def _unite(
    share: str, things: Sequence[Thing], read_shares: ReadShares, names: Counter[str], surfaces: Counter[str]
) -> tuple[int, int]:
    """Count the texts and issues of several nodes in a share, each once."""
    keys = {thing.node.key: share_key(thing.node.key, int(share)) for thing in things}
    held = read_shares(list(keys.values()))
    texts: set[str] = set()
    issues: set[str] = set()
    by_name: dict[str, set[str]] = defaultdict(set)
    by_surface: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        mine, in_issues = texts_and_issues(held[keys[thing.node.key]])
        texts |= mine
        issues |= in_issues
        by_name[thing.node.name] |= mine
        by_surface[thing.surface] |= mine
    names.update({name: len(of_name) for name, of_name in by_name.items()})
    surfaces.update({surface: len(of_surface) for surface, of_surface in by_surface.items()})
    return len(texts), len(issues)
