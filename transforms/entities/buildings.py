"""Tells an organisation's naming that is a project: what is built for it, or itself, as a house that is put up.

`云溪县中医院|新院区`, `龙泉路小学|扩建项目`; `援建的瓦岭村粮食烘干中心`, of which the text says that it is built.
"""

import re
from collections.abc import Iterator, Sequence

from transforms.entities.own_names import is_built
from transforms.entities.stretches import Stretch

EXTENSION, BUILT = "project.extension", "project.built"
BUILT_CHARS = 24

# What an organisation's name ends with that is a house as well.
HOUSE = re.compile(
    "(?:医院|卫生院|卫生室|学校|大学|学院|中学|小学"
    "|(?<=[一二三四五六七八九十])[中小]|高中|初中|幼儿园|技校|职专|中心|馆"
    "|研究院|敬老院|福利院|养老院|法院|检察院|实验室|厂|厅|剧院|站)$"
)
FIRM = re.compile("(?:公司|集团)$")
WORK = (
    "(?:整体|异地)?(?:迁建|扩建|改扩建|新建|重建|改建|搬迁|改造|提升|升级|修缮|建设"
    "|[东西南北]扩|延伸|整治|治理|修复|配套)"
)
STAGE = "[一二三四五]期"
# A house is called after what is done in it: 门急诊综合楼.
USE = (
    "门急诊|门诊|急诊|住院|医技|病房|外科|内科|康复|教学|实训|实验|综合|办公|科研|科技|宿舍|公寓|业务|技术|培训|行政|图书"
    "|艺术|体育|服务"
)
PART = f"(?:(?:{USE}){{1,3}}大?楼|新(?:校区|院区|馆|址|厂区?|园区|大楼)|{STAGE})"
EXTENDED = re.compile(f"{PART}(?:(?:{WORK}){{0,3}}(?:项目|工程))?|(?:{WORK}){{1,3}}(?:项目|工程)")
# A road or a settlement that is mended: 滨湖大道|改扩建工程.
MENDED = re.compile("(?:路|大道|街|小区|社区|家园|花园|广场|公园)$")
EXTENDED_PLACE = re.compile(
    f"[一二三四五]期(?=保障|安置|公租|廉租|工程|项目|建|已|正|主体|开工|交付|[，。、])(?:工程|项目)?|(?:[东西南北]延|老旧管网|管网|片区|道路|街区|街景|沿线|外立面)?(?:{WORK}|拓宽|绿化|亮化|美化|维修|加固|综合){{1,3}}(?:项目|工程)"
)
EXTENDED_FIRM = re.compile(f"(?:新厂区?|{STAGE})(?:(?:{WORK}){{0,3}}(?:项目|工程))?")
BUILT_BEFORE = re.compile(
    "(?:建起|援建|新建|修建|兴建|筹建|在建|承建|投资[^，。；]{1,12}元(?:建设|兴建|打造|新建)?)了?的?$"
)
BUILT_BEHIND = re.compile(
    "(?:项目)?(?:主体(?:结构|工程)?)?(?:已经|已|正式|顺利|全面|即将|近日|日前|今日|昨日|于[^，。]{1,8}){0,3}"
    "(?:封顶|完工|破土动工|动工|奠基|落成|竣工|通过(?:竣工)?验收|总投资|总建筑面积|建成(?=投产|投用|使用|启用|开放|投运|[，。])"
    "|(?:开工|开工建设|投入使用|投用|投产)(?=[，。])|投资(?=[约近超]?[\\d.]+[亿万]?元)|正在(?:加[紧快])?(?:建设|装修|施工|安装|调试))"
)

# Who works in a house, and for it: as an organisation it acts, whatever else is built there.
STAFF = re.compile(
    "的?(?:党委|党总支|党支部|党组|[正副]?(?:院长|校长|馆长|厂长|站长|主任|园长)|医生|护士|教[师授]|老师|学生|职工|负责人)"
)


def find_buildings(
    text: str, organisations: Sequence[Stretch], firms: Sequence[Stretch], places: Sequence[Stretch]
) -> list[Stretch]:
    """Return the projects among what was found as organisations and places.

    `firms` are those known by their first words.
    """
    mended = [place for place in places if MENDED.search(text, place.start, place.end)]
    houses = [stretch for stretch in organisations if HOUSE.search(text, stretch.start, stretch.end)]
    staffed = {text[house.start : house.end] for house in houses if STAFF.match(text, house.end)}
    built = {text[house.start : house.end] for house in houses if _is_built(text, house)} - staffed
    whole = (house for house in houses if text[house.start : house.end] in built)
    named = (stretch for stretch in organisations if FIRM.search(text, stretch.start, stretch.end))
    return [
        *(house._replace(kind="project", rule_id=BUILT) for house in whole),
        *_extended(text, houses, EXTENDED),
        *_extended(text, [*named, *firms], EXTENDED_FIRM),
        *_extended(text, mended, EXTENDED_PLACE),
    ]


def _extended(text: str, stretches: Sequence[Stretch], pattern: re.Pattern[str]) -> Iterator[Stretch]:
    for stretch in stretches:
        more = pattern.match(text, stretch.end)
        if more and (not more[0].endswith("楼") or is_built(text, stretch.start, more.end())):
            yield Stretch(stretch.start, more.end(), "project", EXTENSION)


def _is_built(text: str, house: Stretch) -> bool:
    if EXTENDED.match(text, house.end):  # what is built is the part: 投资3亿元的县医院|门诊楼
        return False
    before = BUILT_BEFORE.search(text, max(0, house.start - BUILT_CHARS), house.start)
    return before is not None or BUILT_BEHIND.match(text, house.end) is not None
