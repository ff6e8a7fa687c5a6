"""What a printed line is by its own words: ordered, named rules; the first that holds wins.

Rules that need a line's neighbours (is this short line a headline or a heading inside an article?) are not here but
in `boundaries`, where they are weighed against each other.
"""

import re

from transforms.blocks.authors import AUTHORS, COMMENTATOR_RULE, TEXT_AND_PICTURE_RULE
from transforms.blocks.furniture import FURNITURE
from transforms.blocks.page_foot import PAGE_FOOT
from transforms.blocks.web_credits import WEB_CREDITS
from transforms.pages.mastheads import read_masthead
from transforms.rules import Example, Rule
from transforms.text.characters import HAN, count_han

SPACES = "[ \u3000]*"
SHORT_PAPER = "(?:日|晚|晨|早|午|时|商|快|导|都市|青年|农民|工人|经济)报"  # as the paper calls itself: 晚报讯
PAPER = rf"[{HAN}]{{2,8}}(?:日报|晚报|晨报|早报|时报|商报|都市报|导报|快报|周报)"
ROLE = "(?:特约|特派|见习|实习|首席|全媒体|融媒体|驻地|摄影|学生|校园)*(?:记者|通讯员|实习生|特派员)"
AGENCY = f"(?:本报|新华社|中新社|中新网|人民网|新华网|央视网|{PAPER}|本网|本刊)"

