import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.align import MOVED_CHARS, align_pairs

TEXT = st.text(alphabet="甲乙丙丁", max_size=60)


def align(a: str, b: str) -> list[tuple[int, int, int, int]]:
    return align_pairs([a, b], pl.DataFrame({"text_a": [0], "text_b": [1]})).drop("pair").rows()


@given(TEXT, TEXT)
def test_blocks_are_equal_and_use_no_character_twice(a: str, b: str) -> None:
    blocks = align(a, b)
    assert all(a[i : i + length] == b[j : j + length] for _, i, j, length in blocks)
    for start in (1, 2):
        places = [place for block in blocks for place in range(block[start], block[start] + block[3])]
        assert len(places) == len(set(places))


@given(TEXT, TEXT)
def test_each_turn_keeps_the_order_of_both_texts(a: str, b: str) -> None:
    for turn in (0, 1, 2):
        blocks = [block[1:] for block in align(a, b) if block[0] == turn]
        assert blocks == sorted(blocks)
        assert [block[1] for block in blocks] == sorted(block[1] for block in blocks)


def test_equal_texts_are_one_block() -> None:
    assert align("渠水到了果园", "渠水到了果园") == [(0, 0, 0, 6)]


def test_a_moved_sentence_is_found_where_it_went() -> None:
    first, second = "清晨渔船沿着河滩靠近码头", "老人在茶馆里听见学堂传来琴声众人高兴"
    blocks = align(first + second, second + first)
    assert (0, len(first), 0, len(second)) in blocks
    assert (1, 0, len(second), len(first)) in blocks


def test_a_moved_word_is_too_short_to_tell_from_chance() -> None:
    word, rest = "清晨渔船"[: MOVED_CHARS - 1], "老人在茶馆里听见学堂传来琴声"
    assert {block[0] for block in align(word + rest, rest + word)} == {0}
