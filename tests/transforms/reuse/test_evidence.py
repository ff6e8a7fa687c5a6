import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.evidence import weigh_pairs
from transforms.reuse.gaps import GAP_CHARS, PASSAGE_CHARS
from transforms.reuse.normal import normalise_texts

REPORT = "清晨十二条渔船运来鲜货三百筐，码头量出净重4650斤，比去年的3980斤多了不少，邻居们搬进仓库仍旧高兴。"
COLUMNS = ("missed_chars", "slot_count", "slot_chars", "changed_numbers", "changed_numerals")
TEXT = st.text(alphabet="甲乙丙丁", max_size=120)


def weigh(a: str, b: str) -> tuple[dict[str, int], list[tuple[int, ...]]]:
    """Weigh the shorter text against the longer one; where they are of one length, a is the shorter."""
    codes = normalise_texts(pl.Series(sorted((a, b), key=len))).texts
    short, long = np.array([0]), np.array([1])
    evidence, passages = weigh_pairs(codes, short, long)
    return evidence.row(0, named=True), passages.rows()


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        pytest.param("清晨", "清晨", (0, 0, 0, 0, 0), id="equal"),
        pytest.param("渔船", "渔般", (1, 0, 0, 0, 0), id="a misread character is no slot"),
        pytest.param("不少", "少", (1, 0, 0, 0, 0), id="a lost character is no slot"),
        pytest.param("邻居", "船工", (2, 1, 2, 0, 0), id="another word is a slot"),
        pytest.param("清晨", "傍午", (2, 1, 2, 0, 0), id="so is the word that opens the text"),
        pytest.param("清晨", "昨天下午", (4, 1, 4, 0, 0), id="a day is no other word for a time"),
        pytest.param("高兴", "安静", (2, 1, 2, 0, 0), id="and the one that closes it"),
        pytest.param("4650", "5127", (4, 1, 4, 1, 0), id="another number"),
        pytest.param("4650", "4651", (1, 1, 1, 1, 0), id="another digit is another number"),
        pytest.param("运来", "一运来", (1, 0, 0, 0, 0), id="a numeral that stands alone is noise"),
        pytest.param("三百", "五百", (1, 0, 0, 0, 1), id="another numeral"),
        pytest.param("三百", "百", (1, 0, 0, 0, 1), id="so is one that lost a numeral"),
        pytest.param("三百", "三百二", (1, 0, 0, 0, 1), id="or has one more"),
    ],
)
def test_a_gap_is_told_by_what_stands_in_it(was: str, becomes: str, expected: tuple[int, ...]) -> None:
    weighed, _ = weigh(REPORT, REPORT.replace(was, becomes))
    assert tuple(weighed[column] for column in COLUMNS) == expected


@pytest.mark.parametrize(
    ("was", "becomes", "count"),
    [
        pytest.param("邻居", "船工", 7, id="another word"),
        pytest.param("三百", "五百", 7, id="another numeral"),
        pytest.param("高兴", "高兴", 0, id="not looked for where nothing differs"),
    ],
)
def test_words_that_tell_are_counted_where_something_differs(was: str, becomes: str, count: int) -> None:
    told = f"{REPORT}我说这怎么就没人信呢？"
    weighed, _ = weigh(told, told.replace(was, becomes))
    assert weighed["narrative_chars"] == count


def test_words_that_tell_are_those_of_the_shorter_text_whichever_it_was_aligned_with_before() -> None:
    told, formal = f"{REPORT}我说这怎么就没人信呢？", f"{REPORT}会议由主任主持，各科室负责人到会听取报告。"
    codes = normalise_texts(pl.Series([told, formal, formal.replace("邻居", "船工") + told])).texts
    evidence, _ = weigh_pairs(codes, np.array([0, 0, 1]), np.array([1, 2, 2]))
    assert evidence["narrative_chars"].to_list() == [0, 7, 0]


@pytest.mark.parametrize(
    ("one", "other", "slots"),
    [
        pytest.param("昨天上午", "14日上午", 0, id="a day and its date"),
        pytest.param("日前", "最近", 0, id="two words for lately"),
        pytest.param("今晚", "二十七日晚", 0, id="a date in words"),
        pytest.param("3月6日", "5月14日", 2, id="two dates: a month and a day"),
        pytest.param("昨天", "县里", 1, id="a day and another word"),
    ],
)
def test_a_day_told_anew_is_no_other_word(one: str, other: str, slots: int) -> None:
    weighed, _ = weigh(f"邻居们{one}在河滩修好炉火", f"邻居们{other}在河滩修好炉火")
    assert weighed["slot_count"] == slots


