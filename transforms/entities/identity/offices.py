"""Offices as titles print them: `云岭区委副书记、区长` is two, each of an organisation and with a post and a rank.

Two namings of one person agree in the organisation of an office; what the post says decides whether they can be one
at one time. A title that names no organisation (`大师`, `居民`) says who somebody is, and joins nobody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from transforms.entities.identity.areas import Home, read_areas
from transforms.entities.identity.organisations import UNPLACED, complete_organisation

Rank = Literal["chief", "deputy", "staff", "honour"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office. scope: its organisation, as completed; empty where none is said. area: whose leadership it is of.

    post: without the words of rank, so that 区长 and 副区长 are one; rank says which. printed: as the title has it.
    is_past: the title says that it was held before (`原区长`).
    """

    scope: str
    area: str
    post: str
    rank: Rank
    printed: str
    is_past: bool = False


CHIEF = (  # noqa: SIM905 -- as a list it is a page long
    "董事长 理事长 秘书长 检察长 总经理 总裁 总编辑 总工程师 总会计师 政委 司令员 支部书记 支书 书记 主席 主任 经理 "
    "负责人 社长 部长 局长 厅长 处长 科长 股长 院长 校长 园长 所长 站长 队长 组长 会长 行长 馆长 台长 庭长 厂长 "
    "矿长 店长 班长 室长 省长 市长 区长 县长 旗长 镇长 乡长 村长 州长 团长 总书记 总理 总统 首相"
).split()
RESIDENTS = "村民 居民 社员 学生 同学 经营户 种植户 养殖户 农民".split()  # noqa: SIM905
STAFF = (  # noqa: SIM905
    "职工 员工 工人 干部 教师 老师 医生 医师 护士 护士长 民警 辅警 法官 检察官 律师 记者 通讯员 实习生 技术员 "
    "业务员 讲解员 督导员 网格员 调解员 工作人员 队员 会计 司机 科员"
).split()
HONOUR = (  # noqa: SIM905
    "常委 委员 代表 大师 传承人 艺术家 投资人 创始人 发言人 教授 研究员 工程师 博士 院士 专家 党员 志愿者 模范 典型 "
    "市民 群众 老人 演员 导演 主持人 设计师 画家 作家 诗人 书法家 收藏家 企业家"
).split()
RANKS: Mapping[str, Rank] = {
    **dict.fromkeys(CHIEF, "chief"),
    **dict.fromkeys((*STAFF, *RESIDENTS), "staff"),
    **dict.fromkeys(HONOUR, "honour"),
}
POST = re.compile(
    r"(?P<body>.*?)(?P<party>党组|党委|党工委|党支部|党总支部|党总支|支部|纪委|团委|工会)?"
    r"(?P<deputy>(?:常务|第一)?副|代理?|执行|第一|驻村第一|名誉)?"
    rf"(?P<post>{'|'.join(sorted(RANKS, key=len, reverse=True))})(?P<aide>助理)?"
)
NO_RANK = re.compile("副|常务|代理?")
PARTS = re.compile(r"[、，,；;/\s]+|(?<=[长记任席员])兼")
PAST = re.compile("原|前(?!进)|时任")
NO_MATTER = re.compile(r"^(?:原|时任|现任|新任|前(?!进)|退休|在职|优秀)|(?:退休|在职)(?=职工|干部|教师|工人)")
ORGAN = re.compile(r"[部局厅处科股院校园所站队组会行馆台庭厂矿店社]长$")
AREA_POST = re.compile(r"^[省市区县旗镇乡村州]长$")
IS_AREA = re.compile(r"(?:[省市县旗州]|(?<!社)区)$")
PARTY_ORGAN = re.compile(r"(?:组织|宣传|统战|政法委?|统一战线工作)部?")
BODY = re.compile(  # a body by its sort alone: which one, the text has said before
    r"[该本]?(?P<sort>街道|镇|乡|村|社区|园区|公司|集团|医院|学校|小学|中学|大学|中心|协会|商会|合作社|基地|酒店|支行|项目|"
    r"局|委|院|校|园|部|处|所|站|行|厂|矿|店|馆)(?:办事处|村委会|居委会)?"
)
POINTS_BACK = re.compile(r"[该本](?![省市区县])")
LEADING = re.compile(r"^(.{2,}?(?:[省市县旗州]|(?<!社)区))(委|政府|人大|人大常委会|政协)$")
CIRCLE = re.compile(
    r"(.*?(?:街道|镇|乡)(?=党工委|党委|办事处|政府|人大|$)|.*?(?:村|社区)(?=村委会|居委会|委会|党委|两委|$)).*"
)
PARTY_LEADER, PARTY_CENTRE = "总书记", "中共中央"  # the country has one: 总书记, 党中央总书记, 中共中央总书记
STATE, STATE_FORMS = "国家", re.compile("(?:中国)?国家|中华人民共和国")  # whose chairman is the 国家主席
MOST_TITLES = 20_000  # that are remembered, as texts repeat them
HONOUR_CHARS = 6  # an honour of so many characters (中国工艺美术大师) is one's own; a shorter one is anybody's
COMMON_HONOURS = frozenset({"代表", "委员", "党员", "市民", "群众"})


