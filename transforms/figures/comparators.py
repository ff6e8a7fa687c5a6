"""The words before and behind a number that say how exact it is."""

import re
from collections.abc import Mapping

from transforms.figures.records import Comparator

# A word that may also end another word names what may not stand before it (`签约`, `附近`, `反超`).
BEFORE: Mapping[str, Comparator] = {
    "最高可达": "up_to",
    "最多可达": "up_to",
    "不得少于": "at_least",
    "不得低于": "at_least",
    "不得超过": "at_most",
    "不得高于": "at_most",
    "不得多于": "at_most",
    "不宜超过": "at_most",
    "不能超过": "at_most",
    "不可超过": "at_most",
    "不应超过": "at_most",
    "不准超过": "at_most",
    "不应低于": "at_least",
    "不能低于": "at_least",
    "不能少于": "at_least",
    "不下于": "at_least",
    "不下": "at_least",
    "不少于": "at_least",
    "不低于": "at_least",
    "不小于": "at_least",
    "不超过": "at_most",
    "不高于": "at_most",
    "不多于": "at_most",
    "不大于": "at_most",
    "不超": "at_most",
    "少说也有": "at_least",
    "将近": "nearly",
    "接近": "nearly",
    "不足": "under",
    "不到": "under",
    "未满": "under",
    "低于": "under",
    "少于": "under",
    "小于": "under",
    "可达": "up_to",
    "最高": "up_to",
    "最多": "up_to",
    "至多": "at_most",
    "最低": "at_least",
    "最少": "at_least",
    "至少": "at_least",
    "起码": "at_least",
    "超过": "over",
    "超出": "over",
    "突破": "over",
    "高于": "over",
    "多于": "over",
    "大于": "over",
    "大约": "about",
    "约为": "about",
    "约合": "about",
    "约有": "about",
    "约占": "about",
    "大概": "about",
    "几近": "nearly",
    "≥": "at_least",
    "≤": "at_most",
    "逾": "over",
    "超": "over",
    "约": "about",
    "近": "nearly",
    "上": "at_least",
    "满": "at_least",
    "过": "over",
}
GUARDS = {
    "不下": "剩放吃装留容坐住拿搁咽停落攒赚买高",
    "超": "赶反严高名",
    "约": "签节集预合条公履制相契违邀简誓特纽婚赴",
    "近": "附最新临靠邻远将走就晋切亲相逼凑",
    "过": "通经超度渡走路不越错翻难穿转胜透掠开吃看听来去做打用",
    "上": "以网路街地山树会身线晚早马车船台桌增加投用穿写送赶跟遇补贴奉呈献考种装登碰配迈连拴挂爱当坐住",
    "满": "圆丰充饱期美不坐挤装摆",
}
WORDS_OVER = {"约": "[^损流丢遗]失"}  # the same, of two characters: `失约3次`, and not `损失约3万元`
NEEDS_ROUND = frozenset({"上", "过", "满"})  # these stand before round numerals (`上百个`) only
BEHIND: Mapping[str, Comparator] = {
    "及以上": "at_least",
    "以上": "at_least",
    "及以下": "at_most",
    "以下": "at_most",
    "以内": "at_most",
    "之内": "at_most",
    "内": "at_most",
    "左右": "about",
    "上下": "about",
    "出头": "over",
    "开外": "over",
    "有余": "about",
    "余": "about",
    "多": "about",
}
GUARDED = frozenset({"多", "内"})  # they may begin the next word
BEHIND_PATTERN = (
    "|".join(word for word in BEHIND if word not in GUARDED)
    + "|多(?![\u4e00-\u9fff])|多(?=[的地呢吗])|内(?![部容外蒙在陆地需科涵饰河湖网存置向壁径层分])"
)
LONGEST = max(map(len, BEFORE))
LASTS = frozenset(word[-1] for word in BEFORE)


def _guarded(word: str) -> str:
    """Return the pattern of a word that is no end of another one."""
    guard = f"(?<![{GUARDS[word]}])" if word in GUARDS else ""
    return guard + (f"(?<!{WORDS_OVER[word]})" if word in WORDS_OVER else "") + word


_WORD = re.compile("(?:" + "|".join(map(_guarded, BEFORE)) + r")[^\S\n]?\Z")
# What is given at most, where the verb stands between the word and the number: `最高补助2万元`, `最多可贷50万元`.
_AT_MOST_GIVEN = re.compile(
    "最[高多](?:可以?|能)?(?:补助|补贴|奖励|奖补|资助|给予|授信|贷款?|获得?|享受?|领取?|报销|减免|优惠|赔付|申请|拿|补|奖)(?:到|达)?\\Z"
)
_GIVEN_ENDS = frozenset("助贴励补予信贷款获得享受领取销免惠付请拿奖到达")
_GIVEN_CHARS = 9


def find_before(text: str, start: int, *, is_round: bool) -> tuple[int, Comparator] | None:
    """Find the word that ends at `start` and says how exact the number behind it is: where it begins, what it says.

    is_round: the number is a bare multiple, which may be led by `上`.
    """
    last = text[start - 1 : start]
    if last in _GIVEN_ENDS and _AT_MOST_GIVEN.search(text, max(0, start - _GIVEN_CHARS), start):
        return start, "up_to"
    match = _WORD.search(text, max(0, start - LONGEST - 2), start) if last in LASTS or last.isspace() else None
    if match is None:
        return None
    word = match[0].rstrip()
    if word in NEEDS_ROUND and not is_round:
        return None
    return match.start(), BEFORE[word]
