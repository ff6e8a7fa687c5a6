import polars as pl
import pytest

from tests.transforms.corrections.conftest import FILE, correction
from tests.transforms.entities.identity.press import Press, person, place
from transforms.corrections.entities import (
    RawNaming,
    corrected_files,
    decide_entities,
    find_raw_places,
    group_namings,
)
from transforms.corrections.records import Action, Correction, StaleCorrection
from transforms.entities.identity.decisions import Decided

OTHER = {"sha256": "fedcba9876543210", "name": "b/p02.txt"}
RAW = {
    FILE["sha256"]: ["主任林可清说，街道的事要办好。", "第二版没有人。"],
    OTHER["sha256"]: ["主任林可鸥和林可清都到了。"],
}
NAMINGS = {
    FILE["sha256"]: [RawNaming(mention_id="m1", surface="林可清", page_index=0, start=2, end=5)],
    OTHER["sha256"]: [
        RawNaming(mention_id="m2", surface="林可鸥", page_index=0, start=2, end=5),
        RawNaming(mention_id="m3", surface="林可清", page_index=0, start=6, end=9),
    ],
}


def same(**changed: object) -> Correction:
    facts = {"action": Action.SAME_ENTITY, "at": "主任林可清说", "other_at": "主任林可鸥", "expect": "two"}
    return correction(**(facts | {"other_file": OTHER} | changed))


def decide(*corrections: Correction, raw: dict = RAW) -> list[Decided]:
    return decide_entities({FILE["sha256"]: corrections}, raw, NAMINGS)


def test_words_lead_to_the_namings_that_stand_in_them() -> None:
    (decided,) = decide(same())
    assert (decided.first, decided.second, decided.is_one) == ("m1", "m2", True)


def test_both_files_are_asked_for_and_one_that_is_missing_is_left_alone() -> None:
    assert corrected_files({FILE["sha256"]: (same(),)}) == {FILE["sha256"], OTHER["sha256"]}
    assert decide(same(), raw={FILE["sha256"]: RAW[FILE["sha256"]]}) == []


def test_corrections_of_other_actions_decide_nothing() -> None:
    other = correction(action=Action.SET_DATE, expect="unknown", becomes="2023-07-04")
    assert decide(other) == []
    assert corrected_files({FILE["sha256"]: (other,)}) == frozenset()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"at": "街道的事"}, "found none; take words"),
        ({"at": "第二版"}, "found none; take words"),
        ({"other_at": "林可鸥和林可清"}, r"found 2 \(林可鸥, 林可清\)"),
        ({"other_at": "林可白"}, "found them nowhere"),
        ({"other_at": "林可"}, "found them more than once"),
    ],
)
def test_words_that_hold_no_single_naming_are_stale(changed: dict[str, str], words: str) -> None:
    with pytest.raises(StaleCorrection, match=words) as fault:
        decide(same(**changed))
    named = OTHER["name"] if "other_at" in changed else FILE["name"]
    assert named in str(fault.value)


def test_a_mention_is_led_back_through_repairs_to_the_raw_page() -> None:
    mentions = pl.LazyFrame(
        {"mention_id": ["m"], "article_id": ["a"], "surface": ["林可清"], "start_char": [2], "end_char": [5]}
    )
    piece = {"article_id": "a", "part": "body", "page_id": "p"}
    spans = pl.LazyFrame(
        [
            piece | {"start_char": 0, "end_char": 3, "raw_start": 40, "raw_end": 43, "rule_id": None},
            piece | {"start_char": 3, "end_char": 3, "raw_start": 43, "raw_end": 44, "rule_id": "text.wraps"},
            piece | {"start_char": 3, "end_char": 9, "raw_start": 44, "raw_end": 50, "rule_id": None},
            piece | {"part": "headline", "start_char": 0, "end_char": 9, "raw_start": 0, "raw_end": 9, "rule_id": None},
        ]
    )
    (place,) = find_raw_places(mentions, spans).collect().to_dicts()
    assert (place["page_id"], place["raw_start"], place["raw_end"]) == ("p", 42, 46)
    (naming,) = group_namings(pl.DataFrame([place | {"file_id": "f", "page_index": 0}]))["f"]
    assert (naming.mention_id, naming.start, naming.end) == ("m", 42, 46)


