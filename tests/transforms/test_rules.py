import dataclasses

import pytest

from transforms.rules import Example, Rule


def test_a_rule_is_frozen_data() -> None:
    rule: Rule[str] = Rule(id="a.b", says="A full stop.", verdict="stop", test=lambda s: s == "。")
    with pytest.raises(dataclasses.FrozenInstanceError):
        rule.id = "c.d"  # type: ignore[misc]


def test_a_rule_may_judge_any_subject() -> None:
    rule: Rule[int] = Rule(id="a.even", says="Even.", verdict="even", test=lambda n: n % 2 == 0)
    assert (rule.test(2), rule.test(3)) == (True, False)


def test_an_example_names_its_hit_and_its_miss() -> None:
    with pytest.raises(TypeError):
        Example("开工", "开工啦！")  # type: ignore[misc]
