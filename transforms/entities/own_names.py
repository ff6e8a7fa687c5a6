"""Tells a project's own name from what any project is called: `蓝屿创新科技园` from `重点项目`, `移民安居项目`."""

import re
from typing import NamedTuple

from transforms.entities.endings import PARKS, PROJECTS, VENUES, WATERS, any_of
from transforms.entities.starts import StartModel

OWN_PARK = 2  # characters of a park's name that are no word of every park
OWN_UNPLACED = 4  # the same of a zone or base that no place is named with
OWN_WORK, OWN_WORK_THERE = 5, 2  # the same of works: `石墨烯导热薄膜`; fewer where a place stands first
CLOSE = "”"

ENDINGS = any_of(PROJECTS)
IS_PARK = any_of(PARKS)
IS_VENUE = any_of(VENUES)
# Works that carry water from one river or basin to another: 引洛济塬工程.
DIVERSION = re.compile("引[\u4e00-\u9fff]{1,2}[济入补][\u4e00-\u9fff]{1,2}(?:二期|[东西南北]线)?(?:工程|项目)$")
# A plant is named wherever it stands, built or not.
ALWAYS = re.compile("(?:风电场|光伏电站|储能电站|抽水蓄能电站)$")
# What such a park is for, though any may be for it: 城东|循环经济|产业园.
THEME = re.compile("(?:循环经济|现代农业|现代物流|农业科技|文化创意|文化旅游|科技创新|生态农业|生态工业)")
NUMBERED = re.compile("第[一二三四五六七八九十]")
# Works that every place has one of, and that are called by it: 雁塘区|老旧小区改造一期工程.
SORT = re.compile("(?:老旧小区|棚户区|城中村|高标准农田|雨污分流|危旧房)[\u4e00-\u9fff]{0,8}(?:项目|工程)$")
THEMED = re.compile("(?:职教|影视|文旅|康养|汽车|商贸|物流|建材|科学|科技)城$")  # 南江|职教城
HOUSING = re.compile("(?:安置房|保障房|公租房|廉租房|安置小区)$")
OWN_HOUSING = 3
STRUCTURE = re.compile(
    "(?:水库|水电站|电站|大桥|隧道|高速公路|高速|铁路|机场|码头|地铁|快速通道|快速路|立交桥"
    "|泊位|航站楼|防波堤|大坝|船闸|泵站|管廊|干渠|互通立交|绿道|公路|(?:高铁|火车|汽车|客运|接收)站)(?:[\u4e00-\u9fff]{1,4}段|[一二三四]期)?$"
)
BUILDING = re.compile(
    "(?:楼|(?:高铁|火车|汽车|客运|接收)站|公寓|邻里中心|智能工厂|数字工厂|灯塔工厂)$"
)  # a project only as long as it is built, wherever it stands
# A work that nothing places is named where the text tells that it is built: 承建的沱水特大桥, 白鹤大桥建成通车.
BUILT_BEHIND = re.compile(
    "(?:下月|上月|本月|相继|陆续|先后|双双|同时|分别|均|全线|主体|结构|主桥|[左右双][幅线洞]|首[台座期]机组|全容量|全部机组|[一二三]期|顺利|成功|全面|已经|已|正式|即将|今日|昨日|近日|日前|在[^，。]{1,8}|于[^，。]{1,8}"
    r"|[今去明]年|年[底内初]|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[底初份])?|计划|预计|有望|提前){0,3}"
    "(?:前期工作|下闸|投入运行|交付|合龙|贯通|通车|建成|开工|动工|破土|奠基|落成|竣工|封顶|投用|投产|投运|投入使用|启用|并网|试运行|开园|开馆|完工|开挖|试飞|校飞|试开放|开建|揭牌|落户|选址|起于|总投资|施工"
    "|正在(?:加[紧快])?(?:建设|装修|安装|调试)|的(?:控制|关键|重点|先行|节点)性?(?:节点)?工程|完成(?:年度)?投资|投资(?=[约近超]?[\\d.]+[亿万])|通过(?:竣工)?验收)"
)
BUILT_BEFORE = re.compile(
    "(?:修通|铺通|架起|建起|改成|改建成|改造成|承建|修建|新建|兴建|援建|筹建|在建|建设|打造|投资[^，。]{1,10}(?:元|亿)(?:建设|兴建|打造)?)(?:了)?的?$"
)
# A list says of its last what holds of all: A、B、C相继破土动工.
LIST_BEHIND = re.compile("(?:、[^，。；、\n]{2,24}){1,5}")
BUILT_AT_END = re.compile(
    "(?:通车|动工|开工|竣工|投用|投产|落成|封顶|完工|合龙|建成(?:投[用产运])?|投入(?:使用|运行)|开工建设|加[紧快]建设|并网(?:发电)?)$"
)
ROUTE = re.compile("[\u4e00-\u9fff]{2,4}至[\u4e00-\u9fff]{2,4}(?:高速公路|高速|铁路|公路|快速通道|快速路)$")
BUILT_CHARS = 16
STAGED = re.compile("[一二三四]期$")
THERE = re.compile(r"(?:示范区|试验区|开发区|新区|基地)$")
ZONE = re.compile("(?:示范区|试验区|开发区|新区)$")  # named by its place alone: `洛阳经济开发区`
GENERIC = re.compile(
    r"重点|重大|建设|签约|开工|投产|优质|产业|全部|全[省市区县]|全国|一批|[省市区县]级?|亿元|万元|以上|谋划|储备|招商|引资|工业|工程|项目"
    r"|现代|物流|科技|创新|农业|基础|设施|民生|实事|续建|新建|在建|改建|扩建|改造|提升|配套|国家|示范|先进|综合|经济|技术|试点|投资"
    r"|[大小新老各该这此]|主要|相关|有关|具体|[一二三四五六七八九十]期|服务|发展|生态|文化|旅游|惠民|扶贫|白名单|年度|季度|第[一二三四]"
    r"|全年|农村|乡村|干线|体育|专项|研究|社会|实践|特大型|环境|循环|工作"
)
NEVER = re.compile(
    r"^[一二三四五六七八九十\d]{1,3}号|赛(?!马场)|[等把对被抓向的从往有余届在但是着们名让以为各]|[一二两三四五六七八九十\d]+[个项条座家次]|做好|一批|以上|重[点大](?:建设|产业)?项目$|领导|安排|入选"
    r"|^合作|^共建|^联合|进入|列入|全线|控制性|省市|正在|诸多|系列|这|里面|旁边|附近|准备|没有|召开|包保|作为|用作|拖欠|完成|取得|派驻|发挥|标准(?!农田|厂房)|目前|近日|今年|去年|明年|谋划|招商引资|查看|推进|和项目$|到|负责人|[和及](?:办公|教学|综合|住院|门诊)楼$|(?:集团|公司|局)项目$"
)
BEHIND = re.compile(r"公司|局|处|集团|技术|化|师|院|学|系|部|款|机械|造价|与应用|资金|贷款|风险|经理|组")


