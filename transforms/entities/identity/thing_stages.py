"""The stages that see one node of an organisation, place, project or campaign, and what it shares with others."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from hashlib import blake2b
from itertools import chain, combinations, pairwise
from typing import Any

from transforms.entities.identity import rules
from transforms.entities.identity.inputs import issue_of
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.misprints import BLOCK, are_confusable_things, mask
from transforms.entities.identity.names import (
    PROVINCES,
    bare_head,
    list_heads,
    list_place_words,
    own_part,
    say_name,
)
from transforms.entities.identity.nodes import Node
from transforms.entities.identity.organisations import core_name
from transforms.entities.identity.tables import Parts, Place, Tables, batch
from transforms.entities.identity.text_stages import NEAR
from transforms.entities.identity.texts import read_day
from transforms.entities.identity.things import Thing, list_meetings

THINGS, WORDS, HEADS, MEETINGS, MASKS = "thing", "word", "head", "meeting", "mask"
CORE = "core"  # the part of a thing that is no share
FEWEST_OF_THING = 4  # characters of a name that may be a misprint
LONGEST_MASKED = 14  # characters: of longer names one place is masked, not two
TWO_PLACES = 2
DIGEST, DIGEST_BYTES = 5, 8  # where the digest of a share stands in what it comes to


def give_share(key: str, parts: Parts) -> Iterator[tuple[Place, Any]]:
    """Tell a node what a share of its namings comes to: see `add_up`."""
    node, _, share = key.rpartition("\t")
    yield Place(THINGS, node, share), add_up(parts)


def add_up(texts: Parts) -> list[Any]:
    """Add up a share: what is named, first naming (day, text, start, ref), contexts, counts, exact days, a digest.

    The counts are of texts, issues and mentions. The digest is that of the texts and issues.
    """
    known = next(iter(texts.values()))[2]
    namings = [
        (article_id, lower, upper, start, text, article_id + ref)
        for text, (_, _, _, articles) in texts.items()
        for article_id, lower, upper, starts in articles
        for start, ref in starts
    ]
    first = min(
        ((lower or date.max.isoformat(), text, start, ref) for _, lower, _, start, text, ref in namings), default=None
    )
    exact = [lower for _, lower, upper, *_ in namings if lower and lower == upper]
    counted, issues = texts_and_issues(texts)
    contexts = sorted({context for _, contexts, *_ in texts.values() for context in contexts})
    digest = blake2b("\n".join([*sorted(counted), "", *sorted(issues)]).encode(), digest_size=DIGEST_BYTES).hexdigest()
    counts = [len(counted), len(issues), len(namings)]
    days = [min(exact, default=None), max(exact, default=None)]
    return [known, list(first) if first else None, contexts, counts, days, digest]


def texts_and_issues(texts: Parts) -> tuple[set[str], set[str]]:
    """Return the texts that count in a share, and the issues of its namings."""
    counted = {text for text, (is_home, *_) in texts.items() if is_home}
    issues = {issue_of(article_id) for _, _, _, articles in texts.values() for article_id, *_ in articles}
    return counted, issues


def list_shares(parts: Parts) -> dict[str, list[Any]]:
    """Return what the shares of a node come to."""
    return {part: value for part, value in parts.items() if part != CORE}


def open_thing(key: str, parts: Parts) -> Thing | None:
    """Read a node; None where no naming of it is left."""
    shares = list_shares(parts)
    if not shares:
        return None
    known, *_ = next(iter(shares.values()))
    kind, surface, whole, group, traits = known
    day, _, _, ref = min(first for _, first, *_ in shares.values() if first)
    placeless, core, _ = parts.get(CORE) or (whole, core_name(whole), [])
    first = read_day(day) or date.max
    values = {name: frozenset(of_sort) for name, of_sort in traits.items()}
    return Thing(
        node=Node(
            key=key,
            kind=kind,
            name=say_name(whole),
            first=first,
            shown=ref,
            text_count=sum(counts[0] for _, _, _, counts, *_ in shares.values()),
            traits=values | {"core": frozenset({core})},
        ),
        surface=surface,
        whole=whole,
        group=group,
        placeless=placeless,
        core=core,
        contexts=frozenset(context for _, _, contexts, *_ in shares.values() for context in contexts),
    )


def count_words(tables: Tables) -> set[str]:
    """Count anew the nodes that give each word for a place; return the words that came up or are gone."""
    gained: dict[str, int] = defaultdict(int)
    for keys in batch(tables.changed(THINGS)):
        was, now = tables.was(THINGS, keys), tables.now(THINGS, keys)
        for key in keys:
            for word in _words(was.get(key)):
                gained[word] -= 1
            for word in _words(now.get(key)):
                gained[word] += 1
    turned: set[str] = set()
    changed = sorted(word for word, gain in gained.items() if gain)
    for some in batch(changed):
        was = tables.was(WORDS, some)
        for word in some:
            before = was.get(word, {}).get("", 0)
            count = before + gained[word]
            tables.put(Place(WORDS, word, ""), count or None)
            if (before > 0) != (count > 0):
                turned.add(word)
    return turned


def _words(parts: Parts | None) -> frozenset[str]:
    shares = list_shares(parts or {})
    if not shares:
        return frozenset()
    kind, surface, *_ = next(iter(shares.values()))[0]
    return list_place_words(surface) if kind in {"place", "organisation"} else frozenset()


def find_cores(tables: Tables, turned: Collection[str]) -> None:
    """Find what is a project's own of its name anew: of projects that changed, or whose head came to be a place."""
    headed: set[str] = set()
    for heads in batch(sorted({word[:2] for word in turned})):
        for head, projects in tables.was(HEADS, heads).items():
            mine = tuple(word for word in turned if word.startswith(head))
            headed |= {node for node, rests in projects.items() if any(rest.startswith(mine) for rest in rests)}
    for keys in chain(batch(tables.changed(THINGS)), batch(sorted(headed))):
        now = tables.now(THINGS, keys)
        wholes = {key: whole for key in keys if (whole := _project_of(now.get(key, {}))) is not None}
        for key, rests in _take_places_off(tables, wholes).items():
            core = [rests[-1], own_part(wholes[key], rests[-1]), rests]
            if now[key].get(CORE) != core:
                tables.put(Place(THINGS, key, CORE), core)
        for key in keys:
            if key not in wholes and CORE in now.get(key, {}):
                tables.put(Place(THINGS, key, CORE), None)


