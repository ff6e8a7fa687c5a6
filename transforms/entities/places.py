"""Finds the places that a text names, from province to village and street, each level a naming of its own.

Names of divisions are looked up, full (`涧西区`) and short (`河南`); what is in no table is known by its ending and its
beginning is weighed. Which division is meant, and so its code, is decided in `transforms.entities.codes`.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from transforms.entities.endings import PLACES, WATERS, any_of
from transforms.entities.gazetteer import LONGEST, SHORTEST, TAIL, Gazetteer
from transforms.entities.knowledge import NameKnowledge
from transforms.entities.lists import ListNoun, find_listed
from transforms.entities.starts import HAN, StartModel
from transforms.entities.stretches import Stretch, find_all, keep_longest

TABLE, SHORT, ENDING, WITHOUT_LEVEL = "place.table", "place.short", "place.ending", "place.without-level"
ZONE, REGION, HAMLET, ROAD, BARE = "place.zone", "place.region", "place.hamlet", "place.road", "place.bare"
ESTATES = "place.estate"
MARGIN = 0.0
CHAIN_MARGIN = -4.0  # for a place right behind another: 马壁乡|窑上村
LONGEST_GAP = 3  # characters between a place and where the next seems to begin that still belong to it
NO_GAP = re.compile("[和与及或至到向在由等是的、]")
ROAD_MARGIN, ROAD_LENGTHS = -6.0, range(2, 4)  # for a road with a direction, a number or another road behind it
ROAD_GOES_ON = re.compile(r"路(?=[东西南北中以与至（\dA-Z]|段|交叉)")
# A road with a direction in its name, whose first character is left between it and a word that leads to it:
# `在|渔|港东路`, `为|环|城西路`.
DIRECTED = re.compile("[\u4e00-\u9fff][东西南北中](?:路|街|大道|大街)$")
LEADS_TO_ROAD = re.compile("(?:[在到沿于至由从经往绕走为和与、，。；：（\n]|位于|途经|绕行|改走|驶入|穿过|通过)$")
# What roads of every town are called, though it is a verb.
CALLED_BY_VERB = re.compile(
    "(?:解放|建设|团结|振兴|胜利|前进|跃进|劳动|创业|奋进|奋斗|开发|发展|进步|开拓|拥军|迎宾)[东西南北中]?"
    "(?:路|街|大道|大街|大路)"
)
NO_ROAD = re.compile("[铁公道马思出线电水陆网门套岔弯退活财去来回半之走问让修养带领赶迷绕山高小大老新航]路")
CLAUSE = 7  # characters from which on a place may be a clause that ends like one
ENDINGS = any_of((*PLACES, "街道办事处"))
LEVEL_END = re.compile("[省市区县州盟旗镇乡]|街道")
STREET_LEVELS = ("镇", "乡", "街道")
REGIONS = re.compile("粤港澳大湾区|长三角|珠三角|京津冀|长江经济带|成渝地区|东北三省|雄安新区")
ITEM = range(2, 4)  # characters of a village in a list that is called a list of villages, without its level
TWO_THINGS = re.compile(".{2,}[和与及或](?:街道|社区|[省市县区镇乡村])")  # `商户和社区`; not 太和县
ZONES = re.compile(r"高新区|经开区|城乡一体化示范区|高新技术产业开发区|经济技术开发区")
# Roads in a row: each behind the first is one by itself (建业路、科技二路、砖塔胡同).
ROAD_NAME = "[\u4e00-\u9fff]{2,4}(?:路|街|大街|大道|大路|巷|胡同|[东西南北][一二三四五]环)"
ROAD_ROW = re.compile(
    rf"(?P<first>(?<![\u4e00-\u9fff]){ROAD_NAME}|[路街道巷])(?P<rest>(?:[、至和与（]{ROAD_NAME}(?![\u4e00-\u9fff]{{1,2}}[路街道巷]))+)(?=[、，。；）（和与至等段]|交叉|路口|\d)"
)
ROAD_IN_ROW = re.compile(
    f"(?:[经有从由到在沿]|(?<=[、至和与（]))?(?P<road>(?<![\u4e00-\u9fff]){ROAD_NAME}|(?<=[、至和与（经有从由到在沿]){ROAD_NAME})"
)
LISTED = ListNoun.of("place", "街道|乡镇|镇|乡|村|社区|小区|县", "[省市区县镇乡村]|街道|社区|小区|花园|家园|苑|属院")
OTHER_WORD = re.compile("市[民场值]|区[域间别]|县[域级]|省级|路[网标径由况费过人灯线障]|(?<=(.))\\1(?!道)")
# Below a township, right behind it: 怀洛镇|板劳屯, 塔拉苏木|哈日根嘎查.
HAMLETS = re.compile(
    "[\u4e00-\u9fff]{2,6}?(?:苏木|嘎查)"
    "|(?P<plain>[\u4e00-\u9fff]{1,3}?(?:屯(?![垦田兵])|寨|(?<![村山农])庄(?![园稼家户])))"
)
# What hamlets are called after: the shape of the land they lie in, or what once stood there.
LAND = "[沟坪坝坡湾塬岭洼坳峪冲垭堡营岗铺店集圩塘岔寨庄屯坎垸]"
SETTLED = "(?=[，。、；：的）\n]|村民|农民|群众|居民|农户|小组|自然村|老支书|$)"
BY_LAND = re.compile(f"(?P<plain>[\u4e00-\u9fff]{{2,3}}?{LAND}){SETTLED}")
# Where somebody lives or comes to; nobody lives on a slope (`来到山坡`): the ending must be of a name.
LIVES = re.compile(
    "(?:家住|住在|绕道|途经|路过|嫁到|搬到|搬进|回到|赶到|抵达|老家在|位于|来自)"
    f"(?P<plain>[\u4e00-\u9fff]{{2,3}}{LAND}){SETTLED}"
    f"|[到在](?P<sure>[\u4e00-\u9fff]{{2,3}}[屯寨堡坳圩垭峪塬]){SETTLED}"
)
# A house or a gate with its number stands in a settlement: 泰和家园|6号楼.
ESTATE = re.compile(
    "(?:(?<![\u4e00-\u9fff])|(?<=[在住们到的至和]))(?:(?![我你他咱们的在住])[\u4e00-\u9fff]){2,4}"
    r"(?:家园|花园|家属院|公寓|新村|[佳嘉新雅锦]苑|[嘉佳]园)(?=[A-Z\d]{1,3}(?:号?[楼栋幢]|单元)|业主|[一二三四五六]区)"
    "|(?<=[道区镇]的)[\u4e00-\u9fff]{2,4}(?:家园|花园|家属[院楼]|公寓|新村|苑)(?=[、，。已预正将的])"
)
AMONG = "其中"  # 其中|城镇人口 holds no 中城镇
VILLAGES, SIDES = frozenset("村镇乡"), frozenset("上下大小东西南北前后新老")
TOWNSHIP = re.compile("(?:[县旗镇乡村]|街道|苏木)$")
# The roads of Tianjin and its neighbours: 新华道. Much else ends so.
ROADS = re.compile(
    "(?<![^，。、（在沿到于和与至日])[\u4e00-\u9fff]{2}"
    "(?<![轨赛频渠绿通行车航隧管河跑步便栈报知古街味地公力门一这几索匝弯坡岔甬铁水干正主辅盲国省县乡])道(?=[上与和至（、东西南北])"
)
BARE_LEVEL = re.compile("(?:[省市区县州盟旗镇乡村屯]|街道|苏木)$")
CUTS_DAY = re.compile("[春夏秋冬今明昨当每白晴雨阴整]天$")  # 冬天|水冷 holds no 天水
GENERIC = re.compile(
    r"^(?:[全该本我各每此两几某贵其哪这那同邻外]|将(?![军乐])|[上下历首各]届|[一二三四五六七八九十百千万\d]+[个条座多余]|新农|[新老]龄|(?:盘山|柏油|水泥|砂石|石子|泥巴|林荫|致富|产业|进村|通村|环山|机耕)路$|中心村|硬化|或者|入选|已经|城[市区]|老城区$|(?:老旧|居民|住宅|安置|商住|棚户)小区$"
    r"|(?:信用|文明|示范|样板|贫困|空壳|专业|先进|重点|小康|美丽|特色|试点|移民|薄弱|后进|明星|平安|城中|空心|脱贫|出列)(?:村|社区)$|农村|乡村|山村|社区|市区|城区|地区)|[一二三四五六七八九十两几多][省市区县镇乡村]$|城市$"
)


def find_places(text: str, knowledge: NameKnowledge) -> list[Stretch]:
    """Return the namings of places, in order; they do not overlap."""
    known = list(_in_table(text, knowledge.gazetteer))
    short = list(_short(text, knowledge.gazetteer))
    weighed = _by_ending(text, knowledge, {place.end for place in known}, {place.end for place in short})
    found = [*known, *weighed, *_roads(text, knowledge.words), *_zones(text)]
    found += find_listed(text, LISTED, knowledge.places, lambda item: len(item) in ITEM and item not in knowledge.words)
    found += [*_below(text, found, knowledge), *_settled(text, found, knowledge)]
    return keep_longest([*found, *short, *_without_level(text, found)])


def find_bare(text: str, places: Sequence[Stretch], knowledge: NameKnowledge) -> list[Stretch]:
    """Return where a place stands without its level: `怀洛|缫丝厂` is called after 怀洛镇.

    It is no naming of the place, but what an organisation or a project begins with.
    """
    found = {BARE_LEVEL.sub("", text[place.start : place.end]) for place in places}
    names = (name for name in found if len(name) >= SHORTEST and name not in knowledge.words)
    taken = {place.start for place in places}
    stretches = (Stretch(at, at + len(name), "place", BARE) for at, name in find_all(text, sorted(names)))
    return [bare for bare in stretches if bare.start not in taken and text[bare.end : bare.end + 1] not in WATERS]


def _in_table(text: str, gazetteer: Gazetteer) -> Iterator[Stretch]:
    for level in LEVEL_END.finditer(text):
        if text[level.end() - TAIL : level.end()] not in gazetteer.tails:
            continue
        names: Container[str] = gazetteer.streets if level[0] in STREET_LEVELS else gazetteer.by_name
        for size in range(min(LONGEST, level.end()), SHORTEST, -1):
            is_word = OTHER_WORD.match(text, level.start()) or text.startswith(AMONG, level.end() - size - 1)
            if text[level.end() - size : level.end()] in names and not is_word:
                yield Stretch(level.end() - size, level.end(), "place", TABLE)
                break


def _by_ending(text: str, knowledge: NameKnowledge, known: set[int], short: set[int]) -> Iterator[Stretch]:
    """Yield the places known by their ending; `known` and `short` are the ends of those that a table has."""
    model, ends = knowledge.places, known | short
    for ending in ENDINGS.finditer(text):
        if ending[0] == "街道办事处" or ending.end() in known or OTHER_WORD.match(text, ending.start()):
            continue
        found = model.find_start(text, ending.start(), ending.end())
        if found is None:
            continue
        start = _with_gap(text, _behind_short(text, found[0], ending.end(), short, knowledge), ends, knowledge.words)
        start -= _leaves_orphan(text, start, ending.end()) or _leaves_side(text, start, ending[0])
        is_next = start in ends and text[start : start + 2] not in knowledge.words
        margin = CHAIN_MARGIN if is_next else _margin(text, start, ending)
        words = text[start : ending.end()]
        if found[1] > margin and (_is_name(words, model) or CALLED_BY_VERB.fullmatch(words)):
            ends.add(ending.end())
            yield Stretch(start, ending.end(), "place", ENDING)


def _behind_short(text: str, start: int, end: int, short: Container[int], knowledge: NameKnowledge) -> int:
    """Return the start behind the short name of what a division lies in: `山东|曹县`."""
    for at in range(end - SHORTEST, start + 1, -1):
        if at in short and text[at:end] in knowledge.gazetteer.by_name:
            return at
    return start


def _with_gap(text: str, start: int, ends: Container[int], words: Container[str]) -> int:
    """Return the start with the characters that would part it from the place before: `内蒙古|查干|诺尔旗`."""
    if start in ends:
        return start
    for at in range(start - 1, max(0, start - LONGEST_GAP) - 1, -1):
        if not HAN[0] <= text[at] <= HAN[1] or NO_GAP.match(text, at) or text[at : at + 2] in words:
            return start
        if at in ends:
            return at
    return start


def _leaves_orphan(text: str, start: int, end: int) -> bool:
    """Tell whether the first character of a road's name is left over: `在|渔|港东路`."""
    return (
        DIRECTED.fullmatch(text, start, end) is not None
        and LEADS_TO_ROAD.search(text, max(0, start - 3), start - 1) is not None
        and LEADS_TO_ROAD.search(text, max(0, start - 2), start) is None
        and HAN[0] <= text[start - 1] <= HAN[1]
    )


