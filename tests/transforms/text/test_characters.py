import pytest

from transforms.text.characters import count_han, ends_sentence


@pytest.mark.parametrize(
    ("string", "count"),
    [("", 0), ("春耕3天", 3), ("〇", 1), ("𠮷野", 2), ("，。A1", 0), ("ひらがな", 0)],
)
def test_han_characters_are_counted_in_every_plane(string: str, count: int) -> None:
    assert count_han(string) == count


@pytest.mark.parametrize(
    ("string", "ends"),
    [
        ("完工。", True),
        ("真好！”", True),
        ("（完。） ", True),
        ("等等……", True),
        ("完工", False),
        ("的，", False),
        ("", False),
    ],
)
def test_a_sentence_ends_with_its_mark_also_inside_a_quotation(string: str, ends: bool) -> None:  # noqa: FBT001
    assert ends_sentence(string) is ends
