import polars as pl
import pytest

from transforms.rejects import count_attempts
from warehouse.tables import TABLES


def rejects(*rows: tuple[str, int]) -> pl.LazyFrame:
    listed = [("read", subject, f"{subject}.txt", "empty", "0 bytes", attempts) for subject, attempts in rows]
    return pl.LazyFrame(listed, schema=TABLES["rejects"].create_empty().schema, orient="row")


@pytest.mark.parametrize(
    ("earlier", "is_retry", "counted"),
    [
        ((), False, {"a": 1, "b": 1}),
        ((), True, {"a": 1, "b": 1}),
        ((("a", 1),), False, {"a": 1, "b": 1}),
        ((("a", 1),), True, {"a": 2, "b": 1}),
        ((("a", 3), ("b", 1), ("c", 1)), True, {"a": 4, "b": 2}),
    ],
)
def test_a_refusal_is_counted_where_it_was_asked_for(
    earlier: tuple[tuple[str, int], ...], is_retry, counted: dict[str, int]
):
    now = rejects(("a", 1), ("b", 1))
    found = count_attempts(now, earlier=rejects(*earlier), is_retry=is_retry)
    assert found.collect_schema() == now.collect_schema()
    assert dict(found.select("subject_id", "attempts").collect().iter_rows()) == counted