def _leaves_side(text: str, start: int, level: str) -> bool:
    """Tell whether the side by which villages of one name are told is left over behind a mark: `，上|梅坞村`."""
    is_alone = start == 1 or (start > 1 and not HAN[0] <= text[start - 2] <= HAN[1])
    return start > 0 and level in VILLAGES and text[start - 1] in SIDES and is_alone


def _margin(text: str, start: int, ending: re.Match[str]) -> float:
    """Return the margin by which a place must be ahead of being none: papers of today name more roads."""
    is_directed = DIRECTED.fullmatch(text, ending.start() - 2, ending.end()) is not None
    goes_on = is_directed or (ROAD_GOES_ON.match(text, ending.start()) and ending.start() - start in ROAD_LENGTHS)
    goes_on = goes_on or CALLED_BY_VERB.fullmatch(text, start, ending.end()) is not None
    return ROAD_MARGIN if goes_on and not NO_ROAD.search(text, start, ending.end()) else MARGIN


def _is_name(words: str, model: StartModel) -> bool:
    """Tell whether a place may be called so: by no verb (`协调省`), and by no clause (`港口搭乘琼州`)."""
    pairs = [words[:2]] if len(words) < CLAUSE else [words[at : at + 2] for at in range(len(words) - 1)]
    is_said = any(pair in model.verbs for pair in pairs) or words[:-1] in model.doubtful
    is_words = GENERIC.match(words) is not None or TWO_THINGS.fullmatch(words) is not None
    return not is_said and not is_words and words.count("（") == words.count("）")


