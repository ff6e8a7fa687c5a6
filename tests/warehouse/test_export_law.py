"""An export that grew with its lake is the one that is made in full."""

import shutil
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.stars import forget_exports, print_something, publish_rows, read_bytes
from warehouse import snapshots
from warehouse.exports.make import make_export

DAYS = st.one_of(st.none(), st.dates(date(2022, 1, 1), date(2025, 12, 31)))


@settings(max_examples=3)
@given(
    steps=st.lists(
        st.lists(st.tuples(DAYS, st.sampled_from(["hexi_ribao", "unknown"])), min_size=1, max_size=3),
        min_size=1,
        max_size=3,
    )
)
def test_any_sequence_of_runs_gives_the_export_of_a_full_one(steps, tmp_path_factory, standing_rows, as_tables):
    rows, root = standing_rows(), tmp_path_factory.mktemp("law") / "lake"
    for number, printed in enumerate(steps, start=1):
        for place, (day, paper) in enumerate(printed):
            if day is None or all(issue["issue_id"] != f"{paper}-{day}-a" for issue in rows["issues"]):
                print_something(rows, day, paper, f"{number}{place}.5")
        publish_rows(root, rows, as_tables, number)
        make_export(root)
    newest = snapshots.latest(root).snapshot_id
    kept = read_bytes(root, newest)
    forget_exports(root)
    make_export(root)
    assert read_bytes(root, newest) == kept
    shutil.rmtree(root)
