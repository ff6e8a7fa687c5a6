from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from tests.transforms.test_fact_rows import ARTICLE, COUNTY, FACTS, FIGURE, QUOTE, SPEAKER
from transforms.fact_rows import fact_rows
from transforms.facts import Facts
from transforms.figures.records import Period

BACKWARDS = Period(start=date(2023, 12, 31), end=date(2023, 1, 1), basis="sentence")


def hold(facts: Facts) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Give how many rows each table keeps, and of each refused fact its place in the body and the reason."""
    frames, refused = fact_rows([(ARTICLE, facts)])
    told = [
        (subject.removeprefix(f"{ARTICLE.article_id}-"), reason)
        for subject, reason in refused["subject_id", "reason"].iter_rows()
    ]
    return {name: frame.height for name, frame in frames.items()}, told


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": Decimal("0.1234567")}, "figures.value.exact"),
        ({"value": Decimal("1e32")}, "figures.value.exact"),
        ({"group_count": Decimal("0.1234567")}, "figures.group_count.exact"),
        ({"printed": "4亿元"}, "figures.printed-is-body"),
        ({"end": FIGURE.end - 1}, "figures.printed-is-body"),
        ({"start": FIGURE.start - len(ARTICLE.body), "end": FIGURE.end - len(ARTICLE.body)}, "figures.end_char.min"),
        ({"sentence_end": FIGURE.start + 1}, "figures.stands_in_its_sentence"),
        ({"value": None}, "figures.value.nullability"),
        ({"norm_unit": None}, "figures.norm_is_whole"),
        ({"comparator": "roughly"}, "figures.comparator.check"),
        ({"period": BACKWARDS}, "figures.period_has_basis"),
    ],
)
def test_a_bad_figure_is_refused_by_the_check_that_it_fails(change: dict[str, Any], reason: str):
    bad = replace(FIGURE, **change)
    good = replace(FIGURE, printed="亿元", start=FIGURE.start + 1)
    kept, refused = hold(replace(FACTS, figures=(bad, good)))
    assert kept == {"mentions": 2, "figures": 1, "quotes": 1}
    assert refused == [(f"f{bad.start}", reason)]


def test_what_was_seen_is_told():
    _, refused = fact_rows([(ARTICLE, replace(FACTS, figures=(replace(FIGURE, printed="4亿元"),)))])
    start, end = FIGURE.start, FIGURE.end
    assert refused.select("article_id", "evidence").rows() == [
        (ARTICLE.article_id, f"'4亿元' is not what stands from {start} to {end}: '3亿元'")
    ]


def test_what_hangs_on_a_refused_naming_goes_with_it():
    speaker = replace(SPEAKER, surface="林知近")
    county = replace(COUNTY, kind="river")
    facts = Facts(
        mentions=(speaker, county),
        figures=(
            replace(FIGURE, subject=county),
            replace(FIGURE, printed="亿元", start=FIGURE.start + 1, subject=None),
        ),
        quotes=(replace(QUOTE, speaker=speaker),),
    )
    kept, refused = hold(facts)
    assert kept == {"mentions": 0, "figures": 1, "quotes": 0}
    assert refused == [
        ("m5", "mentions.surface-is-body"),
        ("m20", "mentions.kind.check"),
        (f"f{FIGURE.start}", "figures.subject_mention_id.references-mentions"),
        (f"q{QUOTE.start}", "quotes.speaker_mention_id.references-mentions"),
    ]


def test_two_facts_in_one_place_are_refused_as_one():
    kept, refused = hold(replace(FACTS, quotes=(QUOTE, replace(QUOTE, is_direct=False))))
    assert kept["quotes"] == 0
    assert refused == [(f"q{QUOTE.start}", "quotes.primary_key")]


def test_a_naming_that_nobody_found_is_left_to_the_checks_of_publishing():
    kept, refused = hold(replace(FACTS, mentions=(SPEAKER,)))
    assert kept["figures"] == 1
    assert refused == []


def test_evidence_is_cut():
    long = replace(FIGURE, printed="亿" * 10_000)
    _, refused = fact_rows([(ARTICLE, replace(FACTS, figures=(long,)))])
    assert refused["evidence"].str.len_chars().to_list() == [400]
    assert refused.schema["evidence"] == pl.String
