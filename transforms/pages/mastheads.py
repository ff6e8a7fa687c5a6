"""Lines that name the paper, the day or the page: what a page says of itself, apart from its articles.

Such a line is made of nothing but the tokens below, in any order. A sentence that mentions a page (`详见第3版`) or a
day holds other words too, so it is none.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from transforms.pages.days import FULL_DAY, NUMERAL, read_full_day, read_numeral
from transforms.pages.papers import KINDS, NAME

MAX_LINE_CHARS = 90  # day, weekday, lunar day, issue number, page, section and editors make about 70
MAX_RAW_CHARS = 8 * MAX_LINE_CHARS  # with a pinyin note after each character
LOCAL_KINDS = ("县报", "区报", "州报", "校报")  # of papers named after what they serve
MAX_PAGE_NO = 400  # no daily prints more pages
PAGE_DIGITS = 2  # of a page number without a word beside it
EDITIONS = {"号外": "b", "下午版": "b", "晚间版": "b", "二次版": "b", "第二次印刷": "b", "三次版": "c"}
SECTIONS = (
    *("要闻", "综合", "时政", "经济", "民生", "社会", "文化", "教育", "体育", "国际", "国内", "副刊", "专题", "专版"),
    *("特刊", "评论", "理论", "观点", "健康", "生活", "都市", "财经", "科技", "旅游", "广告", "公告", "县区", "县域"),
    *("乡村", "法治", "视点", "观察", "周刊", "图片", "新闻", "热点", "深度", "本地", "城事", "天下", "关注", "头版"),
)
SECTION_DOT = "·"  # between a paper's name and its section
EDITED = re.compile("(?:责任编辑|责编|编辑|美编|校对|版式|主编|值班|审读|组版|视觉)[: /]")
FREE_NAMES = frozenset({"unknown", "section", "free"})  # groups of tokens that any words fit
NOTE = re.compile(r"\([A-Za-zÀ-ɏ̀-ͯ]+\)|^[\s#*>]+|\*+$")
HALF_WIDTH = str.maketrans("０１２３４５６７８９：（）｜／　报報", "0123456789:()|/ 报报")


@dataclass(frozen=True, slots=True)
class Token:
    """One kind of word that such a line is made of, as a pattern whose groups say what it holds."""

    id: str
    pattern: str
    examples: tuple[str, ...]


TOKENS = (  # the first that fits at a place wins
    Token("day", FULL_DAY.pattern, ("2023年7月6日", "2023-07-06", "二〇二三年七月六日")),
    Token("weekday", r"\(?(?P<weekday>(?:星期|周)[一二三四五六日天])\)?", ("星期四", "周四")),
    Token(
        "lunar_day",
        r"(?:农历|夏历)?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?)?"
        r"闰?[正一二三四五六七八九十冬腊]{1,2}月(?:初|十|廿|二十|三十)[一二三四五六七八九十]?",
        ("农历癸卯年五月十九", "五月十九", "闰二月初三"),
    ),
    Token(
        "issue_number",
        rf"(?:总)?第?\d+期(?:\(总第?\d+期\))?|第\d+号|今日{NUMERAL}版|[国邮]?[内发]?代号\s?\d+[-—]\d+|国内统一.{{1,25}}|CN\d\d-\d{{4}}.{{0,12}}",
        ("总第1234期", "第38期（总第412期）", "第3917号", "今日8版", "今日四版", "邮发代号51—107"),
    ),
    Token(
        "mark",
        rf"[(【]?(?P<mark>第\s?(?P<no>{NUMERAL})\s?版|版[次面]:\s?第?(?P<no2>{NUMERAL})版?|(?:\d{{1,3}}[-—~])?[A-Z]?(?P<no3>\d{{1,3}})\s?版)[)】]?",
        ("第3版", "第三版", "A03版", "03版", "4-5版", "版次：3"),
    ),
    Token("page", rf"(?P<mark2>[A-Z]?(?P<no4>\d{{1,{PAGE_DIGITS}}}))(?=\s|$)", ("A08", "02")),
    Token(
        "organ",
        r"[\u4e00-\u9fff]{2,20}(?:机关报|主办|主管|出版)|(?:主办|协办|承办|主管)(?:单位)?:[\u4e00-\u9fff]{2,20}(?:\s[\u4e00-\u9fff]{5,20})*",
        ("中共云岭区委机关报", "主办：云岭区农业局"),
    ),
    Token(
        "appears",
        r"每[周月日旬][一二三四五六日天]?出版|内部(?:资料|交流)|免费(?:赠阅|取阅)|(?:周|旬|双周|半月|月)刊",
        ("每周五出版", "内部资料", "免费赠阅"),
    ),
    Token("latin_name", r"[A-Z][A-Z.'&]+(?:\s[A-Z.'&]+)+(?=\s|$)", ("CHENGXI RIBAO",)),
    Token("edition", rf"(?P<edition>{'|'.join(EDITIONS)})", ("号外", "下午版")),
    Token("paper", rf"(?P<paper>{NAME}|[\u4e00-\u9fff]{{1,5}}报)", ("澄溪日报", "大江报")),
    Token(
        "credits",
        r"(?:责任编辑|责编|编辑|美编|校对|版式|主编|值班|审读|组版|视觉)[: /].*"
        r"|[\u4e00-\u9fff]{0,4}(?:电话|邮箱|信箱|热线|网址|投稿):.*|[\u4e00-\u9fff]{0,4}(?:电话|热线)\s\d[\d-]{4,12}(?=\s|$)",
        ("责编：何苗", "副刊投稿：yunling@chengxi.example", "咨询电话 6120011"),
    ),
    Token("section", rf"(?P<known>(?:{'|'.join(SECTIONS)})+)(?![\u4e00-\u9fff])", ("要闻", "综合新闻")),
    Token(
        "last_section",
        r"(?<=[\s·:|/—\-,版])(?P<section>[\u4e00-\u9fff·]{1,6})$",
        ("第3版 云岭纪事",),
    ),
    Token(
        "middle_section",
        r"(?:(?<=[\d报版|一二三四五六日天]\s)|(?<=报·))(?P<free>[\u4e00-\u9fff]{2,6})(?=\s)",
        (
            "08 百草园 2023年7月6日",
            "澄溪日报 读者之声 2023年7月6日",
            "2023年7月6日 星期四 百草园 08",
            "4-5版 | 云岭纪事 | 2023年7月6日",
            "澄溪日报·乡镇版 2023年7月6日",
        ),
    ),
    Token("unknown_paper", r"^(?P<unknown>[\u4e00-\u9fff]{2,8})(?=\s)", ("云岭纪事 2023年7月6日 第3版",)),
    Token("gap", r"[\s·:|/—\-,]+", (" ", "|")),
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What one line says: the paper, the day, the page number and its words, the letter of the edition, the weekday."""

    paper: str | None = None
    day: date | None = None
    day_words: str | None = None
    page_no: int | None = None
    page_label: str | None = None
    edition: str | None = None
    weekday: str | None = None


