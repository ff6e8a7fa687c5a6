from datetime import date
from decimal import Decimal

import pytest

from transforms.entities.records import Mention
from transforms.figures.find import find_figures
from transforms.printed import PrintedArticle

KEYS = ("printed", "value", "unit", "norm_value", "norm_unit", "comparator")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总投资233.7亿元。", ("233.7亿元", "233.7", "亿元", "23370000000", "CNY", "exact")),
        ("满意率达98%。", ("98%", "98", "%", "98", "percent", "exact")),
        ("高于全区2.5个百分点。", ("2.5个百分点", "2.5", "个百分点", "2.5", "percentage_point", "exact")),
        ("占地2000余平方米。", ("2000余平方米", "2000", "平方米", "2000", "m2", "about")),
        ("流域面积12平方公里。", ("12平方公里", "12", "平方公里", "12000000", "m2", "exact")),
        ("栽下柳树6万余棵。", ("6万余棵", "6", "万棵", "60000", "count", "about")),
        ("来了三千余名观众。", ("三千余名", "3000", "名", "3000", "count", "about")),
        ("产量提高百分之三十。", ("百分之三十", "30", "%", "30", "percent", "exact")),
        ("筹集1亿2000万元。", ("1亿2000万元", "120000000", "元", "120000000", "CNY", "exact")),
        ("清理上百个摊位。", ("上百个", "100", "个", "100", "count", "at_least")),
        ("引来两家企业。", ("两家", "2", "家", "2", "count", "exact")),
        ("近700棵果树。", ("近700棵", "700", "棵", "700", "count", "nearly")),
        ("收入超3亿元。", ("超3亿元", "3", "亿元", "300000000", "CNY", "over")),
        ("用工不足50人。", ("不足50人", "50", "人", "50", "count", "under")),
        ("直接经济损失约3100万元。", ("约3100万元", "3100", "万元", "31000000", "CNY", "about")),
        ("每月走访不少于一次。", ("不少于一次", "1", "次", "1", "count", "at_least")),
        ("买磷肥就花了四百六十块。", ("四百六十块", "460", "块", "460", "CNY", "exact")),
        ("安装标牌200块。", ("200块", "200", "块", "200", "count", "exact")),
        ("票价三块五。", ("三块五", "3.5", "块钱", "3.5", "CNY", "exact")),
        ("判处有期徒刑十个月。", ("十个月", "10", "个月", "10", "month", "exact")),
        ("守在门外五个多小时。", ("五个多小时", "5", "个多小时", "5", "hour", "about")),
        ("贪那一两千块钱。", ("一两千块钱", "1000", "块钱", "1000", "CNY", "about")),
        ("救济粮三天之内发到户。", ("三天之内", "3", "天", "3", "day", "at_most")),
        ("等了80多位居民。", ("80多位", "80", "位", "80", "count", "about")),
        ("每户最高补助2万元。", ("2万元", "2", "万元", "20000", "CNY", "up_to")),
        ("进度比去年同期快五天。", ("五天", "5", "天", "5", "day", "exact")),
        ("每月巡护不得少于4天。", ("不得少于4天", "4", "天", "4", "day", "at_least")),
        ("停运不得超过48小时。", ("不得超过48小时", "48", "小时", "48", "hour", "at_most")),
        ("绿地率≤15%。", ("≤15%", "15", "%", "15", "percent", "at_most")),
        ("等了一个半小时。", ("一个半小时", "1.5", "个小时", "1.5", "hour", "exact")),
        ("考古历时两年半。", ("两年半", "2.5", "年", "2.5", "year", "exact")),
        ("年销售100亿元以上。", ("100亿元以上", "100", "亿元", "10000000000", "CNY", "at_least")),
        ("日处理最高可达35万件。", ("最高可达35万件", "35", "万件", "350000", "count", "up_to")),
        ("新签约23个项目。", ("23个", "23", "个", "23", "count", "exact")),
        ("占到六成五。", ("六成五", "6.5", "成", "65", "percent", "exact")),
        ("用时3小时12分。", ("3小时12分", "3.2", "小时", "3.2", "hour", "exact")),
        ("气温降至零下6℃。", ("零下6℃", "-6", "℃", "-6", "celsius", "exact")),
        ("可年产电池5亿瓦时。", ("5亿瓦时", "5", "亿瓦时", "500000", "kWh", "exact")),
        ("装机2吉瓦。", ("2吉瓦", "2", "吉瓦", "2000000", "kW", "exact")),
        ("年发电量约32亿度，够全县用。", ("约32亿度", "32", "亿度", "3200000000", "kWh", "about")),
        ("全年节电6万余度。", ("6万余度", "6", "万度", "60000", "kWh", "about")),
        ("煤矸石200万吨。", ("200万吨", "200", "万吨", "2000000", "tonne", "exact")),
        ("人数达到12.7万。", ("12.7万", "12.7", "万", "127000", "count", "exact")),
        ("收购价28元/斤。", ("28元/斤", "28", "元/斤", "28", "CNY", "exact")),
        ("以2小时10分36秒夺冠。", ("2小时10分36秒", "2.176667", "小时", "2.176667", "hour", "exact")),
        ("缩短3分30秒。", ("3分30秒", "3.5", "分钟", "3.5", "minute", "exact")),
        ("车程2个半小时。", ("2个半小时", "2.5", "个小时", "2.5", "hour", "exact")),
        ("工期240日历天。", ("240日历天", "240", "日历天", "240", "day", "exact")),
        ("前后用了不到两个小时。", ("不到两个小时", "2", "个小时", "2", "hour", "under")),
        ("最低气温-9℃。", ("-9℃", "-9", "℃", "-9", "celsius", "exact")),
        ("跑了两小时四十八分。", ("两小时四十八分", "2.8", "小时", "2.8", "hour", "exact")),
        ("精品果8块5一斤。", ("8块5", "8.5", "块钱", "8.5", "CNY", "exact")),
        ("拿出积蓄十万元。", ("十万元", "100000", "元", "100000", "CNY", "exact")),
        ("判处拘役六个月。", ("六个月", "6", "个月", "6", "month", "exact")),
        ("每斤八角五分。", ("八角五分", "8.5", "角", "0.85", "CNY", "exact")),
        ("损失不下20万元。", ("不下20万元", "20", "万元", "200000", "CNY", "at_least")),
        ("忙了一年剩不下三千元。", ("三千元", "3000", "元", "3000", "CNY", "exact")),
        ("堆高不宜超过2米。", ("不宜超过2米", "2", "米", "2", "m", "at_most")),
        ("组织不少于两轮检查。", ("不少于两轮", "2", "轮", "2", "count", "at_least")),
        ("差着两倍多呢。", ("两倍多", "2", "倍", "2", "times", "about")),
        ("错分率低于万分之三。", ("低于万分之三", "0.03", "%", "0.03", "percent", "under")),
    ],
)
def test_a_figure_is_read_as_printed_and_normalised(figures, text: str, expected: tuple[str, ...]) -> None:
    (figure,) = figures(text)
    assert tuple(str(getattr(figure, key)) for key in KEYS) == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("由50万元增加到80万元", ["500000", "800000"]),
        ("每组3至5个", ["3", "5"]),
        ("分别奖励5万元、3万元、2万元", ["50000", "30000", "20000"]),
        ("两村各栽10、20个品种", ["10", "20"]),
        ("分别高出4.7和5.3个百分点", ["4.7", "5.3"]),
        ("价格在8000-1万元", ["8000", "10000"]),
        ("1、20个项目开工", ["20"]),
        ("1. 20个项目开工", ["20"]),
        ("1 2个项目开工", ["2"]),
        ("票房达43. 86亿元", ["4386000000"]),
        ("户均增收三至五万元", ["30000", "50000"]),
        ("每户补助三百到五百元", ["300", "500"]),
        ("每村奖励三百至五百万元", ["3000000", "5000000"]),
        ("估算总投资15亿至18亿元", ["1500000000", "1800000000"]),
        ("费用按5∶4∶1分担，每户不超过400元", ["400"]),
    ],
)
def test_ranges_and_lists_give_each_number_with_its_unit(figures, text: str, values: list[str]) -> None:
    assert [str(figure.norm_value) for figure in figures(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        *["坚持8+5+N招商", "按照“2356”工作法", "评上TOP50", "装上3D打印机", "第七届庙会", "打造千亿级集群", "十大战略"],
        *["三个一批", "一窗通办", "千家万户", "84岁的老人", "亿元以上项目", "2022年3月5日", "再过20天", "为期3个月"],
        *["热线6120099", "早上8点半", "以3∶2取胜", "排名前三位", "3号楼", "评价200243", "位居全市六区第二", "四个方面"],
        *["中铁十一局承建", "男子100米冠军", "50米自由泳", "2单元", "约谈了3 2名干部"],
    ],
)
def test_what_counts_nothing_is_no_figure(figures, text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "measure", "key"),
    [
        ("完成投资44亿元。", "完成投资", "完成投资"),
        ("推进36个重点项目。", "重点项目", "重点项目"),
        ("安排第一批重点项目36个。", "安排第一批重点项目", "重点项目"),
        ("占年度投资计划的63.8%。", "占年度投资计划", "占年度投资计划"),
        ("新线投产率88.7%。", "新线投产率", "新线投产率"),
        ("受理各类代办事项35件。", "受理各类代办事项", "受理各类代办事项"),
        ("先后5次举办对接会。", "举办对接会", "举办对接会"),
        ("建成200万吨煤矸石堆场。", "煤矸石堆场", "煤矸石堆场"),
        ("共有98人参加培训。", "参加培训", "参加培训"),
        ("到位资金（含续建）13亿元。", "到位资金", "到位资金"),
        ("全镇已栽种树木6万余棵。", "已栽种树木", "栽种树木"),
        ("全院干警80余人参加培训。", "干警参加培训", "干警参加培训"),  # who, and what they do
        ("收到慰问金3.6万元，全部捐出。", "收到慰问金", "收到慰问金"),
        ("带动沿线5个4A级以上景区。", "4A级以上景区", "4A级以上景区"),
        ("配备各类设备142台（套）。", "配备各类设备", "配备各类设备"),
        ("剩余13.4万元年底前付清。", "剩余", "剩余"),
        ("药品卖到20个国家和地区。", "国家和地区", "国家和地区"),
        ("将1406人纳入失信被执行人名单。", "纳入失信被执行人名单", "纳入失信被执行人名单"),
    ],
)
def test_the_measure_is_what_the_sentence_says_is_counted(figures, text: str, measure: str, key: str) -> None:
    (figure,) = figures(text)
    assert (figure.measure, figure.measure_key) == (measure, key)


