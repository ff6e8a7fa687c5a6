import pytest

from transforms.blocks.names import is_name, read_names


@pytest.mark.parametrize("word", ["何溪", "何一舟", "司徒溪", "司徒一舟"])
def test_a_surname_and_one_or_two_characters_are_a_name(word: str) -> None:
    assert is_name(word)


@pytest.mark.parametrize("word", ["何", "何一舟说", "司徒", "这一舟", "何A", "欢迎"])
def test_what_is_shorter_longer_or_has_no_surname_is_none(word: str) -> None:
    assert not is_name(word)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("何 溪", ["何溪"]),
        ("何　溪　林一舟", ["何溪", "林一舟"]),
        ("何一舟、林溪", ["何一舟", "林溪"]),
        ("何一舟 欢迎来稿", None),
        ("", None),
    ],
)
def test_a_line_of_names_is_read_spaced_out_or_not(line: str, names: list[str] | None) -> None:
    assert read_names(line) == names
