"""What holds of the mentions of any text, and that no text makes the finders slower than its length."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reference import load_name_knowledge
from tests.properties.pages import LINES, SENTENCES
from tests.properties.test_linear import GENEROUS, ratio
from transforms.entities.find_mentions import find_mentions
from transforms.entities.records import Mention
from transforms.printed import PrintedArticle

PIECES = (
    *SENTENCES,
    *LINES,
    *(
        "洛阳市涧西区",
        "区委、区政府",
        "驰远精工轴承有限公司",
        "“三个一批”",
        "‘项目为王’",
        "蓝屿创新科技园",
        "“",
        "”",
        "、",
    ),
    *(
        "等8家企业",
        "望杏、槐台两个街道",
        "市",
        "局",
        "项目",
        "村",
        "12+9+N",
        "等项目",
        "，",
        "。",
        "\n",
        "河南",
        "（",
        "）",
    ),
)
BODIES = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
LONG = 24_000  # characters
TRAPS = (
    *(
        "局",
        "市",
        "项目",
        "春",
        "区委",
        "村、",
        "公司、",
        "“三个”",
        "“",
        "”",
        "“甲、乙”",
        "等8家企业",
        "有限公司",
        "河南",
    ),
    *(
        "产业园",
        "1",
        "重点项目",
        "冷链",
        "（",
        "（局）",
        "某某局、",
        "某某局等企业",
        "\n",
        "，",
        "建设",
        "街道办事处",
        "省市",
    ),
    *("“一二”“三四五”", "申报局", "两个街道", "涧西区", "涧西", "高新区", "工业园项目", "吨级项目", "市区县"),
)


def find(body: str, people: tuple[Mention, ...] = ()) -> list[Mention]:
    article = PrintedArticle(article_id="a", newspaper_id="chengxi_ribao", headline=None, body=body)
    return find_mentions(article, people, load_name_knowledge())


@given(BODIES)
def test_a_mention_says_where_it_is_printed_and_overlaps_none(body: str) -> None:
    mentions = find(body)
    assert all(body[m.start : m.end] == m.surface != "" for m in mentions)
    assert all(left.end <= right.start for left, right in pairwise(mentions))


@given(BODIES, st.integers(0, 80), st.integers(1, 4))
def test_people_stay_as_they_are_and_nothing_overlaps_them(body: str, start: int, length: int) -> None:
    surface = body[start : start + length]
    people = (Mention(kind="person", surface=surface, start=start, end=start + length, rule_id="p"),) if surface else ()
    mentions = find(body, people)
    assert set(people) <= set(mentions)
    assert all(left.end <= right.start for left, right in pairwise(mentions))


@pytest.mark.parametrize("unit", TRAPS)
def test_names_are_found_in_linear_time(unit: str) -> None:
    assert ratio(find, lambda length: unit * (length // len(unit)), LONG) < GENEROUS
