"""Finds the projects, parks, zones and works that a text names, by their endings.

What any project is called (`重点项目`, `产业园`) names none: a name must hold characters of its own.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from transforms.entities.lists import ListNoun, find_listed
from transforms.entities.own_names import (
    ENDINGS,
    GENERIC,
    IS_PARK,
    IS_VENUE,
    OWN_PARK,
    is_built,
    is_own,
    place_size,
)
from transforms.entities.starts import EDGE, StartModel, before_of
from transforms.entities.stretches import Stretch, behind_bracket, with_bracket, with_places

PARK, WORK, QUOTED, TOLD = "project.park", "project.work", "project.quoted", "project.told"
RAILS = "project.rails"
PLACE_MARGIN = -10.0  # for names that begin with a place that was found apart from them
MARGIN, PARK_MARGIN = -3.0, -6.0  # a list of works has names that the tables never saw; parks and venues are newer yet
LONGEST_GAP = 10  # characters between a mark and where a name seems to begin that still belong to it
LONGEST_QUOTED = 8

# A sentence begins with it and tells what it costs, who builds it or where it lies: 禾木食品加工项目总投资5.6亿元.
TOLD_OF = re.compile(
    r"(?<![^。；\n])(?!其中|目前|近日|今年|去年|截至|据|全[省市区县]|[该这那此本各每另]|同时|此外|重[点大]|[一二三四五六七八九十两]+[个批大])"
    r"(?P<name>(?:(?![的了在将是为对把被由等与及])[\u4e00-\u9fffA-Za-z0-9·（）]){5,22}?(?:项目|工程))"
    r"(?=[（，]?(?:计划|预计|概算)?总?投资(?:约|达|超)?\d|[（，]?完成投资|[（，]?总?(?:占地|建筑)(?:面积)?(?:约)?\d"
    r"|位于|由[\u4e00-\u9fff（）]{4,20}(?:投资|承建|建设|兴建))"
)
# A line of rails, in a text that tells that one is built; riders name it too: 轻轨2号线.
LINE = re.compile(r"(?:轨道交通|地铁|轻轨|城轨|有轨电车)\d{1,2}号线")
LINE_IS_BUILT = re.compile("号线[^。\n]{0,30}(?:开工|建设|投资|掘进|贯通|洞通|封顶|铺轨|通车|试运行)")
IS_PLANT = re.compile("(?:厂|电站|风电场|变电站|数据中心|算力中心|快速路|高速|公路|铁路)$")
# Works that are called after the place where they stand: no table has it, but the text tells that they are built.
CALLED_BY_PLACE = frozenset({"大桥", "隧道", "水库", "水电站", "高速公路", "高速", "铁路", "公路"})
PLANNED = frozenset({"项目", "工程"})
LEADS = re.compile(r"重[点大](?:建设|产业)?(?:项目|工程)$")
LEADING = re.compile(r"[^，。；：、]{0,4}重[点大](?:建设|产业)?(?:项目|工程)")
MORE = re.compile(r"(?:建设)?(?:[一二三四]期)?(?:项目|工程)")
SEGMENT = re.compile("(?<=[路速道])(?:[东西南北中]|[\u4e00-\u9fff]{2,4}(?<![路阶时标]))段(?!时)")
ROUTE_END, ROUTE_FROM = (
    re.compile("(?:高速|铁路|公路|通道|快速路)$"),
    re.compile("(?<![^，。；、：的])[\u4e00-\u9fff]{2,4}至$"),
)
STAGE = re.compile("[一二三四]期(?!待)")  # 宁清高速公路|白鹤段
UNIT = re.compile("(?:吨|千瓦|兆瓦|台套|台|套|辆|米|公里|亩)级?")
MULTIPLE = re.compile(rf"[百千万亿]{{1,2}}(?=(?:{UNIT.pattern}))")
NUMBER = re.compile(r"(?:年产)?[\d.]{1,8}[百千万亿]{0,2}$")
AMOUNT = re.compile(rf"{NUMBER.pattern[:-1]}{UNIT.pattern}$|第[一二三四五六七八九十\d]{{1,3}}代$")
# A power work is called by its place and voltage: 白鹿110千伏|输变电工程.
VOLTAGE = re.compile("(?<![^，。；、：的和及])[\u4e00-\u9fff]{2,6}\\d{2,4}$")
# Whose work of such a size it is, or where: 远澈|年产20万吨铜箔项目, 白鹿|50万千瓦光伏项目.
OWNER = re.compile("(?:(?<![\u4e00-\u9fff])|(?<=[的和及与由]))(?:(?![的了将为有在是由和与及])[\u4e00-\u9fff]){2,7}$")
OWNER_REACH = 8
SIZED = re.compile(r"年产|\d(?!\d{0,3}[年月号])")
NO_OWNER = re.compile("投资|计划|预计|一个|首个|新[上增]|规模|设计|建成|形成|实现|新的")
# The road that is mended, and the year of a work of every year: 国道542线|…改建工程, 凌溪县|2023年|高标准农田项目.
NUMBERED_ROAD = re.compile(r"(?:[国省县乡]道)?[A-Z]?\d{1,4}(?:号?线|国道|省道)$")
OF_YEAR = re.compile(r"\d{4}年度?$")
BRACKETED_STAGE = re.compile("（[一二三四五]期）")
LEADERS = frozenset("因和与及至")
LONGEST_ROUTE = 6  # characters from a mark to where a road goes on behind its first end
AMOUNT_REACH = 12  # characters
BUILDS = frozenset(
    re.findall("..", "建设新建兴建打造实施推进启动推动谋划争取抓好建好完成续建引进签约承建修建")
)  # before a name, and no part of it
OPEN, CLOSE = "“", "”"
NEVER = re.compile(
    "负责人|工作人员|联系|再次|全力|积极|认真|大力|贯彻|尽心|希望"
)  # what is done, and by whom, names no project
# Words that point at somebody, count, join clauses or tell where one goes begin no name; a number's counter neither.
NEVER_FIRST = re.compile(
    "[他她它我你]|一些|许多|很多|不少|更多|众多|多[项个处座条种]|由于|因为|如果|为了|除了|作为|[去往]|一排排|大规模"
    r"|(?<=[\d一二三四五六七八九十两几百千万多余])[项类座处个条](?!目)"
)
NEVER_LAST = re.compile("(?:[和与及的]|多个)(?:项目|工程)?$")
LISTED = ListNoun.of(
    "project",
    "项目|工程|园区",
    "项目|工程|园|园区|生产线|中心|综合体|新城|基地|度假区|开发区|示范区|扩能|技改|扩产|扩建|[一二三]线|[一二三四]期",
)


def find_projects(text: str, model: StartModel, places: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches that may name a project.

    `places` are those found, or what else a project is called after: one right before a name is its part.
    """
    before = {place.end: place.start for place in places}
    sizes = {place.start: place.end - place.start for place in places}
    found = [*_by_ending(text, model, sizes), *find_listed(text, LISTED, model)]
    told = [Stretch(*match.span("name"), "project", TOLD) for match in TOLD_OF.finditer(text)]
    whole = [_whole(text, stretch, before, model) for stretch in found]
    lines = LINE.finditer(text) if LINE_IS_BUILT.search(text) else ()
    rails = [Stretch(_with_places(text, line.start(), before), line.end(), "project", RAILS) for line in lines]
    return [*rails, *(stretch for stretch in (*told, *whole) if _is_own(stretch, text, sizes, model))]


