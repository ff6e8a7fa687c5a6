"""What stands on a page beside its articles: sections, ways to reach the paper, links of its web copy, adverts."""

import re

from transforms.pages.mastheads import SECTIONS
from transforms.rules import Example, Rule
from transforms.text.characters import HAN

SECTION = re.compile(rf"(?:{'|'.join(SECTIONS)})+")
LONGEST_SECTION = 6  # characters
CONTACT = re.compile(
    "^(?:投稿|电子|读者|来稿|来信|本版|本报|编辑部|报料|新闻|专刊|副刊|联系)*+(?:邮箱|信箱|热线|微信|QQ群?|E-?mail|网址|(?<=投稿)|请寄)"
    "(?:[ \u3000]*[:：][ \u3000]*\\S|[ \u3000]+\\d[\\d-]{4,12}$)"
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+|https?://|www\.|\d{3,4}-\d{5,8}|[:： \u3000]\d{5,8}$|邮编")
LONGEST_CONTACT = 60  # characters
LINKS = (
    *("首页", "电子报", "数字报", "上一版", "下一版", "上一篇", "下一篇", "上一期", "下一期", "放大", "缩小", "默认"),
    *("版面导航", "标题导航", "版面概览", "往期回顾", "往期", "返回", "返回首页", "返回目录", "打印", "关闭", "收藏"),
    *("分享", "字号", "大", "中", "小", "朗读", "下载", "PDF版", "收藏本文", "打印本页", "复制链接", "全文复制"),
)  # fmt: skip
LINK_ROW = re.compile(rf"^(?:[\[【]?(?:{'|'.join(sorted(LINKS, key=len, reverse=True))})[\]】]?[ \u3000|/·:：]*)++$")
MARKDOWN_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
NEIGHBOUR = re.compile(r"^[上下]一(?:篇|版|页|条)[ \u3000]*[:：].+")
PATH = re.compile(r"^[^>›»。]{1,20}(?:[ \u3000]*[>›»][ \u3000]*[^>›»。]{1,20}){2,}$")
WEB_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
FEWEST_LINKS = 2  # one such word alone may be a headline
RIGHTS = re.compile(
    "版权所有|仅(?:代表|为)作者(?:个人|本人)|未经.{0,8}不得(?:转载|复制|使用)|(?:不|并不|均不)代表(?:本报|本刊|本网).{0,4}(?:立场|观点)|谢绝转载|文责自负"
)
LONGEST_RIGHTS = 50  # characters
OFFER = re.compile(
    "面议|招租|出租|转让|出售|高价回收|上门回收|免费试(?:戴|用|听|吃|驾)|免费上门|送货上门|上门安装|诚聘|诚招|诚邀加盟|欲购从速"
)
NUMBER = r"\d{3,4}-\d{6,8}|1\d{2}[\d*]{8}"  # of a telephone, of which adverts may hide a part
CALL = re.compile(rf"(?:电话|热线|手机|微信|地址|咨询)[ \u3000]*[:：]|{NUMBER}")
PHRASES = re.compile("^[^，。；！？：:]+[ \u3000][^，。；！？：:]+$")
REPORTED = re.compile(rf"记者|本报|据|公告|公示|\d月\d|[{HAN}]说|”")
LONGEST_ADVERT = 100  # characters
WEATHER = re.compile(
    r"^(?:今日|今天|今明|本市|市区|城区|我市|我县|全市)*(?:天气|气象)(?:预报)?"
    r"(?:[:：]|[ \u3000]+(?=[^。]*℃))(?=[^。]*\d)[^。]{2,80}$"
)
IMAGE = re.compile(r"^!\[[^\[\]]*\]\([^()\s]*\)$")
LATIN_NAME = re.compile(r"^[A-Z][A-Z .'&·-]{6,50}$")
CONTINUED = re.compile(
    "(?:[（(][ \u3000]*(?:下转|上接|紧接|下接|转|接)[ \u3000]*+第?[ \u3000]*+[A-Z]?"
    "(?:\\d{1,3}|[一二三四五六七八九十]{1,3})[ \u3000]*版[^（）()。]{0,8}[)）]"
    "|[（(](?:未完)?待续[)）]|[（(]完[)）])"
)

CONTINUED_FROM_ID = "block.continued-from"
LAST_WORDS = re.compile("^[（(][ \u3000]*(?:下转|转|未完|待续|完)")


def ends_article(string: str) -> bool:
    """Tell whether a line says that an article ends, or goes on on another page: what stands below is another's."""
    return bool(CONTINUED.fullmatch(string) and LAST_WORDS.match(string))


def is_contact(string: str) -> bool:
    """Tell whether a line says how to reach the paper, and nothing else."""
    return len(string) <= LONGEST_CONTACT and bool(CONTACT.match(string)) and bool(ADDRESS.search(string))


def is_links(string: str) -> bool:
    """Tell whether a line is a row of links of a web copy, a path to its page, or the name of the next one."""
    if len(MARKDOWN_LINK.sub(r"\1", string)) > LONGEST_CONTACT:
        return False
    if NEIGHBOUR.match(string) or PATH.match(string) or WEB_ADDRESS.match(string):
        return True
    string = MARKDOWN_LINK.sub(r"\1", string)
    return bool(LINK_ROW.match(string)) and len(re.split("[ \u3000|/·]+", string.strip())) >= FEWEST_LINKS


def is_advert(string: str) -> bool:
    """Tell whether a line offers something, or is but phrases, and says where to call."""
    if len(string) > LONGEST_ADVERT or REPORTED.search(string):
        return False
    has_number = bool(PHRASES.match(string) and re.search(NUMBER, string))
    return has_number or bool(OFFER.search(string) and CALL.search(string))


FURNITURE: tuple[Rule[str], ...] = (
    Rule(
        id="block.contact",
        says="How to reach the paper: the address of its letters page, its hot line.",
        verdict="colophon",
        test=is_contact,
        examples=(
            Example(hit="投稿邮箱：pinglun@chengxi.example", miss="报名邮箱：lingxi@chengxi.example，截止3月10日"),
            Example(hit="信箱：澄溪市云溪路1号 邮编：000000", miss="信箱：一位老人与邮递员的二十年"),
        ),
    ),
    Rule(
        id="block.links",
        says="Links of the paper's web copy: a path to the page, the page before and the next.",
        verdict="masthead",
        test=is_links,
        examples=(
            Example(hit="上一版　下一版", miss="上一版的遗憾"),
            Example(hit="首页 > 数字报 > 澄溪日报 > 民生", miss="水渠修到地头 > 2版"),
            Example(hit="[上一版](1.htm) [返回目录](index.htm)", miss="[上一版](1.htm)的水渠修到了地头"),
            Example(hit="下一篇：一渠春水润麦苗", miss="下一篇文章，我们说说水渠"),
        ),
    ),
    Rule(
        id="block.rights",
        says="Whose the texts are, and whose opinion.",
        verdict="colophon",
        test=lambda s: len(s) <= LONGEST_RIGHTS and bool(RIGHTS.search(s)) and not s.endswith("。"),
        examples=(
            Example(hit="版权所有 未经书面授权不得转载", miss="法院认定，该公司未经许可不得转载的条款有效。"),
            Example(hit="来稿文责自负", miss="来稿照登"),
        ),
    ),
    Rule(
        id="block.advert",
        says="A small advert: something offered, and where to call.",
        verdict="scrap",
        test=is_advert,
        examples=(
            Example(hit="云溪路临街门面出租，价格面议。电话：0000-6120011", miss="云溪路门面出租价格连降三月"),
            Example(hit="管道疏通 随叫随到 138****0011", miss="云溪路管道疏通 三天解决十年难题"),
            Example(
                hit="助听器免费试戴 送货上门 地址：云溪路7号",
                miss="社区免费试戴助听器活动3月1日开始，地址：云溪路7号。",
            ),
        ),
    ),
    Rule(
        id="block.weather",
        says="The day's weather, in the paper's head.",
        verdict="masthead",
        test=lambda s: bool(WEATHER.match(s)),
        examples=(
            Example(hit="今日天气：多云转晴　偏北风2～3级　最高温度17℃", miss="天气：农人最早读懂的一本书"),
            Example(hit="城区天气预报：小雨，6℃到11℃", miss="今日天气：最高气温17℃，适合晾晒。"),
            Example(hit="今日天气　多云转晴　12℃～24℃", miss="今日天气　与往年大不相同"),
        ),
    ),
    Rule(
        id="block.image",
        says="Where a picture stands on a page that was converted to markdown.",
        verdict="scrap",
        test=lambda s: bool(IMAGE.match(s)),
        examples=(
            Example(hit="![](img/03.jpg)", miss="![春水漫进麦田。](img/03.jpg)渠修到了地头。"),
            Example(hit="![云岭水库](03.png)", miss="好![云岭水库]"),
        ),
    ),
    Rule(
        id="block.latin-name",
        says="The paper's name in Latin capitals.",
        verdict="masthead",
        test=lambda s: bool(LATIN_NAME.match(s)),
        examples=(
            Example(hit="CHENGXI RIBAO", miss="CHENGXI一词从何而来"),
            Example(hit="YUNLING COUNTY DAILY", miss="Yunling is a county."),
        ),
    ),
    Rule(
        id="block.continued",
        says="On which other page an article goes on; or that it ends.",
        verdict="masthead",
        test=ends_article,
        examples=(
            Example(hit="（下转第3版）", miss="（相关报道见第3版）"),
            Example(hit="（未完待续）", miss="（未完的水渠）"),
            Example(hit="（完）", miss="（完工）"),
        ),
    ),
    Rule(
        id=CONTINUED_FROM_ID,
        says="On which other page the text below it begins.",
        verdict="masthead",
        test=lambda s: bool(CONTINUED.fullmatch(s)) and not ends_article(s),
        examples=(
            Example(hit="（上接第一版）", miss="（上接水库，下通麦田）"),
            Example(hit="（紧接第3版）", miss="（下转第3版）"),
        ),
    ),
    Rule(
        id="block.section",
        says="A section of the paper by its name alone.",
        verdict="banner",
        test=lambda s: len(s) <= LONGEST_SECTION and bool(SECTION.fullmatch(s)),
        examples=(
            Example(hit="财经", miss="财经纪律"),
            Example(hit="综合新闻", miss="综合治理"),
        ),
    ),
)
