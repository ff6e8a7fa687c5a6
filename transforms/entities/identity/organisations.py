"""Organisations by their full name: areas put where `区` and `市` stand for them, one form for each body."""

import re

from transforms.entities.identity.areas import ZONE_NAMES, Home, read_areas

FORMS = (  # the long form of a body, and the one that papers use
    ("人民代表大会常务委员会", "人大常委会"),
    ("中国人民政治协商会议", "政协"),
    ("人民政治协商会议", "政协"),
    ("人民政府", "政府"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("发展和改革委员会", "发改委"),
    ("发展改革委", "发改委"),
    ("工业和信息化局", "工信局"),
    ("工商业联合会", "工商联"),
    ("住房和城乡建设局", "住建局"),
    ("卫生健康委员会", "卫健委"),
    ("卫生健康委", "卫健委"),
    ("教育体育局", "教体局"),
    ("人力资源和社会保障局", "人社局"),
    ("市场监督管理局", "市场监管局"),
    ("城市管理和综合执法局", "城管执法局"),
    ("城市管理局", "城管局"),
    ("交通运输局", "交通局"),
    ("文化广电和旅游局", "文旅局"),
    ("文化广电旅游局", "文旅局"),
    ("退役军人事务局", "退役军人局"),
    ("纪律检查委员会", "纪委"),
    ("管理委员会", "管委会"),
    ("村民委员会", "村委会"),
    ("居民委员会", "居委会"),
    ("文学艺术界联合会", "文联"),
    ("残疾人联合会", "残联"),
    ("妇女联合会", "妇联"),
    ("科学技术协会", "科协"),
    ("总工会", "工会"),
)
COMPANY = re.compile(r"(?:股份)?(?:有限|有限责任)(?:责任)?公司$|集团公司$")
RELATIVE = re.compile(
    r"^[我该本全]?(?:(?P<city>(?:市(?!场|民|容|值|政(?!府|协|务))|省(?!会|级)))|(?P<district>区(?!域|块|间)|县(?!城|域))"
    r"|(?P<town>街道|镇(?!江|平)|乡(?!村|镇|贤))|(?P<village>社区(?!卫生)|村(?!镇|民)))"
)
OFFICES_OF_ANY_AREA = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,8}(?:局|委|办公室|大队|支队|法院|检察院|工商联|妇联|文联|残联|科协|团委|工会|政协|人大常委会|公安分局)|"
    r"第?[一二三四五六七八九十]+(?:小学|中学|人民医院|幼儿园)|(?:人民|中心|中医|妇幼保健)医院|实验(?:小学|中学|幼儿园)|"
    r"(?:党校|档案馆|图书馆|文化馆|博物馆|政务服务中心|融媒体中心|组织部|宣传部|统战部))$"
)
UNPLACED = "?/"  # before a name whose area nothing says: it is a name within its text alone
ABROAD = re.compile(r"^(?:中国|中央|国家|全国|中华|国务院|国际)")


def complete_organisation(words: str, *, home: Home) -> str:
    """Return the full name of an organisation in a text that is at home there: `区工商联` as 云岭区工商联.

    The name begins with the narrowest area that is known. `市` without a city means that of the circle, and a body that
    every area has (`民政局`) belongs to the district of the text; where nothing says which, to the text.
    """
    name = normal_form(words)
    relative = RELATIVE.match(name)
    if relative:
        level = relative.lastgroup or "city"
        return _placed(level, home, name[relative.end() :], relative[level])
    areas, rest = read_areas(name)
    if areas:
        return _narrowest(areas, home) + rest
    if OFFICES_OF_ANY_AREA.match(name) and not ABROAD.match(name):
        return _placed("district", home, name, "")
    return name


def normal_form(words: str) -> str:
    """Return a name in the form that papers use: long names of bodies cut, brackets of one width, no marks."""
    name = re.sub(r"[“”‘’《》\s]", "", words).removeprefix("中共").translate(str.maketrans("()", "（）"))
    for long, short in FORMS:
        name = name.replace(long, short)
    return re.sub(r"委员会$", "委", name) if re.match(r".*[省市区县旗州]委员会$", name) else name


def core_name(name: str) -> str:
    """Return a company's name without its legal form."""
    return COMPANY.sub("", name)


def _placed(level: str, home: Home, rest: str, level_word: str) -> str:
    if level == "city":
        return f"{home.circle}/{level_word}{rest}"
    area = getattr(home, level)
    if area is None or not area.endswith(level_word):
        return f"{UNPLACED}{level_word}{rest}"
    within = "" if level == "district" else _within(home.district, home, is_town=level == "town")
    return f"{within}{_of_paper(area, home)}{rest}"


def _narrowest(areas: dict[str, str], home: Home) -> str:
    """Say the district of a town or village, which other districts have too; and the city of a zone."""
    below = areas.get("town", "") + areas.get("village", "")
    if below:
        return f"{_within(areas.get('district') or home.district, home, is_town='town' in areas)}{below}"
    narrowest = areas.get("district") or areas["city"]
    if narrowest in ZONE_NAMES and "city" in areas:
        return areas["city"] + narrowest
    return _of_paper(narrowest, home)


def _within(district: str | None, home: Home, *, is_town: bool) -> str:
    """Say the district; where nothing does, a town is one of its paper, and a village one of its text alone."""
    if district is not None:
        return _of_paper(district, home)
    return f"{home.paper}/" if is_town and home.paper is not None else UNPLACED


def _of_paper(area: str, home: Home) -> str:
    return f"{home.circle}/{area}" if area in ZONE_NAMES else area
