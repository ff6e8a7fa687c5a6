from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.find import find_reuse
from transforms.reuse.normal import build_table, normalise_texts
from transforms.reuse.passages import PRINTS_OF_PAIR, _locate_all

TEXTS = st.lists(st.text(alphabet="甲乙a，𠀀é\n1", max_size=150), min_size=1, max_size=4)


@given(TEXTS, st.integers(1, 200))
def test_every_passage_leads_back_to_its_code_points(texts: list[str], chars: int) -> None:
    normal = normalise_texts(pl.Series(texts, dtype=pl.String))
    kept = [[at for at, character in enumerate(text) if build_table()[ord(character)]] for text in texts]
    passages = [
        (row, start, min(start + chars, len(points))) for row, points in enumerate(kept) for start in range(len(points))
    ]
    rows, starts, ends = (np.array([passage[side] for passage in passages], np.int32) for side in range(3))
    found = np.empty((2, len(passages)), np.int32)
    _locate_all(normal.kept, normal.words, rows.astype(np.int64), starts, ends, found[0], found[1])
    assert found[0].tolist() == [kept[row][start] for row, start, _ in passages]
    assert found[1].tolist() == [kept[row][end - 1] + 1 for row, _, end in passages]


def test_a_passage_begins_and_ends_with_characters_that_count(shelve: Callable[..., pl.DataFrame], write) -> None:
    text = write(3, 12)
    first, second = write(1, 9) + "“" + text + "”", "Aa — " + text + "\n" + write(2, 9)
    row = find_reuse(shelve({"body": first}, {"body": second})).reuse.row(0, named=True)
    passages = {
        row[f"article_id_{side}"][-30:]: body[row[f"start_char_{side}"] : row[f"end_char_{side}"]]
        for side, body in zip("ab", (first, second), strict=True)
    }
    assert set(passages.values()) == {text.removesuffix("。")}
    assert row["similarity_share"] == 1.0
    assert row["char_count"] == len(text) - text.count("。")


@pytest.mark.parametrize("copies", [3, 15])
def test_copies_share_all_of_the_first_print(shelve: Callable[..., pl.DataFrame], write, copies: int) -> None:
    reuse = find_reuse(shelve(*({"body": write(1, 8)} for _ in range(copies)))).reuse
    assert reuse.height == copies - 1
    assert reuse["article_id_a"].n_unique() == 1


@pytest.mark.parametrize(
    ("copies", "quoting", "expected"),
    [
        pytest.param(15, 1, 15, id="a quotation and many papers"),
        pytest.param(PRINTS_OF_PAIR + 5, 1, PRINTS_OF_PAIR, id="a quotation and more papers than are told"),
        pytest.param(PRINTS_OF_PAIR + 5, 2, PRINTS_OF_PAIR * 3 // 2, id="a later print of both is told of fewer"),
    ],
)
def test_of_texts_printed_often_the_first_prints_are_told(shelve, write, copies: int, quoting: int, expected) -> None:
    body = write(1, 30)
    quotation = write(2, 40) + body[:150]
    prints = [{"body": body} for _ in range(copies)]
    reuse = find_reuse(shelve(*prints, *({"body": quotation} for _ in range(quoting)))).reuse
    assert reuse.filter(pl.col("char_count") < 200).height == expected
