"""What resolution knows lies in files: a lake that changes is as if built at once, and no file of it changes."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random

import polars as pl
import pytest

from flows import name_chunks, names
from flows.name_layers import LayerFile, keep_pending, merge_layers
from flows.names import update_names
from flows.reference import load_looks
from flows.runners import open_pool
from flows.settings import Runner
from tests.benches.invented_press import print_other_names, print_press
from tests.transforms.entities.identity.press import CREDITS, MENTIONS
from transforms.entities.identity import tables
from transforms.entities.resolve import NameChanges, resolve_mentions
from warehouse.errors import StoreFault


def test_a_layer_gives_what_was_put_and_a_newer_one_overrides_it_part_by_part(tmp_path: Path) -> None:
    old = keep_pending({"name": {f"{n}": {"a": b"%d" % n, "b": b"[%d]" % n} for n in range(900)}}, tmp_path / "1")
    new = keep_pending(
        {"name": {"7": {"a": None}, "8": {"b": '"新"'.encode()}}, "page": {"p": {"": b"{}"}}}, tmp_path / "2"
    )
    assert old.read("name", ["7", "800", "none"]) == {"7": {"a": 7, "b": [7]}, "800": {"a": 800, "b": [800]}}
    assert old.read("page", ["p"]) == {}
    assert sorted(old.list_keys("name"), key=int) == [f"{n}" for n in range(900)]
    whole = merge_layers([old, new], tmp_path / "3", is_oldest=True)
    assert whole.read("name", ["7", "8"]) == {"7": {"b": [7]}, "8": {"a": 8, "b": "新"}}
    assert whole.read("page", ["p"]) == {"p": {"": {}}}
    above = merge_layers([new], tmp_path / "4", is_oldest=False)
    assert above.read("name", ["7"]) == {"7": {"a": None}}
    for layer in (old, new, whole, above):
        layer.close()


def test_a_look_up_reads_little_of_a_large_layer(tmp_path: Path) -> None:
    keep_pending({"name": {f"{n}": {"a": f'"{"字" * 100}"'.encode()} for n in range(20_000)}}, tmp_path / "1").close()
    layer = LayerFile.open("1", tmp_path / "1")
    assert layer.read("name", ["12345"]) == {"12345": {"a": "字" * 100}}
    assert layer.read_bytes < layer.size / 20
    layer.close()


@pytest.mark.parametrize("is_quick", [True, False])
def test_a_bit_that_changed_anywhere_in_a_layer_is_told_as_it_is_read(tmp_path: Path, is_quick: bool) -> None:  # noqa: FBT001
    given = keep_pending({"name": {f"{n}": {"a": f'"{"字" * 300}"'.encode()} for n in range(20)}}, tmp_path / "0")
    layer = merge_layers([given], tmp_path / "1", is_oldest=True, is_quick=is_quick)
    given.close()
    layer.close()
    whole = (tmp_path / "1").read_bytes()
    written, told = read_all(tmp_path / "1"), list[str]()
    for place in range(len(whole)):
        harmed = bytearray(whole)
        harmed[place] ^= 1 << place % 8
        (tmp_path / "1").write_bytes(harmed)
        try:
            assert read_all(tmp_path / "1") == written
        except StoreFault as fault:
            told.append(str(fault))
    assert all(re.search(r"/1 is damaged[,:] .* \./lake run --rebuild resolve", says) for says in told)
    assert len(told) >= len(whole) - 4  # the list of chunks ends with a checksum that is of none


def read_all(path: Path) -> dict:
    layer = LayerFile.open(path.name, path)
    try:
        return {key: layer.read("name", [key]) for key in layer.list_keys("name")}
    finally:
        layer.close()


def test_as_many_bytes_of_a_layer_stay_in_memory_however_large_its_chunks_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_chunks, "MOST_HELD", 200_000)
    text = f'"{"字" * 3_000}"'.encode()
    layer = keep_pending({"name": {f"{n}": {"a": text} for n in range(100)}}, tmp_path / "1")
    assert layer.read("name", [f"{n}" for n in range(100)]) == {f"{n}": {"a": "字" * 3_000} for n in range(100)}
    held = [entries for chunk in layer.chunks.chunks.values() for entries in chunk.values()]
    assert 0 < sum(map(len, held)) <= 200_000
    read_bytes = layer.read_bytes
    last = list(layer.chunks.chunks.values())[-1]
    layer.read("name", list(last))
    assert layer.read_bytes == read_bytes  # what was asked for last is held
    layer.close()


@pytest.fixture
def crowded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let little wait in memory, so that a small press fills several layers."""
    monkeypatch.setattr(tables, "MOST_PENDING", 500)