def test_a_counter_without_a_noun_counts_what_it_counted_before(figures) -> None:
    assert [f.measure for f in figures("全市加装电梯426部，仍有9部未能投用。")] == ["加装电梯", "加装电梯"]
    assert [f.measure for f in figures("还有4只不常见的黑鹳，救护苍鹭6只。")] == [None, "救护苍鹭"]
    assert [f.measure for f in figures("转移58户196名群众。")] == ["群众", "群众"]


def test_growth_is_told_of_what_grew(figures) -> None:
    rows = figures("粮食产量87万吨，同比增长9.4%，高于全市5.3个百分点。")
    assert [row.measure_key for row in rows] == ["粮食产量", "粮食产量增长", "粮食产量高于全市"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        # against the month before and against the year before are two series
        ("鸡蛋价格9.6元，环比上涨3%，同比上涨5%。", ["鸡蛋价格", "鸡蛋价格环比上涨", "鸡蛋价格上涨"]),
        ("猪肉价格26元/公斤。", ["猪肉价格每公斤"]),
        ("猪肉价格为13元/斤，同比上涨5%。", ["猪肉价格每斤", "猪肉价格上涨"]),
        ("新增就业2.3万人，完成年度目标的58%，同比增长9%。", ["新增就业", "完成年度目标", "新增就业增长"]),
        ("完成投资32亿元，超时间进度4个百分点，同比增长9%。", ["完成投资", "超时间进度", "完成投资增长"]),
        ("新开工项目96个，比上年多11个。", ["新开工项目", "新开工项目比上年多"]),
        ("存款余额3562亿元，同比多增36亿元。", ["存款余额", "存款余额多增"]),
        ("人均收入由2020年的2万元提高到2022年的3万元。", ["人均收入", "人均收入"]),
        ("计划播种6.8万亩，较去年的6.5万亩增加3000亩。", ["计划播种", "计划播种", "计划播种增加"]),
        ("森林覆盖率从上年的35%提高到36%。", ["森林覆盖率", "森林覆盖率"]),
        ("集体收入从30万元增长到了58万元。", ["集体收入", "集体收入"]),
        ("2018年人均收入只有4800元，去年达到1.6万元。", ["人均收入", "人均收入"]),
        ("优良天数增加6天，达到81天。", ["优良天数增加", "优良天数"]),
        ("贸易顺差10亿元，扩大14%。", ["贸易顺差", "贸易顺差扩大"]),
        (
            "工业增加值增长7%，增速比一季度提高1.3个百分点，高于全市0.9个百分点。",
            ["工业增加值增长", "工业增加值增速比一季度提高", "工业增加值高于全市"],
        ),
        ("入驻企业由最初的16家增加到53家。", ["入驻企业", "入驻企业"]),
        ("竹编企业从2018年的26家发展到如今的112家。", ["竹编企业", "竹编企业"]),
        ("总产值412亿元，首次突破400亿元。", ["总产值", None]),  # a mark that was passed is no second value
        ("利用外资2150万美元，是上年同期的1.8倍。", ["利用外资", "利用外资"]),
        ("旅游人数5万人次，旅游收入3亿元，分别增长2%和4%。", ["旅游人数", "旅游收入", "旅游人数增长", "旅游收入增长"]),
        ("总额9亿元，其中出口8亿元，同比分别下降4%、6%。", ["总额", "出口", "总额下降", "出口下降"]),
        ("带动竹农2万户户均增收4200元。", ["带动竹农", "户均增收"]),
        ("行政村由186个减少到171个，减幅8.1%。", ["行政村", "行政村", "行政村减幅"]),
        ("前年人均收入1.5万元，去年1.6万元，今年争取到1.8万元。", ["人均收入", "人均收入", "计划人均收入"]),
        ("PM2.5平均浓度38微克/立方米，同比下降9.5%。", ["PM2.5平均浓度每立方米", "PM2.5平均浓度下降"]),
        ("其中10亿元以上项目4个，5亿至10亿元项目6个。", ["项目", "10亿元以上项目", "项目", "项目", "5亿至10亿元项目"]),
        ("生产总值276亿元，比上年增长6.6%。", ["生产总值", "生产总值增长"]),
        ("年吞吐量突破200万人次大关，达到203万人次，同比增长28%。", [None, "年吞吐量", "年吞吐量增长"]),
        ("收入20万元以上的村达到136个。", ["收入", "20万元以上的村"]),
        ("平均浓度31微克，同比改善6%。", ["平均浓度", "平均浓度改善"]),
        ("人均纯收入1.4万元，增速高于全县2个百分点。", ["人均纯收入", "人均纯收入增速高于全县"]),
        ("社区有居民3260户、8940人。", ["社区有居民", "社区有居民人数"]),
        ("转移58户196名群众。", ["群众", "群众人数"]),
        ("日均处理量从年初的18万件增长到现在的26万件。", ["日均处理量", "日均处理量"]),
        ("有竹林面积3万亩，有机肥5吨。", ["竹林面积", "有机肥"]),
        ("增长6.2%。", [None]),  # what grew is not said
        ("完成投资36亿元，占全年计划62亿元的55%。", ["完成投资", "全年计划", "占全年计划"]),
        ("项目总投资3亿元，项目实际完成投资2亿元。", ["总投资", "完成投资"]),
        ("全村312户中有187户种草莓。", ["全村", "种草莓"]),
    ],
)
def test_a_rise_is_of_what_was_told_before(figures, text: str, keys: list[str]) -> None:
    assert [row.measure_key for row in figures(text)] == keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("全年完成投资300亿元。", "完成投资"),
        ("力争全年完成投资300亿元。", "计划完成投资"),
        ("确保上半年完成投资160亿元。", "计划完成投资"),
        ("一季度计划完成投资60亿元。", "计划完成投资"),
        ("预计全年完成投资310亿元。", "预计完成投资"),
        ("争取资金3亿元。", "争取资金"),
        ("力争到2027年，全县竹业产值超过20亿元。", "计划竹业产值"),
        ("今年的主要预期目标是：地区生产总值增长6%左右。", "计划地区生产总值增长"),
        ("确保6月底前完成投资34亿元。", "计划完成投资"),
        ("县里为确保供水，投入资金3亿元。", "投入资金"),
        ("按安排，6月底前完成投资要达到34亿元。", "计划完成投资"),
        ("来回路费就要40元。", "来回路费就要"),
    ],
)
def test_what_is_planned_is_another_series_than_what_was_done(figures, text: str, key: str) -> None:
    (figure,) = figures(text)
    assert figure.measure_key == key


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("力争生产总值增长6%，工业总产值突破400亿元。", ["计划生产总值增长", "计划工业总产值"]),
        ("目标是产值增长6%，税收增长7%，粮食产量稳定在28万吨。", ["计划产值增长", "计划税收增长", "计划粮食产量"]),
        ("力争产值增长6%，目前已完成产值3亿元。", ["计划产值增长", "产值"]),
        ("力争产值增长6%；税收3亿元。", ["计划产值增长", "税收"]),
    ],
)
def test_each_of_a_list_of_targets_is_one(figures, text: str, keys: list[str]) -> None:
    assert [row.measure_key for row in figures(text)] == keys


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (("固定资产投资完成76亿元。", "完成固定资产投资94亿元。", "固定资产投资94亿元。"), "固定资产投资"),
        (("登记失业率控制在3%以内。", "登记失业率3%。"), "登记失业率"),
    ],
)
def test_how_a_sum_is_said_to_be_reached_is_no_part_of_its_key(figures, texts: tuple[str, ...], key: str) -> None:
    assert {figure.measure_key for text in texts for figure in figures(text)} == {key}


