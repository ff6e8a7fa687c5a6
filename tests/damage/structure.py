"""Damage to the order of a page: what is cut, moved, put in between, printed twice, or gone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.damage.layout import Page, Record, Unit

Damage = Callable[[Page, Random], Page]

CUTTABLE = 60  # characters: a shorter paragraph is not cut
BANNERS = (
    "新时代 新征程 新伟业",
    "创建全国文明城市 建设美丽宜居家园",
    "奋力谱写高质量发展新篇章",
    "学习贯彻党的二十大精神",
)
CAPTIONS = ("施工人员在现场作业", "居民在窗口办理业务", "新修的河堤一角", "孩子们在阅览室里看书", "果农在分拣鲜果")
PHOTOGRAPHERS = ("石路遥", "江帆", "白杨", "秦小满")
COLOPHON = (
    "本社地址：澄溪市澄源大道1号 邮编：000000 广告热线：6120001 发行热线：6120002 印刷：澄溪日报社印刷厂 定价：1.5元"
)
ADVERTS = (
    (
        "招聘启事",
        "本店因业务需要招聘收银员三名、理货员五名，包吃住，年龄四十五岁以下。联系电话：6120777 地址：柳渚街12号",
    ),
    ("吉房出租", "晚香路临街门面六十平方米，水电齐全，价格面议。电话：6120888"),
    ("遗失声明", "云岭区望杏街道小康便利店公章不慎遗失，声明作废。"),
)


def cut_columns(page: Page, random: Random) -> Page:
    """Column ends: a paragraph of each article stops in mid-sentence and goes on as a unit of its own."""
    units = list(page.units)
    for number in reversed(_choose_texts(page, random)):
        units[number : number + 1] = _halves(units[number], random)
    return replace(page, units=tuple(units))


def cut_under_headline(page: Page, random: Random) -> Page:
    """A column's end where the next article's headline stands between the two halves of a sentence."""
    units = list(page.units)
    for article in range(0, len(page.articles) - 1, 2):
        texts = [n for n in _texts(units, article) if len(units[n].string) > CUTTABLE]
        heads = [n for n, unit in enumerate(units) if unit.article == article + 1 and unit.kind == "headline"]
        if texts and heads and texts[-1] == max(n for n, unit in enumerate(units) if unit.article == article):
            upper, lower = _halves(units[texts[-1]], random)
            units[texts[-1]] = upper
            units.insert(heads[0] + 1, lower)
    return replace(page, units=tuple(units))


def put_banners(page: Page, random: Random) -> Page:
    """Section banners in the middle of a sentence."""
    return _interrupt(page, random, lambda: [Unit("banner", random.choice(BANNERS))])


def put_captions(page: Page, random: Random) -> Page:
    """Captions with their credits inside an article, in the middle of a sentence; the photographer is credited."""
    articles = [dict(article) for article in page.articles]
    units = list(page.units)
    for number in reversed(_choose_texts(page, random)):
        name, article = random.choice(PHOTOGRAPHERS), units[number].article or 0
        upper, lower = _halves(units[number], random)
        picture = [Unit("caption", random.choice(CAPTIONS)), Unit("credit", f"{name} 摄")]
        units[number : number + 1] = [upper, *picture, lower]
        articles[article]["people"] = [*articles[article]["people"], ["photographer", name]]
    return Page(tuple(units), tuple(articles))


def weave_columns(page: Page, random: Random) -> Page:
    """Two columns printed line by line into each other: a paragraph of one article and one of the next."""
    units = list(page.units)
    inner = [[n for n in _texts(units, article)[1:] if len(units[n].string) > CUTTABLE] for article in (0, 1)]
    if not all(inner):
        return page
    width = random.randint(16, 22)
    ours, theirs = inner[0][-1], inner[1][-1]
    lines = [_lines(units[number].string, width) for number in (ours, theirs)]
    woven = [
        Unit("text", each[at], n)
        for at in range(max(map(len, lines)))
        for n, each in enumerate(lines)
        if at < len(each)
    ]
    del units[theirs]
    units[ours : ours + 1] = woven
    return replace(page, units=tuple(units))


def stray_lines(page: Page, random: Random) -> Page:
    """A line of a sentence stands inside a sentence of another article, set apart by spaces as wraps are."""
    units = list(page.units)
    places = _choose_texts(page, random)
    for source, target in zip(places[::2], places[1::2], strict=False):
        line_start = random.randint(12, len(units[source].string) - 40)
        line = units[source].string[line_start : line_start + 18]
        rest = [units[source].string[:line_start], units[source].string[line_start + 18 :]]
        at = random.randint(12, len(units[target].string) - 12)
        host = units[target].string
        units[target] = replace(units[target], string=f"{host[:at]} {line} {host[at:]}")
        units[source] = replace(units[source], string="\0".join(rest))
    split = [
        replace(unit, string=part)
        for unit in units
        for part in (unit.string.split("\0") if "\0" in unit.string else [unit.string])
    ]
    return replace(page, units=tuple(split))


def repeat_spans(page: Page, random: Random) -> Page:
    """Loops: a span of a paragraph is printed twice running."""
    units = list(page.units)
    for number in _choose_texts(page, random):
        string = units[number].string
        width = random.randint(8, 30)
        start = random.randint(18, max(18, len(string) - width))
        span = string[start : start + width]
        units[number] = replace(units[number], string=string[: start + len(span)] + span + string[start + len(span) :])
    return replace(page, units=tuple(units))


def drop_headlines(page: Page, random: Random) -> Page:
    """The headline, kicker and subhead of one article are gone."""
    opened = [unit.article for unit in page.units if unit.string.startswith("本报讯")]
    lost = random.choice(opened or [0])
    articles = [
        article | {"headline": None, "kicker": None, "subhead": None} if number == lost else article
        for number, article in enumerate(page.articles)
    ]
    heads = {"headline", "kicker", "subhead"}
    return Page(tuple(u for u in page.units if u.article != lost or u.kind not in heads), tuple(articles))


def drop_ends(page: Page, random: Random) -> Page:
    """One article breaks off in the middle of its last sentence."""
    units = list(page.units)
    lost = random.randrange(len(page.articles))
    last = _texts(units, lost)[-1]
    kept = units[last].string[: -random.randint(3, 9)]
    dropped = len(units[last].string) - len(kept)
    units[last] = replace(units[last], string=kept)
    units = [unit for n, unit in enumerate(units) if n <= last or unit.article != lost]
    article = page.articles[lost]
    people = article["people"] if "本报讯" in "".join(u.string for u in units if u.article == lost) else []
    cut: Record = article | {"body": article["body"][:-dropped], "people": people, "truncated": True}
    return Page(tuple(units), tuple(cut if n == lost else each for n, each in enumerate(page.articles)))


def put_colophon(page: Page, _: Random) -> Page:
    """The paper's imprint at the foot of the page."""
    return replace(page, units=(*page.units, Unit("colophon", COLOPHON)))


