from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from transforms.spans import Edit, Text, coalesced, join

RAW = "春 耕,開始abc12。\n"
raws = st.text(RAW, max_size=30)


@st.composite
def edits(draw: st.DrawFn, length: int) -> list[Edit]:
    """Ordered, disjoint edits of a text: replacements, removals, insertions."""
    bounds = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = [(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False)]
    return [Edit(start, end, draw(st.text("夏收!", max_size=3))) for start, end in pairs]


@st.composite
def edited(draw: st.DrawFn) -> Text:
    """A text of a whole raw page, edited several times over."""
    text = Text.of(draw(raws))
    for number in range(draw(st.integers(0, 4))):
        text = text.edit(draw(edits(len(text))), f"rule-{number}")
    return text


def assert_whole(text: Text) -> None:
    """The pieces cover the string without gap or overlap, and verbatim ones are what the page has."""
    assert [piece.start for piece in text.pieces] == [0, *(piece.end for piece in text.pieces[:-1])][: len(text.pieces)]
    assert (text.pieces[-1].end if text.pieces else 0) == len(text.string)
    for piece in text.pieces:
        assert 0 <= piece.raw_start <= piece.raw_end <= len(text.raw)
        if piece.rule_id is None:
            assert text.string[piece.start : piece.end] == text.raw[piece.raw_start : piece.raw_end]


def raw_ranges(text: Text) -> list[tuple[int, int]]:
    return [(piece.raw_start, piece.raw_end) for piece in text.pieces]


@given(st.data())
def test_an_edit_is_the_replacement_of_its_characters(data: st.DataObject) -> None:
    text = data.draw(edited())
    chosen = data.draw(edits(len(text)))
    expected, at = "", 0
    for edit in chosen:
        expected += text.string[at : edit.start] + edit.after
        at = edit.end
    assert text.edit(chosen, "rule").string == expected + text.string[at:]


@given(edited())
def test_the_pieces_rebuild_an_edited_text(text: Text) -> None:
    assert_whole(text)


@given(edited())
def test_edits_cover_the_raw_page_once_and_in_order(text: Text) -> None:
    ranges = raw_ranges(text)
    assert all(left[1] == right[0] for left, right in pairwise(ranges))
    assert (ranges[0][0], ranges[-1][1]) == (0, len(text.raw)) if ranges else text.raw == ""


@given(edited().filter(len), st.data())
def test_the_slices_of_a_text_share_its_raw_characters_out(text: Text, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=4)) - {len(text)})
    slices = [text.slice(start, end) for start, end in pairwise([0, *cuts, len(text)])]
    assert "".join(part.string for part in slices) == text.string
    for part in slices:
        assert_whole(part)
    bounds = [bound for part in slices for bound in raw_ranges(part)]
    assert all(left[1] == right[0] for left, right in pairwise(bounds))
    assert (bounds[0][0], bounds[-1][1]) == (0, len(text.raw))


@given(edited(), st.data())
def test_joined_slices_are_the_text_again(text: Text, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    joined = join([text.slice(start, end) for start, end in pairwise([0, *cuts, len(text)])], "", "seam")
    assert joined.string == text.string
    assert_whole(joined)


@given(edited(), st.text("|、\n", max_size=2))
def test_a_joiner_stands_between_the_texts(text: Text, joiner: str) -> None:
    middle = len(text) // 2
    joined = join([text.slice(0, middle), text.slice(middle, len(text))], joiner, "seam")
    assert joined.string == text.string[:middle] + joiner + text.string[middle:]
    assert_whole(joined)


@given(edited())
def test_every_offset_leads_back_into_the_page_in_order(text: Text) -> None:
    origins = [text.origin(offset) for offset in range(len(text))]
    assert origins == sorted(origins)
    for offset, piece in ((piece.start, piece) for piece in text.pieces if piece.end > piece.start):
        assert origins[offset] == piece.raw_start


@given(edited())
def test_coalesced_pieces_say_the_same_in_fewer_words(text: Text) -> None:
    short = list(coalesced(text.pieces))
    assert_whole(Text(text.string, text.raw, tuple(short)))
    assert list(coalesced(short)) == short
    assert len(short) <= len(text.pieces)
    assert {piece.rule_id for piece in short} == {piece.rule_id for piece in text.pieces}


@given(edited())
def test_a_stripped_text_has_no_white_space_at_its_ends(text: Text) -> None:
    stripped = text.strip()
    assert stripped.string == text.string.strip()
    assert_whole(stripped)