def test_people_are_no_group_of_which_rates_are_told(figures) -> None:
    bodies = ("常住人口58万人，城镇化率61%。", "新增就业5300人，失业率3%。", "全镇有草莓种植户486户，种植面积3100亩。")
    rows = [row for body in bodies for row in figures(body)]
    assert {row.group_noun for row in rows} == {None}


SERIES = {
    date(2023, 6, 20): "今年前5个月，该县第一批42个重点项目完成投资26亿元。",
    date(2023, 7, 10): "该县今年确定首批重点项目42个，计划投入186亿元，1-6月已完成投资34亿元。",
    date(2024, 1, 9): "该县去年确定重点项目42个，共186亿元，全年完成投资66亿元。",
}


def test_one_measure_of_one_group_has_one_key_in_every_issue(figures) -> None:
    rows = [row for day, text in SERIES.items() for row in figures(text, day) if row.measure_key == "完成投资"]
    assert [(row.value, row.group_noun, row.group_count) for row in rows] == [
        (Decimal(value), "重点项目", Decimal(42)) for value in (26, 34, 66)
    ]
    assert [(row.period.start, row.period.end) for row in rows] == [
        (date(2023, 1, 1), date(2023, 5, 31)),
        (date(2023, 1, 1), date(2023, 6, 30)),
        (date(2023, 1, 1), date(2023, 12, 31)),
    ]


