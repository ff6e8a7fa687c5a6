"""Finds the organisations that a text names: organs of party and state, companies, schools, hospitals, bodies, media.

Most are known by their ending (`局`, `有限公司`, `医院`); where they begin is weighed (`transforms.entities.starts`).
Those that need no weighing stand in `transforms.entities.organs`. In `甲公司、乙石墨等企业` the word behind
the list says what its items are, whatever they end with.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from transforms.entities.brands import SHORT, find_brands, find_own_and_trade, is_brand
from transforms.entities.brands import TRADE as ONE_TRADE
from transforms.entities.endings import ORGANISATIONS, any_of
from transforms.entities.lists import ListNoun, find_listed
from transforms.entities.organs import LEVEL, NATION_FIRMS, find_local_bodies, find_organs
from transforms.entities.starts import LEVELS, StartModel
from transforms.entities.stretches import Stretch, behind_bracket, find_all, with_bracket, with_places
from transforms.entities.workplaces import GOODS, is_item_of_list

ENDING = "organisation.ending"
LEVEL_SIGNS = "省市区县"
BRACKETS = ("（", "(")  # behind the first words of a name: it is another company's, which goes on behind its place
# A company that is called by its place and trade is not known by its trade alone.
TRADE = re.compile(
    "轨道|交通|重型|机械|建[筑设工]|工程|电[力子信网]|石油|化[工学]|钢铁|汽车|食品|药业|农[业村商]|水[利务电]|城[市建投]|投资|旅游|文化|教育|医[疗药]"
    "|环[保境]|能源|信息|通信|航空|铁路|公[路共交]|港[口务]|金融|保险|证券|[房地]产|物[业流资]|商[贸业]|贸易|供[水电销]|燃气|热[力电]|园林|国[有资]|产业|科技|数字|新[能材]|现代|第[一二三]"
)
SHORTEST = 4  # characters of a company's short form
# What a firm or bureau has several of, by their numbers: 中岳路桥集团|第三工程公司.
BRANCH = re.compile("第[一二三四五六七八九十]{1,3}[\u4e00-\u9fff]{0,4}?(?:分公司|公司|工程处|项目(?:经理)?部|工程局)")
BRANCHED = re.compile("(?:公司|集团|局)$")
COMPANY = re.compile("(?:(?:有限|责任|股份|集团|工贸|科技|总)公司|集团)$")
WORKS = re.compile("厂(?![长房区址门里])")  # behind its first words: the works that it was, 泊江轴承|厂
FIRM = re.compile("(?:公司|集团)$")
OWN_AND_TRADE = re.compile(f"[\u4e00-\u9fff]{{2}}(?:{ONE_TRADE})公司")  # 湖北|楚沅粮油公司
SHORT_GROUP = 6  # characters of a group called by two of its own and its trade: 鲁岬化工集团
EDGE = "^"
# What a university or a hospital has of its own: 辽东医科大学|附属第一医院.
AFFILIATED = re.compile(
    "(?:第[一二三四五六七八九十]{1,2})?附属(?:第[一二三四五六七八九十]{1,2})?"
    "(?:人民|中心|中医|口腔|肿瘤|儿童|妇产|妇儿|眼科|实验|外国语|高级)?(?:医院|中学|小学|幼儿园|学校)"
)
TEACHES = re.compile("(?:大学|学院|医院)$")
PARTY, POST = (
    ("党组", "党委"),
    "成员",
)  # with it, or behind 原, they begin an office: 县林业局|党组成员, 审计局|原党组书记
# Who somebody is in a building contract, before his name: 施工方|永固路桥公司.
# In a name none of these stands before it ends.
PUTS_UP = re.compile("或(?!者)|新建(?![路街县区村镇社])|兴建|实施|建起|(?<=[区村镇乡县市])联合(?![会社体收国大学])")
ROLE = re.compile(
    "(?:施工|建设|承建|承包|承办|主办|中标|运营|投资|开发|供货|供应|合作|设计|监理|代建|出资|委托|竞得|业主|总包|代理|主管|牵头|配合)"
    "(?:方|单位|机构|商|人)[为是：]?"
)
MARGIN = 0.0  # by which a name must be ahead of being none
PLACE_MARGIN = -13.0  # for names that begin with a place that was found apart from them
SURE_MARGIN = -4.0  # for endings that nothing but an organisation has
LEGAL_MARGIN = -12.0  # for the legal form of a company: it ends a name, and only where that begins is in doubt

ITEM_MARGIN = -8.0  # for a workplace in a list or behind a verb of meeting
SURE = re.compile(
    r"(?:股份|集团|分|中心支|支)公司|支行|分行|海关|监狱|殡仪馆|小学|中学|大学|医院|研究院|协会|商会|酒店|派出所|专业合作社|专业合作联社|纪委监委|街道办事处|管委会"
    r"|(?:医科|农业|师范|理工|工业|职业技术|职业|技术)(?:大学|学院)"
)
COLLEGE = re.compile("(?:职业技术|职业|技师|师范|理工)学院")  # nothing else is called so
LEGAL = re.compile(".*有限.*公司|株式会社|(?:律师|会计师|税务师|评估师)事务所")
NO_ENDING = (  # words that end as an organisation does and are none
    *("常委", "干部", "全部", "内部", "外部", "局部", "西部", "东部", "南部", "北部", "中部", "部门"),
    *("部分", "部署", "部队", "布局", "格局", "结局", "局面", "局长", "部长", "院长", "厂长", "院校"),
    *("院区", "家属院", "厂房", "矿山", "矿区", "矿石", "办理", "办法", "申办", "举办", "主办", "承办"),
    *("协办", "创办", "兴办", "开办", "新办", "查办", "督办", "代办", "帮办", "办起", "办了", "办好"),
    *("办成", "办学", "办案", "办展", "办班", "催办", "置办", "操办", "筹办", "停办", "经办", "交办"),
    *("大学生", "中学生", "小学生", "大局", "大部", "院村", "山海关", "号院", "大院", "大杂院", "四合院", "农家院"),
    *("大队长", "中队长", "支队长", "总队长", "分局长", "站长", "所长", "会长", "社长", "团长"),
)
ENDINGS = any_of((*ORGANISATIONS, *NO_ENDING))
# The firms of the whole country, whose branches are called after their places: 国网云岭县供电公司, 农业银行云岭支行.
BRAND = re.compile(
    f"(?:国网|武警|{NATION_FIRMS}|中国银行|(?:中国)?(?:农业|工商|建设|交通|邮政储蓄|民生|光大|招商)银行)$"
)
BRAND_CHARS = 8
COMPANY_END = re.compile("(?:公司|支行|分行|[总支大中]队)$")
OF_ALL = frozenset("全该本我各")  # before a level: of all of it, or of ours
FORMER = "原到至往距"  # between a place and an organisation they part the two
ALONG, WHO_TAGS_ALONG = re.compile("随[省市区县州盟旗镇乡村]"), ("记者", "笔者")
LOCAL = frozenset({"辖区", "当地", "本地", "园区", "我市"})
NOUN_OR_VERB = frozenset(
    {"建设", "服务", "管理", "组织", "协调", "联系", "合作", "支持", "领导", "新建", "迁建", "扩建", "改建", "筹建"}
)
LISTED = ListNoun.of(
    "organisation",
    "企业|公司|高校|银行|院校|商会|医院|学校",
    "公司|集团|大学|学院|银行|商会|医院|厂|矿|局|酒店|学校|中学|小学",
)
NEVER = re.compile(
    r"(?<!火)把|(?<=.)[还仍]|[一二三四五六七八九十\d]+[位家个名所]|从|附近|本市|[往回竞]|派驻|以及|包括|已经|^标准化|(?:物流|分拨|仓储|集散|邻里)中心$|积极|认真|大力|贯彻"
)
ANAPHORA = re.compile(
    r"[该本各某贵我其此每有两几全新老大小多]|[一二三四五六七八九十\d]+[家个所名]|这|那|哪|另|所|相关|有关|不同"
)


def find_organisations(text: str, model: StartModel, places: Sequence[Stretch], words: Container[str]) -> list[Stretch]:
    """Return the stretches that may name an organisation.

    `places` are those found, or what else an organisation is called after: one right before a name is part of it.
    `words` are the ordinary ones.
    """
    before = {place.end: place.start for place in places}
    ends = {place.start: place.end for place in places}
    found = [
        *_by_ending(text, model, ends, words),
        *find_organs(text),
        *find_local_bodies(text, places),
        *find_listed(text, LISTED, model, lambda item: is_brand(item, words)),
    ]
    found += find_brands(text, places, found, words)
    whole = [_with_place(text, stretch, before) for stretch in found]
    return [*whole, *_short_forms(text, whole, places, words)]


def _by_ending(text: str, model: StartModel, places: Mapping[int, int], words: Container[str]) -> Iterator[Stretch]:
    for ending in ENDINGS.finditer(text):
        is_office = ending[0] in PARTY and (
            text.startswith(POST, ending.end()) or text.startswith("原", ending.start() - 1)
        )
        if ending[0] in NO_ENDING or is_office:
            continue
        if ending[0] == text[ending.start() - 1 : ending.start()]:  # 财政厅|厅长, 财政厅|厅属单位
            continue
        found = model.find_start(text, ending.start(), ending.end())
        if (
            found is None
            or _is_of_all(text, found[0])
            or found[1]
            <= _margin(
                ending[0], begins_with_place=found[0] in places, is_item=is_item_of_list(text, found[0], ending, words)
            )
        ):
            continue
        if found[0] in places and GOODS.fullmatch(text, places[found[0]], ending.end()):
            continue
        if found[1] <= MARGIN and found[0] in places and _holds_verb(text[found[0] : ending.start()], model):
            continue
        start = _behind_verb(text, _behind_former(text, found[0], ending.start(), places), model)
        start = behind_bracket(text, start, ending.start())
        start = max((start, *(at.end() for at in PUTS_UP.finditer(text, start, ending.start()))))
        if start < ending.start() and _is_name(text[start : ending.end()], begins_with_place=start in places):
            yield Stretch(start, ending.end(), "organisation", ENDING)


def _is_of_all(text: str, start: int) -> bool:
    """Tell whether a level begins here that belongs to the word before it: `全|区哨点医院`."""
    return text[start] in LEVEL_SIGNS and text[max(0, start - 1) : start] in OF_ALL


def _behind_former(text: str, start: int, head: int, places: Mapping[int, int]) -> int:
    """Return the start behind the place and the word before what an organisation was or where one goes.

    `桐川县|原|白鹤小学`, `渡口村|到|学校`.
    """
    at = start
    while at in places and places[at] < head:
        at = places[at]
    return at + 1 if at > start and text[at] in FORMER else start


def _holds_verb(words: str, model: StartModel) -> bool:
    return any(words[at : at + 2] in model.verbs for at in range(len(words) - 1))


def _is_name(words: str, *, begins_with_place: bool) -> bool:
    """Tell whether an organisation may be called so: by more than endings, and by nothing that only points at one.

    `新校区`, `大医院` point at one; 新乡 and 大连 begin alike, and are places.
    """
    is_bare = ENDINGS.sub("", words) == ""
    points = not begins_with_place and ANAPHORA.match(words) is not None
    return not is_bare and not points and NEVER.search(words) is None


def _margin(ending: str, *, begins_with_place: bool, is_item: bool) -> float:
    """Return the margin by which a name must be ahead of being none."""
    if begins_with_place:
        return PLACE_MARGIN
    if LEGAL.match(ending):
        return LEGAL_MARGIN
    if is_item or COLLEGE.fullmatch(ending):
        return ITEM_MARGIN
    return SURE_MARGIN if SURE.match(ending) else MARGIN


def _behind_verb(text: str, start: int, model: StartModel) -> int:
    """Return the start behind a verb that seems to belong to a name: `对接|区医院`, `建设|区政务服务中心`."""
    if ALONG.match(text, start) and text.endswith(WHO_TAGS_ALONG, 0, start):
        start += 1  # 记者随|州民政局
    role = ROLE.match(text, start)
    start = role.end() if role else start
    while (
        text[start : start + 2] in LOCAL
        or text[start : start + 2] in model.verbs
        or (text[start : start + 2] in NOUN_OR_VERB and text[start + 2 : start + 3] in LEVELS)
    ):
        start += 2
    return start


def _short_forms(
    text: str, found: Sequence[Stretch], places: Sequence[Stretch], words: Container[str]
) -> Iterator[Stretch]:
    """Yield where a company that is named in full stands as its first words: `驰远精工` of `驰远精工轴承有限公司`.

    The place that it is called after may be left out: `晶澈新材` of `宁州晶澈新材料股份有限公司`.
    """
    heads = {text[place.start : place.end].rstrip(LEVEL_SIGNS) for place in places}
    for name in {text[s.start : s.end] for s in found if FIRM.search(text, s.start, s.end)}:
        place = max((len(head) for head in heads if len(head) > 1 and name.startswith(head)), default=0)
        place += name[place : place + 1] in LEVELS if place else 0
        if not COMPANY.search(name):
            if OWN_AND_TRADE.fullmatch(name, place) and name[place : place + 2] not in words:
                yield from _first_words(text, name[place:] + EDGE, SHORTEST)
            continue
        if len(name) - place == SHORT_GROUP and name.endswith("集团") and name[place : place + 2] not in words:
            yield from _first_words(text, name[place:] + EDGE, SHORTEST)
        yield from _first_words(text, name, max(SHORTEST, place + 2))
        if not TRADE.match(name, place):
            yield from _first_words(text, name[place:], SHORTEST) if place else ()
            yield from find_own_and_trade(text, name[place:], words)
        if name[0] in LEVEL_SIGNS:  # 市城建集团 is 城建集团
            yield from (Stretch(at, at + len(own), "organisation", SHORT) for at, own in find_all(text, [name[1:]]))


def _first_words(text: str, name: str, shortest: int) -> Iterator[Stretch]:
    """Yield where at least so many of the first characters of a name stand."""
    for start, _ in find_all(text, [name[:shortest]] if len(name) > shortest + 2 else []):
        size = shortest
        while size < len(name) and text[start + size : start + size + 1] == name[size]:
            size += 1
        if text[start + size : start + size + 1] not in BRACKETS:
            works = WORKS.match(text, start + size)
            yield Stretch(start, works.end() if works else start + size, "organisation", SHORT)


def _with_place(text: str, stretch: Stretch, before: dict[int, int]) -> Stretch:
    """Return the stretch with the places right before it, or whose level it begins with (`云岭区` + `区委`).

    A numbered branch behind it belongs to it.
    """
    start = before.get(stretch.start + 1, stretch.start) if stretch.rule_id == LEVEL else stretch.start
    whole = with_places(with_bracket(text, start), before)
    brand = (
        BRAND.search(text, max(0, whole - BRAND_CHARS), whole) if COMPANY_END.search(text, start, stretch.end) else None
    )
    branch = BRANCH.match(text, stretch.end) if BRANCHED.search(text, start, stretch.end) else None
    branch = branch or (AFFILIATED.match(text, stretch.end) if TEACHES.search(text, start, stretch.end) else None)
    return stretch._replace(start=brand.start() if brand else whole, end=branch.end() if branch else stretch.end)
