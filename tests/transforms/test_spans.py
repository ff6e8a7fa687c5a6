import pytest

from transforms.spans import Edit, Piece, Text, coalesced, join
from warehouse.errors import ContractFault

RAW = "春 耕開始"


def tidy() -> Text:
    """The raw text with its space removed and one character changed, by two rules."""
    spaced = Text.of(RAW).edit([Edit(1, 2, "")], "space")
    return spaced.edit([Edit(2, 3, "开")], "script")


def test_a_fresh_text_is_one_verbatim_piece() -> None:
    assert Text.of(RAW, 1, 3) == Text(" 耕", RAW, (Piece(0, 2, 1, 3, None),))


def test_an_empty_text_has_no_pieces() -> None:
    assert Text.of(RAW, 2, 2).pieces == ()


def test_edits_compose_and_each_piece_names_its_rule() -> None:
    assert tidy().string == "春耕开始"
    assert tidy().pieces == (
        Piece(0, 1, 0, 1, None),
        Piece(1, 1, 1, 2, "space"),
        Piece(1, 2, 2, 3, None),
        Piece(2, 3, 3, 4, "script"),
        Piece(3, 4, 4, 5, None),
    )


def test_no_edits_give_the_same_object() -> None:
    text = Text.of(RAW)
    assert text.edit([], "none") is text


@pytest.mark.parametrize(("offset", "raw"), [(0, 0), (1, 2), (2, 3), (3, 4), (4, 5)])
def test_any_offset_leads_back_to_the_raw_text(offset: int, raw: int) -> None:
    assert tidy().origin(offset) == raw


def test_an_offset_outside_the_text_is_our_bug() -> None:
    with pytest.raises(ContractFault, match="offset 5 lies outside a text of 4"):
        tidy().origin(5)


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(2, 3, ""), Edit(0, 1, "")], id="backwards"),
        pytest.param([Edit(0, 2, ""), Edit(1, 3, "")], id="overlapping"),
        pytest.param([Edit(3, 2, "")], id="negative"),
    ],
)
def test_edits_that_do_not_run_forward_are_our_bug(edits: list[Edit]) -> None:
    with pytest.raises(ContractFault, match="overlap or run backwards"):
        Text.of(RAW).edit(edits, "wrong")


def test_an_insertion_covers_no_raw_character() -> None:
    text = Text.of(RAW).edit([Edit(3, 3, "、")], "mark")
    assert text.string == "春 耕、開始"
    assert Piece(3, 4, 3, 3, "mark") in text.pieces


def test_an_edit_over_a_removal_takes_it_along() -> None:
    text = tidy().edit([Edit(0, 2, "夏收")], "season")
    assert text.string == "夏收开始"
    assert text.pieces[0] == Piece(0, 2, 0, 3, "season")


def test_a_change_of_length_stays_whole_with_its_first_character() -> None:
    text = Text.of("吨吨").edit([Edit(0, 1, "千克")], "unit")
    assert text.slice(0, 1).pieces == (Piece(0, 1, 0, 1, "unit"),)
    assert text.slice(1, 3).pieces == (Piece(0, 1, 1, 1, "unit"), Piece(1, 2, 1, 2, None))


def test_a_removal_at_the_start_of_a_slice_belongs_to_it_and_one_at_its_end_does_not() -> None:
    left, right = tidy().slice(0, 1), tidy().slice(1, 4)
    assert [piece.rule_id for piece in left.pieces] == [None]
    assert [piece.rule_id for piece in right.pieces] == ["space", None, "script", None]


def test_stripping_drops_white_space_and_keeps_origins() -> None:
    text = Text.of("\u3000\u3000 开工 \n", 0).strip()
    assert (text.string, text.pieces) == ("开工", (Piece(0, 2, 3, 5, None),))


def test_stripping_a_blank_text_leaves_nothing() -> None:
    assert Text.of(" \u3000").strip().string == ""


def test_joined_texts_keep_their_origins_and_the_joiner_names_its_rule() -> None:
    raw = "上半句\n\n下半句"
    text = join([Text.of(raw, 0, 3), Text.of(raw, 5, 8)], "|", "seam")
    assert text.string == "上半句|下半句"
    assert text.pieces == (Piece(0, 3, 0, 3, None), Piece(3, 4, 3, 5, "seam"), Piece(4, 7, 5, 8, None))


def test_nothing_joined_is_an_empty_text() -> None:
    assert join([], "\n", "seam") == Text("", "", ())


def test_neighbours_of_one_rule_are_one_piece() -> None:
    text = Text.of("衛東區").edit([Edit(0, 1, "卫"), Edit(1, 2, "东"), Edit(2, 3, "区")], "script")
    assert len(text.pieces) == 3
    assert list(coalesced(text.pieces)) == [Piece(0, 3, 0, 3, "script")]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(Piece(0, 1, 0, 1, "a"), Piece(1, 2, 1, 2, "b"), id="two rules"),
        pytest.param(Piece(0, 1, 0, 1, None), Piece(1, 2, 3, 4, None), id="a raw gap"),
        pytest.param(Piece(0, 0, 0, 1, "a"), Piece(0, 0, 1, 2, "a"), id="two removals"),
    ],
)
def test_other_neighbours_stay_apart(left: Piece, right: Piece) -> None:
    assert list(coalesced([left, right])) == [left, right]
