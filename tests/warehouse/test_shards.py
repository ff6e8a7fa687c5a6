"""Which rows lie in one file."""

from collections import defaultdict
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse import shards
from warehouse.tables import TABLES

DAYS = st.integers(0, 700).map(lambda days: (date(2022, 3, 1) + timedelta(days=days)).isoformat())
DATED = st.builds("{}-{}-{}".format, st.sampled_from(["hexi_ribao", "hedong_wanbao"]), DAYS, st.sampled_from("ab"))
UNDATED = st.integers(0, 16**16 - 1).map("unknown-undated-{:016x}".format)
ISSUES = st.dictionaries(DATED | UNDATED, st.integers(0, 60), max_size=60)
MOST = 100


def lay_out(issues: dict[str, int]) -> dict[str, str]:
    return shards.lay_out(issues, shard_chars=MOST)


def members(layout: dict[str, str]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    for issue, shard in layout.items():
        held[shard].add(issue)
    return held


@given(ISSUES)
def test_every_issue_lies_in_one_shard_which_is_near_it(issues: dict[str, int]) -> None:
    layout = lay_out(issues)
    assert layout.keys() == issues.keys()
    for issue, shard in layout.items():
        assert shards.names_near(set(layout.values()), [issue]) == {shard}


@given(ISSUES)
def test_a_shard_holds_no_more_than_it_may_unless_it_is_one_issue(issues: dict[str, int]) -> None:
    for held in members(lay_out(issues)).values():
        assert sum(issues[issue] for issue in held) <= MOST or len(held) == 1


@given(ISSUES, DATED | UNDATED, st.integers(0, 300))
def test_an_issue_more_touches_only_the_shard_that_it_falls_into(issues: dict[str, int], new: str, chars: int) -> None:
    before = members(lay_out(issues))
    after = members(lay_out(issues | {new: chars}))
    reached = shards.names_near(before, [new])
    assert {shard: held for shard, held in before.items() if shard not in reached}.items() <= after.items()


@given(ISSUES, st.randoms(use_true_random=False))
def test_the_order_of_issues_changes_nothing(issues: dict[str, int], random) -> None:
    shuffled = list(issues.items())
    random.shuffle(shuffled)
    assert lay_out(dict(shuffled)) == lay_out(issues)


def test_a_small_lake_has_a_shard_a_year_and_one_for_the_undated() -> None:
    layout = lay_out({"a-2023-01-02-a": 40, "b-2023-12-30-a": 40, "a-2024-02-29-a": 90, "u-undated-" + "0" * 16: 5})
    assert sorted(set(layout.values())) == ["2023-01-01_2023-12-31", "2024-01-01_2024-12-31", "undated"]
    assert [shards.folder(shard) for shard in sorted(set(layout.values()))] == ["2023", "2024", "undated"]


def test_a_day_too_full_is_cut_by_the_hash_of_its_issues() -> None:
    layout = lay_out({f"paper_{number}-2023-05-04-a": 60 for number in range(8)})
    assert len(set(layout.values())) > 1
    assert all(shard.startswith("2023-05-04_2023-05-04-") for shard in layout.values())


@pytest.mark.parametrize(("rows", "digits"), [(0, 0), (20_000, 0), (20_001, 1), (320_000, 1), (320_001, 2)])
def test_tables_without_issues_are_cut_by_as_many_digits_as_their_rows_ask_for(rows: int, digits: int) -> None:
    assert shards.digits_needed(rows) == digits


def test_an_entity_lies_where_its_hash_says() -> None:
    entities = pl.DataFrame({"entity_id": ["person-0f00000000000000", "place-ab00000000000000"]})
    names = entities.select(shards.digit_shard(TABLES["entities"], 2)).to_series().to_list()
    assert names == ["all-0f", "all-ab"]


def test_only_a_key_that_ends_with_a_hash_is_cut() -> None:
    plain = [name for name, table in TABLES.items() if not shards.has_issues(table)]
    assert {name for name in plain if shards.is_cut(TABLES[name])} == {"files", "clusters", "entities", "entity_links"}
    assert {name for name in plain if not shards.is_cut(TABLES[name])} == {"rejects", "id_aliases"}


@pytest.mark.parametrize("name", ["2023", "all-xyz", "2023-05-04", ""])
def test_what_is_no_name_of_a_shard_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a shard"):
        shards.read_name(name)
