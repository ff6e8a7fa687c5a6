from pathlib import Path

import pytest

from flows.settings import DEFAULT_LAKE, Runner, read_lake, read_settings
from warehouse.errors import SettingsFault


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return tmp_path / "source"


def test_the_lake_is_the_argument_then_lake_home_then_the_default(tmp_path: Path):
    assert read_lake(tmp_path / "a", environ={"LAKE_HOME": str(tmp_path / "b")}) == tmp_path / "a"
    assert read_lake(environ={"LAKE_HOME": str(tmp_path / "b")}) == tmp_path / "b"
    assert read_lake(environ={"LAKE_HOME": ""}) == DEFAULT_LAKE


def test_relative_folders_are_those_of_the_caller(source: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(source.parent)
    settings = read_settings(Path("source"), Path("lake"), environ={})
    assert (settings.source, settings.lake) == (source, source.parent / "lake")


def test_variables_set_numbers_and_the_runner(source: Path):
    environ = {"LAKE_BATCH_BYTES": "1000", "LAKE_FILE_LIMIT_BYTES": "2000", "LAKE_RUNNER": "threads:3"}
    settings = read_settings(source, source.parent / "lake", environ=environ)
    assert (settings.batch_bytes, settings.file_limit_bytes) == (1000, 2000)
    assert settings.runner == Runner(kind="threads", workers=3)


@pytest.mark.parametrize(
    ("size", "memory_bytes"), [("", 4_000_000_000), ("512MB", 512_000_000), ("2GB", 2_000_000_000)]
)
def test_memory_is_given_as_a_size(source: Path, size: str, memory_bytes: int):
    settings = read_settings(source, source.parent / "lake", environ={"LAKE_MEMORY": size})
    assert settings.memory_bytes == memory_bytes


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"LAKE_BATCH_BYTES": "8 MB"}, "LAKE_BATCH_BYTES='8 MB'"),
        ({"LAKE_FILE_LIMIT_BYTES": "0"}, "whole number above 0"),
        ({"LAKE_FILE_LIMIT_BYTES": "-5"}, "whole number above 0"),
        ({"LAKE_MEMORY": "4"}, "LAKE_MEMORY='4' is no size"),
        ({"LAKE_RUNNER": "fibres:2"}, "threads:N or processes:N"),
        ({"LAKE_RUNNER": "threads:0"}, "threads:N or processes:N"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(source: Path, environ: dict[str, str], words: str):
    with pytest.raises(SettingsFault, match=words):
        read_settings(source, source.parent / "lake", environ=environ)


def test_folders_that_cannot_be_used_are_named(source: Path):
    lake, page = source.parent / "lake", source / "p1.txt"
    page.touch()
    for folder, target, words in (
        (source / "missing", lake, "No folder .*missing"),
        (page, lake, "p1.txt is a file"),
        (source, page, "p1.txt is a file"),
        (source, source, "inside the lake"),
        (source, source.parent, "inside the lake"),
    ):
        with pytest.raises(SettingsFault, match=words):
            read_settings(folder, target, environ={})


def test_a_lake_inside_the_source_is_allowed(source: Path):
    assert read_settings(source, source / "lake", environ={}).lake == source / "lake"
