"""Companies that are called by characters of their own and their trade, without `公司`: `恒岳铝业`, `赣鼎陶瓷`.

A few trades end nothing but companies' names (`铝业`). Of the others (`陶瓷`) the two characters before must be no
ordinary word, and the text must tell of a company: `由赣鼎陶瓷冠名`.
"""

import re
from collections.abc import Container, Iterator, Sequence

from transforms.entities.stretches import Stretch, find_all

BRANDED, SHORT = "organisation.brand", "organisation.short"
OWN = 2  # characters of a company's own
BEGINS = r"(?<![^，。；：、“（\n与和及由在向对以为将给])"  # where a text does, or behind one of these
FIRM = (
    "糖业|米业|瓷业|煤业|钛业|锂业|硅业|镁业|药业|铝业|铜业|钢业|纸业|酒业|乳业|鞋业|塑业|影业|置业|控股|重工|重机"
    "|速运|财险|寿险"
)
NOT_OWN = (
    "(?!传统|现代|绿色|特色|新型|本地|当地|优势|支柱|主导|有色|全[省市区县]|我[省市区县]|各类|相关|发展|壮大|做[强大]"
    "|医药|中医|生物|食品)"
)
TRADE = (
    "陶瓷|水泥|化工|纺织|服饰|服装|食品|电器|电子|电气|机械|阀门|轴承|汽车|科技|生物|制药|医药|物流|商贸|建设|建工|路桥|能源"
    "|电力|光电|光伏|锂电|新材|农业|牧业|种业|茶业|木业|矿业|饲料|粮油|家居|家具|玻璃|橡胶|轮胎|钢铁|装备|传媒|文旅|旅游|地产"
    "|保险|证券|外卖|快递|速递|同城|超市|百货|餐饮|精工|环保|通信|软件|燃气|热力|水务|线缆|智造|股份"
)
# What stands behind a company, and hardly behind a trade.
ACTS = (
    "(?:公司|集团)?(?=(?:独家)?冠名|赞助|捐[赠资助款]|承[建办担]|中标|出资|负责人|相关负责人|有关负责人|董事|总经理|总裁|副总|厂长|创始人"
    "|的?(?:生产)?车间|厂区|的?订单|产值|营收|股份|员工|职工|工人|年产|旗下|投资(?=[约近超]?\\d)|签[下订约]|[\u4e00-\u9fff]{2}部(?:副?经理|部长|主管|负责人))"
)
TRADING = re.compile(f"{BEGINS}{NOT_OWN}[\u4e00-\u9fff]{{2}}(?:{FIRM})(?:集团)?")
THERE = re.compile(
    f"{NOT_OWN}(?:(?![的内等和与在])[\u4e00-\u9fff]){{2,4}}?(?:{FIRM})"
)  # right behind a place: 湖南|百草堂药业
TRADED = re.compile(f"{BEGINS}([\u4e00-\u9fff]{{2}})(?:{TRADE})")
ACTING = re.compile(ACTS)
AND = frozenset("、和与及")
LEGAL = re.compile("有限|责任|股份|集团|公司|控股")
ITEM_LENGTHS = range(3, 9)  # characters of a company in a list: 蜂速外卖、津达同城等8家企业
OF_MANY = re.compile("规上|限上|骨干|龙头|民营|外贸|[小中大]微?型?企|国有|上市|[省市区县镇乡村]|专精|高新")


def find_brands(
    text: str, places: Sequence[Stretch], found: Sequence[Stretch], words: Container[str]
) -> Iterator[Stretch]:
    """Yield the companies known by their trade.

    places, found: the places and organisations found so far; beside one of these in a list a trade is a company's.
    words: the ordinary ones.
    """
    spans = [match.span() for match in TRADING.finditer(text)]
    spans += [(place.end, match.end()) for place in places if (match := THERE.match(text, place.end))]
    starts, ends = {one.start for one in found}, {one.end for one in found}
    for match in TRADED.finditer(text):
        start, end = match.span()
        acts = ACTING.match(text, end)
        is_beside = (text[start - 1] in AND and start - 1 in ends) or (text[end : end + 1] in AND and end + 1 in starts)
        if match[1] not in words and (acts or is_beside):
            spans.append((start, acts.end() if acts else end))
    for start, end in spans:
        yield Stretch(start, end, "organisation", BRANDED)


def is_brand(item: str, words: Container[str]) -> bool:
    """Tell whether an item in a list of companies is called by characters of its own."""
    own = (item[:OWN], item[1 : 1 + OWN])
    return len(item) in ITEM_LENGTHS and not OF_MANY.search(item) and not any(pair in words for pair in own)


def find_own_and_trade(text: str, name: str, words: Container[str]) -> Iterator[Stretch]:
    """Yield where a company that is named in full stands as its own two characters and two more: `辽浑|阀门`.

    name: `辽浑特种阀门制造有限公司`, without the place that it is called after.
    """
    own, rest_of_name = name[:OWN], name[OWN:]
    rest = LEGAL.sub(" ", rest_of_name)
    trades = {rest[at : at + OWN] for at in range(len(rest) - 1)}
    trades |= {legal for legal in ("股份", "集团", "控股") if legal in rest_of_name}
    if own in words:
        return
    for start, _ in find_all(text, [own]):
        if text[start + OWN : start + 2 * OWN] in trades:
            yield Stretch(start, start + 2 * OWN, "organisation", SHORT)
