from collections import Counter
from pathlib import Path

import pytest

from transforms.rule_book import describe_rules, list_rules

DOCS = Path(__file__).parents[2] / "docs"


def test_the_rule_book_that_comes_with_the_project_is_current():
    assert (DOCS / "rules.md").read_text(encoding="utf8") == describe_rules(), "run ./lake docs"


def test_no_rule_is_listed_twice():
    ids = Counter(entry.rule_id for entry in list_rules())
    assert [rule_id for rule_id, count in ids.items() if count > 1] == []


def test_every_rule_that_the_sample_lake_names_is_in_the_book(sample_lake: Path):
    duckdb = pytest.importorskip("duckdb")
    known = [entry.rule_id for entry in list_rules()]
    with duckdb.connect(str(sample_lake / "lake.duckdb"), read_only=True) as lake:
        query = "SELECT rule_id FROM blocks UNION SELECT rule_id FROM spans WHERE rule_id IS NOT NULL"
        used = {rule_id for (rule_id,) in lake.execute(query).fetchall()}
    assert {rule_id for rule_id in used if not rule_id.startswith("correction.")} <= set(known)
    assert len(used) > 20