def read_masthead(line: str) -> Masthead | None:
    """Read a line as a masthead; None where it holds any word that a masthead does not.

    A paper's name alone counts where its kind is known (澄溪日报), also with a dot and a section behind it
    (澄溪日报·人物); a headline that starts with one does not.
    """
    if len(line) > MAX_RAW_CHARS:
        return None
    bare = _bare(line)
    if not bare or len(bare) > MAX_LINE_CHARS:
        return None
    tokens = _tokens(bare)
    return _masthead(tokens) if tokens else None


def is_made_of_tokens(line: str) -> bool:
    """Tell whether a line holds nothing but the words of mastheads; a free name only beside a day or a page."""
    bare = _bare(line)
    tokens = _tokens(bare) if len(bare) <= MAX_LINE_CHARS else []
    said = {name for token in tokens for name, words in token.groupdict().items() if words}
    return bool(tokens) and (not said & FREE_NAMES or bool(said & {"year", "year2", "mark", "mark2"}))


def _bare(line: str) -> str:
    """Return a line without notes and marks of markdown, and with one blank wherever it has several."""
    return " ".join(NOTE.sub("", line.strip().translate(HALF_WIDTH)).split())


def _tokens(bare: str) -> list[re.Match[str]]:
    """Return the tokens that make the whole line; none where something else stands in it."""
    tokens: list[re.Match[str]] = []
    at = 0
    while at < len(bare):
        match = _token_pattern().match(bare, at)
        if match is None:
            return []
        tokens.append(match)
        at = match.end()
    return tokens


@cache
def _token_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{token.pattern})" for token in TOKENS))


def _masthead(tokens: list[re.Match[str]]) -> Masthead | None:
    """Say what the tokens say together; None where they name neither paper, day nor page."""
    said = {name: words for token in reversed(tokens) for name, words in token.groupdict().items() if words}
    days = [token for token in tokens if token["year"] or token["year2"]]
    is_named = bool(said.get("paper", "").endswith((*KINDS, *LOCAL_KINDS)))
    is_section = "known" in said and len(said.get("mark2", "")) >= PAGE_DIGITS and tokens[0]["no4"]  # 06 都市新闻
    is_run = (
        said.get("mark2", "")[:1].isalpha() and tokens[0]["no4"] and EDITED.match(tokens[-1][0])
    )  # A06 热线 编辑 何苗
    bare_no = (
        said.get("no4") if days or is_named or is_section or is_run else None
    )  # a number alone may number anything
    page_no = read_numeral(said.get("no") or said.get("no2") or said.get("no3") or bare_no or "0")
    has_page = 0 < page_no <= MAX_PAGE_NO
    masthead = Masthead(
        paper=said.get("paper"),
        day=read_full_day(days[0]) if days else None,
        day_words=days[0][0] if days else None,
        page_no=page_no if has_page else None,
        page_label=(said.get("mark") or said.get("mark2")) if has_page else None,
        edition=EDITIONS.get(said.get("edition", "")),
        weekday=said.get("weekday"),
    )
    if "unknown" in said:  # a paper's name, where day and page stand behind it
        return masthead if masthead.day and masthead.page_no else None
    if masthead.day or masthead.page_no or masthead.edition:
        return masthead
    is_name_alone = is_named and "no4" not in said and ("section" not in said or SECTION_DOT in tokens[1][0])
    return masthead if is_name_alone else None
