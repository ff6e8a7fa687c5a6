import polars as pl
import pytest

from transforms.reuse.align import align_pairs
from transforms.reuse.decide import UNRELATED, decide_links
from transforms.reuse.evidence import weigh_pairs
from transforms.reuse.link_rules import LINK_RULES, LinkExample, LinkRule
from transforms.reuse.normal import join_codes, normalise_texts

PAIR = pl.DataFrame(
    {"text_a": [0], "text_b": [1], "rare_count": [3]}, schema_overrides={"text_a": pl.UInt32, "text_b": pl.UInt32}
)


def decide_example(example: LinkExample) -> tuple[str, str]:
    strings = normalise_texts([example.a, example.b])
    weighed = weigh_pairs(PAIR, align_pairs(strings, PAIR), join_codes(strings)).with_columns(
        day_gap=pl.lit(example.day_gap, pl.Int64),
        is_same_headline=pl.lit(example.is_same_headline, pl.Boolean),
        is_same_file=example.is_same_file,
        is_standing_kind=example.is_standing_kind,
    )
    return decide_links(weighed).select("rule_id", "verdict").row(0)


@pytest.mark.parametrize("rule", LINK_RULES, ids=lambda rule: rule.id)
def test_a_rule_wins_its_hit_in_the_full_list(rule: LinkRule) -> None:
    assert decide_example(rule.hit) == (rule.id, rule.verdict)


@pytest.mark.parametrize("rule", LINK_RULES, ids=lambda rule: rule.id)
def test_a_rule_leaves_its_miss(rule: LinkRule) -> None:
    assert decide_example(rule.miss)[0] != rule.id


def test_what_no_rule_takes_is_unrelated() -> None:
    texts = LINK_RULES[0].hit.a, LINK_RULES[1].hit.a
    assert decide_example(LinkExample(a=texts[0], b=texts[1])) == (UNRELATED, "apart")


def test_ids_are_unique_and_named_after_the_stage() -> None:
    ids = [rule.id for rule in LINK_RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule_id.startswith("reuse.") for rule_id in ids)
