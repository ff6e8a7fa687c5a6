"""Reports from one template: the same sentences, and numbers, ordinals, names and dates of their own."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from tests.benches.reuse.chance import Chance, pick

SLOT = re.compile(r"\{(\w+)\}")
NUMERALS = "一二三四五六七八九十"

TEMPLATES: tuple[tuple[str, ...], ...] = (
    (
        "{place}水文站{month}月{day}日{hour}时水位{two}.{two}米，比昨日同时{rise}{one}.{two}米，流量每秒{four}立方米。",
        "{place}段水位{two}.{two}米，距警戒水位{one}.{one}米，含沙量每立方米{two}公斤，水温{one}度。",
        "据水情处{name}介绍，上游未来{one}天有{rain}，预计{month}月{day}日洪峰流量每秒{four}立方米。",
        "各级防汛责任人须在岗在位，加密巡堤查险，发现险情及时上报，确保堤防安全和人员转移到位。",
        "市防汛指挥部值班电话{eight}，值班员{name}。",
    ),
    (
        "{month}月{day}日{place}农产品批发市场白菜每公斤{one}.{two}元，土豆{one}.{two}元，猪肉{two}.{one}元。",
        "与上周相比，{crop}价格{rise}{one}.{one}％，{crop}价格{rise}{one}.{one}％，{crop}价格持平。",
        "市场全天上市量{three}吨，成交{four}笔，成交额{three}.{one}万元，其中外地调入占{two}％。",
        "市场负责人{name}说，节前货源充足，价格不会有大的起伏，市民可以按需购买，不必囤积。",
        "下期行情将于{month}月{day}日公布，咨询电话{eight}。",
    ),
    (
        "{place}人民法院公告：{name}、{name}，本院受理原告{name}诉你们借款合同纠纷一案，现依法公告送达起诉状副本。",
        "自公告之日起经过{two}日即视为送达，提出答辩状的期限为公告期满后{two}日内，举证期限为{two}日。",
        "本院定于{year}年{month}月{day}日{hour}时在第{numeral}审判庭公开开庭审理，逾期将依法缺席判决。",
        "案号（{year}）民初字第{four}号，承办法官{name}，联系电话{eight}。",
    ),
    (
        "{place}杯足球邀请赛第{numeral}轮昨晚开战，{team}队以{one}比{one}胜{team}队，积{two}分，暂列第{numeral}。",
        "开场第{two}分钟，{team}队{name}头球首开纪录；第{two}分钟，{name}禁区外远射再入一球。",
        "易边再战，{team}队换上{name}加强进攻，第{two}分钟由{name}扳回一球，此后双方均无建树。",
        "赛后{team}队主教练{name}表示，队员执行力很强，但体能分配还要改进，下一场要全力争胜。",
        "第{numeral}轮比赛将于{month}月{day}日{hour}时开球，现场观众{five}人。",
    ),
    (
        "{place}市城市管理局关于{place}路夜间施工的公告（第{three}号）。",
        "施工时间为{year}年{month}月{day}日至{month}月{day}日，每日{hour}时至次日{one}时，共{two}天。",
        "施工期间{place}路至{place}路段由双向{numeral}车道改为双向{numeral}车道，{two}路、{three}路公交车临时绕行。",
        "请沿线单位和居民提前安排出行，服从现场人员指挥，因施工带来的不便敬请谅解。",
        "建设单位{place}市政工程处，现场负责人{name}，投诉电话{eight}。",
    ),
    (
        "{year}年第{numeral}季度全县完成固定资产投资{two}.{two}亿元，同比增长{two}.{one}％，{rise}{one}.{one}个百分点。",
        "其中工业投资{two}.{one}亿元，增长{two}.{one}％；农业投资{one}.{two}亿元，增长{one}.{one}％。",
        "{industry}完成投资{one}.{two}亿元，{industry}完成投资{one}.{two}亿元，分列第{numeral}位和第{numeral}位。",
        "新开工项目{two}个，计划总投资{three}.{one}亿元，其中亿元以上项目{one}个，{place}项目进度最快。",
        "县发展和改革局局长{name}说，要紧盯全年目标，逐项排出工期，逐周通报进度。",
    ),
    (
        "{place}福利彩票第{year}{three}期开奖结果：红球{two}、{two}、{two}、{two}、{two}、{two}，蓝球{two}。",
        "本期全国销量{four}万元，一等奖{one}注，单注奖金{three}万元；二等奖{two}注，单注奖金{five}元。",
        "{place}彩民中得二等奖{one}注，出自{place}路{four}号投注站，奖池滚存{three}万元。",
        "请中奖者自开奖之日起{two}日内到市福彩中心兑奖，逾期视为弃奖。",
    ),
    (
        "{name}同志任{place}县教育局局长，{name}同志任{place}县卫生局副局长（试用期一年）。",
        "免去{name}同志{place}县{industry}办公室主任职务，免去{name}同志{place}镇镇长职务。",
        "以上任免事项经{year}年{month}月{day}日县人大常委会第{numeral}次会议通过，现予公布。",
        "公示期自{month}月{day}日至{month}月{day}日，受理电话{eight}。",
    ),
)
CHOICES: Mapping[str, Sequence[str]] = {
    "rise": ("上涨", "下跌", "提高", "回落"),
    "rain": ("小到中雨", "大雨", "暴雨", "阵雨", "多云天气"),
    "crop": ("西红柿", "黄瓜", "芹菜", "萝卜", "鸡蛋", "鲤鱼", "苹果", "豆角", "韭菜"),
    "industry": ("煤炭", "纺织", "建材", "食品加工", "机械制造", "化工", "旅游", "仓储物流", "光伏"),
    "numeral": tuple(NUMERALS),
}
DIGITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "eight": 8}
TEAMS = ("红星", "河岸", "铁路", "矿务", "大同", "青年", "海港", "北山", "长风", "联合", "新城", "农垦")


FREE_SLOTS = ("two", "three", "day")  # differ in each report, whatever a series keeps
MOST_KEPT = 0.7  # share of the other values that stay from report to report in the most uniform series


def write_series(count: int, *, names: Sequence[str], places: Sequence[str], random: Chance) -> list[str]:
    """Write so many reports from one template: some values stay through a series, the rest change."""
    template = TEMPLATES[int(random.integers(len(TEMPLATES)))]
    used = int(random.integers(max(2, len(template) - 2), len(template) + 1))
    text = "".join(template[at] for at in sorted(random.permutation(len(template))[:used]))
    near = [pick(places, random) for _ in range(6)]
    fill = partial(_fill, names=names, places=(near[0], near[0], *near), random=random)
    kept_share = random.uniform(0, MOST_KEPT)
    kept = {at: fill(kind) for at, kind in _slots(text) if kind not in FREE_SLOTS and random.random() < kept_share}
    return [SLOT.sub(lambda slot: kept.get(slot.start()) or fill(slot[1]), text) for _ in range(count)]


def _slots(text: str) -> list[tuple[int, str]]:
    return [(slot.start(), slot[1]) for slot in SLOT.finditer(text)]


def _fill(kind: str, *, names: Sequence[str], places: Sequence[str], random: Chance) -> str:
    if kind in DIGITS:
        digits = DIGITS[kind]
        return str(random.integers(10 ** (digits - 1), 10**digits))
    ranges = {"month": (1, 13), "day": (1, 29), "hour": (6, 23), "year": (1996, 2024)}
    if kind in ranges:
        return str(random.integers(*ranges[kind]))
    choices = {"name": names, "place": places, "team": TEAMS, **CHOICES}
    return pick(choices[kind], random)
