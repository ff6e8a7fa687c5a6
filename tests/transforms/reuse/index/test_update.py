"""However a lake came to hold its articles, its tables are those of one build of all of them."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy as np
import polars as pl
import pytest

from tests.transforms.reuse.conftest import TELEGRAMS
from tests.transforms.reuse.index.ledger import Ledger, describe
from tests.transforms.reuse.index.shelf import make_shelf
from transforms.reuse.index.update import update_index
from transforms.reuse.index.view import View
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_MASK
from warehouse.errors import ContractFault

NO_SLOTS = np.empty(0, np.uint32)
NARROW = ReuseSettings(few_texts=2, all_pairs_texts=3, rare_texts=5, chain_texts=8)
"""Few texts are enough to change how far a shingle reaches, and to be too many for it."""


def replay(seed: int, settings: ReuseSettings, *, articles: int = 60, steps: int = 5) -> Ledger:
    """Add, take away, change and bring back articles at random; now and then merge what was added."""
    random, shelf = Random(seed), make_shelf(seed, articles)
    ids = shelf["article_id"].to_list()
    present = set(random.sample(ids, random.randrange(articles)))
    ledger = Ledger(shelf.filter(pl.col("article_id").is_in(present)), settings)
    ledger.begin()
    for _ in range(steps):
        gone = {name for name in sorted(present) if random.random() < random.choice([0, 0.1, 0.4])}
        come = {name for name in ids if name not in present and random.random() < random.choice([0.05, 0.4])}
        changed = {name for name in sorted(gone) if random.random() < 0.4}
        other = make_shelf(seed + 1, articles).with_columns(shelf["article_id"])
        coming = pl.concat(
            [
                shelf.filter(pl.col("article_id").is_in(come)),
                other.filter(pl.col("article_id").is_in(changed)),
            ]
        )
        ledger.change(sorted(gone), coming.sample(fraction=1, shuffle=True, seed=seed))
        present = (present - gone) | come | changed
        assert ledger.differing() == []
        if random.random() < 0.4:
            ledger.merge(random.randrange(len(ledger.segments)))
    return ledger


@pytest.mark.parametrize(
    "settings", [ReuseSettings(), NARROW, ReuseSettings(has_novelty=False)], ids=["default", "narrow", "no novelty"]
)
@pytest.mark.parametrize("seed", range(2))
def test_any_sequence_of_changes_gives_what_one_build_gives(seed: int, settings: ReuseSettings) -> None:
    ledger = replay(seed, settings)
    assert ledger.tables["cluster_members"].height > 0
    assert ledger.tables["reuse"].height > 0


def test_what_comes_must_be_new_and_what_goes_must_be_there() -> None:
    shelf = make_shelf(1, 10)
    ledger = Ledger(shelf[:5], ReuseSettings())
    ledger.begin()
    with pytest.raises(ContractFault, match=f"{shelf['article_id'][:3].min()} comes and is in the index already"):
        ledger.change([], shelf[:3])
    with pytest.raises(ContractFault, match=f"{shelf['article_id'][7]} goes and is not in the index"):
        ledger.change([shelf["article_id"][7]], shelf.clear())


def test_no_change_changes_nothing() -> None:
    ledger = Ledger(make_shelf(1, 30), ReuseSettings())
    ledger.begin()
    difference = ledger.change([], ledger.articles.clear())
    assert difference.articles.is_empty()
    assert ledger.differing() == []


def test_others_of_a_form_that_come_and_go_tell_two_reports_apart_and_one_again() -> None:
    days = [date(2019, 3, 6) + timedelta(days) for days in (0, 1, 200, 400)]
    shelf = make_shelf(1, 4).with_columns(
        pl.Series("file_id", [f"{number:016x}" for number in range(4)]),
        *(pl.Series(name, days) for name in ("published_on", "date_lower", "date_upper")),
        body=pl.Series(TELEGRAMS),
        headline=pl.lit(None, pl.String),
        kind=pl.lit("news"),
    )
    ledger = Ledger(shelf[:2], ReuseSettings())
    ledger.begin()
    members = [ledger.tables["cluster_members"].height]
    for gone, coming in (([], shelf[2:]), ([shelf["article_id"][3]], shelf.clear())):
        ledger.change(gone, coming)
        assert ledger.differing() == []
        members.append(ledger.tables["cluster_members"].height)
    assert members == [2, 0, 2]


def test_all_may_go_and_come_again() -> None:
    shelf = make_shelf(3, 30)
    ledger = Ledger(shelf.clear(), ReuseSettings())
    ledger.begin()
    for gone, come in ((shelf.clear(), shelf[:20]), (shelf[:20], shelf.clear()), (shelf.clear(), shelf)):
        ledger.change(gone["article_id"].to_list(), come)
        assert ledger.differing() == []
        ledger.merge(0)


def test_an_index_that_has_no_slots_left_is_built_anew() -> None:
    shelf = make_shelf(1, 10)
    ledger = Ledger(shelf[:5], ReuseSettings())
    ledger.begin()
    worn = replace(View(tuple(ledger.segments)), segments=(ledger.segments[0].with_range(0, TEXT_MASK, NO_SLOTS),))
    described, normal = describe(shelf[5:])
    with pytest.raises(ContractFault, match="has no more; build it anew"):
        update_index(worn, pl.Series("article_id", [], pl.String), described, normal, settings=ledger.settings)
