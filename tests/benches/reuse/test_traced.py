import pytest

from tests.benches.reuse.traced import NOWHERE, SOURCE_BITS, join, trace

TEXT = trace("东风吹西风落", 2)


@pytest.mark.parametrize(
    ("edits", "string", "positions"),
    [
        pytest.param([], "东风吹西风落", [0, 1, 2, 3, 4, 5], id="nothing"),
        pytest.param([(1, 2, "")], "东吹西风落", [0, 2, 3, 4, 5], id="a character lost"),
        pytest.param([(2, 2, "(x)")], "东风(x)吹西风落", [0, 1, None, None, None, 2, 3, 4, 5], id="a note"),
        pytest.param(
            [(0, 2, "南"), (6, 6, "尽")], "南吹西风落尽", [None, 2, 3, 4, 5, None], id="a word replaced, one added"
        ),
    ],
)
def test_edits_keep_the_origins_of_what_stays(edits, string, positions) -> None:
    edited = TEXT.spliced(edits)
    assert str(edited) == string
    origins = [NOWHERE if position is None else (2 << SOURCE_BITS) + position for position in positions]
    assert edited.origins.tolist() == origins


def test_pieces_put_together_are_the_text() -> None:
    pieces = TEXT.split([0, 3, 6])
    assert [str(piece) for piece in pieces] == ["东风吹", "西风落"]
    assert str(join(pieces)) == str(TEXT)


def test_a_spelling_keeps_the_length() -> None:
    with pytest.raises(ValueError, match="6 characters spelled as 2"):
        TEXT.spelled("东风")
