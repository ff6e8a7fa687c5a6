"""Organisations, places, projects and campaigns: the name that a naming stands for, and which names are one thing."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transforms.entities.identity.areas import Home, read_areas
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.nodes import Edge, Node
from transforms.entities.identity.organisations import UNPLACED, complete_organisation, core_name, normal_form
from transforms.entities.records import Kind

MARKS = re.compile(r"[^\w（）]|_")
PHASE = re.compile(r"(?:第?[一二三四五六七八九十\d]+期)?(?:建设)?(?:项目|工程)?(?:第?[一二三四五六七八九十\d]+期)?$")
KIND_WORDS = re.compile(
    r"(?:高端|乡村|民宿|度假|旅游|文化|文旅|康养|产业|创新|创业|科技|工业|农业|物流|仓储|智能|装备|制造|生态|田园|综合|国际|现代|数字|"
    r"经济|示范|特色|园区|园|区|基地|中心|小镇|综合体|项目|工程|建设|生产线|基地|研究院)+$"
)
FEWEST_CORE = 2  # characters of a name that its kind of thing may leave
FEWEST_SHORT = 4  # characters of a company's name without its legal form: shorter ones are many firms'
ALIKE = 0.75  # least likeness of two names of one length in a group that look-alikes made


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One name as printed in texts of one home. code: the official one of a place, where the finder knows it."""

    kind: Kind
    surface: str
    home: Home
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a form names.

    key: the node. whole: the full name, which begins with a paper where only that tells which area is meant; called:
    the same as a person would say it. group: what forms of one thing share. is_local: in another text it may be another.
    """

    key: str
    whole: str
    group: str
    traits: Mapping[str, frozenset[str]]
    is_local: bool = False

    @property
    def called(self) -> str:
        """The name without what only this project puts before it."""
        return self.whole.rsplit("/", 1)[-1]


def name_thing(form: Form) -> Named:
    """Return the node of a naming that is no person's."""
    return NAMERS[form.kind](form)


def _name_organisation(form: Form) -> Named:
    surface = normal_form(form.surface)
    whole = complete_organisation(form.surface, home=form.home)
    areas, _ = read_areas(whole)
    traits = {level: frozenset({area}) for level, area in areas.items()} | {"core": frozenset({core_name(whole)})}
    is_local = whole.startswith(UNPLACED)
    return Named(key=f"organisation|{whole}|{surface}", whole=whole, group=whole, traits=traits, is_local=is_local)


def _name_place(form: Form) -> Named:
    surface = normal_form(form.surface)
    if form.code is not None:
        traits = {"code": frozenset({form.code})}
        return Named(key=f"place|{form.code}|{surface}", whole=surface, group=form.code, traits=traits)
    areas, rest = read_areas(surface)
    traits = {level: frozenset({areas[level]}) for level in ("city", "town") if level in areas}
    if not rest and areas and not areas.keys() & {"town", "village"}:
        narrowest = areas.get("district") or areas["city"]
        return Named(key=f"place|{narrowest}|{surface}", whole=narrowest, group=narrowest, traits=traits)
    within = areas.get("district") or (form.home.district if areas else None)
    is_local = within is None and "village" in areas
    at = within or ("?" if is_local else form.home.paper)
    town, below = areas.get("town", ""), areas.get("village", "") + rest
    group = f"{at}|{below or town}"
    whole = (within or "") + town + below
    return Named(
        key=f"place|{at}|{town}|{below}|{surface}", whole=whole, group=group, traits=traits, is_local=is_local
    )


def _name_project(form: Form) -> Named:
    surface = MARKS.sub("", form.surface)
    whole = PHASE.sub("", surface) or surface
    return Named(
        key=f"project|{form.home.paper}|{whole}|{surface}",
        whole=whole,
        group=f"{form.home.paper}|{whole}",
        traits={"core": frozenset({own_part(whole)})},
    )


def _name_campaign(form: Form) -> Named:
    whole = re.sub(r"[\W_]", "", form.surface)
    return Named(key=f"campaign|{whole}|{form.surface}", whole=whole, group=whole, traits={"core": frozenset({whole})})