def _by_ending(text: str, model: StartModel, places: Container[int]) -> Iterator[Stretch]:
    floor = 0
    for ending in ENDINGS.finditer(text):
        found = model.find_start(text, ending.start(), ending.end(), floor=floor)
        floor = ending.end() if LEADING.fullmatch(text, found[0] if found else 0, ending.end()) else floor
        is_park = IS_PARK.match(ending[0]) is not None
        is_modern = is_park or IS_VENUE.fullmatch(ending[0]) is not None
        margin = PARK_MARGIN if is_modern else MARGIN
        if (
            found is not None
            and found[0] in places
            and (is_park or ending[0] in PLANNED or is_built(text, found[0], ending.end()))
        ):
            margin = PLACE_MARGIN
        if found is not None and ending[0] in CALLED_BY_PLACE and _is_built_alone(text, found[0], ending):
            margin = PARK_MARGIN
        if found is not None and found[1] > margin:
            yield Stretch(found[0], ending.end(), "project", PARK if is_park else WORK)


def _is_built_alone(text: str, start: int, ending: re.Match[str]) -> bool:
    """Tell whether the text says that a work is built, and its name holds no other one's."""
    return is_built(text, start, ending.end()) and ENDINGS.search(text, start, ending.start()) is None


def _whole(text: str, stretch: Stretch, before: dict[int, int], model: StartModel) -> Stretch:
    """Return the stretch without what only leads to it, with what belongs to it on both sides."""
    start = behind_bracket(text, stretch.start, stretch.end)
    start = max(start, text.rfind("把", start, stretch.end) + 1)
    if not place_size(text[start : stretch.end], model):
        start = _run_start(text, start, model)
    while text[start : start + 2] in model.verbs or _is_doubtful(text, start, stretch.end, model):
        start += 2
    start += text[start] in LEADERS  # no name begins so
    if text[start - 1 : start] == "至" and ROUTE_END.search(text, start, stretch.end):
        route = ROUTE_FROM.search(text, max(0, start - LONGEST_ROUTE), start)
        start = route.start() if route else start
    start = _with_places(text, with_bracket(text, start), before)
    if text[start - 1 : start].isdigit() and (multiple := MULTIPLE.match(text, start)):
        start = multiple.end()  # 年产5|万|吨
    numbered = VOLTAGE if text.startswith("千伏", start) else NUMBER if UNIT.match(text, start) else AMOUNT
    amount = numbered.search(text, max(0, start - AMOUNT_REACH), start)
    more = MORE.match(text, stretch.end) or SEGMENT.match(text, stretch.end)
    if more is None and IS_PLANT.search(text, stretch.start, stretch.end):
        more = STAGE.match(text, stretch.end)
    end = more.end() if more else stretch.end
    stage = BRACKETED_STAGE.match(text, end)
    start = amount.start() if amount else start
    is_sized = SIZED.match(text, start) is not None
    start = _with_owner(text, start, before, model) if is_sized else _with_number(text, start, before)
    return _with_quoted(text, stretch._replace(start=start, end=stage.end() if stage else end))


