"""Characters that only look like the ones meant: compatibility forms, radicals, full-width letters, invisible ones.

NFKC is not used: it changes every full-width mark of a Chinese page. The table holds the code points that damaged
pages and PDF text carry, from the Unicode blocks named beside them.
"""

import re
import unicodedata
from functools import cache

from transforms.spans import Edit, Text

RULE_ID = "text.codepoints"

INVISIBLE = (
    0x00AD,
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    0x2060,
    0xFEFF,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
)
COMPATIBLE = (  # blocks in which NFKC gives the one character meant
    *range(0xFF10, 0xFF1A),  # full-width digits
    *range(0xFF21, 0xFF3B),  # full-width capitals
    *range(0xFF41, 0xFF5B),  # full-width small letters
    *range(0xF900, 0xFB00),  # CJK compatibility ideographs
    *range(0x2F00, 0x2FE0),  # Kangxi radicals
    *range(0x2F800, 0x2FA20),  # CJK compatibility ideographs supplement
)
# CJK radicals supplement, which NFKC leaves alone and PDF extraction produces.
RADICALS = (
    "⺁⺄⺆⺈⺊⺌⺍⺕⺝⺠⺢⺣⺤⺩⺪⺫⺬⺮⺯⺶⺷⺸⺹⺻⺼⺾⻁⻃⻄⻅⻆⻈⻉⻊"
    "⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻲"
)
MEANT = (
    "厂乙冂𠂊卜小小彐月民水灬爫王疋目示竹糹羊羊羊老聿肉艹虎覀西见角讠贝足"
    "车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食饣首马骨鬼鱼鸟卤麦黄黾齐齿龙龟龜"
)
OTHERS = {0x00A0: " ", 0xFF0E: "."}
# Signs that print sets full-width beside half-width figures too, as in 13％: there they are the page's own.
SIGNS = {"％": "%", "＋": "+"}
WIDE = "０-９Ａ-Ｚａ-ｚ"
WIDE_SIGN = re.compile(f"(?<=[{WIDE}])[％＋]|[％＋](?=[{WIDE}])")


@cache
def folding() -> dict[str, str]:
    """Return the table: character to what is meant, empty where it stands for nothing."""
    table = {chr(code): "" for code in INVISIBLE}
    for code in COMPATIBLE:
        meant = unicodedata.normalize("NFKC", chr(code))
        if len(meant) == 1 and meant != chr(code):
            table[chr(code)] = meant
    table.update(zip(RADICALS, MEANT, strict=True))
    table.update({chr(code): meant for code, meant in OTHERS.items()})
    return table


def fold_codepoints(text: Text) -> Text:
    """Return the text with look-alike code points replaced and invisible ones removed."""
    table = folding()
    odd = table.keys() & set(text.string)  # a class of only those on the page: the whole table makes a slow one
    if not odd:
        return text
    found = re.finditer(f"[{re.escape(''.join(sorted(odd)))}]|{WIDE_SIGN.pattern}", text.string)
    return text.edit([Edit(m.start(), m.end(), SIGNS.get(m.group()) or table[m.group()]) for m in found], RULE_ID)
