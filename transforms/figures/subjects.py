"""Whose figure it is: the naming that the sentence is about when it gives the number."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from transforms.entities.records import Mention

FITTING = frozenset({"organisation", "place", "project"})
NOUNS = (
    "街道|社区|园区|产业园|公司|企业|中心|项目|工程|集团|银行|医院|学校|基地|协会|合作社"
    "|省|市|县|区|镇|乡|村|局|委|办|院|校|厂|站|所|社|馆|园|线|桥"
)
BACK = re.compile(f"[该本全我](?:(?<=[该本])(?P<noun>{NOUNS})|(?<=[全我])(?P<whole>[省市县区镇乡村校院厂]))")
# A clause of an article that has named one project so far goes on with it so: `李明说，工程预计年底完工`.
THE_THING = re.compile(
    "(?<=[，：“。\n])(?:项目|工程|产业园|园区|景区)(?![部组师队化款建审招储谋推经名数类内里外周])(?=[\u4e00-\u9fff])"
)
# Whoever holds an office of an authority speaks of what it looks after, and does what is not its: `水务局局长李明说，`.
AUTHORITY = re.compile("(?:[局委办厅部]|党组|总?支|支部|政府|人大|政协|办公室|工会)\\Z")
AREAS = frozenset("省市县区镇乡村")
NO_DISTRICTS = (
    "社区",
    "园区",
    "小区",
    "校区",
    "厂区",
    "景区",
    "院区",
    "库区",
    "矿区",
    "灾区",
    "林区",
)  # `该区` is none
WHOLES = {"校": ("学校", "小学", "中学", "大学", "学院", "高中", "幼儿园"), "院": ("院",), "厂": ("厂", "公司")}
PROJECTS = frozenset({"项目", "工程"})  # a project is so called whatever its name ends with
MANY = tuple(PROJECTS)  # `42个重点项目` of a sentence that names none are not those of the project told of before
# Before a naming they tell where, with whom or by whom something is done, or go on with a list: it is not the doer.
ASIDE = re.compile(r"(?:与|和|及|同|跟|在|赴|到|向|从|于|由|被|为|对|比|给|让|位于|高于|低于|联合|邀请|通过|建设|、)\Z")
ASIDE_CHARS = 2
LISTED = re.compile("[、等]")  # behind a naming: it is one of those that are counted
# Before `全区` they lead to what is told of it: it is the topic though no clause begins there.
LEADS = re.compile(r"(?:预计|目前|其中|累计|力争|确保|推动|带动|显示|公布|使)\Z")
# Behind a semicolon they go on with the project told of before: its stages, days, doings, what is measured of any.
# Other words begin another thing.
GOES_ON = re.compile(
    "[一二三四五首末]期|其|已|现|将|可|还|并|也|共(?!青)|均|仅|约|每|日(?!本)|年|月|总|全|较|比|同比|环比|同时|目前|当前|如今|计划|预计|力争|截至|截止|累计"
    "|\\d|今年|去年|前年|明年|当年|近年|上半年|下半年|[前一二三四]季度|自|从|到|由|被|项目(?!部)|工程(?![师队])|园区|景区|主体|整体|直接|间接"
    "|投资|投入|投产|投用|完成|建[成有设筑]|占地|规划|设[计有]|开[工园业通]|动工|封顶|竣工|验收|交付|运[营行]|续建|新[建增]|配[套备]"
    "|实现|带动|吸[纳引]|引[进来]|入[驻园]|签约|落户|培育|解决|辐射|覆盖|提供|拥有|安置|容纳|接待|处理|储|生产|加工|种植|养殖|销售|缴|税收|产值"
    "|营业收入|营收|收入|利润|就业|达|超|突破|获|采用|使用|利用"
)
OF_THING = re.compile("(?:、[^，。；、的]{2,16}){0,2}的(?:[“‘])?")  # between a number and the thing that it describes
WAYS = ("路", "街", "大道", "巷", "桥")
TOPIC_AFTER = "。！？；，：\n“ "  # a naming behind these is what its clause is about
REACH = 40  # namings: nobody points further


class Point(NamedTuple):
    """A place in the body that stands for a naming, or for what the body names nowhere by itself (None).

    is_topic: a clause begins with it.
    """

    start: int
    mention: Mention | None
    is_topic: bool


class Subjects:
    """What the figures of one article may belong to, in order."""

    def __init__(self, body: str, mentions: Sequence[Mention], times: Sequence[int]) -> None:
        """Find what the body is about where; times: where its namings of time end, in order."""
        self.body = body
        self.times = frozenset(times)
        offices = [(m.title_start or 0, m.title_end or 0) for m in mentions if m.title]
        self.namings = sorted((m for m in mentions if m.kind in FITTING), key=lambda m: m.start)
        self.in_office = frozenset(
            m.start
            for m in self.namings
            if AUTHORITY.search(m.surface) and any(start <= m.start < end for start, end in offices)
        )
        self.by_start = {m.start: m for m in self.namings}
        self.listed = frozenset(m.start for m in self.namings if LISTED.match(body, m.end))
        self.points = (
            sorted((*self._named(), *self._pointed(), *self._gone_on()), key=attrgetter("start"))
            if self.namings
            else []
        )
        self.starts = [point.start for point in self.points]

    def of(self, start: int, end: int, low: int, line: int, things: str | None = None) -> Mention | None:
        """Return whose the figure [start, end) is.

        Named right behind it (`总投资3亿元的稻香园`); else in its sentence, which begins at `low`, best where a clause
        begins; else where a clause of its paragraph begins, which begins at `line`. things: what it counts, or is a
        measure of.
        """
        if described := self._described(end):
            return described
        last = bisect_left(self.starts, start)
        sentence = self.points[max(bisect_left(self.starts, low), last - REACH) : last]
        found = _last_topic(sentence) or (sentence[-1] if sentence else None)
        begin = self.body.rfind("；", found.start, start) + 1 if found else 0
        if found and begin and self._is_ended(found, begin):
            return sentence[-1].mention if sentence[-1].start >= begin else None
        if found is None:
            found = _last_topic(self.points[max(bisect_left(self.starts, line), last - REACH) : last])
            if things and things.endswith(MANY) and found and found.mention and found.mention.kind == "project":
                return None
        return found.mention if found else None

    def _described(self, end: int) -> Mention | None:
        """Return the thing that a number describes: `总投资3亿元的青禾县稻香园`, the place being part of it."""
        of = OF_THING.match(self.body, end)
        at = of.end() if of else -1
        while (found := self.by_start.get(at)) and found.kind == "place":
            at = found.end
        return found if found and found.kind == "project" else None

    def _named(self) -> Iterator[Point]:
        ends: dict[int, int] = {}  # where a run of namings that touch each other ends: where it begins
        for mention in self.namings:
            first = ends.pop(mention.start, mention.start)
            ends[mention.end] = first
            is_way = mention.surface.endswith(WAYS)
            if mention.start not in self.listed and not is_way and not self._is_aside(first):
                whose = None if mention.start in self.in_office else mention
                yield Point(mention.start, whose, self._is_topic(first))

    def _pointed(self) -> Iterator[Point]:
        starts = [mention.start for mention in self.namings]
        for match in BACK.finditer(self.body):
            at = bisect_left(starts, match.start())
            before = self.namings[max(0, at - REACH) : at]
            meant = _meant(match, before[::-1]) or _meant(match, self.namings[at : at + REACH])
            is_area = (match["whole"] or match["noun"]) in AREAS  # 统计局公布，全区…: no figure of the bureau's
            is_other = is_area or match["noun"] in PROJECTS  # 该项目 that is named nowhere is not who builds it
            if (meant or is_other) and not self._is_aside(match.start()):
                leads = LEADS.search(self.body, max(0, match.start() - ASIDE_CHARS), match.start()) if is_area else None
                yield Point(match.start(), meant, leads is not None or self._is_topic(match.start()))

    def _gone_on(self) -> Iterator[Point]:
        """Yield where `工程` alone stands for the only project that was named."""
        projects = [mention for mention in self.namings if mention.kind == "project"]
        for match in THE_THING.finditer(self.body):
            before = [mention for mention in projects if mention.end <= match.start()]
            if before and all(before[0].surface in m.surface or m.surface in before[0].surface for m in before):
                yield Point(match.start(), before[0], is_topic=True)

    def _is_aside(self, start: int) -> bool:
        return ASIDE.search(self.body, max(0, start - ASIDE_CHARS), start) is not None

    def _is_ended(self, told: Point, begin: int) -> bool:
        """Tell whether a part of a sentence, which begins behind a semicolon, is not of what was told of before it.

        It begins with a list (`江苏、浙江出口增长`), or goes on with no project.
        """
        is_project = told.mention is not None and told.mention.kind == "project"
        return begin in self.listed or (is_project and GOES_ON.match(self.body, begin) is None)

    def _is_topic(self, start: int) -> bool:
        return start == 0 or start in self.times or self.body[start - 1] in TOPIC_AFTER


def _last_topic(points: Sequence[Point]) -> Point | None:
    return next((point for point in reversed(points) if point.is_topic), None)


def _meant(match: re.Match[str], mentions: Sequence[Mention]) -> Mention | None:
    """Return the first naming that `该区`, `该项目` or `全区` may stand for."""
    noun = match["noun"] or match["whole"]
    kind = "place" if noun in AREAS else None
    ends = WHOLES.get(match["whole"] or "", (noun,))
    others = NO_DISTRICTS if noun == "区" else ()
    named = next(
        (
            m
            for m in mentions
            if m.surface.endswith(ends) and m.kind == (kind or m.kind) and not m.surface.endswith(others)
        ),
        None,
    )
    if named is None and noun in PROJECTS:
        return next((m for m in mentions if m.kind == "project"), None)
    return named
