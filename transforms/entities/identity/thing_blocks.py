"""Organisations, places, projects and campaigns that meet: which nodes are one thing, and how often it is named."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from transforms.entities.identity.decisions import Ruling, list_barred, list_edges
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.merge import merge
from transforms.entities.identity.misprints import judge_things
from transforms.entities.identity.nodes import Edge, judge
from transforms.entities.identity.report import Counts, Resolved, Row, describe, link_rows, name_entity
from transforms.entities.identity.rules import ENTITY_RULES
from transforms.entities.identity.tables import Parts, write_json
from transforms.entities.identity.text_stages import share_key
from transforms.entities.identity.texts import read_day
from transforms.entities.identity.thing_stages import DIGEST, DIGEST_BYTES, list_shares, open_thing, texts_and_issues
from transforms.entities.identity.things import Thing, link_things, things_clash

RULES = {rule.id: rule for rule in ENTITY_RULES}

ReadParts = Callable[[Collection[str]], Mapping[str, Parts]]
UNIONS = "union"  # the table that keeps, of an entity of several nodes, what their shares come to together


def resolve_things(  # noqa: PLR0913 -- what the blocks hang on
    nodes: Mapping[str, Parts],
    near: Mapping[str, Parts],
    rulings: Sequence[Ruling],
    looks: Looks,
    *,
    members: Mapping[str, str],
    read_shares: ReadParts,
    read_unions: ReadParts,
) -> Resolved:
    """Find the entity of each node.

    nodes: what the shares of each come to. near: what it is held against, by what gave that. members: the nodes of the
    namings that somebody decided of. read_shares: gives the namings that lie in shares, by `share_key`; read_unions:
    `Resolved.unions` of the last run, by entity, so that of many shares only those are opened that differ.
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
    known = read_unions([entity for entity, group in groups.items() if len(group) > 1])
    entities, unions = {}, {}
    for entity, group in groups.items():
        shares = {thing.node.key: list_shares(nodes[thing.node.key]) for thing in group}
        together = _unite(group, shares, known.get(entity, {}), read_shares) if len(group) > 1 else {}
        entities[entity] = _describe(entity, group, shares, together)
        if together:
            unions[entity] = together
    return Resolved(entities=entities, links=links, entity_of=ids, unions=unions)


def _edges_of(near: Mapping[str, Parts], by_key: Mapping[str, Thing], looks: Looks) -> Iterator[Edge]:
    """Yield the edges that texts and misprints give; each stands with both of its nodes."""
    found = {tuple(edge) for parts in near.values() for edges in parts.values() for edge in edges}
    for a, b, rule_id, evidence in sorted(found, key=lambda edge: (edge[0], edge[1], edge[2] or "", edge[3] or "")):
        if rule_id is None:
            yield judge_things(by_key[a], by_key[b], looks)
        else:
            yield judge(a, b, RULES[rule_id], evidence)


def _describe(entity: str, group: Sequence[Thing], shares: Mapping[str, Parts], together: Parts) -> Row:
    """Return the row of an entity. together: what the shares come to in which several of its nodes have namings."""
    counts = Counts()
    names: Counter[str] = Counter()
    surfaces: Counter[str] = Counter()
    for thing in group:
        for share, (_, _, _, (texts, issues, mentions), (first, last), _) in shares[thing.node.key].items():
            counts.mentions += mentions
            counts.add_days(read_day(first), read_day(last))
            if share not in together:
                counts.texts += texts
                counts.issues += issues
                names[thing.node.name] += texts
                surfaces[thing.surface] += texts
    for _, texts, issues, by_name, by_surface in together.values():
        counts.texts += texts
        counts.issues += issues
        names.update(by_name)
        surfaces.update(by_surface)
    counts.names, counts.surfaces = names, surfaces
    codes = sorted(code for thing in group for code in thing.node.traits.get("code", ()))
    return describe(entity, group[0].node.kind, next(iter(codes), None), counts)


def _unite(group: Sequence[Thing], shares: Mapping[str, Parts], known: Parts, read_shares: ReadParts) -> Parts:
    """Count the texts and issues of each share that several nodes have, each once; with a digest of what was counted.

    What is known of a share of the same digest is taken as it is.
    """
    by_share: dict[str, list[Thing]] = defaultdict(list)
    for thing in group:
        for share in shares[thing.node.key]:
            by_share[share].append(thing)
    several = {share: things for share, things in sorted(by_share.items()) if len(things) > 1}
    united: Parts = {}
    for share, things in several.items():
        counted = [[thing.node.key, shares[thing.node.key][share][DIGEST]] for thing in things]
        digest = blake2b(write_json(counted), digest_size=DIGEST_BYTES).hexdigest()
        is_known = share in known and known[share][0] == digest
        united[share] = known[share] if is_known else [digest, *_count_together(share, things, read_shares)]
    return united


def _count_together(share: str, things: Sequence[Thing], read_shares: ReadParts) -> list[Any]:
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
    names = {name: len(of_name) for name, of_name in by_name.items()}
    return [len(texts), len(issues), names, {surface: len(of_one) for surface, of_one in by_surface.items()}]