def _with_places(text: str, start: int, before: Mapping[int, int]) -> int:
    """Return the start with the places before it; one whose name the work repeats stands apart: 城南区|城南机械园."""
    place = text[before.get(start, start) : start]
    is_repeated = len(place) > len("城区") and text.startswith(place[:-1], start)
    return start if is_repeated else with_places(start, before)


def _with_owner(text: str, start: int, before: Mapping[int, int], model: StartModel) -> int:
    """Return the start with whose work it is, right before its size."""
    if start in before:
        return with_places(start, before)
    owner = OWNER.search(text, max(0, start - OWNER_REACH), start)
    if owner is None or NO_OWNER.search(owner[0]):
        return start
    pairs = {owner[0][at : at + 2] for at in range(len(owner[0]) - 1)}
    return start if pairs & (model.verbs | model.doubtful | BUILDS) else owner.start()


def _with_number(text: str, start: int, before: Mapping[int, int]) -> int:
    """Return the start with the road's number or the year before it, and the place before that."""
    road = NUMBERED_ROAD.search(text, max(0, start - AMOUNT_REACH), start)
    if road:
        return road.start()
    year = OF_YEAR.search(text, max(0, start - AMOUNT_REACH), start)
    return with_places(year.start(), before) if year and year.start() in before else start


def _run_start(text: str, start: int, model: StartModel) -> int:
    """Return where the words begin that a name can hold: behind a mark, a function word, a verb or a `重点项目`."""
    for at in range(start, max(0, start - LONGEST_GAP), -1):
        if (
            text[at - 2 : at] in model.verbs
            or FUNCTION.search(text, max(0, at - 2), at)
            or LEADS.search(text, max(0, at - 8), at)
        ):
            return at
        if before_of(text, at, 0)[-1] == EDGE:
            return at
    return start


def _is_doubtful(text: str, start: int, end: int, model: StartModel) -> bool:
    """Tell whether a name seems to begin with a verb that may be a noun as well, and leaves enough without it."""
    leads = before_of(text, start, 0)[-1] in EDGE + "、" or FUNCTION.search(text, max(0, start - 2), start) is not None
    is_verb = text[start : start + 2] in model.doubtful or text[start : start + 2] in BUILDS
    return is_verb and leads and len(GENERIC.sub("", text[start + 2 : end])) > OWN_PARK


FUNCTION = re.compile(
    r"(?:[的了在和与及或对把将为是等从到由于以于因沿并也还就都该本各年月日\d]|[万亿美欧港]元|目前|近日|包括|例如|比如|其中|主要)$"
)


def _with_quoted(text: str, stretch: Stretch) -> Stretch:
    """Return a park's name with the quoted one right before it: `“澄心”文化产业园`."""
    opened = text.rfind(OPEN, max(0, stretch.start - LONGEST_QUOTED - 2), stretch.start)
    if text[stretch.start - 1 : stretch.start] != CLOSE or opened < 0 or stretch.rule_id != PARK:
        return stretch
    return stretch._replace(start=opened, rule_id=QUOTED)


def _is_own(stretch: Stretch, text: str, sizes: Mapping[int, int], model: StartModel) -> bool:
    if NEVER_FIRST.match(text, stretch.start) or any(
        never.search(text, stretch.start, stretch.end) for never in (NEVER, NEVER_LAST)
    ):
        return False
    place = sizes.get(stretch.start) or place_size(text[stretch.start : stretch.end], model)
    return stretch.rule_id == QUOTED or is_own(text, stretch.start, stretch.end, place)
