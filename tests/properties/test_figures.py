"""Laws of figures, whatever the text: proof by offsets, order, and no word from elsewhere."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from transforms.figures.find import find_figures
from transforms.figures.records import Figure
from transforms.printed import PrintedArticle

DAY = date(2023, 7, 10)
PIECES = st.sampled_from(
    (
        *(
            "44亿元",
            "36个",
            "5万元、3万元",
            "3至5个",
            "三千余名",
            "上百",
            "百分之三十",
            "1亿2000万元",
            "近700棵",
            "近",
            "约",
            "100%",
            "两家",
            "6万余",
        ),
        *(
            "1-6月",
            "去年",
            "2022年",
            "为期3天",
            "2023年9月至5月",
            "10日至3日",
            "1998年12月—1997年3月",
            "自2024年以来",
            "今年以来",
            "截至目前",
            "第三期",
            "TOP100",
            "12+9+N",
            "“618节”",
            "84岁",
            "8:30",
        ),
        *(
            "完成投资",
            "重点项目",
            "占计划的",
            "同比增长",
            "高于全市",
            "该区",
            "达",
            "，",
            "。",
            "；",
            "、",
            "\n",
            " ",
            "（含",
            "）",
            "和",
            "的",
        ),
    )
)
BODIES = st.lists(st.one_of(PIECES, st.text("一二十百万年月日0123.,个元%余“”：", max_size=4)), max_size=30).map("".join)


def find(body: str, day: date | None = DAY) -> list[Figure]:
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body, date_lower=day, date_upper=day)
    return find_figures(article)


@given(BODIES)
def test_a_figure_is_what_the_body_prints_there(body: str) -> None:
    for figure in find(body):
        assert body[figure.start : figure.end] == figure.printed
        assert figure.sentence_start <= figure.start < figure.end <= figure.sentence_end
        assert "\n" not in body[figure.sentence_start : figure.sentence_end]


@given(BODIES)
def test_figures_stand_in_order_and_apart(body: str) -> None:
    places = [(figure.start, figure.end) for figure in find(body)]
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


@given(BODIES)
def test_values_fit_the_table(body: str) -> None:
    for figure in find(body):
        for value in (figure.value, figure.norm_value):
            assert value is not None
            assert value == value.quantize(Decimal("0.000001"))


@given(BODIES)
def test_no_period_ends_before_it_begins(body: str) -> None:
    for figure in find(body):
        period = figure.period
        assert not (period and period.start and period.end) or period.start <= period.end


@given(BODIES, BODIES)
def test_a_paragraph_more_changes_no_earlier_figure(body: str, more: str) -> None:
    figures = find(body)
    assert find(f"{body}\n{more}")[: len(figures)] == figures


@given(BODIES)
def test_the_words_of_a_measure_stand_in_the_sentence(body: str) -> None:
    for figure in find(body):
        words = set(figure.measure or "")
        assert words <= set(body[figure.sentence_start : figure.sentence_end])


@given(BODIES)
def test_the_day_of_print_changes_periods_only(body: str) -> None:
    dated, undated = find(body), find(body, None)
    assert [(f.start, f.end, f.value, f.measure) for f in dated] == [
        (f.start, f.end, f.value, f.measure) for f in undated
    ]
