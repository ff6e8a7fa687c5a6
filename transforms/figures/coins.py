"""Tells 块 that is money (`花了四百六十块`) from pieces (`安装标牌200块`)."""

import re
from decimal import Decimal

PIECE, MONEY = "块", "块钱"
CASH_FROM = 1000  # of so many hardly any are pieces
CASH_CHARS = 6
# What money is done with, before the number, and what may stand behind 块 where it is money and no thing is named.
CASH_BEFORE = re.compile(
    "(?:花|卖|挣|赚|付|交|缴|要|掏|价|钱|资|费|便宜|贵|省|罚|欠|借|亏|赔|存|寄|汇|收入|[比多少]|涨|跌)[了到过近约有]{0,2}"
    "[^，。；、\n]{0,2}\\Z"
)
CASH_BEHIND = re.compile("[，。；！？”）]|左右|上下|\\Z")


def coin(match: re.Match[str], unit: str, value: Decimal) -> str:
    """Return the word that says what the unit of an amount is: itself, or yuan for 块 where money is spoken of."""
    if unit != PIECE or not CASH_BEHIND.match(match.string, match.end()):
        return unit
    is_cash = value >= CASH_FROM or CASH_BEFORE.search(match.string, max(0, match.start() - CASH_CHARS), match.start())
    return MONEY if is_cash else unit
