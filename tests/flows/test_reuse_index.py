"""The index in files: each run adds one, changes none, and the tables are those of one build."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from flows import reuse_index
from flows.bundle import PAGE, PAGEMAP, open_bundle
from flows.reuse_index import ReuseChanges, State, update_reuse
from tests.transforms.reuse.index.shelf import make_shelf
from transforms.reuse.find import find_reuse
from transforms.reuse.index.differ import KEYS, ReuseDifference
from transforms.reuse.settings import DEFAULT_SETTINGS
from warehouse.errors import ContractFault, StoreFault

STEP = 12


def apply(tables: dict[str, pl.DataFrame], difference: ReuseDifference, gone: list[str]) -> dict[str, pl.DataFrame]:
    changed = {}
    for name, key in KEYS.items():
        new = getattr(difference, name)
        kept = tables[name].join(pl.concat([new.gone, new.rows.select(key)]), on=key, how="anti")
        changed[name] = pl.concat([kept, new.rows]).sort(key)
    kept = tables["articles"].filter(~pl.col("article_id").is_in(gone))
    kept = kept.join(difference.articles, on="article_id", how="anti")
    return changed | {"articles": pl.concat([kept, difference.articles]).sort("article_id")}


def digest(state: State) -> dict[str, str]:
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in state.items()}


@pytest.mark.parametrize(("small", "most"), [(1 << 20, 1), (0, 8)], ids=["merged", "side by side"])
def test_runs_add_files_and_give_what_one_build_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int, most: int
) -> None:
    monkeypatch.setattr(reuse_index, "SMALL_BYTES", small)
    shelf = make_shelf(5, 8 * STEP)
    empty = find_reuse(shelf.clear())
    tables = {name: getattr(empty, name) for name in (*KEYS, "articles")}
    state: State | None = None
    for step in range(8):
        come = shelf[step * STEP : (step + 1) * STEP]
        gone = shelf["article_id"][step * STEP - 3 : step * STEP - 1].to_list() if step else []
        path = tmp_path / f"{step}.parquet"
        come.write_parquet(path)
        before = digest(state or {})
        updated = update_reuse(state, ReuseChanges(gone=gone, paths=[path]), tmp_path / f"run-{step}")
        assert digest(state or {}) == before
        state, tables = updated.state, apply(tables, updated.difference, gone)
    left = [row for row in range(shelf.height) if row % STEP not in (STEP - 3, STEP - 2) or row >= 7 * STEP]
    whole = find_reuse(shelf[left])
    assert [name for name, table in tables.items() if not table.equals(getattr(whole, name))] == []
    assert state
    assert len(state) <= most
    assert tables["cluster_members"].height > 10


def test_no_change_writes_nothing(tmp_path: Path) -> None:
    make_shelf(1, 20).write_parquet(tmp_path / "articles.parquet")
    state = update_reuse(None, ReuseChanges(paths=[tmp_path / "articles.parquet"]), tmp_path / "first").state
    updated = update_reuse(state, ReuseChanges(), tmp_path / "second")
    assert updated.state == state
    assert updated.difference.articles.is_empty()
    assert list((tmp_path / "second").iterdir()) == []


def test_an_index_of_other_settings_is_refused(tmp_path: Path) -> None:
    make_shelf(1, 20).write_parquet(tmp_path / "articles.parquet")
    state = update_reuse(None, ReuseChanges(paths=[tmp_path / "articles.parquet"]), tmp_path / "first").state
    with pytest.raises(ContractFault, match="made with other settings; build it anew"):
        update_reuse(state, ReuseChanges(), tmp_path / "second", settings=replace(DEFAULT_SETTINGS, sample_modulus=12))


def test_nothing_can_go_where_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(ContractFault, match="a-1 goes, and there is no index"):
        update_reuse(None, ReuseChanges(gone=["a-1"]), tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not PAGEMAP.exists(), reason="only Linux says which pages were looked at")
def test_a_bit_that_changed_stops_the_run_or_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever page it is in: what is looked at of the large arrays is noted by us, and no read may be forgotten."""
    monkeypatch.setattr(reuse_index, "SMALL_BYTES", 0)
    shelf = make_shelf(5, 300)
    shelf[:-2].write_parquet(tmp_path / "first.parquet")
    shelf[-2:].write_parquet(tmp_path / "second.parquet")
    state = update_reuse(None, ReuseChanges(paths=[tmp_path / "first.parquet"]), tmp_path / "first").state
    changes = ReuseChanges(gone=shelf["article_id"][7:9].to_list(), paths=[tmp_path / "second.parquet"])

    def update(name: str) -> tuple[ReuseDifference, bytes]:
        updated = update_reuse(state, changes, tmp_path / name)
        (new,) = (path for path in updated.state.values() if path.parent.name == name)
        return updated.difference, new.read_bytes()

    (path,) = state.values()
    right, content = update("right"), path.read_bytes()
    bundle = open_bundle(path)
    spans = {
        name: range(first := bundle.arrays[name].ctypes.data - bundle.mapped.ctypes.data, first + array.nbytes)
        for name, array in bundle.arrays.items()
        if name in ("codes", "keys", "runs")
    }
    told, untold = dict.fromkeys(spans, 0), dict.fromkeys(spans, 0)
    for name, span in spans.items():
        for page in range(span.start // PAGE, span.stop // PAGE, max(1, len(span) // PAGE // 30)):
            damaged = bytearray(content)
            damaged[page * PAGE + 1_234] ^= 1
            path.write_bytes(damaged)
            try:
                found = update(f"{name}-{page}")
            except StoreFault:
                told[name] += 1
            else:
                untold[name] += 1
                assert all(getattr(found[0], each).rows.equals(getattr(right[0], each).rows) for each in KEYS)
                assert found[1] == right[1], f"page {page} of {name} was read and not held against its checksum"
    assert min(told.values()) > 0
    assert max(untold.values()) > 0
