"""Names that are alike tie a block as large as the lake lets it be; what is held in memory of it stays as it was."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import polars as pl
import pytest

from tests.transforms.entities.identity.press import CREDITS, MENTIONS, Press, person
from transforms.entities.identity import near_people
from transforms.entities.identity.blocks import gather_blocks
from transforms.entities.identity.jobs import PEOPLE, Hand, Told
from transforms.entities.identity.sides import tie_people
from transforms.entities.identity.tables import Layer, Parts, Tables
from transforms.entities.identity.text_stages import NAMES
from transforms.entities.resolve import NameChanges, resolve_changes

DEPUTY = "青石街道办事处副主任"
ALIKE = [f"林可{end}" for end in "清情晴请"]
TEXTS = 3  # that print a name: more than a misprint has


@dataclass(slots=True)
class Watched:
    """A layer that notes the names of people that are read, and how many namings of them at a time."""

    layer: Layer
    names: set[str] = field(default_factory=set)
    read_at_once: list[int] = field(default_factory=list)

    def read(self, table: str, keys: Collection[str]) -> dict[str, Parts]:
        found = self.layer.read(table, keys)
        if table == NAMES:
            self.names |= found.keys()
            self.read_at_once.append(sum(len(namings) for parts in found.values() for _, namings in parts.values()))
        return found

    def list_keys(self, table, span):
        return self.layer.list_keys(table, span)


def changes(press: Press) -> NameChanges:
    frames = (pl.DataFrame(press.mentions, schema=MENTIONS), pl.DataFrame(press.credits, schema=CREDITS))
    return NameChanges((), *(frame.lazy() for frame in frames))


def resolve_block(press: Press) -> tuple[Watched, dict[str, pl.DataFrame]]:
    """Resolve the one block of all names that a press prints; return what it read, and the rows of each table."""
    tables = Tables(before=[])
    list(resolve_changes(tables, changes(press), looks=press.looks))
    tables.flush()
    watched = Watched(*tables.fresh)
    hand = Hand(Tables(before=[], fresh=[watched]), press.looks, Told())
    (block,) = gather_blocks(tables.changed(NAMES), tie_people(tables, hand.sides()[1]))
    found = list(hand.resolve(PEOPLE, [block]))
    return watched, {name: pl.concat([f.rows for f in found if f.table == name]) for name in {f.table for f in found}}


def print_alike(press: Press) -> None:
    for day in range(1, TEXTS + 1):
        for name in ALIKE:
            press.print(f"2023-03-0{day}", person(name, DEPUTY))


def test_names_that_nothing_joins_are_resolved_without_each_other(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near_people, "READ_AT_ONCE", 1)
    monkeypatch.setattr(near_people, "NAMINGS_AT_ONCE", TEXTS)
    print_alike(press)
    watched, rows = resolve_block(press)
    assert max(watched.read_at_once) == TEXTS
    assert sorted(rows["entities"]["name"]) == sorted(ALIKE)
    told = rows["entity_links"].select("surface_a", "surface_b", "decision").rows()
    assert sorted((*sorted(pair), decision) for *pair, decision in told) == [
        (*pair, "undecided") for pair in combinations(sorted(ALIKE), 2)
    ]


@pytest.mark.parametrize("namings_at_once", [1, 5, 8])
def test_how_many_namings_are_resolved_together_changes_nothing(
    new_press: Callable[[], Press], monkeypatch: pytest.MonkeyPatch, namings_at_once: int
) -> None:
    press = new_press()
    print_alike(press)
    press.print("2023-04-01", person("林可青", DEPUTY))  # once: a misprint of each of the others
    _, whole = resolve_block(press)
    monkeypatch.setattr(near_people, "READ_AT_ONCE", 1)
    monkeypatch.setattr(near_people, "NAMINGS_AT_ONCE", namings_at_once)
    _, parted = resolve_block(press)
    assert whole.keys() == parted.keys()
    for name, rows in whole.items():
        assert rows.sort(rows.columns[0]).equals(parted[name].sort(rows.columns[0])), name


def test_a_change_of_a_name_looks_at_the_names_beside_it_and_at_none_beyond_these(press: Press) -> None:
    offices = [f"{street}街道办事处副主任" for street in ("青石", "白沙", "云岭")]
    for day in range(1, TEXTS + 1):
        for office, pair in zip(offices, pairwise(ALIKE), strict=True):
            for name in pair:
                press.print(f"2023-03-0{day}", person(name, office))
    known = Tables(before=[])
    list(resolve_changes(known, changes(press), looks=press.looks))
    known.flush()
    watched = Watched(*known.fresh)
    later = Press(press.looks)
    later.print("2023-05-01", person(ALIKE[0], offices[0]))
    found = list(resolve_changes(Tables(before=[watched]), changes(later), looks=press.looks))
    assert watched.names == {*ALIKE[:3]}  # the third is held against the second
    (entity,) = pl.concat([f.rows for f in found if f.table == "entities"])["name"]
    assert entity == ALIKE[0]
