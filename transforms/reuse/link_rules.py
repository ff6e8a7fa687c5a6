"""The rules that tell a copy from a look-alike, by the shape of their differences and never by one threshold.

OCR noise of 8 % leaves two copies less alike than two reports from one template are. The shares were set on
made families of duplicates with known damage, and on the re-posts of one news site.
"""

from dataclasses import dataclass
from typing import Literal

import polars as pl

from transforms.reuse import shape

Verdict = Literal["variant", "excerpt", "alike", "akin", "form", "apart"]
"""Links: variant, excerpt. Alike is no link, but enough beside links of others, and akin beside alike. A form was
filled in twice: what the two share is the form's wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkExample:
    """Two texts, and what is known of their prints beside the words."""

    a: str
    b: str
    day_gap: int | None = None
    """Days between the issues; null where a date is lost."""
    is_same_headline: bool | None = None
    is_renumbered: bool = False
    is_same_file: bool = False
    is_standing_kind: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """One rule of an ordered list: the first whose test holds wins, and its id goes into the link.

    `test` reads the columns of `weigh_pairs` and `add_context`. Of the examples the rule takes the `hit`
    and leaves the `miss` to another one.
    """

    id: str
    says: str
    verdict: Verdict
    test: pl.Expr
    hit: LinkExample
    miss: LinkExample


BRIDGE = (
    "青石河大桥昨日上午合龙，比原定工期提早了二十天。大桥全长860米，双向六车道，总投资2.4亿元，由市交通局组织建设。"
    "负责施工的第三工程处从去年秋天进场，职工们冒着严寒浇筑了全部桥墩。通车以后，河东十几个村子的菜农进城卖菜，"
    "再不用绕行三十里山路。老菜农孙德茂站在桥头说，盼了半辈子的桥总算看见了。"
    "市交通局负责人介绍，桥面铺装和灯光安装将在雨季到来以前做完，届时还要开通两条公交线路。"
)
OUTAGE = (
    "因线路检修，定于3月6日7时至18时对柳林路以北地段、纺织巷两侧商户、东关小区三号楼停电，请有关用户提前做好准备。"
    "检修结束即恢复送电，不再另行通知，请勿私自接电。给您带来不便，敬请谅解。"
)
QUARTER = (
    "据县统计局消息，今年一季度全县完成工业总产值31.7亿元，同比增长8.2%；粮食播种面积46万亩，与上年持平；"
    "社会消费品零售额12.9亿元，增长6.5%；城镇居民人均可支配收入7150元，各项指标都比年初预想的好。"
)
FAIR = "城北庙会昨日开锣，四方乡亲赶来看戏、买年货，戏台下挤得水泄不通，糖画摊前排起长队，孩子们举着风车满街跑。"
MISREAD = str.maketrans(
    "昨原全宽投局负第秋职寒筑部菜再绕路站半总负绍铺光届条", "咋愿金宪没局贞笫秌耹塞巩陪莱冉饶跻沾伴怠贞诏辅兂屈杂"
)

IS_EDITION = shape.IS_VERSION & (
    (shape.share("anchored_chars", "shorter_chars") >= shape.MOST) | (shape.IS_EDITED & ~shape.IS_NOISY)
)

LINK_RULES: tuple[LinkRule, ...] = (
    LinkRule(
        id="reuse.other-occasion",
        says="Far apart in time, in one file, or a notice or a caption, and what differs is no editor's work.",
        verdict="form",
        test=shape.IS_ONE_FORM & shape.IS_LATER & shape.IS_OTHER & shape.IS_FILLED_IN,
        hit=LinkExample(a=BRIDGE, b=BRIDGE.replace("第三工程", "第四工程"), day_gap=400),
        miss=LinkExample(a=BRIDGE, b=BRIDGE.replace("第三工程", "第四工程"), day_gap=1),
    ),
    LinkRule(
        id="reuse.template",
        says="What differs is no editor's work: other numbers and names in the slots of one template.",
        verdict="form",
        test=shape.IS_ONE_FORM & shape.IS_OTHER & shape.IS_FILLED_IN,
        hit=LinkExample(
            a=QUARTER,
            b=QUARTER.replace("一季", "二季").replace("31.7", "44.2").replace("7150", "6986"),
        ),
        miss=LinkExample(a=BRIDGE, b=BRIDGE.replace("市交通局", "市公路段")),
    ),
    LinkRule(
        id="reuse.edited-later",
        says="As below, with other words or numbers, and maybe not in one week: both may fill in a form with others.",
        verdict="variant",
        test=IS_EDITION & ~shape.IS_UNCHANGED & ~shape.IS_NOISE & ~shape.IS_OF_ONE_WEEK,
        hit=LinkExample(a=BRIDGE, b=BRIDGE.replace("职工们冒着严寒", "工人冒雪")),
        miss=LinkExample(a=BRIDGE, b=BRIDGE.replace("职工们冒着严寒", "工人冒雪"), day_gap=6),
    ),
    LinkRule(
        id="reuse.edited",
        says="Nearly all of one text stands in the other, word for word, and fills most of it.",
        verdict="variant",
        test=IS_EDITION,
        hit=LinkExample(a=BRIDGE, b=BRIDGE.replace("职工们冒着严寒", "工人冒雪"), day_gap=1),
        miss=LinkExample(a=BRIDGE, b=BRIDGE[:90]),
    ),
    LinkRule(
        id="reuse.noisy",
        says="The texts align from end to end, and single misread characters are scattered over them.",
        verdict="variant",
        test=shape.IS_VERSION & shape.IS_NOISY,
        hit=LinkExample(a=BRIDGE, b=BRIDGE.translate(MISREAD)),
        miss=LinkExample(a=BRIDGE, b=QUARTER),
    ),
    LinkRule(
        id="reuse.cut",
        says="A short text with lines left out, or any one cut in several places: the rest is word for word the same.",
        verdict="variant",
        test=~shape.IS_DOUBTFUL
        & (shape.IS_UNCHANGED | (shape.IS_EDITED & shape.IS_BROKEN))
        & shape.IS_NO_BLURB
        & ((pl.col("longer_chars") <= shape.CUT_CHARS) | shape.IS_IN_PIECES)
        & (shape.ALIGNED_OF_LONGER >= shape.HALF)
        & (shape.ALIGNED_OF_SHORTER >= shape.MOST),
        hit=LinkExample(a=BRIDGE, b=BRIDGE[:110]),
        miss=LinkExample(a=BRIDGE, b=BRIDGE[:110], day_gap=90),
    ),
    LinkRule(
        id="reuse.new-front",
        says="A short text with a headline and a date line of its own, and lines left out: the rest is the same.",
        verdict="variant",
        test=~shape.IS_DOUBTFUL
        & shape.IS_SAME
        & (pl.col("longer_chars") <= shape.SHORT_CHARS)
        & (shape.UNALIGNED_OF_SHORTER <= shape.FRONT_CHARS)
        & (shape.ALIGNED >= shape.EXCERPT_CHARS)
        & shape.IS_NO_BLURB
        & shape.IS_BEHIND_A_FRONT
        & (shape.ALIGNED_OF_SHORTER >= shape.AKIN_OF_SHORTER)
        & (shape.LARGE * pl.col("longer_chars") <= shape.ALIGNED + shape.FRONT),
        hit=LinkExample(a=BRIDGE, b=FAIR[:40] + BRIDGE[:90]),
        miss=LinkExample(a=BRIDGE, b=FAIR + BRIDGE[:40]),
    ),
    LinkRule(
        id="reuse.excerpt",
        says="One piece of 80 characters and more, nine tenths of the shorter text, out of a much longer one.",
        verdict="excerpt",
        test=(pl.col("passage_chars") >= shape.EXCERPT_CHARS)
        & (shape.share("passage_chars", "shorter_chars") >= shape.NEARLY_ALL)
        & (shape.share("shorter_chars", "longer_chars") <= shape.MUCH_SHORTER)
        & (pl.col("rare_count") > 0),
        hit=LinkExample(a=BRIDGE + FAIR + QUARTER, b=BRIDGE[20:120]),
        miss=LinkExample(a=BRIDGE, b=BRIDGE[20:80]),
    ),
    LinkRule(
        id="reuse.brief",
        says="A text stands in a longer one of one month, in several pieces and edited: what a desk left of it.",
        verdict="excerpt",
        test=shape.IS_SAME
        & shape.IS_OF_ONE_MONTH
        & (shape.ALIGNED >= shape.BRIEF_CHARS)
        & (shape.IS_UNCHANGED | (shape.ALIGNED >= shape.TELLING_CHARS))
        & (shape.ALIGNED_OF_SHORTER >= shape.MOST)
        & (shape.share("anchored_chars", "shorter_chars") >= shape.ALIKE_OF_SHORTER)
        & (shape.share("shorter_chars", "longer_chars") <= shape.MUCH_SHORTER)
        & (pl.col("few_count") > 0),
        hit=LinkExample(a=BRIDGE + FAIR + QUARTER, b=BRIDGE[:80] + QUARTER[30:]),
        miss=LinkExample(a=BRIDGE + FAIR + QUARTER, b=BRIDGE[:80] + QUARTER[30:], day_gap=40),
    ),
    LinkRule(
        id="reuse.alike",
        says="Most of the shorter text is aligned, and a third of the longer one: both may be cut or damaged copies.",
        verdict="alike",
        test=(shape.ALIGNED_OF_SHORTER >= shape.ALIKE_OF_SHORTER) & (shape.ALIGNED_OF_LONGER >= shape.ALIKE_OF_LONGER),
        hit=LinkExample(a=BRIDGE, b=BRIDGE[60:130] + FAIR[:22]),
        miss=LinkExample(a=BRIDGE, b=FAIR + QUARTER),
    ),
    LinkRule(
        id="reuse.akin",
        says="Half of the shorter text is aligned: a cut copy and a damaged one, where a third print is close to both.",
        verdict="akin",
        test=shape.ALIGNED_OF_SHORTER >= shape.AKIN_OF_SHORTER,
        hit=LinkExample(a=BRIDGE, b=BRIDGE[40:130] + FAIR + QUARTER[:25]),
        miss=LinkExample(a=BRIDGE, b=FAIR + QUARTER),
    ),
)
