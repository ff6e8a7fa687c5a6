import pytest

from transforms.pages.body.events import EVENT_RULES, find_event_claims
from transforms.pages.body.named_days import DAY_RULES, find_named_days
from transforms.pages.body.periods import PERIOD_RULES, find_period_end
from transforms.pages.body.years import YEAR_RULES, find_year_claims


def rules_at_work(text: str) -> set[str]:
    """Ids of all rules of the body that read something in a text."""
    period = find_period_end(text)
    claims = find_year_claims(text) + find_event_claims(text)
    days = find_named_days(text)
    return {claim.rule_id for claim in claims} | {day.rule_id for day in days} | ({period.rule_id} if period else set())


RULES = (*DAY_RULES, *PERIOD_RULES, *YEAR_RULES, *EVENT_RULES)
EXAMPLES = [
    pytest.param(rule.id, example, id=f"{rule.id}: {example.hit}") for rule in RULES for example in rule.examples
]


@pytest.mark.parametrize(("rule_id", "example"), EXAMPLES)
def test_each_rule_wins_its_example_and_leaves_the_near_miss(rule_id, example):
    assert rule_id in rules_at_work(example.hit)
    assert rule_id not in rules_at_work(example.miss)


def test_rule_ids_are_unique_and_every_rule_has_an_example():
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.examples for rule in RULES)
