"""Organisations, places, projects and campaigns: which full names are one thing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from transforms.entities.identity import rules
from transforms.entities.identity.areas import read_areas
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.names import say_name
from transforms.entities.identity.nodes import Clash, Edge, Node, judge
from transforms.entities.identity.organisations import UNPLACED, core_name

FEWEST_SHORT = 4  # characters of a firm's name without its legal form: shorter ones are many firms'
ONE_VALUE = ("code", "city", "district", "town")  # traits of which a thing has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A node that is no person, with what its edges are found by.

    surface: the name as printed. whole, group: as in Named. placeless: the whole, of a project without its place.
    core: the part of the name that is its own. contexts: the papers that print it and the districts that they tell of
    with it.
    """

    node: Node
    surface: str
    whole: str
    group: str
    placeless: str
    core: str
    contexts: frozenset[str]


def link_things(things: Sequence[Thing]) -> Iterator[Edge]:
    """Yield the edges that completing a name, its legal form, the name of its place or its code give."""
    yield from _of_one_name(things)
    yield from _of_one_city(things)
    yield from _of_one_firm(things)
    yield from _of_one_project(things)
    yield from _of_one_code(things)


def list_meetings(thing: Thing) -> list[str]:
    """Return where a thing meets all those that `link_things` may hold against it."""
    kind, whole = thing.node.kind, thing.whole
    found = set(_groups_of(thing))
    if kind == "organisation":
        if "/" in whole:
            found.add(f"whole|{whole}")
        city = read_areas(whole)[0].get("city")
        if city is not None:
            relative = whole.replace(city, "市", 1)
            found |= {f"whole|{paper}/{relative}" for paper in thing.contexts if is_city_of(city, paper)}
        if len(core_name(whole)) >= FEWEST_SHORT:
            found |= {f"firm|{context}|{core_name(whole)}" for context in thing.contexts}
    if kind == "project":
        found |= {f"placed|{context}|{thing.placeless}" for context in thing.contexts}
    if kind == "place":
        found |= {f"printed|{context}|{thing.surface}" for context in thing.contexts}
    return sorted(found)


def _of_one_name(things: Sequence[Thing]) -> Iterator[Edge]:
    """Join the printed forms of one full name to the longest of them, which says most."""
    for group in gather(things, _groups_of):
        for members in _without_rivals(group):
            fullest = find_fullest(members)
            for thing in members:
                if thing is not fullest:
                    says = f"{thing.surface} and {fullest.surface} both stand for {say_name(fullest.whole)}."
                    yield judge(thing.node.key, fullest.node.key, rules.FULL_NAME, says)


def _groups_of(thing: Thing) -> list[str]:
    """Return what the forms of one full name share: it, or where it does not say its area, each context with it."""
    if thing.node.kind == "project" or "/" in thing.whole.removeprefix(UNPLACED):
        return [f"{thing.node.kind}|{context}|{say_name(thing.whole)}" for context in thing.contexts]
    return [f"{thing.node.kind}|{thing.group}"]


def _of_one_city(things: Sequence[Thing]) -> Iterator[Edge]:
    """Join a body of `市` with that of the city whose name the paper's begins with."""
    bodies = [thing for thing in things if thing.node.kind == "organisation"]
    whole = {thing.whole: thing for thing in reversed(bodies)}
    for thing in bodies:
        city = read_areas(thing.whole)[0].get("city")
        if city is not None:
            relative = thing.whole.replace(city, "市", 1)
            for paper in sorted(thing.contexts):
                other = whole.get(f"{paper}/{relative}")
                if other is not None and is_city_of(city, paper):
                    says = f"{other.surface} is {thing.surface} in a paper of {city}."
                    yield judge(other.node.key, thing.node.key, rules.OF_PAPERS_CITY, says)


@lru_cache(maxsize=10_000)
def is_city_of(city: str, newspaper_id: str) -> bool:
    """Tell whether a paper is named after a city: chengxi_ribao after 澄溪市."""
    return newspaper_id.partition("_")[0] == "".join(lazy_pinyin(city.removesuffix("市")))