@pytest.mark.usefixtures("crowded_memory")
def test_a_lake_that_changes_is_as_if_built_at_once_and_no_file_of_its_state_changes(tmp_path: Path) -> None:
    printed = print_press(load_looks(), people=120, articles=400, seed=3)
    articles: dict[str, list] = {}
    for row in printed.mentions:
        articles.setdefault(row["article_id"], []).append(row)
    chance = Random(3)
    there: set[str] = set()
    state: Mapping[str, Path] | None = None
    held: dict[str, dict] = {"mentions": {}, "entities": {}, "entity_links": {}}
    for number, (fresh, gone) in enumerate([(250, 0), (20, 0), (15, 20), (1, 0), (0, 3)]):
        added = chance.sample(sorted(articles.keys() - there), fresh)
        dropped = chance.sample(sorted(there), gone)
        bytes_before = {path: path.read_bytes() for path in (state or {}).values()}
        changes = NameChanges(dropped, _frame([row for name in added for row in articles[name]]), _credits())
        update = update_names(state, changes, tmp_path / str(number), looks=load_looks())
        assert {path: path.read_bytes() for path in bytes_before} == bytes_before
        there = (there | set(added)) - set(dropped)
        _apply(held, update, dropped)
        state = _move(update.state, tmp_path / f"kept-{number}")
    whole = resolve_mentions(_frame([row for name in there for row in articles[name]]), _credits(), looks=load_looks())
    assert len(state or {}) > 1
    assert held["mentions"] == dict(whole.mention_entities.rows())
    assert held["entities"] == {row[0]: row for row in whole.entities.rows()}
    assert held["entity_links"] == {row[0]: row for row in whole.entity_links.rows()}


@pytest.mark.usefixtures("crowded_memory")
def test_a_build_that_workers_share_is_as_if_one_had_done_it_and_the_next_run_goes_on_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "FEWEST_SHARED", 1)
    printed = print_press(load_looks(), people=120, articles=400, seed=4)
    print_other_names(printed, seed=4)
    late = {row["article_id"] for row in printed.mentions[-200:]}
    first = _frame([row for row in printed.mentions if row["article_id"] not in late])
    pool = partial(open_pool, runner=Runner(workers=2))
    built = update_names(None, NameChanges((), first, _credits()), tmp_path / "1", looks=load_looks(), pool=pool)
    alone = update_names(None, NameChanges((), first, _credits()), tmp_path / "2", looks=load_looks())
    held: dict[str, dict] = {"mentions": {}, "entities": {}, "entity_links": {}}
    _apply(held, built, ())
    assert held == {name: dict(_keyed(getattr(alone, name))) for name in held}
    assert not list((tmp_path / "1").glob("job-*/*.names"))
    rest = _frame([row for row in printed.mentions if row["article_id"] in late])
    changes = NameChanges((), rest, _credits())
    _apply(held, update_names(built.state, changes, tmp_path / "3", looks=load_looks(), pool=pool), ())
    whole = resolve_mentions(_frame(printed.mentions), _credits(), looks=load_looks())
    assert held["mentions"] == dict(whole.mention_entities.rows())
    assert held["entities"] == {row[0]: row for row in whole.entities.rows()}
    assert held["entity_links"] == {row[0]: row for row in whole.entity_links.rows()}


def _keyed(frame: pl.LazyFrame) -> list[tuple]:
    rows = frame.collect().rows()
    return [(row[0], row if len(row) > 2 else row[1]) for row in rows]


def _apply(held: dict[str, dict], update: object, dropped: Sequence[str]) -> None:
    held["mentions"] = {ref: e for ref, e in held["mentions"].items() if ref.rpartition("-")[0] not in dropped}
    held["mentions"] |= dict(update.mentions.collect().rows())
    for name, gone in (("entities", update.gone_entities), ("entity_links", update.gone_links)):
        for key in gone:
            del held[name][key]
        held[name] |= {row[0]: row for row in getattr(update, name).collect().rows()}


def _move(state: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """Put files elsewhere under other names, as a lake does that names files after their content."""
    folder.mkdir()
    moved = {name: folder / f"content-{number}" for number, name in enumerate(state)}
    for name, path in state.items():
        moved[name].write_bytes(path.read_bytes())
    return moved


def _frame(rows: Sequence[dict]) -> pl.LazyFrame:
    return pl.DataFrame(rows, schema=MENTIONS).lazy()


def _credits() -> pl.LazyFrame:
    return pl.DataFrame(schema=CREDITS).lazy()
