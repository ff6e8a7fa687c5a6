"""What the lake says of five real pages: the same projects, people and figures followed across issues."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.flows.lakes import build_bare
from warehouse.reader import LakeReader, open_lake

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.fixture(scope="module")
def lake(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LakeReader]:
    root = tmp_path_factory.mktemp("real") / "lake"
    build_bare(shared / "seeds", root, tmp_path_factory.mktemp("no-corrections"))
    with open_lake(root) as reader:
        yield reader


def test_the_investment_in_the_same_36_projects_is_one_series(lake: LakeReader) -> None:
    query = """SELECT norm_value / 100000000, change IS NULL, sentence, printed, issue_count FROM figure_timeline
               WHERE measure_key = '完成投资' AND group_noun = '重点项目' AND group_count = 36 ORDER BY as_of"""
    rows = lake.sql(query).fetchall()
    assert [value for value, *_ in rows] == [34.2, 44, 80.3]
    assert [is_first for _, is_first, *_ in rows] == [True, False, False]
    assert all(printed in sentence for *_, sentence, printed, _ in rows)
    assert {issue_count for *_, issue_count in rows} == {3}


def test_a_figure_is_led_back_to_what_the_page_prints(lake: LakeReader) -> None:
    query = "SELECT figure_id FROM figures WHERE norm_value = $1 AND measure_key = '完成投资'"
    ((figure_id,),) = lake.sql(query, [Decimal(3420000000)]).fetchall()
    query = "SELECT raw_text, rule_ids, raw_excerpt(page_id, raw_start, raw_end) FROM explain_figure($1)"
    ((raw_text, rule_ids, excerpt),) = lake.sql(query, [figure_id]).fetchall()
    assert raw_text == excerpt == "34.2億元"
    assert rule_ids == ["text.script"]


@pytest.mark.parametrize(
    ("kind", "surface_a", "surface_b"),
    [("person", "张艳鸽", "张艳娟"), ("project", "逍窑妙境%", "%道窈妙境%")],
)
def test_a_misprint_is_led_back_with_evidence(kind: str, surface_a: str, surface_b: str, lake: LakeReader) -> None:
    query = """SELECT count(DISTINCT entity_id) FROM mentions
               WHERE kind = $1 AND (surface LIKE $2 OR surface LIKE $3)"""
    assert lake.sql(query, [kind, surface_a, surface_b]).fetchall() == [(1,)]
    query = """SELECT score >= 0.8, evidence <> '' FROM entity_links
               WHERE decision = 'joined' AND surface_a LIKE $1 AND surface_b LIKE $2"""
    found = lake.sql(query, [surface_a, surface_b]).fetchall()
    found += lake.sql(query, [surface_b, surface_a]).fetchall()
    assert found
    assert set(found) == {(True, True)}


def test_two_people_of_one_name_on_one_page_are_two(lake: LakeReader) -> None:
    query = """SELECT DISTINCT entity_id, title LIKE '%区委书记' FROM mentions
               WHERE surface = '张伟' AND title IS NOT NULL ORDER BY ALL"""
    rows = lake.sql(query).fetchall()
    assert len(rows) == 2
    assert {is_secretary for _, is_secretary in rows} == {True, False}
    apart = "SELECT count(*) > 0 FROM entity_links WHERE surface_a = '张伟' AND decision = 'kept_apart'"
    assert lake.sql(apart).fetchall() == [(True,)]
