import json
from pathlib import Path

import pytest

from transforms.figures.amount_rules import AMOUNT_RULES, AmountRule
from transforms.figures.amounts import find_amounts
from transforms.figures.codes import CODE_RULES, CodeRule, find_codes
from transforms.figures.numbers import find_numerals, find_taken
from transforms.figures.period_rules import PERIOD_RULES, PeriodRule
from transforms.figures.periods import find_periods
from transforms.rules import Example

SAMPLES = Path(__file__).parents[2] / "golden" / "sample_issues.json"
RULES = (*AMOUNT_RULES, *CODE_RULES, *PERIOD_RULES)


@pytest.fixture(scope="module")
def prints() -> str:
    """All sample issues, and every example of the rules."""
    pages = json.loads(SAMPLES.read_text(encoding="utf8"))["pages"]
    bodies = [article["body"] for page in pages for article in page["articles"]]
    return "\n".join([*bodies, *(words for rule in RULES for e in rule.examples for words in (e.hit, e.miss))])


def examples(rules) -> list:
    return [pytest.param(rule, example, id=f"{rule.id} {example.hit}") for rule in rules for example in rule.examples]


def amounts_of(text: str, codes=CODE_RULES) -> list[str]:
    masked = bytearray(len(text))
    for start, end in find_codes(text, codes):
        masked[start:end] = b"\1" * (end - start)
    return [amount.rule_id for amount in find_amounts(text, masked)]


@pytest.mark.parametrize(("rule", "example"), examples(AMOUNT_RULES))
def test_a_way_to_write_an_amount_takes_its_hit_and_leaves_its_miss(rule: AmountRule, example: Example) -> None:
    assert amounts_of(example.hit) == [rule.id]
    assert rule.id not in amounts_of(example.miss)


@pytest.mark.parametrize(("rule", "example"), examples(CODE_RULES))
def test_what_counts_nothing_is_no_figure_by_its_own_rule_alone(rule: CodeRule, example: Example) -> None:
    assert amounts_of(example.hit) == []
    assert amounts_of(example.hit, [other for other in CODE_RULES if other is not rule]) != []
    assert amounts_of(example.miss) != []


@pytest.mark.parametrize(("rule", "example"), examples(PERIOD_RULES))
def test_a_naming_of_time_takes_its_hit_and_leaves_its_miss(rule: PeriodRule, example: Example) -> None:
    assert rule.id in [naming.rule_id for naming in find_periods(example.hit, None, None)]
    assert rule.id not in [naming.rule_id for naming in find_periods(example.miss, None, None)]


AHEAD = 5  # characters behind what a rule takes that it may look at


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_takes_nothing_without_what_it_needs_and_nothing_elsewhere_than_it_is_tried(rule, prints: str) -> None:
    taken = [match.span() for match in rule.pattern.finditer(prints)]
    assert [match.span() for match in find_taken(rule, prints, find_numerals(prints))] == taken
    assert all(not rule.needs or any(one in prints[start:end] for one in rule.needs) for start, end in taken)
    assert all(rule.hint is None or rule.hint.search(prints, start, end + AHEAD) for start, end in taken)


def test_rule_ids_are_used_once() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
