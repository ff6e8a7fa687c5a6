import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.dateline import WITHIN_CHARS, find_dateline

HEAD = "大桥昨日合龙"
BODY = "大桥全长八百米由市交通局组织建设"
DATELINE = re.compile(r"[社报台网](?:|.{1,20}?(?<=日))[专急]?[电讯]", re.DOTALL)
NAMES = re.compile(r"(?:(?=.{0,5}[者员]).{0,5}?[者员].{0,4})*", re.DOTALL)


def find_slowly(text: str) -> tuple[int, int]:
    found = DATELINE.search(text[:WITHIN_CHARS])
    if not found:
        return 1, 0
    names = NAMES.match(text, found.end())
    assert names
    return max(0, found.start() - 4), names.end()


def codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-16-le"), np.uint16).copy()


def place(text: str) -> str:
    start, end = find_dateline(codes(text))
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        pytest.param("新华社北京3月2日电" + BODY, "新华社北京3月2日电", id="sender, place and day"),
        pytest.param("新华社北京3月2日电记者王伟" + BODY, "新华社北京3月2日电记者王伟大桥", id="room for a long name"),
        pytest.param("本报讯记者李小明通讯员赵一" + BODY, "本报讯记者李小明通讯员赵一大桥", id="two roles"),
        pytest.param("中国新闻社乍浦港12月15日电" + BODY, "中国新闻社乍浦港12月15日电", id="a long name"),
        pytest.param("新华社北京3月2日专电" + BODY, "新华社北京3月2日专电", id="sent for this paper"),
        pytest.param("市交通局讯" + BODY, "", id="no sender"),
        pytest.param("本报记者从电力公司获悉", "", id="electric power"),
        pytest.param(BODY * 4 + "本报讯", "", id="far down"),
    ],
)
def test_a_dateline_is_found_where_it_stands(text: str, dateline: str) -> None:
    assert place(text) == dateline


def test_a_headline_may_stand_before_it() -> None:
    assert place(HEAD + "本报讯记者王伟" + BODY).endswith("本报讯记者王伟大桥")


@given(st.text(alphabet="社报电讯日专急者员记北3", max_size=90))
def test_fast_equals_naive(text: str) -> None:
    assert find_dateline(codes(text)) == find_slowly(text)
