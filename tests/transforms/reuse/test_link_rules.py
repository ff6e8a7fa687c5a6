from datetime import date, timedelta

import polars as pl
import pytest

from transforms.reuse.candidates import CANDIDATES
from transforms.reuse.decide import UNRELATED
from transforms.reuse.link_rules import BRIDGE, FAIR, LINK_RULES, OUTAGE, QUARTER, LinkExample, LinkRule
from transforms.reuse.links import judge_pairs
from transforms.reuse.normal import drop_numbers, hash_texts, normalise_texts
from transforms.reuse.prints import DATES, Texts

PAIR = pl.DataFrame([(0, 1, 3, 3, 3)], schema=CANDIDATES, orient="row")


def decide_example(example: LinkExample, pair: pl.DataFrame = PAIR) -> tuple[str, str]:
    """Judge the example's two texts, printed as it says, as the candidates `pair`."""
    day = date(2020, 3, 1)
    days = [None, None] if example.day_gap is None else [day, day + timedelta(example.day_gap)]
    headlines = {None: ["", ""], True: ["大桥昨日顺利合龙通车"] * 2, False: ["大桥昨日合龙", "农贸市场开张"]}
    chosen = (
        ["第三次代表大会开幕", "第四次代表大会开幕"] if example.is_renumbered else headlines[example.is_same_headline]
    )
    codes = normalise_texts(pl.Series(chosen)).texts
    facts = pl.DataFrame(
        {
            **dict.fromkeys(DATES, days),
            "headline_hash": hash_texts(codes)[0],
            "headline_chars": codes.lengths,
            "wording_hash": hash_texts(drop_numbers(codes))[0],
            "file_id": ["a", "a" if example.is_same_file else "b"],
            "kind": ["notice"] * 2 if example.is_standing_kind else ["news"] * 2,
        },
        schema_overrides=dict.fromkeys(DATES, pl.Date),
    )
    bodies = normalise_texts(pl.Series([example.a, example.b])).texts
    texts = Texts(bodies, facts.with_columns(hash_a=pl.Series(hash_texts(bodies)[0])))
    return judge_pairs(pair, texts).links.select("rule_id", "verdict").row(0)


@pytest.mark.parametrize("rule", LINK_RULES, ids=lambda rule: rule.id)
def test_a_rule_wins_its_hit_in_the_full_list(rule: LinkRule) -> None:
    assert decide_example(rule.hit) == (rule.id, rule.verdict)


@pytest.mark.parametrize("rule", LINK_RULES, ids=lambda rule: rule.id)
def test_a_rule_leaves_its_miss(rule: LinkRule) -> None:
    assert decide_example(rule.miss)[0] != rule.id


def test_what_no_rule_takes_is_unrelated() -> None:
    texts = LINK_RULES[0].hit.a, LINK_RULES[1].hit.a
    assert decide_example(LinkExample(a=texts[0], b=texts[1])) == (UNRELATED, "apart")


QUAKE = (
    "据地震台网测定，今天13时52分，石坪县（北纬27.3度，东经103.4度）发生5.8级地震，震源深度9公里。"
    "截至15时，地震已造成3人死亡、41人受伤，倒塌房屋620间，县城部分路段停电，通往龙头山的公路多处塌方。"
    "省地震局派出38人的工作队赶赴震区，消防和武警官兵260人进入受灾最重的三个乡镇搜救，首批帐篷正在运往途中。"
    "震区多为山区，房屋以土木结构为主，抗震能力差。县长在现场说，先救人，再修路，今夜要让每户人家都有热饭吃，有地方睡。"
)
LATER = QUAKE.replace("15时", "21时").replace("3人", "11人").replace("620间", "2340间")
NOTE = "本报今日重刊旧文一篇，作者已于去年春天去世，谨以此纪念他为本报写作的三十个年头。"
ESSAY = BRIDGE.replace("860米", "很长").replace("2.4亿元", "不少").replace("三十里", "许多").replace("二十天", "不少天")

