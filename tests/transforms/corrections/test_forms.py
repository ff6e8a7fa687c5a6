import pytest

from tests.transforms.corrections.conftest import FILE, correction
from transforms.corrections.forms import FORMS, Facts, is_span, parse_correction
from transforms.corrections.records import Action
from warehouse.errors import SettingsFault

GOOD: dict[Action, dict[str, str]] = {
    Action.SET_DATE: {"expect": "unknown", "becomes": "2023-07-04"},
    Action.SET_PAPER: {"expect": "unknown", "becomes": "澄溪日报"},
    Action.SPLIT_ARTICLE: {"at": "一渠春水", "expect": "none"},
    Action.JOIN_ARTICLES: {"at": "种粮大户", "expect": "none"},
    Action.SET_PART: {"at": "新渠省水", "expect": "heading", "becomes": "caption"},
    Action.CORRECT_TEXT: {"at": "局长沈雪芩说", "expect": "芩", "becomes": "琴"},
    Action.CORRECT_CONTRIBUTOR: {"at": "一渠春水", "expect": "none", "becomes": "author 何一舟"},
    Action.SAME_ENTITY: {"at": "主任林可清", "other_at": "主任林可鸥", "expect": "two"},
    Action.DIFFERENT_ENTITY: {"at": "村民郑启明", "other_at": "郑启明家里", "expect": "one"},
}


def test_every_action_has_a_form() -> None:
    assert set(FORMS) == set(GOOD) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_a_correction_with_all_its_keys_is_taken(action: Action) -> None:
    taken = correction(action=action, **GOOD[action])
    assert (taken.action, taken.expect, taken.rule_id) == (action, GOOD[action]["expect"], "correction.mended")


@pytest.mark.parametrize(("action", "key"), [(action, key) for action in Action for key in GOOD[action]])
def test_a_key_that_the_action_needs_is_missed(action: Action, key: str) -> None:
    facts = {name: value for name, value in GOOD[action].items() if name != key}
    with pytest.raises(SettingsFault, match=rf"lacks {key}; its keys are action, "):
        correction(action=action, **facts)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"action": "mend"}, "it is one of set_date, set_paper"),
        ({"colour": "red"}, "has unknown colour"),
        ({"after": "一渠"}, "has unknown after"),
        ({"id": "Über all"}, "an id is small letters"),
        ({"reason": " "}, "reason is empty"),
        ({"at": ""}, "at is empty"),
        ({"at": "沈雪芩和沈雪芩"}, "must stand once"),
        ({"at": "局长说"}, "must stand once"),
        ({"becomes": "琴\n"}, None),
        ({"becomes": "琴\n琴"}, "within one printed line"),
        ({"file": "a/p01.txt"}, "file holds sha256 and name"),
        ({"file": FILE | {"sha256": "0123"}}, "16 hex digits or more"),
        ({"file": {"name": "a"}}, "file lacks sha256"),
    ],
)
def test_what_is_written_wrong_is_said(changed: Facts, words: str | None) -> None:
    facts: Facts = {"id": "mended", "file": FILE, "reason": "r", "action": "correct_text"}
    facts = {**facts, **GOOD[Action.CORRECT_TEXT], **changed}
    if words is None:
        assert parse_correction(facts, written_in="a.yaml:1").becomes == "琴"
        return
    with pytest.raises(SettingsFault, match=words) as fault:
        parse_correction(facts, written_in="a.yaml:1")
    assert str(fault.value).startswith("a.yaml:1: correction ")


@pytest.mark.parametrize(
    ("action", "changed", "words"),
    [
        (Action.SET_DATE, {"becomes": "4.7.2023"}, "is no day"),
        (Action.SET_DATE, {"becomes": "2023-02-30"}, "is no day"),
        (Action.SET_DATE, {"at": "第3版", "becomes": "2023-07-04..2023-07-05"}, "only an exact day"),
        (Action.SET_PAPER, {"expect": "澄溪日报"}, "newspaper_id"),
        (Action.SET_PAPER, {"becomes": ""}, "the paper's name"),
        (Action.SPLIT_ARTICLE, {"expect": ""}, "headline of the article"),
        (Action.SET_PART, {"becomes": "title"}, "is none of kicker"),
        (Action.CORRECT_CONTRIBUTOR, {"becomes": "writer 何一舟"}, "roles are reporter"),
        (Action.CORRECT_CONTRIBUTOR, {"becomes": "none"}, "are the same"),
        (Action.SAME_ENTITY, {"expect": "one"}, "expect is two"),
        (Action.SAME_ENTITY, {"other_at": " "}, "other_at is empty"),
        (Action.DIFFERENT_ENTITY, {"expect": "two"}, "expect is one"),
    ],
)
def test_a_value_that_the_action_cannot_use_is_said(action: Action, changed: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsFault, match=words):
        correction(action=action, **(GOOD[action] | changed))


def test_the_second_naming_may_stand_in_another_file() -> None:
    other = {"sha256": "fedcba9876543210", "name": "b/p02.txt"}
    taken = correction(action=Action.SAME_ENTITY, **GOOD[Action.SAME_ENTITY], other_file=other)
    assert (taken.other_sha256, taken.other_name) == (other["sha256"], other["name"])
    same = correction(action=Action.SAME_ENTITY, **GOOD[Action.SAME_ENTITY])
    assert (same.other_sha256, same.other_name) == (same.sha256, same.file_name)
    with pytest.raises(SettingsFault, match="16 hex digits"):
        correction(action=Action.SAME_ENTITY, **GOOD[Action.SAME_ENTITY], other_file=other | {"sha256": "12"})
    with pytest.raises(SettingsFault, match="other_file"):
        correction(action=Action.SAME_ENTITY, **GOOD[Action.SAME_ENTITY], other_file="b/p02.txt")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("unknown", True),
        ("2023-07-04", True),
        ("2023-07-04..2023-07-31", True),
        ("2023-07-31..2023-07-04", False),
        ("2023-7-4", False),
        ("2023年7月4日", False),
        ("2023-07-04..", False),
        ("", False),
    ],
)
def test_a_span_is_a_day_or_bounds_or_unknown(text: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_span(text) is is_one