COLOPHON_WORDS = re.compile(
    "本社地址|社址|邮编|邮政编码|广告经营许可证|广告(?:刊登|热线|发行|中心|部)|发行(?:服务|热线|部|中心)|印刷[:：]|承印|定价|零售价"
    "|上期开印|开印|印完|刊号|CN ?\\d\\d|邮发代号|编委会|报料热线|投稿邮箱|总编辑|月价|年价"
    "|订阅热线|本报地址|传真[:：]|印刷(?=[ \u3000])"
)
COLOPHON_COUNT = 2  # one such word may stand in a report
COLOPHON_SPACING = 60  # characters a word: a report that names two of them has more between
MAKERS = "值班编委|值班主任|值班总编|责任编辑|美术编辑|图片编辑|责编|编辑|版式|校对|美编|组版|检校"
EDITORS = re.compile(
    rf"^(?:[■□●▲]|本版|[一二三四五六七八九十\d]{{1,2}}版)?{SPACES}(?:组稿|责任?编辑?|(?:本版|美术|执行|首席|值班|文字|图片)?编辑|版式(?:设计)?|版面(?:设计)?|设计|绘图"
    rf"|插图|美编|校对|组版|制图|视觉|统筹|策划|(?:值班|执行)?(?:总编|主编)|值班(?:主任|编委)|总值班|审读|审核|签发|终审|监制)"
    rf"[ \u3000]*[:：/／][{HAN} \u3000、，:：／/]{{2,60}}"
    r"(?:(?<=[ \u3000])(?:电话|热线|邮箱|信箱|网址)[:：][^。]{1,60})?$"
    rf"|^(?:本版)?(?:{MAKERS})[ \u3000]+[{HAN}][ \u3000]?[{HAN}]{{1,2}}"
    rf"(?:[ \u3000]+(?:{MAKERS})[ \u3000]+[{HAN}][ \u3000]?[{HAN}]{{1,2}})*"
    r"(?:[ \u3000]+(?:电话|热线)[ \u3000]*[:：]?[ \u3000]*[\d-]+)?$"
)
CLOSING_CREDIT = re.compile(
    rf"^[（(]{SPACES}(?:(?:(?:本报|{PAPER}|本刊){SPACES})?{ROLE}[^（）()。]{{1,80}}"
    rf"|(?:本报|本刊)(?:特约)?评论员[{HAN} \u3000、]{{0,16}}"
    rf"|(?:责任编辑|责编|编辑|栏目主持)[ \u3000:：]+[{HAN} \u3000、]{{2,20}})[)）]$"
)
PHOTO_CREDIT = re.compile(
    rf"^(?:[（(▲▼◀▶])?{SPACES}(?:本版(?:图片|照片)|本组图片|图片|题图|上图|下图|左图|右图)?[^，。；：！？]{{0,40}}?[{HAN}）]"
    r"[ \u3000/／]*(?:摄影报道|摄影|摄)"
    rf"(?:[（(][^（）()]{{2,10}}[)）]|/[^，。]{{1,10}}|[ \u3000]+[{HAN}]{{2,6}}发)?[)）]?$"
    rf"|^[（(]?(?:资料图片|资料照片|图片来自网络|(?:本版|本组|文内)(?:图片|照片)均?由[^，。；：]{{2,24}}提供)[)）]?$"
)
SOURCE_CREDIT = re.compile(
    rf"(?:^|(?<=[。！？”）…])){SPACES}(?P<credit>[（(]?(?:受访者|受访单位|受访人|本人|主办方|活动方|警方|校方|院方|企业|景区|家属|资料"
    rf"|[{HAN}]{{2,12}}(?:局|委|部|办|会|中心|公司|集团|学院|大学|学校|中学|小学|医院|街道|社区|支队|大队|镇|乡|村|馆|所|站|社)"
    rf"|[{HAN}][ \u3000]?[{HAN}]{{1,2}}(?=[ \u3000])){SPACES}供图[)）]?)$"
)
# A name has one reading only (parted from the next by a mark or a space): with two, a list of n names has 2 ** n.
NAME = rf"(?!{ROLE})[{HAN}][{HAN}·]{{0,3}}(?=[ \u3000、，/]|(?:文[/／]图|文|图|摄影报道|报道|发自[{HAN}]{{2,8}})?$)"
BYLINE = re.compile(
    rf"^(?:(?:文[/／]图|图[/／]文)[ \u3000:：]+)?"
    rf"(?:[■□●▲◆◎◇]{SPACES}{AGENCY}?|{AGENCY}|(?={ROLE}[ \u3000])){SPACES}{ROLE}{SPACES}"
    r"(?!(?:手记|调查|观察|走访|探访|体验|帮办|追踪|暗访|连线|出击)$)"
    rf"(?=[{HAN}][ \u3000]*[{HAN}]){NAME}(?:[ \u3000、，/]+(?:{ROLE}{SPACES})?{NAME})*"
    rf"(?:{SPACES}(?:文[/／]图|文|图|摄影报道|报道|发自[{HAN}]{{2,8}}))?$"
)
OPENER = re.compile(
    rf"^(?:本报讯|本台讯|{PAPER}讯|{SHORT_PAPER}讯(?={SPACES}(?:[（(]|{ROLE}))|本报[{HAN}]{{2,6}}讯(?={SPACES}[（(])){SPACES}"
    rf"(?:[（(][^（）()]{{2,80}}[)）]|{ROLE}[ \u3000]*[{HAN}、 \u3000]{{2,40}}?报道(?:[:：]|[ \u3000]+))?"
    rf"|^[（(](?=(?:本报)?{ROLE})[^（）()]{{2,80}}[)）](?=.{{20}})"
)
# The agencies of which papers print most are known by name, another's report by its day, or by who is named behind it.
DATELINE = re.compile(
    rf"^(?:据|综合)?{AGENCY}(?:[{HAN}·、（）]{{0,16}}?)(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?{SPACES}(?:电|讯)"
    rf"(?=[ \u3000（(]|[{HAN}“]|\d)"
    rf"|^(?:据|综合)?[{HAN}]{{1,3}}社"
    rf"(?:[{HAN}·、]{{0,10}}?(?:\d{{1,2}}月)?\d{{1,2}}日{SPACES}电(?=[ \u3000（({HAN}“\d])|电(?={SPACES}[（(]))"
)
CONTENTS = re.compile(
    r"^(?:今日|本期|本版)?(?:导[ \u3000]*读|要[ \u3000]*目|看点|导航|提要|目[ \u3000]*录)$"
    r"|^(?:第?(?:\d{1,3}|[一二三四五六七八九十]{1,3})|[A-Z]\d{1,2})版[:：].{4,}"
    r"|^.{4,40}?(?:[.·…—]{2,}|[→▶►▲]|[（(]?(?:详)?[见刊]|[ \u3000])[ \u3000]*"
    r"第?[ \u3000]?[A-Z]?\d{1,2}[ \u3000]?版[)）]?$"
    r"|^[^，。]{4,40}[（(]第?(?:[A-Z]?\d{1,2}|[一二三四五六七八九十]{1,3})版[)）]$"
)
NOTICE = re.compile(
    r"(?:公[ \u3000]*告|通告|启事|声明|通知|公示|讣告|寻人|招聘|停水|停电|任免名单|任命名单|免职名单"
    r"|(?:义诊|停诊|招生|供求|便民|培训)信息)(?:[（(].*[)）])?$"
    r"|^(?:遗失声明|公告|启事)|^(?:更正|致歉)$"
)
ROUND_UP = re.compile(
    rf"^(?:[{HAN}]{{0,4}}(?:简讯|短讯|快讯|简报|速览|集纳|集锦)|(?<!^)回音|来信(?:摘编|摘登|选登|选编)|一句话新闻|一周要闻|简明新闻|微新闻|微阅读|新闻速递|微言|微语|网言网语|语录)$"
)
# Columns of a paper in which each article stands by itself, by the name that is set over its headline.
COLUMN_NAME = re.compile(
    "^(?:[短快时微锐热]评|短论|杂谈|社论|评论员文章|[今每]日谈|一家之言|编后(?:语|话|记)?|编辑(?:点评|手记)|读者来信|来信照登|读者之声|群众来信"
    "|(?:科学|生活|卫生|法律|安全)(?:常识|知识|小常识|小知识)|小(?:常识|知识|资料)|(?:长篇|小说|中篇|短篇)?连载|小小说|微型小说"
    "|随笔|散文|诗歌|杂文|小品|人物(?:小记|速写)|新闻(?:特写|故事|人物)|通讯|特写|速写)$"
)
SLOGAN_WORDS = (
    "新时代", "新征程", "新伟业", "新篇章", "新局面", "新形象", "奋进", "建功", "奋斗", "聚焦", "聚力", "守护",
    "打造", "深入", "学习", "贯彻", "落实", "践行", "弘扬", "传承", "创建", "全国", "文明城市", "文明", "城市",
    "国家级", "国家", "示范区", "卫生城市", "森林城市", "园林城市", "双拥模范城",
    "美丽", "宜居", "家园", "乡村", "乡村振兴", "振兴", "一流", "营商环境", "优化", "绿水青山", "党的", "二十大",
    "精神", "主题教育", "高质量", "发展", "创", "建", "全力", "拼", "经济", "奋战", "开门红", "争", "当", "先锋",
    "走在前列", "喜迎", "进行时", "在行动", "在路上", "凝心", "铸魂", "强", "促", "做", "共", "同", "心", "向",
    "党", "迈", "启", "谱", "写", "绘", "新", "伟业", "征程", "篇", "章", "的", "与", "和", "安全生产", "平安",
    "法治", "生态", "环保", "攻坚", "脱贫", "文化", "自信", "复兴", "中国梦", "共同富裕", "项目", "为王", "“",
    "”", "·", "，", "！",
)  # fmt: skip
SPECIAL_PAGE = re.compile("^[^，。：]{2,24}[·•][^，。：·•]{2,12}(?:特刊|专刊|专版)$")
SLOGAN_WORD = "|".join(sorted(map(re.escape, SLOGAN_WORDS), key=len, reverse=True))
SLOGAN = re.compile(rf"^(?:{SLOGAN_WORD}|[ \u3000])++$")
SHORTEST_SLOGAN, LONGEST_SLOGAN = 6, 32  # Han characters
LONGEST_SCRAP = 60  # characters of marks and digits
SHORTEST_UNIT = 2  # Han characters: a shorter line is a scrap of the scan, unless it closes a sentence