FORMAL = OUTAGE[OUTAGE.index("检修结束") :]
SCANNED = OUTAGE.translate(str.maketrans("线地两号备结恢知敬", "钱他俩亏奋给灰如敏"))
ROADS = (
    "自{}起，对{}路段采取临时交通管制，禁止一切机动车通行，途经该路段的{}路公共汽车改道绕行，"
    "请过往车辆按照交通标志指示行驶，服从交通民警指挥。"
)


@pytest.mark.parametrize(
    ("example", "rule_id"),
    [
        pytest.param(
            LinkExample(a=QUAKE, b=LATER, day_gap=0, is_same_headline=False), "reuse.edited", id="brought up to date"
        ),
        pytest.param(
            LinkExample(a=QUAKE, b=LATER, day_gap=9, is_same_headline=False), "reuse.other-occasion", id="late"
        ),
        pytest.param(
            LinkExample(a=QUAKE, b=LATER.replace("今天13时52分", "今天20时07分").replace("5.8", "4.6"), day_gap=0),
            "reuse.template",
            id="another quake",
        ),
        pytest.param(
            LinkExample(a=QUAKE, b="新华社石坪6月4日电" + QUAKE[5:], day_gap=0, is_renumbered=True),
            "reuse.edited",
            id="the headline counts in other figures",
        ),
        pytest.param(LinkExample(a=BRIDGE, b=NOTE + BRIDGE, day_gap=4000), "reuse.edited", id="with an introduction"),
        pytest.param(LinkExample(a=QUAKE, b=QUAKE[:60] + QUAKE[88:], day_gap=20), "reuse.edited", id="cut by a digest"),
        pytest.param(
            LinkExample(a=QUAKE + BRIDGE, b=QUAKE[:120] + BRIDGE, day_gap=400),
            "reuse.edited",
            id="a quarter cut, years later",
        ),
        pytest.param(
            LinkExample(a=QUAKE + BRIDGE, b=QUAKE[:60] + BRIDGE[:120], day_gap=400),
            "reuse.alike",
            id="half of it cut, years later",
        ),
        pytest.param(
            LinkExample(a=QUAKE, b="城北消息" + QUAKE[1:], day_gap=400),
            "reuse.edited-later",
            id="other words in front, and all numbers",
        ),
        pytest.param(
            LinkExample(a=ESSAY, b="城北消息" + ESSAY[3:], day_gap=400),
            "reuse.other-occasion",
            id="other words in front, and hardly a number",
        ),
        pytest.param(
            LinkExample(a=QUAKE * 2 + BRIDGE, b=QUAKE * 2 + BRIDGE.replace("职工们冒着严寒", "工人冒雪"), day_gap=400),
            "reuse.edited-later",
            id="long, with all its numbers",
        ),
        pytest.param(
            LinkExample(a=OUTAGE, b=OUTAGE.replace("检修", "施工", 1), day_gap=1), "reuse.edited", id="brief, one word"
        ),
        pytest.param(
            LinkExample(a=OUTAGE, b=OUTAGE.replace("东关小区", "化工小区", 1), day_gap=30),
            "reuse.other-occasion",
            id="the same in another month",
        ),
        pytest.param(
            LinkExample(a=OUTAGE, b=OUTAGE.replace("柳林路", "解放街").replace("6日", "9日"), day_gap=1),
            "reuse.template",
            id="another road on another day",
        ),
        pytest.param(
            LinkExample(a="2017年" + QUARTER * 2, b="编者按今日转发供各位读者参考2016年" + QUARTER * 2, day_gap=400),
            "reuse.other-occasion",
            id="another year behind a note",
        ),
        pytest.param(
            LinkExample(a="2017年" + QUARTER * 2, b="编者按今日转发供各位读者参考2017年" + QUARTER * 2, day_gap=400),
            "reuse.edited",
            id="the same year behind a note",
        ),
        pytest.param(
            LinkExample(a=ESSAY, b="城北在线消息" + ESSAY.replace("孙德茂", "周广田"), day_gap=400),
            "reuse.other-occasion",
            id="a note is no noise that hides a name",
        ),
        pytest.param(
            LinkExample(
                a=OUTAGE + "2021年3月5日甲村", b=OUTAGE + "2018年4月17日乙庄", day_gap=1, is_same_headline=True
            ),
            "reuse.template",
            id="numbers, and a word behind them",
        ),
        pytest.param(
            LinkExample(a=QUAKE + FAIR * 4, b=QUAKE + FAIR * 4 + "都说好", day_gap=20), "reuse.edited", id="longer"
        ),
        pytest.param(
            LinkExample(a=QUAKE + FAIR * 4, b=QUAKE.replace("县长", "书记") + FAIR * 4, day_gap=20),
            "reuse.edited-later",
            id="a report with its numbers, within a month",
        ),
        pytest.param(
            LinkExample(
                a=QUAKE + FORMAL * 2,
                b=QUAKE.replace("石坪县", "云坪县").replace("龙头山", "牛角岭").replace("县长", "书记") + FORMAL * 2,
                day_gap=400,
            ),
            "reuse.other-occasion",
            id="other names in it, and a year later",
        ),
        pytest.param(
            LinkExample(a=FAIR * 2 + BRIDGE, b=FAIR * 2 + QUARTER[:50], day_gap=7), "reuse.akin", id="a blurb in front"
        ),
        pytest.param(
            LinkExample(a=OUTAGE[:100] + QUAKE, b=FAIR * 2 + QUAKE.replace("县长", "书记"), day_gap=1),
            "reuse.edited",
            id="another lead, three tenths of both, in one week",
        ),
        pytest.param(
            LinkExample(a=OUTAGE[:100] + QUAKE, b=FAIR * 2 + QUAKE.replace("县长", "书记"), day_gap=20),
            "reuse.akin",
            id="and later",
        ),
        pytest.param(LinkExample(a=OUTAGE, b=SCANNED.replace("6日", "8日")), "reuse.noisy", id="a number misread"),
        pytest.param(
            LinkExample(a=OUTAGE, b=OUTAGE.replace("6日", "8日")),
            "reuse.template",
            id="another one, and nothing misread",
        ),
        pytest.param(
            LinkExample(a=OUTAGE, b=SCANNED.replace("3月6日7时", "4月8日8时")),
            "reuse.template",
            id="all numbers are others, in a bad scan",
        ),
        pytest.param(
            LinkExample(
                a=ROADS.format("1996年1月28日12时", "佳美", "886") + OUTAGE,
                b=ROADS.format("1997年9月21日8时", "华威", "843") + OUTAGE,
            ),
            "reuse.template",
            id="another time, in a gap as wide as what an editor would leave out",
        ),
    ],
)
def test_a_copy_is_told_from_a_form_by_its_numbers_and_by_what_it_leaves(example: LinkExample, rule_id: str) -> None:
    assert decide_example(example)[0] == rule_id


@pytest.mark.parametrize(
    ("a", "b", "rule_id"),
    [
        pytest.param(
            FAIR[:40] + QUARTER[:115], NOTE[:36] + QUARTER[:115], "reuse.alike", id="a blurb under other items"
        ),
        pytest.param(BRIDGE, BRIDGE[:110], "reuse.cut", id="all of a copy that was cut"),
    ],
)
def test_what_many_texts_hold_makes_a_copy_where_it_is_all_of_it(a: str, b: str, rule_id: str) -> None:
    held_by_many = PAIR.with_columns(few_count=pl.lit(0, pl.UInt32))
    assert decide_example(LinkExample(a=a, b=b), held_by_many)[0] == rule_id


def test_ids_are_unique_and_named_after_the_stage() -> None:
    ids = [rule.id for rule in LINK_RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule_id.startswith("reuse.") for rule_id in ids)