NAMERS: Mapping[str, Callable[[Form], Named]] = {
    "organisation": _name_organisation,
    "place": _name_place,
    "project": _name_project,
    "campaign": _name_campaign,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A node that is no person, with what its edges are found by."""

    node: Node
    surface: str
    whole: str
    group: str
    papers: frozenset[str]


def core_of(thing: Thing) -> str:
    """Return the part of a name that is its own: 逍遥镜湖 of 逍遥镜湖乡村民宿度假区."""
    if thing.node.kind == "organisation":
        return core_name(thing.whole)
    if thing.node.kind != "project":
        return thing.whole
    return own_part(thing.whole)


def own_part(project: str) -> str:
    """Return a project's name without the words for its kind of thing."""
    core = KIND_WORDS.sub("", project)
    return core if len(core) >= FEWEST_CORE else project


def link_things(things: Sequence[Thing], *, place_names: frozenset[str]) -> Iterator[Edge]:
    """Yield the edges that completing a name, its legal form, its area or its parent chain give."""
    yield from _of_one_name(things)
    yield from _of_one_firm(things)
    yield from _of_one_project(things, place_names)
    yield from _of_one_chain(things)


def _of_one_name(things: Sequence[Thing]) -> Iterator[Edge]:
    """Join the printed forms of one full name: to the longest of them, which says most."""
    for group in _groups(things, lambda thing: [f"{thing.node.kind}|{thing.group}"]):
        for members in _without_rivals(group):
            fullest = _fullest(members)
            for thing in members:
                if thing is not fullest:
                    says = f"{thing.surface} and {fullest.surface} both stand for {_say(fullest.whole)}."
                    yield _edge(thing, fullest, "entities.full-name", 0.97, says)


def _without_rivals(group: Sequence[Thing]) -> list[list[Thing]]:
    """Return a group whole, or where it says two cities or towns, in parts: then a form that says none joins none."""
    for sort in ("city", "town"):
        if len({value for thing in group for value in thing.node.traits.get(sort, ())}) > 1:
            parts: dict[str, list[Thing]] = defaultdict(list)
            for thing in group:
                for value in thing.node.traits.get(sort, ()):
                    parts[value].append(thing)
            return list(parts.values())
    return [list(group)]


def _edge(thing: Thing, other: Thing, rule_id: str, score: float, says: str) -> Edge:
    return Edge(a=thing.node.key, b=other.node.key, rule_id=rule_id, score=score, evidence=says)


def _of_one_firm(things: Sequence[Thing]) -> Iterator[Edge]:
    """Join a firm's names with and without its legal form, within one paper."""
    firms = [t for t in things if t.node.kind == "organisation" and len(core_name(t.whole)) >= FEWEST_SHORT]
    for group in _groups(firms, lambda thing: [f"{paper}|{core_name(thing.whole)}" for paper in thing.papers]):
        fullest = _fullest(group)
        for thing in group:
            if thing.group != fullest.group:
                says = f"{thing.surface} is {fullest.surface} without its legal form, in one paper."
                yield _edge(thing, fullest, "entities.legal-form", 0.9, says)


def _of_one_project(things: Sequence[Thing], place_names: frozenset[str]) -> Iterator[Edge]:
    """Join a project's names with and without the place that it stands in, within one paper."""
    projects = [thing for thing in things if thing.node.kind == "project"]
    for group in _groups(projects, lambda t: [f"{p}|{without_place(t.whole, place_names)}" for p in t.papers]):
        fullest = _fullest(group)
        for thing in group:
            if thing.group != fullest.group:
                says = f"{thing.surface} and {fullest.surface} differ by the name of a place, in one paper."
                yield _edge(thing, fullest, "entities.place-prefix", 0.9, says)


def _of_one_chain(things: Sequence[Thing]) -> Iterator[Edge]:
    """Lead a place without a code to the one place of its name and paper that has one."""
    places = [thing for thing in things if thing.node.kind == "place"]
    for group in _groups(places, lambda thing: [f"{paper}|{thing.surface}" for paper in thing.papers]):
        coded = sorted({code for thing in group for code in thing.node.traits.get("code", ())})
        for thing in group:
            if len(coded) == 1 and "code" not in thing.node.traits:
                other = next(t for t in group if "code" in t.node.traits)
                says = f"{thing.surface} has one official code in this paper, {coded[0]}."
                yield _edge(thing, other, "entities.one-code", 0.9, says)


def without_place(name: str, place_names: frozenset[str]) -> str:
    """Take the places off the head of a project's name: `河南（平顶山）电子半导体产业园`."""
    rest = name
    for _ in range(3):  # province, city, district
        rest = rest.lstrip("（）")
        lengths = [n for n in range(min(6, len(rest) - FEWEST_SHORT), 1, -1) if rest[:n] in place_names]
        if not lengths:
            break
        rest = rest[lengths[0] :]
    return rest.lstrip("（）") or name


def things_clash(looks: Looks) -> Callable[[Sequence[Node], Sequence[Node]], str | None]:
    """Return the test of two groups of things: one code, one district, one town; and names that are alike."""

    def clash(one: Sequence[Node], other: Sequence[Node]) -> str | None:
        for sort in ("code", "city", "district", "town"):
            mine, theirs = _values(one, sort), _values(other, sort)
            if mine and theirs and not mine & theirs:
                return f"their {sort} differs: {', '.join(sorted(mine))}; {', '.join(sorted(theirs))}"
        cores = {(a, b) for a in _values(one, "core") for b in _values(other, "core") if a != b and len(a) == len(b)}
        strange = sorted((a, b) for a, b in cores if looks.name_score(a, b) < ALIKE)
        return f"{strange[0][0]} and {strange[0][1]} are not alike" if strange else None

    return clash


def _values(nodes: Iterable[Node], sort: str) -> frozenset[str]:
    return frozenset().union(*(node.traits.get(sort, frozenset()) for node in nodes))


def _groups(things: Iterable[Thing], keys: Callable[[Thing], Iterable[str]]) -> Iterator[list[Thing]]:
    groups: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for key in keys(thing):
            groups[key].append(thing)
    yield from (sorted(group, key=lambda thing: thing.node.key) for _, group in sorted(groups.items()) if len(group) > 1)


def _fullest(group: Sequence[Thing]) -> Thing:
    return min(group, key=lambda thing: (-len(thing.surface), thing.node.first, thing.node.key))


def _say(whole: str) -> str:
    return whole.rsplit("/", 1)[-1]