def test_a_semicolon_ends_what_was_said_of_a_group(figures) -> None:
    rows = figures("42个重点项目总投资186亿元；全区财政收入9亿元。")
    assert [row.group_noun for row in rows] == [None, "重点项目", None]


def mention(body: str, surface: str, kind: str = "organisation") -> Mention:
    start = body.index(surface)
    return Mention(kind=kind, surface=surface, start=start, end=start + len(surface), rule_id="test")


def test_a_figure_belongs_to_the_naming_before_it(figures) -> None:
    body = "柳河镇引进项目7个。青禾县投入资金3亿元。"
    mentions = [mention(body, "柳河镇", "place"), mention(body, "青禾县", "place")]
    assert [row.subject.surface for row in figures(body, mentions=mentions)] == ["柳河镇", "青禾县"]


def test_the_same_is_led_back_to_its_earlier_naming(figures) -> None:
    body = "青禾县水务局和柳河镇签约。该局投入资金3亿元。"
    mentions = [mention(body, "青禾县水务局"), mention(body, "柳河镇", "place")]
    assert [row.subject.surface for row in figures(body, mentions=mentions)] == ["青禾县水务局"]


def subjects(figures, body: str, *named: tuple[str, str]) -> list[str | None]:
    mentions = [mention(body, surface, kind) for surface, kind in named]
    return [row.subject and row.subject.surface for row in figures(body, mentions=mentions)]