def is_colophon(string: str) -> bool:
    """Tell whether a line is the paper's imprint: addresses, telephones, price."""
    count = len(COLOPHON_WORDS.findall(string))
    return count >= COLOPHON_COUNT and count * COLOPHON_SPACING >= len(string) and not string.endswith("。")


def is_masthead(string: str) -> bool:
    """Tell whether a line is a masthead or a page mark; a day alone signs a notice."""
    masthead = read_masthead(string)
    return masthead is not None and bool(masthead.paper or masthead.page_label or masthead.weekday)


def is_scrap(string: str) -> bool:
    """Tell whether a line is too little to be text: marks, digits, one or two lone characters."""
    if len(string) > LONGEST_SCRAP:
        return False
    return count_han(string) < SHORTEST_UNIT and not re.search(
        r"[。！？”：…]|\w{4}|\d[HAN]".replace("HAN", HAN), string
    )


def is_slogan(string: str) -> bool:
    """Tell whether a line is a section banner: nothing but the words that campaigns are named with."""
    if len(string) > 2 * LONGEST_SLOGAN:
        return False
    return SHORTEST_SLOGAN <= count_han(string) <= LONGEST_SLOGAN and bool(SLOGAN.match(string))


def slogan_share(string: str) -> float:
    """Return the share of a line that is words that campaigns are named with, 0 to 1."""
    return sum(map(len, re.findall(SLOGAN_WORD, string))) / max(1, len("".join(string.split())))


