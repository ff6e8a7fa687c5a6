"""What a printed name of an organisation, place, project or campaign stands for in a text of a given home."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from transforms.entities.identity.areas import ZONE_NAMES, Home, read_areas
from transforms.entities.identity.organisations import UNPLACED, complete_organisation, normal_form
from transforms.entities.records import Kind

QUOTES, PAUSES = re.compile("[“”‘’《》\"']"), re.compile(r"[\s、，。,·]")
MARKS = re.compile(r"[^\w（）]|_")
PHASE = re.compile(r"(?:第?[一二三四五六七八九十\d]+期)?(?:建设)?(?:项目|工程)?(?:第?[一二三四五六七八九十\d]+期)?$")
KIND_WORDS = re.compile(
    r"(?:高端|乡村|民宿|度假|旅游|文化|文旅|康养|产业|创新|创业|科技|工业|农业|物流|仓储|智能|装备|制造|生态|田园|综合|"
    r"国际|现代|数字|经济|示范|特色|园区|园|区|基地|中心|小镇|综合体|项目|工程|建设|生产线|研究院)+$"
)
NAMES_OF_PROVINCES = (  # noqa: SIM905 -- as a list it is a page long
    "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 "
    "青海 台湾 内蒙古 广西 西藏 宁夏 新疆 北京 天津 上海 重庆 香港 澳门"
).split()
PROVINCES = frozenset(NAMES_OF_PROVINCES).union(f"{province}省" for province in NAMES_OF_PROVINCES)
FEWEST_OWN = 2  # characters of a project's name that its kind of thing, or its place, may leave
LONGEST_PLACE, FEWEST_BEHIND_PLACE = 6, 4  # characters
ONE_OF_NAME = ("city", "town")  # levels that tell two places of one name apart
AREA_SUFFIXES = "省市区县旗"


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

    key: the node. whole: the full name, which begins with a paper where only that tells which area is meant. group:
    what forms of one thing share. is_local: in another text it may be another thing.
    """

    key: str
    whole: str
    group: str
    traits: Mapping[str, frozenset[str]]
    is_local: bool = False


def name_thing(form: Form) -> Named:
    """Return what a naming that is no person's stands for."""
    return NAMERS[form.kind](form)


def say_name(whole: str) -> str:
    """Return a full name without what only this project puts before it."""
    return whole.rsplit("/", 1)[-1]


def own_part(project: str, placeless: str) -> str:
    """Return the part of a project's name that is its own: 镜湖 of 云岭镜湖度假区. placeless: without its place."""
    core = KIND_WORDS.sub("", placeless)
    return core if len(core) >= FEWEST_OWN else project


def list_heads(rest: str) -> list[str]:
    """Return what may be a place at the head of a project's name, the longest first."""
    longest = min(LONGEST_PLACE, len(rest) - FEWEST_BEHIND_PLACE)
    return [rest[:n] for n in range(longest, 1, -1)]


def bare_head(name: str) -> str:
    """Take brackets off the head of a name: `（云岭）光电产业园`."""
    return name.lstrip("（）")


def list_place_words(surface: str) -> frozenset[str]:
    """Return the words that may stand before a project's name: a place, with and without the word for its level."""
    areas = {surface, *read_areas(surface)[0].values()}
    bare = {area[:-1] for area in areas if len(area) > FEWEST_OWN and area[-1] in AREA_SUFFIXES}
    return frozenset(word for word in areas | bare if FEWEST_OWN <= len(word) <= LONGEST_PLACE) - PROVINCES


def _name_organisation(form: Form) -> Named:
    whole = complete_organisation(form.surface, home=form.home)
    traits = {level: frozenset({area}) for level, area in read_areas(whole)[0].items()}
    key = f"organisation|{whole}|{form.surface}"
    return Named(key=key, whole=whole, group=whole, traits=traits, is_local=whole.startswith(UNPLACED))


def _name_place(form: Form) -> Named:
    surface = normal_form(form.surface)
    areas, rest = read_areas(surface)
    code = form.code if surface not in ZONE_NAMES else None  # every city has one: no table can say which is meant
    levels: dict[str, frozenset[str]] = {level: frozenset({areas[level]}) for level in ONE_OF_NAME if level in areas}
    if code is not None:
        traits = levels | {"code": frozenset({code})}
        return Named(key=f"place|{code}|{surface}", whole=surface, group=code, traits=traits)
    if areas and not rest and not areas.keys() & {"town", "village"}:
        narrowest = _of_circle(areas.get("district") or areas["city"], form.home)
        return Named(key=f"place|{narrowest}|{surface}", whole=narrowest, group=narrowest, traits=levels)
    within = areas.get("district") or (form.home.district if areas else None)
    is_local = within is None and "village" in areas
    at = within or ("?" if is_local else form.home.circle)
    town, below = areas.get("town", ""), areas.get("village", "") + rest
    return Named(
        key=f"place|{at}|{town}|{below}|{surface}",
        whole=((within or "") + town + below) or surface,
        group=f"{at}|{below or town or surface}",
        traits=levels,
        is_local=is_local,
    )


def _name_project(form: Form) -> Named:
    surface = MARKS.sub("", form.surface) or form.surface
    whole = re.sub("园区$", "园", PHASE.sub("", surface)) or surface
    at = form.home.circle
    return Named(key=f"project|{at}|{whole}|{form.surface}", whole=whole, group=f"{at}|{whole}", traits={})


def _name_campaign(form: Form) -> Named:
    whole = QUOTES.sub("", form.surface) or form.surface
    term = PAUSES.sub("", whole) or whole
    return Named(key=f"campaign|{term}|{form.surface}", whole=whole, group=term, traits={})


def _of_circle(area: str, home: Home) -> str:
    return f"{home.circle}/{area}" if area in ZONE_NAMES else area


NAMERS: Mapping[Kind, Callable[[Form], Named]] = {
    "organisation": _name_organisation,
    "place": _name_place,
    "project": _name_project,
    "campaign": _name_campaign,
}
