"""An invented press with known truth: people with offices over the years, and how papers print their names.

Names clash as Chinese names do: surnames by their shares of the population, given names by the popularity of their
characters. All places and bodies are invented. Rows are those that `resolve_mentions` takes; `truth` says who is meant.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import Any

from transforms.entities.identity.looks import Looks, read_sounds

SURNAMES = (  # per 10,000 people: the fifty most frequent of the census
    ("王", 725), ("李", 719), ("张", 683), ("刘", 538), ("陈", 453), ("杨", 308), ("赵", 229), ("黄", 223), ("周", 212),
    ("吴", 205), ("徐", 166), ("孙", 154), ("胡", 131), ("朱", 126), ("高", 121), ("林", 118), ("何", 117), ("郭", 115),
    ("马", 113), ("罗", 86), ("梁", 84), ("宋", 81), ("郑", 78), ("谢", 72), ("韩", 68), ("唐", 64), ("冯", 64),
    ("于", 62), ("董", 61), ("萧", 59), ("程", 57), ("曹", 57), ("袁", 54), ("邓", 52), ("许", 51), ("傅", 51),
    ("沈", 50), ("曾", 50), ("彭", 49), ("吕", 47), ("苏", 46), ("卢", 46), ("蒋", 46), ("蔡", 46), ("贾", 42),
    ("丁", 42), ("魏", 42), ("薛", 41), ("叶", 41), ("阎", 41),
)  # fmt: skip
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红春梅建国文辉波斌宇浩鹏飞凯鑫晨阳志海燕玲雪琳慧颖琴云莉萍健俊帆"
    "峰博龙龙旭东林森泽楠轩雨佳欣怡思雅诗婷瑶莹璐倩薇茜岩松柏川江河山岭晓光亮清正义仁和安康宁永庆祥瑞德福寿禄喜财"
)
SINGLE_GIVEN = 0.18  # share of people with one given character
DISTRICTS = ("云岭", "澄北", "海东", "白沙", "东泽", "南湾")
PAPERS = ("chengxi_ribao", "haidong_ribao")  # the first prints three districts, the second the others
BUREAUS = "民政局 水务局 教体局 住建局 商务局 文旅局 卫健委 发改委 工信局 交通局 农业农村局 审计局".split()  # noqa: SIM905
STREETS = "青石 柳林 梧桐 纺织 解放 西关 河滨 车站".split()  # noqa: SIM905
VILLAGES = "石桥村 张庄村 大王庄村 河湾村 槐树营村 梧桐里社区 光明社区 育才社区".split()  # noqa: SIM905
FIRMS = "青禾光电 恒远机械 金穗食品 宏泰建材 天润药业 华盛纺织 博远科技 瑞丰农业".split()  # noqa: SIM905
FIRST_DAY, DAYS = date(2021, 1, 4), 1_100
INDUSTRIES = "光电 机械 食品 建材 药业 纺织 科技 农业 物流 商贸".split()  # noqa: SIM905
PARKS = "产业园 物流园项目 生态农业示范园 康养小镇 水厂改造工程 科技创新基地".split()  # noqa: SIM905
REPORTERS = 60  # of a paper
OTHER_NAMES = (0, 1, 2, 3, 3, 4, 6)  # of an article
OWN_NAMES, STRIDE = len(GIVEN) ** 2, 4_801  # and a number that has no divisor in common with it
ARTICLE = (
    *("article_id", "article_uid", "newspaper_id", "headline"),
    *("date_lower", "date_upper", "cluster_id", "is_canonical"),
)
MISPRINT_SHARE = 0.004  # of namings: one in 250
PROMOTED, MOVED, ANNOUNCED = 0.35, 0.12, 0.6
"""Shares of officials who rise in their body, who go to another one, and of those whose move one text prints."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stay:
    """A person in an office between two days (of the press): title in full, and as its own district says it."""

    full: str
    short: str
    begins: int
    ends: int
    district: str


@dataclass(slots=True)
class Person:
    """Somebody. stays: the offices, in order; none for who is named by the name alone."""

    number: int
    name: str
    stays: list[Stay] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Population:
    """The people of each district, and the characters that may be set for each one of a name.

    in_office: those of a district who are in office on a day, by their numbers in its list, where that was asked.
    """

    by_district: dict[str, list[Person]]
    confusable: dict[str, list[str]]
    in_office: dict[tuple[str, int], array] = field(default_factory=dict)

    def list_there(self, district: str, day: int) -> list[Person]:
        """Return the people of a district who are in office on a day."""
        people = self.by_district[district]
        if (district, day) not in self.in_office:
            found = (n for n, p in enumerate(people) if any(s.begins <= day < s.ends for s in p.stays))
            self.in_office[district, day] = array("L", found)
        return [people[number] for number in self.in_office[district, day]]