@pytest.mark.parametrize(
    ("figures", "spelled", "kept"),
    [
        pytest.param("126", "一百二十六", 1, id="hundreds"),
        pytest.param("10", "十", 1, id="ten alone"),
        pytest.param("2005", "二〇〇五", 1, id="a year, digit by digit"),
        pytest.param("305", "三百零五", 1, id="a zero in between"),
        pytest.param("12.5", "十二点五", 1, id="a decimal point"),
        pytest.param("1260000", "一百二十六万", 1, id="ten thousands"),
        pytest.param("首", "第一", 1, id="the first"),
        pytest.param("首", "第二", 0, id="the second"),
        pytest.param("2000", "两千", 1, id="two of a thing"),
        pytest.param("70%", "百分之七十", 1, id="hundredths"),
        pytest.param("70%", "百分之八十", 0, id="others"),
        pytest.param("127", "一百二十六", 0, id="another number"),
    ],
)
def test_a_number_in_figures_is_the_one_that_is_spelled(figures: str, spelled: str, kept: int) -> None:
    weighed, _ = weigh(f"渔船运来鲜货{figures}筐搬进仓库", f"渔船运来鲜货{spelled}筐搬进仓库")
    assert (weighed["kept_numbers"], weighed["missed_chars"] > 0) == (kept, kept == 0)


@pytest.mark.parametrize(
    ("was", "becomes", "occasions"),
    [
        pytest.param("第三次会议", "第四次会议", 1, id="an order"),
        pytest.param("共三次会议", "共四次会议", 1, id="so many of what is numbered"),
        pytest.param("3月6日", "3月9日", 1, id="a day"),
        pytest.param("2011年", "2012年", 1, id="a year, one digit of which is another"),
        pytest.param("41人", "52人", 0, id="so many people"),
        pytest.param("第" + "1" * 40 + "2", "第" + "1" * 40 + "3", 0, id="a row of digits too long for a number"),
    ],
)
def test_another_order_or_day_is_another_occasion(was: str, becomes: str, occasions: int) -> None:
    weighed, _ = weigh(f"渔船运来鲜货{was}搬进仓库", f"渔船运来鲜货{becomes}搬进仓库")
    assert weighed["changed_numbers"] + weighed["changed_numerals"] == 1
    assert weighed["changed_occasions"] == occasions


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        pytest.param("4650", 1, id="digits"),
        pytest.param("三百", 1, id="numerals"),
        pytest.param("三", 1, id="one numeral"),
        pytest.param("一", 0, id="a word"),
        pytest.param("首", 0, id="another word"),
    ],
)
def test_numbers_that_both_texts_have_are_counted(number: str, kept: int) -> None:
    text = f"渔船运来{number}筐鲜货搬进仓库"
    weighed, _ = weigh(text + "邻居", text + "船工")
    assert weighed["kept_numbers"] == kept


def test_words_that_open_both_texts_are_counted_for_themselves() -> None:
    front, _ = weigh("据报道" + REPORT, "城北消息" + REPORT)
    inner, _ = weigh(REPORT, REPORT.replace("邻居", "船工"))
    numbered, _ = weigh("第三次会议" + REPORT, "第四次座谈" + REPORT)
    assert [each["front_slots"] for each in (front, inner, numbered)] == [1, 0, 0]
    assert [each["slot_count"] for each in (front, inner)] == [1, 1]


def test_small_gaps_are_aligned_and_wide_ones_are_not() -> None:
    length = len(REPORT) - REPORT.count("，") - 1
    small, _ = weigh(REPORT, REPORT.replace("邻居", "船工"))
    wide, _ = weigh(REPORT, REPORT.replace("邻居", "邻居" + "甲乙" * 10))
    assert small["aligned_chars"] == small["passage_chars"] == length
    assert wide["aligned_chars"] == length
    assert wide["passage_chars"] < length


