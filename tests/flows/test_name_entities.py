from pathlib import Path

import pytest

from flows.name_entities import EntityFile, join_entities, save_entities


def test_an_entity_is_found_by_its_node_whatever_file_told_it(tmp_path: Path) -> None:
    one = {"place|410403|云岭区": "place-00000000000000ff", "project|a|镜湖": "project-ffffffffffffffff"}
    other = {"campaign|三个一批|三个一批": "campaign-0123456789abcdef"}
    parts = [save_entities(some, tmp_path / f"{number}.npy") for number, some in enumerate((one, other))]
    found = EntityFile.open(join_entities(parts, tmp_path / "all.npy"))
    assert {node: found[node] for node in one | other} == one | other
    with pytest.raises(KeyError):
        found["place|410403|云岭"]


def test_a_lake_that_names_people_alone_has_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        EntityFile.open(join_entities([], tmp_path / "all.npy"))["place|1|山"]