@dataclass(slots=True)
class Printed:
    """What was printed: rows of mentions and credits, and whom each mention means, by mention_id."""

    mentions: list[Row] = field(default_factory=list)
    credits: list[Row] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)
    misprinted: set[str] = field(default_factory=set)


def print_press(looks: Looks, *, people: int, articles: int, seed: int) -> Printed:
    """Invent people, and print articles that name them."""
    chance = Random(seed)
    invented = [invent_person(number, chance) for number in range(people)]
    by_district = {name: [p for p in invented if any(s.district == name for s in p.stays)] for name in DISTRICTS}
    population = Population(by_district, find_confusable(looks))
    printed = Printed()
    for number in range(articles):
        _print_article(number, population, printed, chance)
    return printed


def print_other_names(printed: Printed, *, seed: int) -> None:
    """Add to each article what else a paper names: bodies, firms, villages, projects, terms, and who wrote it.

    Their names follow Zipf's law: a few stand everywhere, most of them once.
    """
    chance = Random(seed)
    reporters = {paper: [invent_name(chance) for _ in range(REPORTERS)] for paper in PAPERS}
    for _, group in groupby(list(printed.mentions), key=lambda row: str(row["article_id"])):
        rows = list(group)
        article = {name: rows[0][name] for name in ARTICLE}
        at = max(row["end_char"] for row in rows) + 12
        for _ in range(chance.choice(OTHER_NAMES)):
            at = _mention(printed, article, at, **_other_name(rows[0]["surface"], chance))
        reporter = reporters[article["newspaper_id"]][_draw(REPORTERS, chance)]
        credit = {"contributor_no": 1, "role": "reporter", "name": reporter, "organisation": None}
        printed.credits.append(article | credit)


def _other_name(district: str, chance: Random) -> dict[str, str]:
    kind = chance.choices(("body", "firm", "village", "project", "term"), (6, 4, 5, 2, 2))[0]
    if kind == "body":
        bureau = chance.choice(BUREAUS)
        return {"kind": "organisation", "surface": f"{chance.choice((district, district, '区', ''))}{bureau}"}
    own = _own_name(_draw(OWN_NAMES, chance))
    if kind == "firm":
        legal_form = chance.choice(("有限公司", "有限公司", ""))
        return {"kind": "organisation", "surface": f"{own}{chance.choice(INDUSTRIES)}{legal_form}"}
    if kind == "village":
        return {"kind": "place", "surface": f"{own}村"}
    if kind == "project":
        return {"kind": "project", "surface": f"{chance.choice(('', district[:-1]))}{own}{chance.choice(PARKS)}"}
    return {"kind": "campaign", "surface": f"{own}{chance.choice(('行动', '工程', '大会'))}"}


def _own_name(number: int) -> str:
    """Return the name of a number: two characters, of those of people's names."""
    first, second = divmod(number * STRIDE % OWN_NAMES, len(GIVEN))
    return GIVEN[first] + GIVEN[second]


def _draw(count: int, chance: Random) -> int:
    """Draw a number below a count by Zipf's law."""
    return min(count - 1, int(count ** chance.random()) - 1)


def invent_name(chance: Random) -> str:
    """Draw a name; given characters by Zipf's law."""
    surname = chance.choices([s for s, _ in SURNAMES], [share for _, share in SURNAMES])[0]
    weights = [1 / (rank + 8) for rank in range(len(GIVEN))]
    return surname + "".join(chance.choices(GIVEN, weights, k=1 if chance.random() < SINGLE_GIVEN else 2))


