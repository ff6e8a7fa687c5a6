from datetime import date, timedelta

import polars as pl
import pytest

from transforms.reuse.candidates import CANDIDATES
from transforms.reuse.decide import UNRELATED
from transforms.reuse.link_rules import LINK_RULES, LinkExample, LinkRule
from transforms.reuse.links import judge_pairs
from transforms.reuse.normal import drop_numbers, hash_texts, normalise_texts
from transforms.reuse.prints import Texts

PAIR = pl.DataFrame([(0, 1, 3, 3, 3)], schema=CANDIDATES, orient="row")


def decide_example(example: LinkExample) -> tuple[str, str]:
    """Judge the example's two texts, printed as it says."""
    day = date(2020, 3, 1)
    days = [None, None] if example.day_gap is None else [day, day + timedelta(example.day_gap)]
    headlines = {None: ["", ""], True: ["大桥昨日顺利合龙通车"] * 2, False: ["大桥昨日合龙", "农贸市场开张"]}
    chosen = (
        ["第三次代表大会开幕", "第四次代表大会开幕"] if example.is_renumbered else headlines[example.is_same_headline]
    )
    codes = normalise_texts(pl.Series(chosen)).texts
    facts = pl.DataFrame(
        {
            "date_lower": days,
            "date_upper": days,
            "headline_hash": hash_texts(codes)[0],
            "headline_chars": codes.lengths,
            "wording_hash": hash_texts(drop_numbers(codes))[0],
            "file_id": ["a", "a" if example.is_same_file else "b"],
            "kind": ["notice"] * 2 if example.is_standing_kind else ["news"] * 2,
        },
        schema_overrides={"date_lower": pl.Date, "date_upper": pl.Date},
    )
    bodies = normalise_texts(pl.Series([example.a, example.b])).texts
    texts = Texts(bodies, facts.with_columns(hash_a=pl.Series(hash_texts(bodies)[0])))
    return judge_pairs(PAIR, texts).links.select("rule_id", "verdict").row(0)


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