RULES: tuple[Rule[str], ...] = (
    Rule(
        id="block.colophon",
        says="Two or more words of an imprint: address, postcode, licence, price.",
        verdict="colophon",
        test=is_colophon,
        examples=(
            Example(
                hit="本社地址：云溪路1号 邮编：460000 印刷：本社印刷厂", miss="这本书定价三十元，读者可以到书店购买。"
            ),
            Example(hit="广告热线：6120011 发行热线：6120022 月价45元", miss="邮编写错，一封家书走了三十天"),
        ),
    ),
    Rule(
        id="block.masthead",
        says="Only the paper's name, a date, a weekday, a page number or a page title.",
        verdict="masthead",
        test=is_masthead,
        examples=(
            Example(hit="澄溪日报 2023年7月6日 星期四 第2版", miss="2023年7月6日，澄溪日报社举行开放日活动。"),
            Example(hit="第3版：民生", miss="第3版诗集月底在各书店发行"),
        ),
    ),
    Rule(
        id="block.contents",
        says="A list of what stands on other pages: its head, or a line that ends in a page.",
        verdict="masthead",
        test=lambda s: bool(CONTENTS.match(s)),
        examples=(
            Example(hit="今日导读", miss="导读会走进山村小学"),
            Example(hit="十里海棠开了花……03版", miss="他把那张报纸的第3版剪下来收好"),
            Example(hit="▶老戏台上过新年 第4版", miss="详见第四版"),
            Example(hit="二版：一张饭桌的十年", miss="二版编辑说，稿件已经付印。"),
            Example(hit="▲老戏台上过新年 （四版）", miss="▲老戏台上过新年（四场）"),
        ),
    ),
    Rule(
        id="block.editors",
        says="The page's editors, layout, proof-readers or makers of its charts.",
        verdict="credit",
        test=lambda s: bool(EDITORS.match(s)),
        examples=(
            Example(hit="责编：何一舟 校对：林溪", miss="责任编辑说，稿件已经付印。"),
            Example(hit="■本版编辑：何一舟 版式：林溪", miss="设计：一座桥要算多少遍？"),
            Example(hit="责任编辑 何一舟 校对 林溪", miss="编辑 何一舟 一张报纸三十年"),
            Example(hit="本版编辑  何一舟  电话：6120011", miss="本版编辑  与读者面对面"),
            Example(hit="二版编辑：何一舟  组版：林溪", miss="二版编辑：稿件已经付印。"),
            Example(hit="值班总编：何一舟　责编/林溪　电话：0000-6120011", miss="总编辑说：一张报纸三十年。"),
        ),
    ),
    Rule(
        id="block.closing-credit",
        says="A bracket that holds nothing but the people who wrote the article above.",
        verdict="credit",
        test=lambda s: bool(CLOSING_CREDIT.match(s)),
        examples=(
            Example(hit="（本报记者 何一舟 通讯员 林溪）", miss="（本报记者何一舟采访时看到，大坝已经合龙。）"),
            Example(hit="(澄溪日报全媒体记者 何 一 实习生 林溪)", miss="（云岭区融媒体中心供稿）"),
            Example(hit="（责编 何一舟）", miss="（责编们都在看的一本书）"),
            Example(hit="（本报评论员）", miss="（本报评论员文章，见第2版）"),
        ),
    ),
    TEXT_AND_PICTURE_RULE,
    COMMENTATOR_RULE,
    Rule(
        id="block.photo-credit",
        says="Who took the picture.",
        verdict="credit",
        test=lambda s: len(s) <= 60 and bool(PHOTO_CREDIT.match(s)),  # noqa: PLR2004 - a credit is one line
        examples=(
            Example(hit="何一舟 摄", miss="全区举办首届摄影展，市民踊跃参加拍摄"),
            Example(hit="（本版图片由何一舟、林溪摄）", miss="照片：一座老桥的四季"),
            Example(hit="（何一舟 摄 新华社发）", miss="新华社发布最新一期指数"),
            Example(hit="本版图片由云岭区水利局提供", miss="本版图片由读者选出"),
        ),
    ),
    Rule(
        id="block.picture-source",
        says="Who gave the picture.",
        verdict="credit",
        test=lambda s: bool(SOURCE_CREDIT.search(s)),
        examples=(
            Example(hit="受访者供图", miss="读者踊跃为本报供图"),
            Example(hit="（云岭区水利局供图）", miss="云岭区水利局长期为本报供图。"),
        ),
    ),
    Rule(
        id="block.byline",
        says="A line of its own that names the reporter.",
        verdict="byline",
        test=lambda s: bool(BYLINE.match(s)),
        examples=(
            Example(hit="本报记者 何 一 通讯员 林溪", miss="记者节到来，区里慰问一线采编人员"),
            Example(hit="■澄溪日报记者 何一舟 林溪 文/图", miss="本报记者走进田间地头看春耕"),
            Example(hit="◎记者 何一舟 通讯员 林溪", miss="■ 记者调查"),
            Example(hit="文/图 本报记者 何一舟", miss="文/图 本报记者手记"),
            Example(hit="学生记者 何一舟 实习记者 林溪", miss="学生记者走进田间地头"),
            Example(hit="本报特派记者 何一舟 发自云岭", miss="本报记者发自内心的话"),
        ),
    ),
    *AUTHORS,
    *WEB_CREDITS,
    *FURNITURE,
    *PAGE_FOOT,
    Rule(
        id="block.scrap",
        says="Too little to be text.",
        verdict="scrap",
        test=is_scrap,
        examples=(
            Example(hit="刨", miss="开工啦！"),
            Example(hit="■ ■ 1 -", miss="好！"),
        ),
    ),
    Rule(
        id="block.special-page",
        says="What a page is made for, and behind a dot what it is: a special page.",
        verdict="banner",
        test=lambda s: bool(SPECIAL_PAGE.match(s)),
        examples=(
            Example(hit="服务基层 关注民生·春耕生产特刊", miss="本报今日推出春耕生产特刊"),
            Example(hit="共建美好家园·消防宣传专版", miss="水渠修好了·听老支书讲治水经"),
        ),
    ),
    Rule(
        id="block.slogan",
        says="A section banner: nothing but the words that campaigns are named with.",
        verdict="banner",
        test=is_slogan,
        examples=(
            Example(hit="新时代 新征程 新伟业", miss="新时代广场改造完工"),
            Example(hit="学习贯彻党的二十大精神", miss="党的二十大代表回乡宣讲"),
            Example(hit="创建国家级生态文明示范区", miss="云岭区创建国家级生态文明示范区"),
        ),
    ),
)
