import pytest

from transforms.blocks.authors import is_signature, read_author


@pytest.mark.parametrize(
    ("line", "place", "names"),
    [
        ("□ 何一舟", None, ["何一舟"]),
        ("○ 何 溪", None, ["何溪"]),
        ("读者 何一舟", None, ["何一舟"]),
        ("作者：何一舟", None, ["何一舟"]),
        ("文/何一舟 林溪", None, ["何一舟", "林溪"]),
        ("何一舟/文", None, ["何一舟"]),
        ("云岭区农科所 何一舟", "云岭区农科所", ["何一舟"]),
        ("何一舟", None, ["何一舟"]),
        ("云岭区二小 何一舟 指导教师：林溪", "云岭区二小", ["何一舟"]),
    ],
)
def test_authors_are_read_with_where_they_belong(line: str, place: str | None, names: list[str]) -> None:
    assert read_author(line) == (place, names)


@pytest.mark.parametrize("line", ["云岭区农科所 何一舟", "麦坡镇小学学生 林溪"])
def test_a_place_of_work_and_a_name_sign(line: str) -> None:
    assert is_signature(line)


@pytest.mark.parametrize("line", ["麦田披新绿 何处是归途", "云岭区农科所 开放日", "何一舟", "春到麦坡 何一舟"])
def test_two_phrases_of_a_headline_do_not(line: str) -> None:
    assert not is_signature(line)
