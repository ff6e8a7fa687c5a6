import pytest

from transforms.text.characters import count_han


@pytest.mark.parametrize(
    ("string", "count"),
    [("", 0), ("春耕3天", 3), ("〇", 1), ("𠮷野", 2), ("，。A1", 0), ("ひらがな", 0)],
)
def test_han_characters_are_counted_in_every_plane(string: str, count: int) -> None:
    assert count_han(string) == count
