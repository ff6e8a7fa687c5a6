import pytest

from flows.reference import load_names
from transforms.entities.people import find_people
from transforms.printed import PrintedArticle
from transforms.quotes.find import find_quotes
from transforms.quotes.records import Quote


def quotes_in(body: str) -> list[Quote]:
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body)
    return find_quotes(article, find_people(article, load_names()))


def told(quote: Quote) -> tuple[str, str | None, str | None]:
    return quote.text, quote.speaker.surface if quote.speaker else None, quote.speaker_words


@pytest.mark.parametrize(
    ("body", "text", "speaker", "words"),
    [
        ("“路修好了。”村民李长河说。", "路修好了。", "李长河", "李长河"),
        ("“路修好了。”该村84岁的李长河高兴地说。", "路修好了。", "李长河", "李长河"),
        ("“我还能回家吗？”8床的王桂兰拉着张红梅的手问。", "我还能回家吗？", "王桂兰", "王桂兰"),
        ("“路修好了，”李长河说，“出门方便。”", "路修好了，", "李长河", "李长河"),
        ("副局长张红梅说：“培训很实用。”", "培训很实用。", "张红梅", "张红梅"),
        ("张红梅告诉记者：“培训很实用。”", "培训很实用。", "张红梅", "张红梅"),
        ("看着满仓的麦子，王桂兰笑得合不拢嘴：“今年收成好。”", "今年收成好。", "王桂兰", "王桂兰"),
        ("“三天就能办好。”该局负责人介绍。", "三天就能办好。", None, "该局负责人"),
        ("大夫雷明义接诊，田老伯坐下。“好多了。”他说。", "好多了。", None, "他"),
        ("村支书田满仓收下了水。钱还给人家，他只摆了摆手：“井打成了。”", "井打成了。", "田满仓", "他"),
        ("“卖得不贵。”一位姓郭的女士说。", "卖得不贵。", None, "一位姓郭的女士"),
        ("村支书田满仓介绍了经过。“井打成了。”他说。", "井打成了。", "田满仓", "他"),
        ("“钱要花在刀刃上。”区长赵锋在会上说，项目不等人。", "钱要花在刀刃上。", "赵锋", "赵锋"),
        ("“三天就能办好。”一位不愿留名的住户说。", "三天就能办好。", None, "一位不愿留名的住户"),
        ("王桂兰种地。她给记者算账：“一亩能挣三百元。”", "一亩能挣三百元。", "王桂兰", "她"),
        ("王桂兰种了半辈子地。“土不亏人。”台下，她的话引来掌声。", "土不亏人。", "王桂兰", "她"),
        ("李长河忙着过秤。“手别停，”他指着秤说。", "手别停，", "李长河", "他"),
        ("王桂兰听说了，让孙女张红梅打电话，并嘱托：“办得简单些。”", "办得简单些。", "王桂兰", "王桂兰"),
        ("副县长李长河在工地对施工队负责人赵锋提出要求：“一分钱不付。”", "一分钱不付。", "李长河", "李长河"),
        ("“办不成的也要写出来。”", "办不成的也要写出来。", None, None),
        ("班主任李思齐发了种子。“种子会发芽。”她蹲下身对孩子们讲。", "种子会发芽。", "李思齐", "她"),
        ("王桂兰家的玉米倒了。“一年的收成没了。”她蹲在田埂上。", "一年的收成没了。", "王桂兰", "她"),
        ("李长河救出13人。“换了谁都会跳下去。”这位老兵说。", "换了谁都会跳下去。", "李长河", "这位老兵"),
        ("“那是我的积蓄。”走出法庭，56岁的李长河仍难平静。", "那是我的积蓄。", "李长河", "李长河"),
        ("李长河卖了房子。“账上只剩17万元。”厂里发不出工资。", "账上只剩17万元。", "李长河", "李长河"),
        ("李长河等着。学生发出呼声：“桌子放不下了！”", "桌子放不下了！", None, None),
        ("张红梅当了31年工人，徒弟王桂英也得了奖。“机台交给桂英。”她说。", "机台交给桂英。", "张红梅", "她"),
    ],
)
def test_a_quotation_has_its_speaker(body: str, text: str, speaker: str | None, words: str | None) -> None:
    quote = quotes_in(body)[0]
    assert told(quote) == (text, speaker, words)
    assert quote.is_direct
    assert body[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("body", "text", "speaker", "words"),
    [
        ("据区委书记张伟介绍，全区将新建三所学校。", "全区将新建三所学校", "张伟", "张伟"),
        ("局长何琳表示，窗口已经搬到一楼。大家都说好。", "窗口已经搬到一楼", "何琳", "何琳"),
        ("会议指出，项目要提速。", "项目要提速", None, "会议"),
        ("政府工作报告指出，今年建三所学校。", "今年建三所学校", None, "政府工作报告"),
        ("据气象部门介绍，明天有雪。", "明天有雪", None, "气象部门"),
        ("局长何琳通报，窗口已经搬到一楼。", "窗口已经搬到一楼", "何琳", "何琳"),
        ("推进会强调，要盯住节点。", "要盯住节点", None, "推进会"),
        ("村支书田满仓介绍了经过。他说，井打成了。", "井打成了", "田满仓", "他"),
        ("“慢不得。”局长何琳说，月底前要办结。", "月底前要办结", "何琳", "何琳"),
        ("区长赵锋叮嘱驻村干部李长河，要把账算清。", "要把账算清", "赵锋", "赵锋"),
        ("区长赵锋要求各部门，务必按时办结。", "务必按时办结", "赵锋", "赵锋"),
        ("经理王桂兰在场。针对减产问题，她回应称，订单很足。", "订单很足", "王桂兰", "她"),
        ("县委书记李长河看了以后讲，这样的户越多越好。", "这样的户越多越好", "李长河", "李长河"),
        ("工作人员提醒，不要轻信来电。", "不要轻信来电", None, "工作人员"),
    ],
)
def test_reported_speech_is_the_rest_of_the_sentence(
    body: str, text: str, speaker: str | None, words: str | None
) -> None:
    quote = quotes_in(body)[-1]
    assert told(quote) == (text, speaker, words)
    assert not quote.is_direct
    assert body[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    "body",
    [
        "全区滚动推进“三个一批”活动，深化“放管服效”改革。",
        "推行“四五五”工作法，副区长赵锋说明了情况。",
        "“三个一批”活动中，开工项目投产率达到九成。",
        "他把小店叫做“老地方”。",
        "通知要求尽快整改。",
        "记者从区商务局获悉，夜市开张了。",
        "第四条修改为：“主管部门负责监督管理工作。”",
    ],
)
def test_terms_and_slogans_are_no_quotations(body: str) -> None:
    assert quotes_in(body) == []


