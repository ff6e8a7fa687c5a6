"""Finds the campaigns and fixed terms that a text sets in quotation marks: `“三个一批”`, `“放管服效”改革`."""

import re
from collections import Counter
from collections.abc import Iterator

from transforms.entities.stretches import Stretch

COUNTED, NAMED, ENDED, PARALLEL, REPEATED, PAIRED = (
    f"campaign.{what}" for what in ("counted", "named", "ended", "parallel", "repeated", "paired")
)
QUOTED = re.compile(r"[“‘「『]([^“”‘’「」『』\n]{2,22})[”’」』]")
LONGEST = 20  # characters of a term
OFTEN, TERM_LENGTHS = 2, range(3, 9)  # times that an article quotes a term, and its characters
PARALLEL_LENGTHS = range(3, 7)  # characters of each part of a term of several
SPOKEN = re.compile(r"[。！？；…]|不.*，|，.*不|[了吗呢吧啊呀嘛]$|[我你他她它俺咱]|，.*，.*，")
CALLS = re.compile(r"(?:像|好似|仿佛|如同|所谓|是个|叫做|名叫|外号|绰号)$|[：:]$")
NUMBER = r"[一二三四五六七八九十两双百千万零\dN]"
COUNTED_TERM = re.compile(
    rf"(?:{NUMBER}+[+＋\-—]{NUMBER}+(?:[+＋\-—]{NUMBER}+)*|\d{{3,6}}|[二三四五六七八九十两双]{{1,2}}[^，、。]{{1,8}}"
    rf"|[^，、]{{2,4}}一批|(?:[多{NUMBER[1:]}{{1,2}}[^，、]{{1,3}}){{2,6}}|十[一二三四五六]五|.{{1,2}}{NUMBER}.{{1,2}}{NUMBER})"
)
ONLY_NUMBER = re.compile(rf"{NUMBER}{{1,2}}|[一二三四五六七八九十]+[·.]?[一二三四五六七八九十]+|\d+·\d+")
NOUN_BEHIND = re.compile(
    r"(?!的)[\u4e00-\u9fff]{0,4}?(?:活动|行动|工程|工作法|工作机制|机制|模式|改革|理念|体系|品牌|制度|创建|战略|计划|政策|支部|白名单"
    r"|中小企业|企业|小巨人|大礼包|方案|专班|考核|攻坚|建设|规划|会战|大赛|赛事|项目|服务|产业体系|平台|载体|精准|格局|思路|做法|经验|精神|评选|称号|工坊"
    r"|新机制|体系|导向|窗口|服务区|评价)"
)
TERM_END = re.compile(
    r"(?:活动|行动|工程|计划|工作法|模式|机制|平台|工坊|节|周|评选|大赛|论坛|老字号|样板区|示范区|先行区|快车|热线|讲堂|课堂)$"
)


def find_campaigns(text: str) -> list[Stretch]:
    """Return the quoted stretches, without their marks, that are terms and no speech and no word meant otherwise."""
    quoted = [match for match in QUOTED.finditer(text) if len(match[1]) <= LONGEST]
    counts = Counter(match[1] for match in quoted)
    return list(_terms(text, quoted, counts))


def _terms(text: str, quoted: list[re.Match[str]], counts: Counter[str]) -> Iterator[Stretch]:
    rules = [_rule(text, match, counts[match[1]]) for match in quoted]
    for number, (match, rule_id) in enumerate(zip(quoted, rules, strict=True)):
        is_paired = _pairs_with_term(quoted, rules, number) and SPOKEN.search(match[1]) is None
        if rule_id is not None or is_paired:
            yield Stretch(match.start(1), match.end(1), "campaign", rule_id or PAIRED)


def _pairs_with_term(quoted: list[re.Match[str]], rules: list[str | None], number: int) -> bool:
    """Tell whether a term of the same length stands right beside: `“开门红”“全年红”`."""
    match = quoted[number]
    for other in (number - 1, number + 1):
        if 0 <= other < len(quoted) and rules[other] and len(quoted[other][1]) == len(match[1]):
            first, second = sorted((match, quoted[other]), key=lambda quote: quote.start())
            if second.start() - first.end() <= 1:
                return True
    return False


def _is_parallel(words: str) -> bool:
    """Tell whether the words are parts of one length and three to six characters: `引老乡、回故乡、建家乡`."""
    parts = words.split("、")
    return len(parts) > 1 and len({len(part) for part in parts}) == 1 and len(parts[0]) in PARALLEL_LENGTHS


def _rule(text: str, match: re.Match[str], count: int) -> str | None:
    """Return the rule after which a quoted stretch is a term; None where it is none."""
    words = match[1]
    if SPOKEN.search(words) or CALLS.search(text, max(0, match.start() - 2), match.start()):
        return None
    if COUNTED_TERM.fullmatch(words) and not ONLY_NUMBER.fullmatch(words):
        return COUNTED
    if NOUN_BEHIND.match(text, match.end()):
        return NAMED
    if TERM_END.search(words):
        return ENDED
    if _is_parallel(words):
        return PARALLEL
    return REPEATED if count >= OFTEN and len(words) in TERM_LENGTHS else None