def _of_one_firm(things: Sequence[Thing]) -> Iterator[Edge]:
    """Join a firm's names with and without its legal form, within one paper or district."""
    firms = [t for t in things if t.node.kind == "organisation" and len(core_name(t.whole)) >= FEWEST_SHORT]
    for group in gather(firms, lambda thing: [f"{context}|{core_name(thing.whole)}" for context in thing.contexts]):
        fullest = find_fullest(group)
        for thing in group:
            if thing.group != fullest.group:
                says = f"{thing.surface} is {fullest.surface} without its legal form, in one paper or district."
                yield judge(thing.node.key, fullest.node.key, rules.LEGAL_FORM, says)


def _of_one_project(things: Sequence[Thing]) -> Iterator[Edge]:
    """Join a project's names with and without the place that it stands in, within one paper or district."""
    projects = [thing for thing in things if thing.node.kind == "project"]
    for group in gather(projects, lambda thing: [f"{context}|{thing.placeless}" for context in thing.contexts]):
        fullest = find_fullest(group)
        for thing in group:
            if thing.group != fullest.group:
                says = f"{thing.surface} and {fullest.surface} differ by the name of a place, in one paper or district."
                yield judge(thing.node.key, fullest.node.key, rules.PLACE_PREFIX, says)


def _of_one_code(things: Sequence[Thing]) -> Iterator[Edge]:
    """Lead a place without a code to the one place of its name and paper that has one."""
    places = [thing for thing in things if thing.node.kind == "place"]
    for group in gather(places, lambda thing: [f"{context}|{thing.surface}" for context in thing.contexts]):
        coded = {thing.group: thing for thing in reversed(group) if "code" in thing.node.traits}
        if len(coded) == 1:
            other = next(iter(coded.values()))
            for thing in (thing for thing in group if "code" not in thing.node.traits):
                says = f"{thing.surface} has one official code in this paper, {other.group}."
                yield judge(thing.node.key, other.node.key, rules.ONE_CODE, says)


def gather(things: Iterable[Thing], keys: Callable[[Thing], Iterable[str]]) -> Iterator[list[Thing]]:
    """Yield the groups of two and more that share a key, each in the order of its nodes."""
    groups: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for key in keys(thing):
            groups[key].append(thing)
    for _, group in sorted(groups.items()):
        if len(group) > 1:
            yield sorted(group, key=lambda thing: thing.node.key)


def find_fullest(group: Sequence[Thing]) -> Thing:
    """Return the thing whose printed name says most."""
    return min(group, key=lambda thing: (-len(thing.surface), thing.node.first, thing.node.key))


def things_clash(looks: Looks) -> Clash:
    """Return the test of two groups of things: one code, one city, district and town; and names that are alike."""

    def clash(one: Sequence[Node], other: Sequence[Node]) -> str | None:
        for sort in ONE_VALUE:
            mine, theirs = _values(one, sort), _values(other, sort)
            if mine and theirs and not mine & theirs:
                return f"their {sort} differs: {', '.join(sorted(mine))}; {', '.join(sorted(theirs))}"
        cores = {(a, b) for a in _values(one, "core") for b in _values(other, "core") if a != b and len(a) == len(b)}
        strange = sorted(pair for pair in cores if not looks.are_forms(*pair))
        return f"{strange[0][0]} and {strange[0][1]} are not alike" if strange else None

    return clash


def _values(nodes: Iterable[Node], sort: str) -> frozenset[str]:
    return frozenset[str]().union(*(node.traits.get(sort, frozenset()) for node in nodes))


def _without_rivals(group: list[Thing]) -> list[list[Thing]]:
    """Return a group whole; or where it says two cities or towns, in parts: then a form that says none joins none."""
    for sort in ("city", "town"):
        if len(_values((thing.node for thing in group), sort)) > 1:
            parts: dict[str, list[Thing]] = defaultdict(list)
            for thing in group:
                for value in thing.node.traits.get(sort, ()):
                    parts[value].append(thing)
            return list(parts.values())
    return [group]