def test_a_quotation_in_two_parts_has_one_speaker() -> None:
    first, second = quotes_in("“夜里不用跑走廊了。”李长河说，“抬头还能看见厂子。”")
    assert [first.speaker_words, second.speaker_words] == ["李长河", "李长河"]
    first, second = quotes_in("“路修好了。”村民李长河说。“出门方便多了。”")
    assert told(second) == ("出门方便多了。", "李长河", "李长河")


def test_a_quotation_runs_over_paragraphs() -> None:
    body = "“头一条，要盯住项目。\n“第二条，要守住底线。”区长赵锋说。"
    (quote,) = quotes_in(body)
    assert told(quote) == ("头一条，要盯住项目。\n“第二条，要守住底线。", "赵锋", "赵锋")


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    body = "“头一条，要盯住项目。\n全区上下都动了起来。\n“路修好了。”李长河说。"
    assert [quote.text for quote in quotes_in(body)] == ["头一条，要盯住项目。", "路修好了。"]


def test_who_is_brought_in_without_a_name_speaks_for_nobody_named() -> None:
    first, second = quotes_in("“我在开车。”司机李长河说。路边一位卖菜的摊主报了警：“车上冒烟了。”")
    assert told(first) == ("我在开车。", "李长河", "李长河")
    assert told(second) == ("车上冒烟了。", None, "一位卖菜的摊主")


def test_the_turns_of_an_interview_begin_with_who_speaks() -> None:
    body = (
        "记者专访了局长何琳。\n记者：今年有什么新办法？\n何琳：办事的窗口搬到了一楼，做到“一窗通办”。\n"
        "记者：群众怎么说？\n何琳：他们说“快多了”。我认为，还可以再快。\n采访结束时，天黑了。"
    )
    assert [told(quote) for quote in quotes_in(body)] == [
        ("今年有什么新办法？", None, "记者"),
        ("办事的窗口搬到了一楼，做到“一窗通办”。", "何琳", "何琳"),
        ("群众怎么说？", None, "记者"),
        ("他们说“快多了”。我认为，还可以再快。", "何琳", "何琳"),
    ]


def test_an_answer_is_that_of_the_one_person_named_above() -> None:
    body = "本报记者程苇航专访了局长何琳。\n问：几时动工？\n答：今年动工，明年建成。"
    assert [told(quote)[1:] for quote in quotes_in(body)] == [(None, "问"), ("何琳", "答")]


@pytest.mark.parametrize(
    "body",
    [
        "时间：周六上午九点开始。\n地点：区文化馆，何琳主讲。",
        "记者：何琳\n摄影：张红梅",
        "何琳：办事的窗口搬到了一楼。\n张红梅：以后只跑一趟。",
    ],
)
def test_lines_with_a_label_are_no_turns_where_nobody_asks(body: str) -> None:
    assert quotes_in(body) == []


@pytest.mark.parametrize(
    ("body", "speaker", "words"),
    [
        ("局长赵锋在会上讲话。针对用工难，赵局长表示，再招一批人。", "赵锋", "赵局长"),
        ("局长赵锋到场。这位局长表示，月底前开通。", "赵锋", "这位局长"),
        ("局长赵锋到场。局长说，月底前开通。", "赵锋", "局长"),
        ("副局长赵锋到场。局长说，月底前开通。", None, "局长"),
        ("局长赵锋到场，副局长李长河也来了。钱局长说，月底前开通。", None, "钱局长"),
    ],
)
def test_who_was_named_is_called_by_surname_and_office(body: str, speaker: str | None, words: str) -> None:
    *_, quote = quotes_in(body)
    assert (quote.speaker.surface if quote.speaker else None, quote.speaker_words) == (speaker, words)


def test_a_turn_may_begin_with_a_term_in_marks() -> None:
    turns = quotes_in("问：“10合1”混检准不准？\n答：准，灵敏度没有变化。")
    assert [quote.text for quote in turns] == ["“10合1”混检准不准？", "准，灵敏度没有变化。"]


@pytest.mark.parametrize("size", range(1, 40))
def test_text_that_is_cut_off_raises_nothing(size: int) -> None:
    body = "局长赵锋到场。“种子会发芽。”她蹲下身对孩子们讲。“换了谁都会跳。”这位老兵说：“好”"
    quotes_in(body[:size])
    quotes_in(body[:size] + "、")
    quotes_in(body[-size:])
