"""Workplaces that fill their place in a list or are met, and markets that are called by what is sold there alone."""

import re
from collections.abc import Container

SHORTEST = 4  # characters
LIST_SIGN = "、"
ITEM_ENDS = frozenset("、，。；等）\n")
# What is sold there, and no name of the market: 根竹镇|荔枝交易市场.
GOODS = re.compile("[\u4e00-\u9fff]{2,9}(?:交易|粮油|建材|水产|花卉|家具|钢材|小商品|服装|汽车)市场")
MEETS = re.compile("(?:新建|迁建|兴建|引进|引入|走进|联合|携手|牵手|对接|收购|兼并|委托|签约|由|与|和)$")
WORKPLACE = re.compile(
    "(?:厂|旅行社|商行|农场|林场|养殖场|饭店|酒店|宾馆|超市|公司|合作社|事务所|幼儿园|药店|卫生院|医院|服务中心|商店)$"
)


def is_item_of_list(text: str, start: int, ending: re.Match[str], words: Container[str]) -> bool:
    """Tell whether a workplace fills its place in a list, or is met: `、|三兴面粉厂；`, `引进|青禾研学旅行社，`.

    It must begin with no ordinary word: `面粉加工厂` is any.
    """
    is_met = text[start - 1 : start] == LIST_SIGN or MEETS.search(text, max(0, start - 2), start) is not None
    return (
        is_met
        and WORKPLACE.search(ending[0]) is not None
        and text[ending.end() : ending.end() + 1] in ITEM_ENDS
        and ending.end() - start >= SHORTEST
        and text[start : start + 2] not in words
    )