def test_other_words_in_one_place_are_replaced_and_words_put_in_are_not() -> None:
    before, after = "邻居们搬进仓库仍旧高兴渔船离岸", "木匠修好了炉火井架旁边那盏灯"
    replaced, _ = weigh(before + "甲乙丙" * 6 + after, before + "子丑寅卯" * 5 + after)
    put_in, _ = weigh(before + after, before + "子丑寅卯" * 5 + after)
    assert (replaced["replaced_chars"], put_in["replaced_chars"]) == (18, 0)


def test_a_passage_says_where_it_lies_in_both_texts() -> None:
    host = "炉火映着木匠和石磨把雪地照亮油坊西街仍旧安静" + REPORT + "羊群"
    length = len(REPORT) - REPORT.count("，") - 1
    weighed, passages = weigh(host, REPORT)
    assert passages == [(0, 0, length, 22, 22 + length, length)]
    assert (weighed["short_from"], weighed["short_to"]) == (0, length)
    assert (weighed["long_from"], weighed["long_to"]) == (22, 22 + length)


@given(TEXT, TEXT)
def test_passages_are_long_and_mostly_equal(one: str, other: str) -> None:
    weighed, passages = weigh(one, other)
    for _, a_from, a_to, b_from, b_to, equal in passages:
        assert min(a_to - a_from, b_to - b_from) >= max(PASSAGE_CHARS, equal)
    assert weighed["anchored_chars"] <= min(len(one), len(other))
    assert weighed["passage_chars"] <= weighed["aligned_chars"]


def common_slowly(a: str, b: str) -> int:
    if not a or not b:
        return 0
    if a[-1] == b[-1]:
        return common_slowly(a[:-1], b[:-1]) + 1
    return max(common_slowly(a[:-1], b), common_slowly(a, b[:-1]))


@given(st.text(alphabet="甲乙丙", max_size=3), st.text(alphabet="甲乙丙", max_size=3))
def test_what_is_missed_of_a_gap_is_not_common_to_both_sides(a: str, b: str) -> None:
    assert max(len(a), len(b)) <= GAP_CHARS
    before, after = "渔船沿着河滩", "木匠修好炉火"
    whole_a, whole_b = before + "子" + a + "寅" + after, before + "丑" + b + "卯" + after
    weighed, _ = weigh(whole_a, whole_b)
    inner_a, inner_b = whole_a[6:-6], whole_b[6:-6]
    assert weighed["missed_chars"] == max(len(inner_a), len(inner_b)) - common_slowly(inner_a, inner_b)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(
            "新华社北京3月2日电记者王伟", "新华社乍浦港12月15日电记者李小明", (0, 0, True), id="two datelines"
        ),
        pytest.param("本报讯记者王伟", "本报讯记者李明", (0, 0, True), id="two reporters"),
        pytest.param("本报讯记者王伟", "本报讯记者王伟", (0, 0, False), id="one dateline"),
        pytest.param("县城北京3月2日", "县城杭州3月15日", (2, 1, False), id="a day and a place that no one sends"),
    ],
)
def test_what_differs_in_datelines_is_counted_apart(one: str, other: str, expected: tuple[int, int, bool]) -> None:
    weighed, _ = weigh(one + REPORT, other + REPORT)
    assert (weighed["slot_count"], weighed["changed_numbers"], weighed["dateline_changes"] > 0) == expected


def test_unrelated_texts_share_nothing() -> None:
    other = "炉火映着木匠石磨把雪地照亮油坊西街安静羊群沿着铁轨走向牧场歌手记住井架旁边那盏灯"
    weighed, passages = weigh(REPORT, other)
    assert (weighed["anchored_chars"], weighed["passage_chars"], weighed["slot_count"], passages) == (0, 0, 0, [])


def test_pairs_do_not_see_each_other() -> None:
    texts = [REPORT, REPORT.replace("4650", "5127"), "炉火映着木匠和石磨把雪地照亮" + REPORT[10:] * 2]
    codes = normalise_texts(pl.Series(texts)).texts
    pairs = [(0, 1), (0, 2), (1, 2), (0, 1)]
    together, passages = weigh_pairs(codes, *(np.array(side) for side in zip(*pairs, strict=True)))
    alone = [weigh_pairs(codes, np.array([short]), np.array([long])) for short, long in pairs]
    assert together.rows() == [weighed.row(0) for weighed, _ in alone]
    assert passages.drop("pair").rows() == [row[1:] for _, each in alone for row in each.rows()]