def invent_person(number: int, chance: Random) -> Person:
    """Draw a life: an official of a body, the head of a firm, or a villager."""
    person = Person(number, invent_name(chance))
    district = chance.choice(DISTRICTS)
    begins, ends = chance.randrange(0, DAYS // 2), DAYS
    kind = chance.choices(("official", "firm", "villager"), (5, 2, 5))[0]
    if kind == "villager":
        village = chance.choice(VILLAGES)
        word = "居民" if village.endswith("社区") else "村民"
        person.stays.append(Stay(f"{village}{word}", f"{village}{word}", 0, DAYS, district))
    elif kind == "firm":
        firm = f"{chance.choice(FIRMS)}有限公司"
        full = f"{district}区{firm}" if chance.random() < 0.3 else firm
        person.stays.append(Stay(f"{full}总经理", f"{full}总经理", 0, DAYS, district))
    else:
        _give_career(person, district, begins, ends, chance)
    return person


def _give_career(person: Person, district: str, begins: int, ends: int, chance: Random) -> None:
    full, short, head, deputy = _body(district, chance)
    turn = chance.randrange(begins + 60, ends)
    fate = chance.random()
    if fate < PROMOTED:
        person.stays += [
            _stay(full, short, deputy, begins, turn, district),
            _stay(full, short, head, turn, ends, district),
        ]
    elif fate < PROMOTED + MOVED:
        other = _body(district, chance)
        person.stays += [
            _stay(full, short, head, begins, turn, district),
            _stay(other[0], other[1], other[2], turn, ends, district),
        ]
    else:
        person.stays.append(_stay(full, short, chance.choice((head, deputy)), begins, ends, district))


def _body(district: str, chance: Random) -> tuple[str, str, str, str]:
    """Return a body: in full, in short, what its head is called, and a deputy."""
    kind = chance.choices(("bureau", "street", "district"), (6, 4, 1))[0]
    if kind == "bureau":
        bureau = chance.choice(BUREAUS)
        post = "主任" if bureau.endswith("委") else "局长"
        return f"{district}区{bureau}", f"区{bureau}", post, f"副{post}"
    if kind == "street":
        street = f"{chance.choice(STREETS)}街道"
        return f"{street}办事处", f"{street}办事处", "主任", "副主任"
    return f"{district}区", "区", "区长", "副区长"


def _stay(  # noqa: PLR0913, PLR0917 -- what a stay is made of
    full: str, short: str, post: str, begins: int, ends: int, district: str
) -> Stay:
    return Stay(f"{full}{post}", "区长" if short + post == "区区长" else f"{short}{post}", begins, ends, district)


def find_confusable(looks: Looks) -> dict[str, list[str]]:
    """List for each character of names those that a compositor or a scanner may set for it."""
    alike = {one: [o for o in GIVEN if o != one and looks.shape_score(one, o) >= 0.5] for one in set(GIVEN)}
    sounds = {one: [o for o in GIVEN if o != one and read_sounds(one) & read_sounds(o)] for one in set(GIVEN)}
    return {one: sorted({*alike[one], *sounds[one]}) for one in set(GIVEN)}


def misprint(name: str, confusable: dict[str, list[str]], chance: Random) -> str:
    """Set another character for one of a given name, where one can be confused with it."""
    places = [at for at in range(1, len(name)) if confusable.get(name[at])]
    if not places:
        return name
    at = chance.choice(places)
    return name[:at] + chance.choice(confusable[name[at]]) + name[at + 1 :]


def _print_article(number: int, population: Population, printed: Printed, chance: Random) -> None:
    day = chance.randrange(DAYS)
    district = chance.choice(DISTRICTS)
    article = _article(number, day, PAPERS[DISTRICTS.index(district) // 3], chance)
    at = 0
    for name in [f"{district}区"] * chance.choice((1, 2, 3)):
        at = _mention(printed, article, at, kind="place", surface=name)
    there = population.list_there(district, day)
    for person in chance.sample(there, k=min(len(there), chance.choice((1, 1, 2, 2, 3, 4)))):
        name = misprint(person.name, population.confusable, chance) if chance.random() < MISPRINT_SHARE else person.name
        for title in _titles(person, district, day, chance):
            mention_id = f"{article['article_id']}-m{at}"
            at = _mention(printed, article, at, kind="person", surface=name, title=title)
            printed.truth[mention_id] = person.number
            if name != person.name:
                printed.misprinted.add(mention_id)


def _titles(person: Person, district: str, day: int, chance: Random) -> Iterator[str | None]:
    """Yield the title of each naming of a person in an article: with the office first, then bare."""
    stay = next(s for s in person.stays if s.begins <= day < s.ends)
    earlier = [s for s in person.stays if s.ends == stay.begins]
    if earlier and day < stay.begins + 90 and chance.random() < ANNOUNCED:
        yield f"原{earlier[0].full}、{stay.full}"
    else:
        yield stay.short if stay.district == district and chance.random() < 0.5 else stay.full
    yield from [None] * chance.choice((0, 0, 1, 1, 2))


def _article(number: int, day: int, paper: str, chance: Random) -> Row:
    printed_on = FIRST_DAY + timedelta(days=day)
    page = chance.choice((1, 2, 3, 4))
    return {
        "article_id": f"{paper}-{printed_on}-a-p{page:04d}-i{number:06d}",
        "article_uid": f"{number:016x}",
        "newspaper_id": paper,
        "headline": None,
        "date_lower": printed_on,
        "date_upper": printed_on,
        "cluster_id": None,
        "is_canonical": True,
    }


def _mention(printed: Printed, article: Row, at: int, **said: str | None) -> int:
    surface = said["surface"] or ""
    row = {"title": None, "organisation": None, "code": None} | said
    row |= {"mention_id": f"{article['article_id']}-m{at}", "start_char": at, "end_char": at + len(surface)}
    printed.mentions.append(article | row)
    return at + len(surface) + 12
