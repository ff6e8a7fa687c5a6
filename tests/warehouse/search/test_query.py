import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.errors import SettingsFault
from warehouse.search.query import MOST_CHARS, MOST_WORDS, Query, read_query


@pytest.mark.parametrize(
    ("words", "wanted", "refused"),
    [
        ("重点项目", ["重点项目"], []),
        (" 重点项目　投资\t开工\u2003竣工\n", ["重点项目", "投资", "开工", "竣工"], []),
        ("项目 项目 項目", ["项目"], []),
        ('"A 座" 投资', ["a 座", "投资"], []),
        ("“42 个  项目”", ["42 个 项目"], []),
        ("＂A 座＂", ["a 座"], []),
        ("排出“时间表”", ['排出"时间表"'], []),
        ("“三个一批”活动 成效", ['"三个一批"活动', "成效"], []),
        ("项目 -投资", ["项目"], ["投资"]),
        ("项目 －投资", ["项目"], ["投资"]),
        ('项目 -"A 座"', ["项目"], ["a 座"]),
        ('"-5%"', ["-5%"], []),
        ("U-Key", ["u-key"], []),
        ("-", ["-"], []),
        ('""', ['""'], []),
        ("云\u200b岭\x00区", ["云岭区"], []),
        ("雲嶺區 ＧＤＰ", ["云岭区", "gdp"], []),
    ],
)
def test_words_are_read(words: str, wanted: list[str], refused: list[str]) -> None:
    assert read_query(words) == Query(tuple(wanted), tuple(refused))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Nothing to look for"),
        (" \t\n\u3000", "Nothing to look for"),
        ("\x00\x1b\u200b", "Nothing to look for"),
        ("-投资", "beside what must not"),
        ("“重点 项目", "not closed"),
        ("字" * (MOST_CHARS + 1), "Too much"),
        (" ".join(map(str, range(MOST_WORDS + 1))), "Too much"),
    ],
)
def test_what_cannot_be_asked_is_said(words: str, says: str) -> None:
    with pytest.raises(SettingsFault, match=says):
        read_query(words)


@given(st.text(st.characters(codec=None)))
def test_any_text_is_read_or_refused_in_words(words: str) -> None:
    try:
        query = read_query(words)
    except SettingsFault:
        return
    assert query.wanted
    assert all(word.strip(" ") for word in query.wanted)