def decided(first: str, second: str, action: Action, expect: str) -> Decided:
    return Decided(correction(action=action, at="甲", other_at="乙", expect=expect), first, second)


def test_a_person_joins_two_names_that_nothing_joins(press: Press) -> None:
    (one,) = press.print("2023-03-01", person("林可清", "青石街道办事处主任"))
    (other,) = press.print("2023-09-01", person("林树", "白沙镇镇长"))
    mine = decided(one, other, Action.SAME_ENTITY, "two")
    assert not press.resolve().are_one(one, other)
    answer = press.resolve([mine])
    assert answer.are_one(one, other)
    (link,) = answer.links(decided_by="correction.mended")
    assert (link["decision"], link["evidence"], link["score"]) == ("joined", "as the bound volume has it", 1.0)


def test_a_person_parts_what_one_name_and_one_office_join_and_only_in_that_text(press: Press) -> None:
    (one,) = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"))
    other, again = press.print("2023-04-01", person("郑启明", "云岭区水务局局长"), person("郑启明"))
    (third,) = press.print("2023-05-01", person("郑启明", "云岭区水务局局长"))
    answer = press.resolve([decided(one, other, Action.DIFFERENT_ENTITY, "one")])
    assert answer.are_one(one, third)
    assert answer.are_one(other, again)
    assert not answer.are_one(one, other)
    (link,) = answer.links(decided_by="correction.mended")
    assert link["decision"] == "kept_apart"


def test_a_person_parts_two_namings_of_one_text(press: Press) -> None:
    one, other = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"), person("郑启明"))
    answer = press.resolve([decided(one, other, Action.DIFFERENT_ENTITY, "one")])
    assert not answer.are_one(one, other)


@pytest.mark.parametrize(("action", "expect"), [(Action.SAME_ENTITY, "two"), (Action.DIFFERENT_ENTITY, "one")])
def test_a_decision_that_the_rules_have_come_to_themselves_is_stale(press: Press, action: Action, expect: str) -> None:
    (one,) = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"))
    title = "云岭区水务局局长" if expect == "two" else "白沙镇镇长"
    (other,) = press.print("2023-04-01", person("郑启明", title))
    with pytest.raises(StaleCorrection, match="delete the correction"):
        press.resolve([decided(one, other, action, expect)])


def test_decisions_that_contradict_each_other_are_told(press: Press) -> None:
    """What keeps two apart won over what joins both with a third: the last of them was taken back in silence."""
    (one,) = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"))
    (other,) = press.print("2023-04-01", person("郑启明", "云岭区水务局局长"))
    (third,) = press.print("2023-05-01", person("林树", "白沙镇镇长"))
    mine = [
        decided(one, other, Action.DIFFERENT_ENTITY, "one"),
        decided(one, third, Action.SAME_ENTITY, "two"),
    ]
    assert not press.resolve(mine).are_one(other, third)
    with pytest.raises(StaleCorrection, match=r"contradicts what others come to \(mended, mended\); keep those"):
        press.resolve([*mine, decided(other, third, Action.SAME_ENTITY, "two")])


def test_decisions_change_no_other_id(press: Press) -> None:
    (one,) = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"))
    (other,) = press.print("2023-04-01", person("郑启明", "云岭区水务局局长"))
    (unrelated,) = press.print("2023-04-02", person("白如霜", "白沙镇镇长"))
    before, after = press.resolve(), press.resolve([decided(one, other, Action.DIFFERENT_ENTITY, "one")])
    assert before.entity(one) == after.entity(one)
    assert before.entity(unrelated) == after.entity(unrelated)


def test_a_person_and_a_place_are_no_two_namings_of_one_thing(press: Press) -> None:
    one, other = press.print("2023-03-01", person("郑启明", "云岭区水务局局长"), place("石桥村"))
    with pytest.raises(StaleCorrection, match="a person and a place"):
        press.resolve([decided(one, other, Action.SAME_ENTITY, "two")])