@pytest.mark.parametrize(
    ("body", "named", "expected"),
    [
        ("柳河镇在青禾县引进项目7个。", (("柳河镇", "place"), ("青禾县", "place")), "柳河镇"),
        ("柳河镇与河东酒厂签约项目7个。", (("柳河镇", "place"), ("河东酒厂", "organisation")), "柳河镇"),
        ("今年，柳河镇组织河东酒厂等5家企业。", (("柳河镇", "place"), ("河东酒厂", "organisation")), "柳河镇"),
        ("柳河镇建设稻香园。该项目投资3亿元。", (("柳河镇", "place"), ("稻香园", "project")), "稻香园"),
        ("该县引进项目7个。\n青禾县领导说好。", (("青禾县", "place"),), "青禾县"),
        ("全县引进项目7个。\n青禾县领导说好。", (("青禾县", "place"),), "青禾县"),
        ("柳河镇很美。引进项目7个。", (("柳河镇", "place"),), "柳河镇"),
        ("柳河镇在河东路新修厕所7个。", (("柳河镇", "place"), ("河东路", "place")), "柳河镇"),
        ("昨天，总投资4亿元的柳河镇稻香园封顶。", (("柳河镇", "place"), ("稻香园", "project")), "稻香园"),
        ("稻香园开园。\n项目建设方面，新开工7个。", (("稻香园", "project"),), None),
        ("稻香园开园。\n县里说，产业园全部建成后，可年收入3亿元。", (("稻香园", "project"),), "稻香园"),
    ],
)
def test_the_subject_is_what_the_clause_is_about(
    figures, body: str, named: tuple[tuple[str, str], ...], expected: str
) -> None:
    assert subjects(figures, body, *named) == [expected]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("青禾县统计局介绍，该县引进项目7个。", (("青禾县统计局", "organisation"),)),
        ("桃源社区很热闹。全区引进项目7个。", (("桃源社区", "place"),)),
        ("稻香产业园区已建成。该区引进项目7个。", (("稻香产业园区", "project"),)),
        ("稻香园封顶。9个重点项目总投资186亿元。", (("稻香园", "project"),)),
        ("河东酒厂厂长告诉记者。该项目总投资3亿元。", (("河东酒厂", "organisation"),)),
    ],
)
def test_an_area_that_is_not_named_is_nothing_else(figures, body: str, named: tuple[tuple[str, str], ...]) -> None:
    assert set(subjects(figures, body, *named)) == {None}


