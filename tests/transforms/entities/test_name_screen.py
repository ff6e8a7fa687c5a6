import json
from pathlib import Path

import pytest

from transforms.entities.name_tables import NameTables
from transforms.entities.names import HOPELESS, find_candidates, weigh_names

SAMPLES = Path(__file__).parents[2] / "golden" / "sample_issues.json"


def bodies() -> list[str]:
    pages = json.loads(SAMPLES.read_text(encoding="utf8"))["pages"]
    return [article["body"] for page in pages for article in page["articles"]]


def likely(text: str, tables: NameTables) -> dict[tuple[int, int], float]:
    """The best log-odds of each name, where every surname is weighed."""
    best: dict[tuple[int, int], float] = {}
    for name in weigh_names(text, tables):
        best[name.start, name.end] = max(best.get((name.start, name.end), HOPELESS), name.log_odds)
    return {place: odds for place, odds in best.items() if odds > HOPELESS}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "王",
        "李明",
        "欧阳",
        "公羊舌。",
        "\U00030000王小明说",
        "王\U00030000\U00030001说，",
        "赵 一山、钱多多，",
        "1李2明3",
    ],
)
def test_edges_and_rare_characters_are_weighed_as_all_others(text: str, tables: NameTables) -> None:
    assert {(c.start, c.end): c.log_odds for c in find_candidates(text, tables)} == likely(text, tables)


def test_nothing_is_passed_over_that_would_be_a_name(tables: NameTables) -> None:
    found = 0
    for body in bodies():
        candidates = {(c.start, c.end): c.log_odds for c in find_candidates(body, tables)}
        assert candidates == likely(body, tables)
        found += len(candidates)
    assert found
