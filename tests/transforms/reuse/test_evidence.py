import polars as pl
import pytest

from transforms.reuse.align import align_pairs
from transforms.reuse.evidence import weigh_pairs
from transforms.reuse.normal import join_codes, normalise_texts

REPORT = "清晨十二条渔船运来鲜货三百筐，码头量出净重4650斤，比去年的3980斤多了不少，邻居们搬进仓库仍旧高兴。"
COLUMNS = ("missed_chars", "slot_count", "slot_chars", "changed_numbers", "changed_numerals")


def weigh(a: str, b: str) -> dict[str, int]:
    strings = normalise_texts([a, b])
    pairs = pl.DataFrame({"text_a": [0], "text_b": [1]})
    return weigh_pairs(pairs, align_pairs(strings, pairs), join_codes(strings)).row(0, named=True)


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        pytest.param("清晨", "清晨", (0, 0, 0, 0, 0), id="equal"),
        pytest.param("渔船", "渔般", (1, 0, 0, 0, 0), id="a misread character is no slot"),
        pytest.param("不少", "少", (1, 0, 0, 0, 0), id="a lost character is no slot"),
        pytest.param("邻居", "船工", (2, 1, 2, 0, 0), id="another word is a slot"),
        pytest.param("清晨", "傍午", (2, 1, 2, 0, 0), id="so is the word that opens the text"),
        pytest.param("高兴", "安静", (2, 1, 2, 0, 0), id="and the one that closes it"),
        pytest.param("4650", "5127", (4, 1, 4, 1, 0), id="another number"),
        pytest.param("4650", "4651", (1, 1, 1, 1, 0), id="another digit is another number"),
        pytest.param("三百", "五百", (1, 0, 0, 0, 1), id="another numeral"),
        pytest.param("三百", "百", (1, 0, 0, 0, 0), id="a lost numeral is noise"),
    ],
)
def test_a_gap_is_told_by_what_stands_in_it(was: str, becomes: str, expected: tuple[int, ...]) -> None:
    weighed = weigh(REPORT, REPORT.replace(was, becomes))
    assert tuple(weighed[column] for column in COLUMNS) == expected


def test_small_gaps_are_aligned_and_wide_ones_are_not() -> None:
    length = len(normalise_texts([REPORT])[0])
    small, wide = (
        weigh(REPORT, REPORT.replace("邻居", "船工")),
        weigh(REPORT, REPORT.replace("邻居", "邻居" + "甲乙" * 10)),
    )
    assert small["aligned_chars"] == small["passage_chars"] == length
    assert wide["aligned_chars"] == length
    assert wide["passage_chars"] < length


def test_a_passage_says_where_it_lies_in_both_texts() -> None:
    host = "炉火映着木匠和石磨把雪地照亮油坊西街仍旧安静" + REPORT + "羊群"
    weighed = weigh(host, REPORT)
    length = len(normalise_texts([REPORT])[0])
    assert (weighed["a_from"], weighed["a_to"]) == (22, 22 + length)
    assert (weighed["b_from"], weighed["b_to"]) == (0, length)


def test_unrelated_texts_share_nothing() -> None:
    weighed = weigh(REPORT, "炉火映着木匠石磨把雪地照亮油坊西街安静羊群沿着铁轨走向牧场歌手记住井架旁边那盏灯")
    assert (weighed["anchored_chars"], weighed["passage_chars"], weighed["slot_count"]) == (0, 0, 0)
