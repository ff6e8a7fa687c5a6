"""What stands at the foot of a page, or in a box of its own: how to reach the paper, follow it, write to it."""

import re

from transforms.rules import Example, Rule
from transforms.text.characters import HAN

LONGEST = 80  # characters
QUOTE = re.compile("^[>＞][ \u3000]*")  # of a page that was converted to markdown
PAGE_COUNT = re.compile("^第[ \u3000]*\\d{1,3}[ \u3000]*页[ \u3000，,/／]*(?:共[ \u3000]*\\d{1,3}[ \u3000]*页)?$")
FOLLOW = re.compile(
    "^(?=.*(?:观看|关注|下载|更多|阅读|订阅|加入|进入))(?:扫一扫|扫描|扫码|扫下方|微信扫|长按|欢迎关注|更多(?:资讯|新闻|精彩|内容)).{0,40}"
    "(?:二维码|微信|公众号|客户端|视频号|微博|短视频|APP|App|https?://)"
)
TIPS = re.compile("^(?:有奖线索|新闻线索|线索征集|报料有奖)[ \u3000]*[:：].*(?:奖励|有奖|酬|元)")
COUNSEL = re.compile("^(?:本报|本社|本刊)(?:常年|特聘)*法律顾问[ \u3000]*[:：]")
ADVERTISERS = re.compile(r"^(?:刊登|办理|登|发布)[^。，]{0,4}(?:广告|声明|启事)(?=[^。]*\d{5})")
SENDERS = re.compile(
    "^(?:来稿|投稿|作者)(?:请|须|一律|时请)[^。]*(?:姓名|地址|账号|电话|自留|不退|未见刊)[^。]*$"
    "|^[^。]*(?:未见刊|未刊登)[^。]*自行处理[^。]*$"
)
DISCLAIMER = re.compile("(?:本报|本刊|本栏目?|本版)[^。]{0,40}(?:不承担|不负)[^。]{0,8}责任")
# A row of fields, each a word and what it says; those of the paper itself are told from those of a notice by one word.
FIELD = re.compile(
    rf"^[{HAN}\d]{{0,8}}(?:热线|电话|邮箱|信箱|QQ群?|微信|传真|网址|邮编|代号|地址|总机|广告|发行|印刷|印数|平台|客户端|微博|公众号"
    rf"|编辑|主编|责编|美编|校对|版式|总编辑?)[ \u3000]*[:：]?[ \u3000]*\S"
)
OWN = re.compile(
    "本报|本社|本刊|本版|社址|投稿|订阅|订报|报料|爆料|新闻热线|(?:广告|发行|农技|记者|帮办)(?:热线|电话)|^广告|邮发代号|零售价|印数|短信平台"
    "|(?:主编|责编|编辑|校对)[ \u3000]*[:：]|^(?:24小时)?[^客服报名咨询举监督订票预约救援业务]{0,4}热线"
)
GAPS = re.compile("[ \u3000]{1,}(?=[^ \u3000]*[:：])|[ \u3000]{2,}")
VALUE = re.compile(r"\d{3}|@|www\.")


def is_row_of_fields(string: str) -> bool:
    """Tell whether a line is a row of fields that say how to reach the paper, or who made the page."""
    fields = [field for field in GAPS.split(string.strip(" \u3000|【】")) if field]
    if len(string) > LONGEST or string.endswith("。") or not VALUE.search(string):
        return False
    return bool(OWN.search(string)) and len(fields) > 1 and all(map(FIELD.match, fields))


def _says(pattern: re.Pattern[str], string: str) -> bool:
    bare = QUOTE.sub("", string)
    return len(bare) <= LONGEST and not bare.endswith("。") and bool(pattern.search(bare))


PAGE_FOOT: tuple[Rule[str], ...] = (
    Rule(
        id="block.page-count",
        says="The page's number and how many there are, as programs print it.",
        verdict="masthead",
        test=lambda s: bool(PAGE_COUNT.match(s)),
        examples=(
            Example(hit="第 5 页 共 8 页", miss="第5页的水渠图纸"),
            Example(hit="第3页", miss="第3页共8处改动"),
        ),
    ),
    Rule(
        id="block.follow",
        says="Where to follow the paper: what to scan, to load, to subscribe to.",
        verdict="colophon",
        test=lambda s: _says(FOLLOW, s),
        examples=(
            Example(hit="扫一扫　关注“澄溪日报”官方微信", miss="扫一扫就能浇地，麦坡镇水渠装上智能水表"),
            Example(hit="> 扫描二维码，观看更多精彩短视频", miss="关注水渠：麦坡镇修渠到地头"),
            Example(hit="更多资讯请下载“澄溪”客户端", miss="扫描二维码点餐　老人犯了难"),
        ),
    ),
    Rule(
        id="block.for-readers",
        says="What the paper asks of who writes to it, pays for, and whom it lets answer for it.",
        verdict="colophon",
        test=lambda s: any(_says(pattern, s) for pattern in (TIPS, COUNSEL, SENDERS, ADVERTISERS)) or _disclaims(s),
        examples=(
            Example(hit="有奖线索：一经采用，奖励50元至300元", miss="新闻线索：一条水渠牵出的往事"),
            Example(hit="本报常年法律顾问：澄溪律师事务所　何律师", miss="本报法律顾问何律师说，合同有效。"),
            Example(hit="刊登分类广告　请拨6120011　每行20元", miss="刊登虚假广告　一家诊所被罚"),
            Example(hit="来稿请注明姓名、地址，三个月未见刊可自行处理", miss="来稿请注明拍摄时间和地点，截止3月10日。"),
            Example(
                hit="声明：本栏目信息由客户提供，本报不承担连带责任。",
                miss="法院认定，该公司不承担连带责任，本报将继续关注。",
            ),
        ),
    ),
    Rule(
        id="block.own-fields",
        says="A row of fields that say how to reach the paper, or who made the page.",
        verdict="colophon",
        test=is_row_of_fields,
        examples=(
            Example(
                hit="评论版投稿邮箱：pinglun@chengxi.example　　主编：何一舟　　编辑：林溪",
                miss="联系人：何一舟　联系电话：0000-6120011",
            ),
            Example(hit="农技热线：6120011　短信平台：10650001", miss="咨询热线：6120011　报名地址：云溪路1号"),
            Example(hit="本报热线 96100　QQ:80010001", miss="本报热线接到市民来电 96100人次"),
        ),
    ),
)


def _disclaims(string: str) -> bool:
    return (
        len(string) <= LONGEST
        and bool(DISCLAIMER.search(string))
        and bool(re.match("^(?:声明|特别|本报|本刊|本栏|本版)", string))
    )
