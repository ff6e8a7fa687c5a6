"""What the other links of two texts say of a pair."""

import polars as pl
import pytest

from tests.transforms.reuse.conftest import take_empty
from transforms.reuse.clusters import cluster_texts
from transforms.reuse.links import LINKS, PASSAGES, Judged

NO_COPIES = pl.Series([], dtype=pl.UInt32)
LATER, ANOTHER = "reuse.edited-later", "reuse.some"

Link = tuple[int, int, str, str, float]


def judge(links: list[Link]) -> Judged:
    rows = [(*link, False, False, 300, 300, 0, 250, 0, 250) for link in links]
    return Judged(pl.DataFrame(rows, schema=LINKS, orient="row"), PASSAGES.to_frame())


def form(a: int, b: int, likeness: float = 0.95) -> Link:
    return a, b, "reuse.template", "form", likeness


def copy(a: int, b: int, rule_id: str = LATER, likeness: float = 0.94) -> Link:
    return a, b, rule_id, "variant", likeness


def tell_forms(pairs: pl.DataFrame) -> Judged:
    return judge([form(a, b, 0.5) for a, b in pairs.select("text_a", "text_b").iter_rows()])


CHAIN = [copy(number, number + 1) for number in range(3)]
OF_0, OF_1 = [form(0, other) for other in (2, 3, 4)], [form(1, other) for other in (2, 3, 4)]


@pytest.mark.parametrize(
    ("links", "is_outvoted"),
    [
        pytest.param([copy(0, 1), *OF_0, *OF_1], True, id="both are one form with three others"),
        pytest.param([copy(0, 1), *OF_0, *OF_1[1:]], False, id="one of them with two"),
        pytest.param([copy(0, 1), copy(0, 5), *OF_0, *OF_1], False, id="one of them is copied more often"),
        pytest.param([copy(0, 1, ANOTHER), *OF_0, *OF_1], False, id="printed again within a week"),
        pytest.param([copy(0, 1, likeness=0.97), *OF_0, *OF_1], False, id="closer than all others"),
        pytest.param([copy(0, 1)], False, id="nobody else"),
        pytest.param(CHAIN, True, id="of four texts no two say the same"),
        pytest.param(CHAIN[:2], False, id="of three"),
        pytest.param([*CHAIN[:2], copy(2, 3, ANOTHER)], False, id="of four two do"),
        pytest.param([*CHAIN, copy(3, 4, ANOTHER)], False, id="one of four says the same as a fifth"),
        pytest.param([*CHAIN[:2], form(2, 3)], False, id="the fourth is no copy"),
    ],
)
def test_texts_that_fill_in_one_form_with_others_are_no_copies(links, is_outvoted) -> None:
    found = cluster_texts(judge(links), tell_forms, take_empty, NO_COPIES)
    told = found.judged.links.row(0, named=True)
    assert (0 in found.members["canonical"]) is not is_outvoted
    assert told["is_boilerplate"] is is_outvoted
    assert told["verdict"] == "variant", "as the pair alone is: with other links it may be told otherwise"


@pytest.mark.parametrize(
    ("likeness", "canonical"),
    [
        pytest.param(0.6, 1, id="far less close than the other one"),
        pytest.param(0.8, 0, id="about as close: noise looks like another form"),
    ],
)
def test_of_two_that_fill_in_one_form_a_copy_stays_with_the_one_it_is_far_closer_to(likeness, canonical) -> None:
    links = [form(0, 1), copy(0, 2, ANOTHER, likeness), copy(1, 2, ANOTHER, 0.85)]
    members = cluster_texts(judge(links), tell_forms, take_empty, NO_COPIES).members
    assert members.select("text", "canonical").rows() == [(2, canonical)]
