"""Whether words that are others stand in the slots of a form: what is counted, and whom it makes no copy."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.reuse.conftest import TELEGRAMS
from transforms.reuse.family import Held, _ask, _hold, find_filled_in
from transforms.reuse.links import LINKS
from transforms.reuse.normal import normalise_texts

FIRST, SECOND, *OTHERS = TELEGRAMS
WEEK, LATER = "reuse.edited", "reuse.edited-later"


def link(a: int, b: int, rule_id: str = "reuse.other-occasion", verdict: str = "form") -> tuple[object, ...]:
    return a, b, rule_id, verdict, 0.8, False, False, 100, 100, 0, 0, 0, 0


def find(texts: Sequence[str], links: Sequence[tuple[object, ...]]) -> list[int]:
    codes = normalise_texts(pl.Series(texts)).texts
    return find_filled_in(pl.DataFrame(links, schema=LINKS, orient="row"), codes.take).to_list()


FORMS = [link(a, b) for a in (0, 1) for b in (2, 3)]


@pytest.mark.parametrize(
    ("second", "rule_id", "is_filled_in"),
    [
        pytest.param(SECOND, WEEK, True, id="other names in their places"),
        pytest.param(SECOND, LATER, True, id="and weeks later"),
        pytest.param(FIRST.replace("难过", "悲痛"), LATER, False, id="an editor's word"),
        pytest.param(SECOND.replace("难过", "悲痛"), WEEK, False, id="an editor's word beside the names"),
        pytest.param(FIRST.replace("文森蒂", "博纳蒂克"), LATER, False, id="one name of four"),
        pytest.param(FIRST.replace("3日电", "4日电"), LATER, False, id="sent anew"),
        pytest.param(FIRST[:-30], WEEK, False, id="cut"),
    ],
)
def test_who_writes_other_words_into_the_slots_of_a_form_makes_no_copy(second, rule_id, is_filled_in) -> None:
    links = [link(0, 1, rule_id, "variant"), *FORMS]
    assert find([FIRST, second, *OTHERS], links) == ([1] if is_filled_in else [])


ONE_NAME = (
    "据省气象台消息，{}今天普降大雪，积雪最深处达四尺，公路客车停驶，有关部门正组织人力上路清除，请留意车站通知。"
)
TOWNS = [ONE_NAME.format(town) for town in ("石坪", "云岭", "河口", "槐树庄")]


@pytest.mark.parametrize(("rule_id", "is_filled_in"), [(WEEK, False), (LATER, True)])
def test_one_word_may_be_mended_within_a_week(rule_id, is_filled_in) -> None:
    assert find(TOWNS, [link(0, 1, rule_id, "variant"), *FORMS]) == ([1] if is_filled_in else [])


@pytest.mark.parametrize(
    "links",
    [
        pytest.param([link(0, 2), link(1, 3)], id="of one sibling chance is as likely"),
        pytest.param([*FORMS[:2], link(1, 2, WEEK, "variant"), link(1, 3, WEEK, "variant")], id="copies of the other"),
        pytest.param([], id="nobody else"),
    ],
)
def test_siblings_are_several_and_no_copies(links) -> None:
    assert find([FIRST, SECOND, *OTHERS], [link(0, 1, LATER, "variant"), *links]) == []


def test_where_nearly_all_differs_from_siblings_slots_say_nothing() -> None:
    strangers = [text[:40] + text[:30:-1] for text in OTHERS]
    assert find([FIRST, FIRST.replace("难过", "悲痛"), *strangers], [link(0, 1, LATER, "variant"), *FORMS]) == []


PIECES = [pl.int_range(0x4E00 + 100 * each, 0x4E00 + 100 * each + 13, eager=True).to_list() for each in range(4)]
WORDS = st.lists(st.integers(0, 2), min_size=3, max_size=3)
"""Which of three words stands in each of three slots."""


def fill_in(words: Sequence[int]) -> list[int]:
    """Put words between the pieces of a form; word k of a slot has two characters that nothing else has, and k more."""
    text = list(PIECES[0])
    for slot, (word, piece) in enumerate(zip(words, PIECES[1:], strict=True)):
        first = 0x8000 + 100 * slot + 10 * word
        text += [*range(first, first + 2 + word), *piece]
    return text


@given(WORDS, WORDS, st.lists(WORDS, min_size=2, max_size=4))
def test_slots_are_counted_as_they_were_filled_in(text, other, siblings) -> None:
    texts = ["".join(map(chr, fill_in(words))) for words in (text, other, *siblings)]
    links = [link(0, 1, LATER, "variant"), *(link(0, 2 + number) for number in range(len(siblings)))]
    asked = _ask(pl.DataFrame(links, schema=LINKS, orient="row"))
    held = _hold(asked, normalise_texts(pl.Series(texts)).texts.take).row(0, named=True)
    slots = [slot for slot in range(3) if text[slot] != other[slot]]
    varied = [slot for slot in range(3) if any(sibling[slot] != text[slot] for sibling in siblings)]
    assert held == {
        Held.slots.name: len(slots),
        Held.held.name: len(set(slots) & set(varied)),
        Held.places.name: sum(2 + text[slot] for slot in varied),
        Held.of_siblings.name: int(np.sum([[a != b for a, b in zip(text, each, strict=True)] for each in siblings])),
        "chars": len(texts[0]),
    }