@pytest.mark.parametrize(
    ("body", "named", "expected"),
    [
        ("稻香园已投用；禾丰食品车间正在调试，年产值3亿元。", (("稻香园", "project"),), None),
        ("稻香园首期投资2亿元；二期投资3亿元。", (("稻香园", "project"),), "稻香园"),
        ("稻香园入驻企业30家；去年实现产值8亿元；带动就业2000人。", (("稻香园", "project"),), "稻香园"),
        (
            "稻香园动工；另一处则是柳河泵站，投资3亿元。",
            (("稻香园", "project"), ("柳河泵站", "project")),
            "柳河泵站",
        ),
        ("柳河镇税收增长2%；支出3亿元。", (("柳河镇", "place"),), "柳河镇"),
        ("青禾县增长2%；柳河镇、河东镇分别增长3%、4%。", (("青禾县", "place"), ("柳河镇", "place")), None),
    ],
)
def test_a_semicolon_ends_what_is_told_of_a_project_and_what_a_list_follows(
    figures, body: str, named: tuple[tuple[str, str], ...], expected: str | None
) -> None:
    assert subjects(figures, body, *named)[-1] == expected


def test_what_stands_between_a_name_and_its_number_is_no_measure(figures) -> None:
    body = "分区县看，青禾县186亿元，增长6%。"
    (value, growth) = figures(body, mentions=[mention(body, "青禾县", "place")])
    assert (value.subject.surface, value.measure_key, growth.measure_key) == ("青禾县", None, None)