def put_page_marks(page: Page, random: Random) -> Page:
    """The paper's name, the day and the page over the page, and its editors below."""
    number = random.randint(1, 8)
    head = Unit("masthead", f"澄溪日报 2023年{random.randint(1, 12)}月{random.randint(1, 28)}日 星期二 第{number}版")
    foot = Unit("editors", "责编：石路遥 版式：江帆 校对：白杨")
    return replace(page, units=(head, *page.units, foot))


def put_contents(page: Page, random: Random) -> Page:
    """A list of what the issue holds, over the first article."""
    titles = ("老街里的修表人", "古镇元宵灯会今晚开幕", "全区新增停车位两千个", "护河队二十年守一湾清水")
    chosen = random.sample(titles, 3)
    lines = [Unit("contents", f"▶{title} 0{n + 2}版", is_tight=n < 2) for n, title in enumerate(chosen)]
    return replace(page, units=(Unit("contents", "导读", is_tight=True), *lines, *page.units))


def put_adverts(page: Page, random: Random) -> Page:
    """A small advertisement between two articles and one at the foot."""
    first, second = random.sample(ADVERTS, 2)
    starts = [n for n, u in enumerate(page.units) if n and u.article != page.units[n - 1].article]
    at = random.choice(starts) if starts else len(page.units)
    between = [Unit("advert", part) for part in first]
    return replace(page, units=(*page.units[:at], *between, *page.units[at:], *(Unit("advert", p) for p in second)))


def _texts(units: Sequence[Unit], article: int) -> list[int]:
    return [n for n, unit in enumerate(units) if unit.kind == "text" and unit.article == article]


def _choose_texts(page: Page, random: Random) -> list[int]:
    """Return the number of one long paragraph of each article that has one."""
    chosen = []
    for article in range(len(page.articles)):
        long = [n for n in _texts(page.units, article) if len(page.units[n].string) > CUTTABLE]
        if long:
            chosen.append(random.choice(long))
    return chosen


def _halves(unit: Unit, random: Random) -> list[Unit]:
    """Cut a paragraph in mid-sentence: not before or behind a mark, and behind its opener."""
    string = unit.string
    least = string.find("）") + 8 if string.startswith("本报讯") else 8
    places = [
        at
        for at in range(least, len(string) - 8)
        if "\u4e00" <= string[at - 1] <= "\u9fff" and "\u4e00" <= string[at] <= "\u9fff"
    ]
    at = random.choice(places)
    return [replace(unit, string=string[:at]), replace(unit, string=string[at:])]


def _interrupt(page: Page, random: Random, between: Callable[[], list[Unit]]) -> Page:
    units = list(page.units)
    for number in reversed(_choose_texts(page, random)):
        upper, lower = _halves(units[number], random)
        units[number : number + 1] = [upper, *between(), lower]
    return replace(page, units=tuple(units))


def _lines(string: str, width: int) -> list[str]:
    return [string[at : at + width] for at in range(0, len(string), width)]