def _project_of(parts: Parts) -> str | None:
    """Return the name of a project; None of anything else."""
    shares = list_shares(parts)
    kind, _, whole, *_ = next(iter(shares.values()))[0] if shares else ("", "", "")
    return whole if kind == "project" else None


def _take_places_off(tables: Tables, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return each name as it is, and after each place that is taken off its head: `山北（云岭）光电产业园`."""
    rests = {key: [bare_head(name)] for key, name in names.items()}
    going = set(rests)
    known: dict[str, bool] = dict.fromkeys(PROVINCES, True)
    while going:
        asked = {head for key in going for head in list_heads(rests[key][-1])} - known.keys()
        found = tables.now(WORDS, asked)
        known |= {word: word in found for word in asked}
        heads = {key: next(filter(known.get, list_heads(rests[key][-1])), None) for key in going}
        for key, head in heads.items():
            if head is not None:
                rests[key].append(bare_head(rests[key][-1].removeprefix(head)))
        going = {key for key, head in heads.items() if head is not None}
    return rests


def give_meetings(key: str, parts: Parts) -> Iterator[tuple[Place, Any]]:
    """Tell each meeting of a thing that it is there; and of a project, the heads of its name."""
    thing = open_thing(key, parts)
    if thing is None:
        return
    for meeting in list_meetings(thing):
        yield Place(MEETINGS, meeting, key), 1
    for masked in list_masks(thing):
        yield Place(MASKS, masked, key), thing.core
    by_head: dict[str, list[str]] = defaultdict(list)
    for rest in parts.get(CORE, (None, None, []))[2]:
        by_head[rest[:2]].append(rest)
    for head, rests in by_head.items():
        yield Place(HEADS, head, key), rests


def list_masks(thing: Thing) -> list[str]:
    """Return where a thing meets those whose own names differ in one place, or in two: they agree in a part of it."""
    core = thing.core
    if thing.node.kind == "place" or len(core) < FEWEST_OF_THING:
        return []
    most = places_masked(thing.node.kind, core)
    return [
        f"{thing.node.kind}|{len(core)}|{start}-{end}|{context}|{core[start:end]}"
        for context in sorted(thing.contexts)
        for start, end in cut(len(core), most + 1)
    ]


def places_masked(kind: str, core: str) -> int:
    """Return in how many places two own names may differ."""
    return TWO_PLACES if kind == "project" and len(core) <= LONGEST_MASKED else 1


def cut(length: int, parts: int) -> list[tuple[int, int]]:
    """Cut a name into parts: of names that differ in fewer places than there are parts, one part is the same."""
    ends = [length * number // parts for number in range(parts + 1)]
    return list(pairwise(ends))


def give_near(key: str, parts: Parts, *, looks: Looks) -> Iterator[tuple[Place, Any]]:
    """Tell things which others may be them, misprinted: of those that agree in one part of their own name."""
    if len(parts) == 1:
        return
    kind, _, kept, _ = key.split("|", 3)
    start, end = map(int, kept.split("-"))
    near: dict[str, list[list[Any]]] = defaultdict(list)
    for one, other in pair_cores(parts, kind, range(start, end)):
        if are_confusable_things(parts[one], parts[other], looks):
            for node in (one, other):
                near[node].append([one, other, None, None])
    for node, pairs in near.items():
        yield Place(NEAR, node, f"mask\t{key}"), pairs


def pair_cores(cores: Mapping[str, str], kind: str, kept: Collection[int]) -> list[tuple[str, str]]:
    """Return the pairs of nodes whose own names differ in one place, or in two; a mask that fits too many is a pattern.

    kept: the places of the part in which all of them agree.
    """
    masked: dict[str, set[str]] = defaultdict(set)
    for node, core in cores.items():
        open_places = [at for at in range(len(core)) if at not in kept]
        for size in range(1, places_masked(kind, core) + 1):
            for places in combinations(open_places, size):
                masked[mask(core, places)].add(node)
    groups = [group for group in masked.values() if 1 < len(group) <= BLOCK]
    return sorted({pair for group in groups for pair in combinations(sorted(group), 2)})


def give_short(key: str, parts: Parts) -> Iterator[tuple[Place, Any]]:
    """Join a short name with the one full name that texts introduce it behind."""
    fulls = {full: (group, surface, short) for of_text in parts.values() for full, group, surface, short in of_text}
    if len({group for group, *_ in fulls.values()}) == 1:
        node, (_, surface, short) = min(fulls.items())
        says = f"A text introduces {short} as short for {surface}."
        for end in (key, node):
            yield Place(NEAR, end, f"short\t{key}"), [[key, node, rules.SHORT_NAME.id, says]]