@lru_cache(maxsize=MOST_TITLES)
def read_offices(title: str | None, *, home: Home, antecedent: str | None = None) -> tuple[Office, ...]:
    """Return the offices that a title names, in its order. antecedent: what `该` in it stands for, as completed."""
    context = _Context(home, antecedent)
    offices: list[Office] = []
    for part in filter(None, PARTS.split(title or "")):
        match = POST.fullmatch(NO_MATTER.sub("", part))
        if match is not None:
            office = _read_part(match, context, offices[-1] if offices else None)
            offices.append(replace(office, is_past=PAST.match(part) is not None))
    return tuple(dict.fromkeys(offices))


@lru_cache(maxsize=MOST_TITLES)
def body_of(title: str) -> str | None:
    """Return the sort of body that a title names without saying which: 街道 of `该街道办事处主任`; else None."""
    first = next(iter(filter(None, PARTS.split(title))), "")
    match = POST.fullmatch(NO_MATTER.sub("", first))
    body = BODY.fullmatch(_complete_body(match)) if match else None
    return body["sort"] if body else None


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a title is printed: the home of its text, and what `该` in it stands for."""

    home: Home
    antecedent: str | None


def _read_part(match: re.Match[str], context: _Context, before: Office | None) -> Office:
    post, rank = match["post"], RANKS[match["post"]]
    if rank == "honour" and post != "常委":
        return _read_honour(match[0], post)
    scope, area = _find_organisation(match, context, before)
    if scope.startswith(UNPLACED) or (rank == "staff" and _is_wide(scope, post)):
        scope = ""  # 云岭区居民: half a million people
    deputy = match["deputy"] or ""
    if rank == "chief" and ("副" in deputy or match["aide"]):
        rank = "deputy"
    is_leading = rank in {"chief", "deputy"} or post == "常委"
    return Office(
        scope=scope,
        area=area if is_leading else "",
        post=(match["party"] or "") + NO_RANK.sub("", deputy) + post,
        rank="deputy" if post == "常委" else rank,
        printed=match[0],
    )


def _read_honour(printed: str, post: str) -> Office:
    """Read who somebody is; a long honour that few can share tells as much as an office."""
    is_own = len(printed) >= HONOUR_CHARS and post not in COMMON_HONOURS
    return Office(scope=f"称号：{printed}" if is_own else "", area="", post=post, rank="honour", printed=printed)


def _find_organisation(match: re.Match[str], context: _Context, before: Office | None) -> tuple[str, str]:
    """Return the organisation of a post, and the area whose leadership it belongs to, where it does."""
    body = _complete_body(match)
    if match["post"] == PARTY_LEADER or STATE_FORMS.fullmatch(body):
        return (PARTY_CENTRE if match["post"] == PARTY_LEADER else STATE), ""
    if not body:
        return (before.scope, before.area) if before is not None else ("", "")
    if before is not None and before.area and PARTY_ORGAN.fullmatch(body):
        return f"{before.area}委{body}", ""  # 区委常委、宣传部长
    if context.antecedent and BODY.fullmatch(body):
        return _circle(context.antecedent), ""
    if POINTS_BACK.match(body):
        return "", ""
    name = complete_organisation(body, home=context.home)
    leading = LEADING.match(name)
    return (name, leading[1]) if leading else (_circle(name), "")


def _complete_body(match: re.Match[str]) -> str:
    """Return the organisation as printed, with what its post says of it: 民政局长 is of 民政局, 区长 of 区政府."""
    body, party, post = str(match["body"]), match["party"], match["post"]
    if AREA_POST.match(post):
        return body.removesuffix(post[0]) + post[0] + "政府"
    if body and ORGAN.search(post):
        return body.removesuffix(post[0]) + post[0]
    if party and IS_AREA.search(body):
        return f"{body}{'委' if party == '党委' else party}"
    return body


def _circle(name: str) -> str:
    """Take a street's office for the street, a village's committee for the village: their leaders are one circle."""
    match = CIRCLE.fullmatch(name)
    return match[1] if match else name


def _is_wide(scope: str, post: str) -> bool:
    areas, rest = read_areas(scope)
    narrow = {"village"} if post in RESIDENTS else {"village", "town"}
    return bool(areas) and not rest and not narrow & areas.keys()
