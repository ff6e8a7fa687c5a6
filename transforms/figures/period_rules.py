"""How print names a time: patterns, and how each is read."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from transforms.figures.numbers import ANY
from transforms.figures.numbers import DIGIT as LATIN
from transforms.figures.spoken import (
    YEARS,
    Days,
    Saying,
    day,
    half,
    months,
    nothing,
    now,
    plan,
    quarter,
    unread,
    whole_year,
)
from transforms.pages.days import HAN_YEAR
from transforms.rules import Example

ORDINAL_MONTH = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
ORDINAL_DAY = "3[01]|[12]\\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
DIGIT = "[0-9一二三四五六七八九十]"
MANY = r"(?:\d{1,9}(?:\.\d{1,6})?|[一二两三四五六七八九十百千万几数半]{1,6})(?:[多余来])?"
LONG = "(?:个?多?年|个?多?月|多?天|日|个?多?星期|周|个?多?小时|多?分钟|秒|个工作日)"
SINCE = "(?:以来|至今|起)"
PART = "(?P<part>上旬|中旬|下旬|初|底|末|中(?=[旬，、]))?"
SAID_YEAR = "|".join(sorted(YEARS, key=len, reverse=True))
# Of a share of the year's plan (`占全年计划的55%`) the year tells which plan, and not when so much of it was done.
OF_PLAN = "(?:(?<=占全年)|(?<=完成全年)|(?<=达全年)|(?<=到全年))"
HOLIDAYS, SAME_PERIOD = "time.holiday", "time.same_period"
HOLIDAY = (
    "[“”]?(?:五一|十一|元旦|春节|清明节?|端午节?|中秋节?|国庆节?|暑假|寒假|春运|暑运|汛期)[“”]?"
    "(?:[、和][“”]?(?:中秋|国庆)节?[“”]?)?"
)
YEAR_PART = "(?P<part>年?[初底末](?![次级]))?"
Read = Callable[[dict[str, str], Saying], Days | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule:
    """How print names a time; `read` gives its days. Of the examples, the `hit` is taken by it, the `miss` is not.

    is_led, begins, needs, hint: as `Taking` has them.
    """

    id: str
    says: str
    pattern: re.Pattern[str]
    read: Read
    examples: tuple[Example, ...]
    is_led: bool = False
    begins: str = ANY
    needs: Collection[str] = ""
    hint: re.Pattern[str] | None = None


PERIOD_RULES = (  # in order: what one takes, no later one does
    PeriodRule(
        id="time.every",
        says="A day or month that comes again each year, month or week.",
        pattern=re.compile(
            rf"每年?(?:的)?(?:(?:{ORDINAL_MONTH})月份?(?:(?:{ORDINAL_DAY})[日号]|[初中底])?|月(?:的)?(?:{ORDINAL_DAY})[日号])"
        ),
        read=nothing,
        examples=(Example(hit="每月8日", miss="每月8元"), Example(hit="每年3月", miss="3月")),
        needs="每",
    ),
    PeriodRule(
        id="time.months",
        says="Some months of one year.",
        pattern=re.compile(
            rf"(?<!{DIGIT})(?P<month>{ORDINAL_MONTH})月?份?[-—－–~～至到](?P<last>{ORDINAL_MONTH})月份?(?!\d)"
        ),
        read=months,
        examples=(Example(hit="1-6月", miss="1-6个月"),),
        is_led=True,
        needs="月",
    ),
    PeriodRule(
        id="time.day",
        says="A day of a month.",
        pattern=re.compile(rf"(?<!{DIGIT})(?P<month>{ORDINAL_MONTH})\s?月\s?(?P<day>{ORDINAL_DAY})\s?[日号]"),
        read=day,
        examples=(Example(hit="7月4日", miss="7个月4天"),),
        is_led=True,
        needs="月",
    ),
    PeriodRule(
        id="time.first_months",
        says="The first months of a year.",
        pattern=re.compile(rf"(?:前|头(?=[^月\n]{{1,2}}个月))(?P<last>{ORDINAL_MONTH}|两)个?月"),
        read=months,
        examples=(Example(hit="前5个月", miss="5个月"), Example(hit="头两个月", miss="两个月")),
    ),
    PeriodRule(
        id="time.month",
        says="A month, or a part of it.",
        pattern=re.compile(rf"(?<!{DIGIT})(?P<month>{ORDINAL_MONTH})月份?{PART}(?P<since>{SINCE})?"),
        read=months,
        examples=(Example(hit="11月底", miss="11个月"),),
        is_led=True,
        needs="月",
    ),
    PeriodRule(
        id="time.quarters",
        says="The first quarters of a year.",
        pattern=re.compile("(?P<until>前)(?P<quarter>[二两三])个?季度"),
        read=quarter,
        examples=(Example(hit="前三季度", miss="三季度"),),
    ),
    PeriodRule(
        id="time.quarter",
        says="A quarter.",
        pattern=re.compile(f"第?(?P<quarter>[一二三四1-4])季度[初末底]?(?P<since>截至目前|截止目前|{SINCE})?"),
        read=quarter,
        examples=(Example(hit="第一季度截至目前", miss="每个季度"),),
        needs="季",
    ),
    PeriodRule(
        id="time.half",
        says="A half of a year.",
        pattern=re.compile(f"(?P<half>[上下])半年(?P<since>{SINCE})?"),
        read=half,
        examples=(Example(hit="上半年", miss="半年"),),
    ),
    PeriodRule(
        id="time.years",
        says="From one year to another, or some years in a row.",
        pattern=re.compile(r"(?<!\d)(?:19|20)\d\d[-—－–~～至、和](?=(?:19|20)\d\d(?:年|[）)”]))"),
        read=unread,
        examples=(Example(hit="2018—2020年", miss="2018—2020个"),),
        is_led=True,
        begins=LATIN,
        hint=re.compile(r"[-—－–~～至、和](?:19|20)\d\d"),
    ),
    PeriodRule(
        id=SAME_PERIOD,
        says="The same days of another year, which ones the sentence before tells.",
        pattern=re.compile(r"(?:(?<!\d)(?:19|20)\d\d年|[去上前]年)的?同期"),
        read=unread,
        examples=(Example(hit="去年同期", miss="去年"),),
        needs="同",
    ),
    PeriodRule(
        id=HOLIDAYS,
        says="Holidays, or a season of travel, of which nothing says the days.",
        pattern=re.compile(
            rf"(?:(?<=[今去前明\d]年){HOLIDAY}|{HOLIDAY}(?=假期|假日|小?长假|黄金周|期间))(?:假期|假日|小?长假|黄金周)?(?:期间)?"
        ),
        read=unread,
        examples=(Example(hit="今年“五一”假期", miss="今年"), Example(hit="春节期间", miss="春节前")),
    ),
    PeriodRule(
        id="time.year",
        says="A year, or its beginning or end.",
        pattern=re.compile(rf"(?P<year>(?<!\d)(?:1[5-9]|20)\d\d|{HAN_YEAR})年度?{YEAR_PART}(?P<since>{SINCE})?"),
        read=whole_year,
        examples=(Example(hit="2022年", miss="2022个"),),
        is_led=True,
    ),
    PeriodRule(
        id="time.plan",
        says="The years of a five-year plan.",
        pattern=re.compile(
            "“?(?P<plan>(?:十[一二三四五六]|[三四六七八九])五|五五|(?<=“)十五(?=”))”?(?:规划)?(?:期间|时期|(?P<since>以来))"
        ),
        read=plan,
        examples=(Example(hit="“十三五”期间", miss="“十三五”规划"),),
        needs="五",
    ),
    PeriodRule(
        id="time.said_year",
        says="A year said from the day of print.",
        pattern=re.compile(rf"(?<![目此之以产])(?P<said>{SAID_YEAR}){YEAR_PART}(?P<since>以?来(?![了到自])|至今|起)?"),
        read=whole_year,
        examples=(Example(hit="今年以来", miss="每年以来"),),
    ),
    PeriodRule(
        id="time.whole_year",
        says="The whole of the year that the text speaks of.",
        pattern=re.compile(f"全年(?!龄|级)(?!{OF_PLAN}.{{0,4}}(?:计划|目标|任务|预算|指标))"),
        read=whole_year,
        examples=(Example(hit="全年", miss="全年龄"), Example(hit="全年计划", miss="占全年计划")),
    ),
    PeriodRule(
        id="time.now",
        says="Up to the day of print.",
        pattern=re.compile("(?:(?:截至|截止到?|到)?目前(?:为止)?|(?:截至|截止)(?:记者发稿|发稿)|迄今|如今)(?![看来])"),
        read=now,
        examples=(Example(hit="截至目前", miss="截至年底"), Example(hit="目前", miss="目前来看")),
        needs="前截迄今",
    ),
    PeriodRule(
        id="time.days",
        says="A day of the month last named.",
        pattern=re.compile(rf"(?<!{DIGIT})(?P<day>{ORDINAL_DAY})[日号](?![元线楼院内])"),
        read=day,
        examples=(Example(hit="27日", miss="27天"),),
        is_led=True,
        needs="日号",
    ),
    PeriodRule(
        id="time.era",
        says="A century or a decade.",
        pattern=re.compile(
            "[上本\\d一二三四五六七八九十][\\d一二三四五六七八九十]{0,3}(?:世纪(?:\\d0年代)?|年代)[初末]?"
        ),
        read=unread,
        examples=(Example(hit="上世纪80年代", miss="80年"),),
        needs="世代",
    ),
    PeriodRule(
        id="time.frame",
        says="A stretch of time that frames what is told: how long ago, how soon, in what time.",
        pattern=re.compile(
            rf"(?:为期|再过|过去的?|未来|今后|最近|往后|时隔|相隔|(?<!提)前|头){MANY}{LONG}(?:左右)?"
            rf"|(?<![时达经了满快长比用附最])近{MANY}{LONG}(?:来|以来|间)?"
        ),
        read=nothing,
        examples=(Example(hit="为期3个月", miss="缩短3个月"), Example(hit="再过20天左右", miss="用了20天左右")),
    ),
    PeriodRule(
        id="time.frame_end",
        says="The same, with the word behind it.",
        pattern=re.compile(
            rf"{MANY}(?:{LONG}(?:多|左右)?(?:来(?!自|到|了)|以来|[之以]?[前后](?!期|往|台|备|端)|间(?!隔))"
            rf"|(?:个?多?年|个?多?月|日)(?:[之以]?内|里(?!面|程))"
            rf"|(?:多?天|个?多?星期|周)(?:[之以]?内(?=新增|累计|共|已|连续|先后|发生|出现|就|的|[，。；、）]|$)|里(?!面|程)))"
        ),
        read=nothing,
        examples=(
            Example(hit="3年来", miss="3年"),
            Example(hit="10天后", miss="10天"),
            Example(hit="7天内新增病例", miss="7天内办结"),
        ),
        is_led=True,
        hint=re.compile("[年月天日期周时钟秒多右](?:以?来|[之以]?[前后内]|间|里)"),
    ),
)