def test_how_much_is_made_is_no_group(figures) -> None:
    rows = figures("年产20万台装备项目总投资24亿元。")
    assert [row.group_noun for row in rows] == [None, None]


@pytest.mark.parametrize(
    ("body", "named", "keys"),
    [
        ("稻香园二期工程开工。项目总投资3亿元。", "稻香园二期工程", ["二期总投资"]),
        ("稻香园一期已建成，总投资5亿元。", "稻香园", ["一期总投资"]),
        ("稻香园首期总投资2亿元；二期总投资3亿元。", "稻香园", ["一期总投资", "二期总投资"]),
        ("稻香园分三期建设，总投资9亿元，一期工程完成投资1亿元。", "稻香园", ["总投资", "一期完成投资"]),
    ],
)
def test_what_a_stage_costs_is_another_series_than_what_all_of_a_project_does(
    figures, body: str, named: str, keys: list[str]
) -> None:
    rows = figures(body, mentions=[mention(body, named, "project")])
    assert [row.measure_key for row in rows] == keys


def test_what_a_correction_puts_right_is_a_figure_and_what_was_wrong_is_none(figures) -> None:
    for body in ("“完成投资84亿元”有误，应为“完成投资88亿元”。", "“完成投资84亿元”应为“完成投资88亿元”。"):
        (figure,) = figures(body)
        assert (figure.printed, figure.measure_key) == ("88亿元", "完成投资")


def test_who_speaks_for_an_authority_tells_of_what_it_looks_after(figures) -> None:
    body = "青禾县水务局局长李明说，水价每吨降到2元。"
    speaker = Mention(
        kind="person",
        surface="李明",
        start=8,
        end=10,
        rule_id="test",
        title="青禾县水务局局长",
        title_start=0,
        title_end=8,
    )
    bureau = mention(body, "青禾县水务局")
    assert [row.subject for row in figures(body, mentions=[bureau, speaker])] == [None]
    assert [row.subject for row in figures(body, mentions=[bureau])] == [bureau]


def test_shares_in_turn_are_of_those_whose_numbers_they_tell_of(figures) -> None:
    body = "青禾县修路5公里，柳河镇修路3公里，分别增长2%和4%。"
    named = (("青禾县", "place"), ("柳河镇", "place"))
    assert subjects(figures, body, *named) == ["青禾县", "柳河镇"] * 2


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("青禾县、柳河镇分别修路5公里和3公里。", ["青禾县", "柳河镇"]),
        ("青禾县、柳河镇分别修路5公里、3公里和2公里。", [None, None, None]),
    ],
)
def test_each_of_a_list_of_names_has_its_own_number(figures, body: str, expected: list[str | None]) -> None:
    assert subjects(figures, body, ("青禾县", "place"), ("柳河镇", "place")) == expected


def test_a_figure_of_nobody_named_has_no_subject(figures) -> None:
    assert [row.subject for row in figures("引进项目7个。")] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "全县42个重点项目全年完成投资66亿元。",
        "同期，42个县重点项目完成投资66亿元。",
        "42个县级重点项目1-6月完成投资66亿元。",
    ],
)
def test_a_group_is_named_without_times_and_levels(figures, text: str) -> None:
    *_, figure = figures(text)
    assert (figure.measure_key, figure.group_noun, figure.group_count) == ("完成投资", "重点项目", 42)


def test_a_naming_may_begin_where_a_word_points_back() -> None:
    body = "澄北医院去年扩建。该医院门诊楼投资3亿元。"
    named = [
        Mention(kind="organisation", surface=surface, start=start, end=start + len(surface), rule_id="test")
        for surface, start in (("澄北医院", 0), ("该医院门诊楼", body.index("该医院")))
    ]
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body)
    (figure,) = find_figures(article, named)
    assert figure.subject in named
