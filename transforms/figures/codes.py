"""Numbers that count nothing: names of methods and models, ordinals, telephone numbers, scores, times of day.

What a rule takes is no figure. The examples are the tests: the `hit` prints no figure, but would without the rule;
the `miss`, which looks much like it, prints one.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import methodcaller

from transforms.figures.numbers import ANY, DIGIT, HAN_DIGITS, find_numerals, find_taken
from transforms.rules import Example

NUMBER = rf"(?:\d{{1,9}}|[{HAN_DIGITS}十百千]{{1,6}})"
SPAN = methodcaller("span")
MARKS = "“”‘’「」『』《》〈〉\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRule:
    """One kind of number that is no figure: the whole match is none. is_led, begins, needs and hint: see `Taking`."""

    id: str
    says: str
    pattern: re.Pattern[str]
    examples: tuple[Example, ...]
    is_led: bool = False
    begins: str = ANY
    needs: Collection[str] = ""
    hint: re.Pattern[str] | None = None


CODE_RULES = (
    CodeRule(
        id="code.title",
        says="The title of a book, law or programme.",
        pattern=re.compile(r"[《〈][^《》〈〉\n]{1,60}[》〉]"),
        examples=(Example(hit="印发《关于支持100家企业的意见》", miss="印发意见支持100家企业"),),
    ),
    CodeRule(
        id="code.quoted",
        says="A short quoted term without a mark inside: a name of something.",
        pattern=re.compile(r"(?<!应为)(?<!应是)(?<!正为)[“‘「『][^“”‘’「」『』《》\n，。！？；：]{1,14}[”’」』]"),
        examples=(
            Example(hit="建起“15分钟就诊点”", miss="他说：“骑车15分钟，就能到就诊点。”"),
            Example(hit="推行“三家一站”机制", miss="推行机制的有三家"),
            Example(hit="“投资三亿元”有误", miss="应为“投资三亿元”"),
        ),
    ),
    CodeRule(
        id="code.formula",
        says="A formula of letters and digits: the name of a method.",
        pattern=re.compile(r"[0-9A-Za-z]{1,6}(?:\s?[+＋×]\s?[0-9A-Za-z]{1,6})+"),
        examples=(Example(hit="推行5+2天工作制", miss="推行2天工作制"),),
        needs="+＋×",
    ),
    CodeRule(
        id="code.model",
        says="Digits grown together with letters that are no unit: a model, a grade, a generation.",
        pattern=re.compile(
            r"(?<![A-Za-z])(?!(?:GDP|CPI|PPI|PMI)\d)[A-Za-z]{1,12}[-－—]?\d{1,9}(?:\.\d{1,6})?[A-Za-z]{0,12}(?!\d)"
            r"|\d{1,9}(?:\.\d{1,6})?(?!(?:km|kg|kW|MW|GW|cm|mm|ml|MPa|kPa|m)[²³]?[23h]?(?![A-Za-z]))[A-Za-z]{1,12}\d{0,9}"
        ),
        examples=(Example(hit="评选TOP50家电，新建5G基站", miss="更换600米管道"),),
        hint=re.compile("[A-Za-z]"),
    ),
    CodeRule(
        id="code.ordinal",
        says="An ordinal: which one, not how many.",
        pattern=re.compile(rf"第\s?{NUMBER}(?:[、至到—-]{NUMBER})?[^\W\d_]?"),
        examples=(Example(hit="第12届大会第3场开幕", miss="大会开了12场"),),
    ),
    CodeRule(
        id="code.rank",
        says="The first so many of a ranking, or of a row of rounds.",
        pattern=re.compile(rf"前(?:(?<=项目前)|(?<![此之以年天月日会目]前)){NUMBER}[名位强期批届轮席]"),
        examples=(Example(hit="位居全省前10名", miss="表彰先进10名"),),
    ),
    CodeRule(
        id="code.grade",
        says="A grade, a scale or an age group named by a number.",
        pattern=re.compile(
            rf"(?:\d{{1,9}}(?:\.\d{{1,6}})?|[{HAN_DIGITS}十百千万亿]{{1,6}})[万亿]?(?:级|公斤级|千克级|元级|吨级|兆级|米级|年级|年制|年期|后(?=[“”青大创]))"
        ),
        examples=(Example(hit="打造百亿级园区和3000吨级码头", miss="码头年吞吐3000吨"),),
        is_led=True,
        hint=re.compile("级|年[制期]|后[“”青大创]"),
    ),
    CodeRule(
        id="code.stage",
        says="A stage of a project or a part of a row: the second one, not two.",
        pattern=re.compile(
            rf"(?:[{HAN_DIGITS}十]{{1,3}}|\d{{1,2}})期(?=[\w“”]{{0,3}}(?:工程|项目|规划|用地|建设|主体|厂房|投|总))"
        ),
        examples=(Example(hit="2期工程开工", miss="培训2期，工程开工"),),
        is_led=True,
        needs="期",
    ),
    CodeRule(
        id="code.score",
        says="The score of a match or a ratio.",
        pattern=re.compile(r"(?<!\d)\d{1,3}(?:\s?[∶:：比]\s?\d{1,3})+[个分]?"),
        examples=(Example(hit="以68比65分险胜，排练3:2个回合", miss="投进65个"),),
        is_led=True,
        begins=DIGIT,
        needs="∶:：比",
    ),
    CodeRule(
        id="code.clock",
        says="A time of day.",
        pattern=re.compile(
            rf"{NUMBER}(?:时(?!候|代|期|间|段|常|不)(?:许|整|半|{NUMBER}分)?|点(?:钟|半|整|许|{NUMBER}分))|\d{{1,2}}[:：;]\d{{2}}"
        ),
        examples=(Example(hit="8时30分开工", miss="得30分"),),
        is_led=True,
        needs="时点:：;",
    ),
    CodeRule(
        id="code.number",
        says="A telephone number, post code, licence or account number.",
        pattern=re.compile(
            r"(?:电话|热线|传真|拨打|邮编|编码|账号|证号|编号|尾数|字第|许可证)[^，。；、\n\d]{0,8}\d[\d\- ]{2,40}\w?"
            r"|\d{3,4}[-－]\d{7,8}"
        ),
        examples=(Example(hit="咨询电话：6120099 本报地址不变", miss="接到咨询电话99个"),),
    ),
    CodeRule(
        id="code.equation",
        says="What one unit is in another.",
        pattern=re.compile(r"\d{1,9}[^\W\d]{1,4}\s?[≈=＝]\s?\d{1,9}(?:\.\d{1,6})?[^\W\d]{1,4}"),
        examples=(Example(hit="1亩≈666.67平方米", miss="共666.67平方米"),),
        needs="≈=＝",
    ),
    CodeRule(
        id="code.event",
        says="The distance that names a race.",
        pattern=re.compile(
            r"(?<=[男女]子)\d{2,5}米|\d{2,5}米(?=跑|接力|跨?栏|[短长]跑|赛跑|自由泳|蛙泳|仰泳|蝶泳|混合泳)"
        ),
        examples=(Example(hit="夺得男子100米冠军", miss="夺得100米红绸"),),
        is_led=True,
        needs="米",
    ),
    CodeRule(
        id="code.bureau",
        says="A numbered bureau of a builder of railways and the like.",
        pattern=re.compile(rf"中[国]?(?:铁|建|交|冶|核|水电|电建|能建|铁建)[{HAN_DIGITS}十]{{1,3}}[局处院]"),
        examples=(Example(hit="中铁十一局承建", miss="打了十一局"),),
    ),
    CodeRule(
        id="code.round_the_clock",
        says="Round the clock, or so many minutes around a home.",
        pattern=re.compile(
            r"\d(?:\d?分钟(?=[^，。；\d]{0,6}圈)|(?<=2)4小时(?!以?内|之内|后|前)|(?<=7)\s?[×xX*天]\s?24小时)"
        ),
        examples=(
            Example(hit="24小时自助服务", miss="24小时内修好"),
            Example(hit="打造15分钟便民生活圈", miss="15分钟走到"),
        ),
        needs="钟时",
    ),
    CodeRule(
        id="code.idiom",
        says="A set phrase.",
        pattern=re.compile(  # each begins with a character of its own, which is what makes it quick to look for
            "|".join(f"{number}家子(?!公司|企业|品牌|单位)" for number in "三四五六七八九十")
            + "|三百六十[五行度]|千家万户|万家灯火|百分百|千方百计|成千上万|上下五千年|五千年|二十四[节史孝]|十里八乡"
            "|三令五申|四面八方|五湖四海|百年|千年|百日|百城|(?<![\\d十百千几数])万人次?(?=助|大)|千里|万里|一年一度|三十六计|九牛一毛|两弹一星|一五一十"
            "|年三十|二十国集团"
        ),
        examples=(Example(hit="成千上万户和二十四节气", miss="二十四户"),),
    ),
)


def find_codes(text: str, rules: Sequence[CodeRule] = CODE_RULES) -> Iterator[tuple[int, int]]:
    """Yield start and end of every number or term that is no figure, rule by rule."""
    numerals = find_numerals(text)
    for rule in rules:
        yield from map(SPAN, find_taken(rule, text, numerals))