def _short(text: str, gazetteer: Gazetteer) -> Iterator[Stretch]:
    for match in gazetteer.short_pattern.finditer(text):
        if not CUTS_DAY.search(text, max(0, match.start() - 1), match.start() + 1):
            yield Stretch(match.start(), match.end(), "place", SHORT)


def _without_level(text: str, found: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield `涧西` where the text names `涧西区` more than once."""
    counts = Counter(text[place.start : place.end] for place in found)
    names = {name[:-1] for name, count in counts.items() if count > 1 and len(name) > SHORTEST and name[-1] in "市区县"}
    for start, name in find_all(text, names):
        if text[start + len(name) : start + len(name) + 1] not in WATERS:  # 许都|河湿地公园 is called after the river
            yield Stretch(start, start + len(name), "place", WITHOUT_LEVEL)


def _below(text: str, found: Sequence[Stretch], knowledge: NameKnowledge) -> Iterator[Stretch]:
    """Yield the hamlets right behind a township, and one behind another."""
    for place in found:
        start = place.end
        while TOWNSHIP.search(text, place.start, start) and (hamlet := HAMLETS.match(text, start)):
            is_word = hamlet["plain"] and hamlet[0][:2] in knowledge.words
            if is_word or not _is_name(hamlet[0], knowledge.places):
                break
            yield Stretch(start, hamlet.end(), "place", HAMLET)
            start = hamlet.end()


def _settled(text: str, found: Sequence[Stretch], knowledge: NameKnowledge) -> Iterator[Stretch]:
    """Yield the hamlets called after the land, behind a township or where somebody lives, and estates with a number."""
    behind = (BY_LAND.match(text, place.end) for place in found if TOWNSHIP.search(text, place.start, place.end))
    for hamlet in (*behind, *LIVES.finditer(text)):
        if hamlet and _is_hamlet(hamlet[hamlet.lastgroup or 0], knowledge):
            yield Stretch(*hamlet.span(hamlet.lastgroup or 0), "place", HAMLET)
    for estate in ESTATE.finditer(text):
        if not GENERIC.match(estate[0]):
            yield Stretch(*estate.span(), "place", ESTATES)


def _is_hamlet(words: str, knowledge: NameKnowledge) -> bool:
    """Tell whether a hamlet may be called so: by no ordinary words, of which its ending is part of one."""
    is_said = words in knowledge.words or words[-2:] in knowledge.words or words[:2] in knowledge.words
    return not is_said and _is_name(words, knowledge.places)


def _roads(text: str, words: Container[str]) -> Iterator[Stretch]:
    for road in ROADS.finditer(text):
        yield Stretch(road.start(), road.end(), "place", ROAD)
    for row in ROAD_ROW.finditer(text):
        whole = len(row["first"]) > 1
        for road in ROAD_IN_ROW.finditer(text, row.start() if whole else row.start("rest"), row.end()):
            name = road["road"]
            if not NO_ROAD.search(name) and not GENERIC.match(name) and name not in words:
                yield Stretch(*road.span("road"), "place", ROAD)


def _zones(text: str) -> Iterator[Stretch]:
    for pattern, rule_id in ((ZONES, ZONE), (REGIONS, REGION)):
        for match in pattern.finditer(text):
            yield Stretch(match.start(), match.end(), "place", rule_id)
