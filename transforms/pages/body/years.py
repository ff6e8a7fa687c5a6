"""The years that articles name, and what each says of the year of print."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from transforms.pages.body import claims
from transforms.pages.body.claims import Bounds, Claim, Nearness
from transforms.pages.body.tense import SENTENCE, Tense, has_tense
from transforms.rules import Example

YEAR = r"(?<!\d)(?P<year>(?:18|19|20)\d\d)年"
MONTH = r"(?P<month>1[0-2]|0?[1-9])月"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])日"
MONTH_OR_DAY = rf"{YEAR}{MONTH}(?:{DAY})?"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRule:
    """How a sentence names a year (perhaps a month and a day), and the bounds that follow for the day of print."""

    id: str
    says: str
    patterns: tuple[str, ...]
    tense: Tense = Tense.ANY
    bounds: Callable[[int, int, int], Bounds]
    nearness: Nearness = Nearness.NONE
    examples: tuple[Example, ...]


YEAR_RULES = (  # the first that takes a year wins it
    YearRule(
        id="year.agenda",
        says="the name of a far-off programme, or the day on which a law takes effect, says nothing",
        patterns=(rf"{YEAR}(?:可持续发展|远景|议程|愿景)", rf"{MONTH_OR_DAY}起(?:施行|实施|执行)"),
        bounds=claims.says_nothing,
        examples=(Example(hit="本办法自2023年5月1日起施行", miss="办法2023年5月1日印发"),),
    ),
    YearRule(
        id="year.over",
        says="a year is called past",
        patterns=(rf"(?:刚刚?)?过去的{YEAR}", rf"截至{YEAR}年?[底末]", rf"{YEAR}全年", rf"回顾{YEAR}"),
        tense=Tense.PAST,
        bounds=claims.within_the_next,
        nearness=Nearness.IN_COMPANY,
        examples=(Example(hit="在刚刚过去的2022年，区里加压奋进", miss="在2022年，区里加压奋进"),),
    ),
    YearRule(
        id="year.until",
        says="a goal is set for a year",
        patterns=(
            rf"[到至]{YEAR}(?:年?[底末])?(?=[^。；]{{0,24}}(?:建成|实现|达到|形成|全面))(?![^。；]*(?:已|了|累计))",
        ),
        bounds=claims.not_after_it,
        examples=(Example(hit="到2025年全面建成示范区", miss="到2021年已经全面建成示范区"),),
    ),
    YearRule(
        id="year.planned",
        says="something is planned for a year",
        patterns=(rf"{YEAR}(?:{MONTH})?",),
        tense=Tense.PLANNED,
        bounds=claims.not_after_it,
        examples=(Example(hit="力争2023年10月完工", miss="大桥2023年10月完工"),),
    ),
    YearRule(
        id="year.present",
        says="a year is spoken of in the present tense",
        patterns=(rf"(?:^|[，、：“]){YEAR}是(?![^，]{{0,12}}(?:以来|之后))",),
        bounds=claims.within_it,
        nearness=Nearness.SURE,
        examples=(Example(hit="会议强调，2023年是项目大年", miss="2023年的大事是修路"),),
    ),
    YearRule(
        id="year.contrast",
        says="a year is set against this year",
        patterns=(rf"{YEAR}(?=[^。；：“”]*[，、][^，。；：“”]{{0,4}}今年)",),
        tense=Tense.PAST,
        bounds=claims.after_it,
        examples=(Example(hit="2022年引进9家，今年又来了4家", miss="2022年引进9家，去年又来了4家"),),
    ),
    YearRule(
        id="year.work",
        says="the work of a year is laid out",
        patterns=(
            rf"(?:部署|谋划|安排|研究|下达|做好|推进)[^，。；]{{0,8}}{YEAR}",
            rf"{YEAR}度?(?:工作|重点|经济工作|目标|预期|民生实事)",
        ),
        bounds=claims.within_it_or_planned,
        nearness=Nearness.SURE,
        examples=(Example(hit="区里部署2023年经济任务", miss="区里总结2023年经济任务"),),
    ),
    YearRule(
        id="year.in_force",
        says="a rule of a year is in force",
        patterns=(rf"{YEAR}(?:适用|执行|施行)的",),
        bounds=claims.within_it,
        nearness=Nearness.SURE,
        examples=(Example(hit="2023年适用的优惠逐条对应", miss="2023年取消的优惠逐条对应"),),
    ),
    YearRule(
        id="year.round",
        says="a yearly course, plan or report is named",
        patterns=(rf"{YEAR}度[^，。；]{{0,14}}(?:培训|方案|述职)",),
        bounds=claims.within_it_or_reviewed,
        nearness=Nearness.SURE,
        examples=(Example(hit="举办2023年度通讯员培训班", miss="颁发2023年度通讯员奖章"),),
    ),
    YearRule(
        id="year.since",
        says="a month is the beginning of something long",
        patterns=(rf"[从自]{MONTH_OR_DAY}",),
        tense=Tense.PAST,
        bounds=claims.not_before_it,
        examples=(Example(hit="大桥自2015年10月开工以来", miss="大桥2015年10月开工"),),
    ),
    YearRule(
        id="year.month",
        says="a month or a day of a year is past",
        patterns=(MONTH_OR_DAY,),
        tense=Tense.PAST,
        bounds=claims.soon_after_it,
        nearness=Nearness.IN_COMPANY,
        examples=(Example(hit="2022年11月初建起了广场", miss="2022年冬天建起了广场"),),
    ),
    YearRule(
        id="year.part",
        says="the first part of a year is under way or over",
        patterns=(rf"{YEAR}(?:第?[一1]季度|上半年)",),
        tense=Tense.PAST,
        bounds=claims.soon_after_it,
        nearness=Nearness.IN_COMPANY,
        examples=(Example(hit="2023年一季度“开门红”", miss="2023年“开门红”"),),
    ),
    YearRule(
        id="year.past",
        says="something was done in a year",
        patterns=(
            rf"(?:[自从于在]|截至){YEAR}",
            rf"{YEAR}(?:，|以来|至今|起|度)",
            rf"{YEAR}(?=[^。；]{{0,24}}(?:了|已|达|被|实现|完成|增长|成立|获|召开|举办))",
        ),
        tense=Tense.PAST,
        bounds=claims.not_before_it,
        examples=(Example(hit="2022年，改造老旧小区64个", miss="2022年老照片展"),),
    ),
)


def find_year_claims(clean_text: str) -> list[Claim]:
    """Find what the years that a page names say of its day of print, sentence by sentence."""
    return [claim for sentence in SENTENCE.findall(clean_text) for claim in _sentence_claims(sentence)]


def _sentence_claims(sentence: str) -> Iterator[Claim]:
    taken: set[int] = set()
    for rule, match in _matches(sentence):
        if match.start("year") in taken or not has_tense(rule.tense, sentence, match.start("year"), match.end()):
            continue
        taken.add(match.start("year"))
        lower, upper = rule.bounds(*(int(match.groupdict().get(name) or 0) for name in ("year", "month", "day")))
        yield Claim(rule.id, match[0].strip("，、：“"), lower, upper, rule.nearness)


def _matches(sentence: str) -> Iterator[tuple[YearRule, re.Match[str]]]:
    if "年" in sentence:
        for rule in YEAR_RULES:
            for pattern in rule.patterns:
                yield from ((rule, match) for match in re.finditer(pattern, sentence))
