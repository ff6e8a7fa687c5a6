"""Finds the campaigns and fixed terms that a text sets in quotation marks: `“三个一批”`, `“放管服效”改革`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.entities.stretches import Stretch
from transforms.rules import Example, Rule

LONGEST = 24  # characters of a term
TERM_LENGTHS = range(3, 9)  # characters of one that only its surroundings tell
PAIR = 3  # characters up to which the name of a trouble is a complaint (`停车难`)
PART_LENGTHS = range(3, 7)  # characters of each part of a term of several
BEFORE = 8  # characters before a quotation that tell what is done with it
PAIRED, DAYS = "campaign.paired", "campaign.days"
# A hundred days of it: what is launched so is a campaign without marks as well.
HUNDRED_DAYS = re.compile(
    "(?:开展|启动|实施|打响|掀起|部署|推进|组织)了?([\u4e00-\u9fff]{2,14}百日(?:会战|攻坚战?|行动|整治|大战|冲刺|竞赛))"
)

QUOTED = re.compile(r"[“‘「『]([^“”‘’「」『』\n]{2,26})[”’」』]")
SPOKEN = re.compile(r"[。！？；…]|不.*，|，.*不|[了吗呢吧啊呀嘛]$|[我你他她它俺咱]|，.*，.*，")
CALLED = re.compile(r"(?:像|好似|仿佛|如同|所谓|是个|叫做|名叫|外号|绰号|称为|称作|誉为|比作|当成|人称|直呼)$|[：:]$")
NUMBER = r"[一二三四五六七八九十两双百千万零\dN]"
COUNTED = re.compile(
    rf"(?:最[初先后]一(?:公里|百米|米|步|环|站)|{NUMBER}+[+＋\-—]{NUMBER}+(?:[+＋\-—]{NUMBER}+)*|\d{{3,6}}|[二三四五六七八九十两双]{{1,2}}[^，、。]{{1,8}}"
    rf"|[^，、]{{2,4}}一批|(?:[多{NUMBER[1:]}{{1,2}}[^，、]{{1,3}}){{2,6}}|十[一二三四五六]五|.{{1,2}}{NUMBER}.{{1,2}}{NUMBER})"
)
ONLY_NUMBER = re.compile(rf"{NUMBER}{{1,2}}|[一二三四五六七八九十]+[·.]?[一二三四五六七八九十]+|\d+·\d+")
NOUN_BEHIND = re.compile(
    r"(?!的)[\u4e00-\u9fff]{0,4}?(?:活动|行动|工程|课程|工作法|机制|模式|改革|理念|体系|品牌|制度|创建|战略|计划|政策|支部|白名单|企业"
    r"|小巨人|大礼包|方案|专班|考核|攻坚|建设|规划|会战|大赛|赛事|项目|服务|平台|载体|精准|格局|思路|做法|经验|精神|评选|称号|工坊"
    r"|导向|窗口|评价|系统|消费券|小程序|[篮足排]球赛|比赛|联赛|马拉松|锦标赛|邀请赛|挑战赛|公开赛|(?:文化|艺术|音乐|旅游|美食|购物|电影|读书)节|晚会|夏令营|训练营|研学营|博览会|论坛|专场)"
    r"|(?:科普|公益|思政|劳动|安全|法治|暑期|周末|空中|流动|移动|田间)?(?:课堂|讲堂)"
    r"|(?!的)[\u4e00-\u9fff]{0,6}?(?:筛查|宣讲|服务|志愿|医疗|义诊|慰问)[小]?[队团]"
)
TERM_END = re.compile(
    r"(?:活动|行动|工程|计划|工作法|模式|机制|平台|工坊|节|周|评选|大赛|论坛|老字号|样板区|示范区|先行区|快车|热线|讲堂|课堂|工厂|制"
    r"|式|办|贷)$"
)
# What a campaign founds, gives or awards: the words that its name ends with.
FOUNDED = re.compile(
    r"(?:超市|食堂|餐厅|驿站|之家|工作室|工作站|服务站|联络站|联系点|课堂|学堂|学校|夜校|讲堂|书屋|书房|小院|会客厅|议事厅|议事会|议事亭"
    r"|恳谈会|圆桌会|调解室|银行|家庭|庭院|示范户|之星|标兵|能手|管家|合伙人|明白人|带头人|推荐官|体验官|联络员|指导员|(?:宣讲|议事|服务|帮帮|讲师)团|服务队"
    r"|突击队|志愿队|先锋[队岗]|示范岗|护学岗|(?:生活|服务|助餐|就业|健康)圈|清单|套餐|大礼包|专列|专线|专窗|直通车|光荣榜|红黑榜|(?<!社保|养老|理财|公募|私募)基金|[奖助]学金)$"
)
OF_PLACE = re.compile(".{1,3}[省市区县镇乡]")  # 云岭区企业家之家 is an organisation
# What print says by a picture: nothing is called so.
PICTURE = re.compile(
    r"(?:朋友圈|[菜米钱]篮?袋?子|饭碗|聚宝盆|摇钱树|骨头|拦路虎|压舱石|定[心盘][丸星]|及时雨|晴雨表|风向标|领头雁|火车头|主[力战阵心].|桥头堡|排头兵"
    r"|店小二|娘家人|勤务员|进键|速键|动键|加速度|组合拳|先手棋|牛鼻子|钥匙|字典|连心桥|防护网|防火墙|聚光灯|器|剂|引擎|发动机|叶子|疙瘩"
    r"|大?文章|舞台|重头戏|必修课|必答题|答卷|成绩单|任务书|时间表|路线图|施工图|作战图|指挥棒|蛋糕|[堵痛难卡亮热]点|拉链|军团|风景)$|的"
)
TROUBLE_BEHIND = re.compile("[\u4e00-\u9fff]{0,4}?(?:问题|现象|乱象|顽疾)")
LAUNCHED_BY = re.compile(
    "(?:办法|做法|模式|机制|打法|法子|路子)(?:就)?是$|"
    "(?:依托|办好|建好|建起|建成|办起|设立|设置|开设|创建|创立|创办|组建|评选|评出|推选|选树|选出|培育|培养|推广|上线|开通|倡导|紧盯|整治"
    "|打通|畅通|首创|开展|推行|实施|启动|深化|推出|争创|践行|弘扬|打响|做实|发起|推进|认领|征集|合办|开办|采取|实行|创新|构建|评为|获评|荣获|授予|入选|列入"
    "|坚持|树牢|实现|夺取|打好|打造|获得|围绕|聚焦|擦亮|落实|叫响|确保|力争)"
    "[\u4e00-\u9fff]{0,4}$"
)
FORMULA = re.compile("[^+＋，]{1,12}(?:[+＋][^+＋，]{1,12})+")
REPEATING = re.compile(r"(.)[^，、]\1[^，、]")


@dataclass(frozen=True, slots=True)
class Quote:
    """What is quoted, and the text before and behind the marks."""

    words: str
    before: str
    behind: str


def is_parallel(words: str) -> bool:
    """Tell whether the words are parts of one length (`请乡贤、助乡学`), or turn on one character (`一村一品`)."""
    parts = words.split("、")
    is_even = len(parts) > 1 and len({len(part) for part in parts}) == 1 and len(parts[0]) in PART_LENGTHS
    return is_even or REPEATING.fullmatch(words) is not None


def is_term(words: str) -> bool:
    """Tell whether words that only their surroundings tell may be a term: of its length, and no picture."""
    return len(words) in TERM_LENGTHS and PICTURE.search(words) is None


RULES: tuple[Rule[Quote], ...] = (
    Rule(
        id="campaign.counted",
        says="Quoted, with numbers: `“三个一批”`, `“12+9+N”`.",
        verdict="campaign",
        test=lambda q: COUNTED.fullmatch(q.words) is not None and ONLY_NUMBER.fullmatch(q.words) is None,
        examples=(
            Example(hit="滚动推进“三个一批”。", miss="过了“十一”再说。"),
            Example(hit="按照“12+9+N”推进。", miss="门牌是“12”。"),
        ),
    ),
    Rule(
        id="campaign.formula",
        says="Quoted, of parts joined by plus signs: `“支部+合作社”`.",
        verdict="campaign",
        test=lambda q: FORMULA.fullmatch(q.words) is not None,
        examples=(Example(hit="走“支部+合作社”的路子。", miss="算出“多了一倍”来。"),),
    ),
    Rule(
        id="campaign.named",
        says="Quoted, and the word behind says what it is: `“放管服效”改革`.",
        verdict="campaign",
        test=lambda q: NOUN_BEHIND.match(q.behind) is not None,
        examples=(Example(hit="深化“放管服效”改革。", miss="“世外桃源”的风景。"),),
    ),
    Rule(
        id="campaign.ended",
        says="Quoted, and its own end says what it is: `“618购车节”`.",
        verdict="campaign",
        test=lambda q: TERM_END.search(q.words) is not None,
        examples=(Example(hit="举办“金秋购物节”。", miss="走进“杏花深处”。"),),
    ),
    Rule(
        id="campaign.parallel",
        says="Quoted, of parts of one length or on one character: `“请乡贤、助乡学、建乡馆”`.",
        verdict="campaign",
        test=lambda q: is_parallel(q.words),
        examples=(Example(hit="做到“村说村事”。", miss="“吃、喝”不愁。"),),
    ),
    Rule(
        id="campaign.launched",
        says="Quoted, and a verb before it says that it is carried out or awarded: `推行“河长责任”`.",
        verdict="campaign",
        test=lambda q: is_term(q.words) and LAUNCHED_BY.search(q.before) is not None,
        examples=(
            Example(hit="全面推行“邻里议事”。", miss="看见“邻里议事”。"),
            Example(hit="评选“洁净人家”。", miss="端起“金饭碗”。"),
        ),
    ),
    Rule(
        id="campaign.founded",
        says="Quoted, and its own end says what a campaign founds, gives or awards: `“孝善食堂”`, `“就业直通车”`.",
        verdict="campaign",
        test=lambda q: is_term(q.words) and FOUNDED.search(q.words) is not None and not OF_PLACE.match(q.words),
        examples=(Example(hit="村口的“孝善食堂”坐满了人。", miss="村口的“热闹劲儿”回来了。"),),
    ),
    Rule(
        id="campaign.trouble",
        says="Quoted in four characters or more, and the word behind calls it a trouble: `“推诿扯皮”问题`.",
        verdict="campaign",
        test=lambda q: is_term(q.words) and len(q.words) > PAIR and TROUBLE_BEHIND.match(q.behind) is not None,
        examples=(Example(hit="查处“推诿扯皮”问题。", miss="解决“停车难”问题。"),),
    ),
)


def find_campaigns(text: str) -> list[Stretch]:
    """Return the quoted stretches, without their marks, that are terms and no speech and no word meant otherwise."""
    matches = [match for match in QUOTED.finditer(text) if len(match[1]) <= LONGEST]
    quotes = [read_quote(text, match) for match in matches]
    is_said = [SPOKEN.search(quote.words) is not None or CALLED.search(quote.before) is not None for quote in quotes]
    rule_ids = [None if said else _rule_id(quote) for quote, said in zip(quotes, is_said, strict=True)]
    launched = (Stretch(*match.span(1), "campaign", DAYS) for match in HUNDRED_DAYS.finditer(text))
    return [*_terms(matches, rule_ids, is_said), *launched]


def read_quote(text: str, match: re.Match[str]) -> Quote:
    """Return what the rules look at."""
    start, end = match.span()
    return Quote(match[1], text[max(0, start - BEFORE) : start], text[end : end + BEFORE])


def _rule_id(quote: Quote) -> str | None:
    """Return the id of the first rule that holds, or None."""
    return next((rule.id for rule in RULES if rule.test(quote)), None)


def _terms(
    matches: Sequence[re.Match[str]], rule_ids: Sequence[str | None], is_said: Sequence[bool]
) -> Iterator[Stretch]:
    """Yield the terms; is_said: of each, whether it is speech or a comparison."""
    for number, match in enumerate(matches):
        rule_id = rule_ids[number]
        if rule_id is None and not is_said[number] and _is_paired(matches, rule_ids, number):
            rule_id = PAIRED
        if rule_id is not None:
            yield Stretch(match.start(1), match.end(1), "campaign", rule_id)


def _is_paired(matches: Sequence[re.Match[str]], rule_ids: Sequence[str | None], number: int) -> bool:
    """Tell whether a term of the same length stands right beside: `“开门红”“全年红”`."""
    neighbours = [at for at in (number - 1, number + 1) if 0 <= at < len(matches) and rule_ids[at]]
    for at in neighbours:
        left, right = matches[min(at, number)], matches[max(at, number)]
        if right.start() - left.end() <= 1 and len(left[1]) == len(right[1]):
            return True
    return False