class Parts(NamedTuple):
    """A name, how many characters of it are a place, where its ending begins, and how many between are its own."""

    name: str
    place: int
    ending: int
    own: int

    @property
    def is_there(self) -> bool:
        """Whether the name tells where it lies."""
        return self.place > 0 or self.name.startswith("中国")


def is_own(text: str, start: int, end: int, place: int) -> bool:
    """Tell whether text[start:end] is a name of its own; it begins with a place of so many characters, or none."""
    name = text[start:end]
    if NEVER.search(name) or text[start - 1 : start] == CLOSE or name.count("（") != name.count("）"):
        return False
    ending = max((found.start() for found in ENDINGS.finditer(name)), default=len(name))
    if place > ending:  # `高新区` alone is a place
        return False
    parts = Parts(name, place, ending, len(GENERIC.sub("", name[place:ending])))
    if THERE.search(name):
        is_named = parts.own >= OWN_PARK or ZONE.search(name) is not None
        return is_named if parts.is_there else parts.own >= OWN_UNPLACED and _is_put_up(text, start, end)
    if ending < len(name) and IS_PARK.match(name, ending):
        is_themed = THEMED.search(name) is not None or THEME.fullmatch(name, place, ending) is not None
        return parts.own >= OWN_PARK or (place > 0 and is_themed)
    return DIVERSION.fullmatch(name) is not None or _is_work(text, start, end, parts)


def _is_work(text: str, start: int, end: int, parts: Parts) -> bool:
    """Tell whether a name is a work's own."""
    name, place, ending, own = parts
    if HOUSING.search(name):
        return own >= OWN_HOUSING or (parts.is_there and own > 0)
    if ALWAYS.search(name):
        return own >= OWN_PARK or place == ending > 0
    if STRUCTURE.search(name) or IS_VENUE.match(name, ending) or BUILDING.search(name):
        is_named = own >= OWN_PARK or place > 0 or (own > 0 and NUMBERED.search(name) is not None)
        is_staged = STAGED.search(name) is not None  # 青口水厂二期: a second stage is built to the first
        return ROUTE.search(name) is not None or (is_named and (is_staged or is_built(text, start, end)))
    is_sort = parts.is_there and SORT.search(name) is not None
    is_named = is_sort or own >= (OWN_WORK_THERE if parts.is_there else OWN_WORK)
    return is_named and BEHIND.match(text, end) is None


def _is_put_up(text: str, start: int, end: int) -> bool:
    """Tell whether a zone or base stands or is begun; one to be built (`打造示范区`) may be no more than a plan."""
    before = BUILT_BEFORE.search(text, max(0, start - BUILT_CHARS), start)
    return BUILT_BEHIND.match(text, end) is not None or (before is not None and before[0].endswith("的"))


def is_built(text: str, start: int, end: int) -> bool:
    """Tell whether the text says that text[start:end] is built, or was."""
    behind = LIST_BEHIND.match(text, end)
    is_told = (
        BUILT_BEFORE.search(text, max(0, start - BUILT_CHARS), start)
        or BUILT_BEHIND.match(text, end)
        or (behind is not None and BUILT_AT_END.search(behind[0]))
    )
    return bool(is_told)


def place_size(name: str, model: StartModel) -> int:
    """Return how many characters of a known place a name begins with; a river is called after one, and none."""
    sizes = (5, 4, 3, 2)
    return next((size for size in sizes if model.is_place(name[:size]) and name[size : size + 1] not in WATERS), 0)
