from pathlib import Path

import pytest

from flows.settings import DEFAULT_LAKE, read_lake, read_settings
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
    assert str(settings.runner) == "threads:3"


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
        ({"LAKE_RUNNER": "fibres:2"}, "threads:N, processes:N, ray:HOST:PORT or dask:HOST:PORT"),
        ({"LAKE_RUNNER": "threads:0"}, "threads:N, processes:N"),
        ({"LAKE_RUNNER": "processes:host:1"}, "threads:N, processes:N"),
        ({"LAKE_RUNNER": "ray"}, "names no cluster; give host and port, e.g. ray:10"),
        ({"LAKE_RUNNER": "ray:tcp://head:6379"}, "names no cluster"),
        ({"LAKE_RUNNER": "ray:head:70000"}, "names no cluster"),
        ({"LAKE_RUNNER": "dask:user:secret@head:1"}, "names no cluster"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(source: Path, environ: dict[str, str], words: str):
    with pytest.raises(SettingsFault, match=words):
        read_settings(source, source.parent / "lake", environ=environ)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ray:head.local:6379", "head.local:6379"),
        ("dask:10.0.0.1:8786", "tcp://10.0.0.1:8786"),
        ("dask:tls://[::1]:8786", "tls://[::1]:8786"),
    ],
)
def test_a_cluster_is_named_by_its_address_and_has_to_see_source_and_lake(
    source: Path, text: str, address: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("flows.settings.find_spec", lambda name: name)  # as if both were installed
    lake = source.parent / "lake"
    runner = read_settings(source, lake, environ={"LAKE_RUNNER": text}).runner
    assert (str(runner), runner.shared) == (f"{text.partition(':')[0]}:{address}", (source, lake))


@pytest.mark.parametrize(("text", "extra"), [("ray:head:6379", "ray"), ("dask:head:8786", "dask")])
def test_a_cluster_whose_client_is_not_installed_says_how_to(
    source: Path, text: str, extra: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("flows.settings.find_spec", lambda _: None)
    with pytest.raises(SettingsFault, match=f"run `uv sync --frozen --inexact --extra {extra}` in the checkout"):
        read_settings(source, source.parent / "lake", environ={"LAKE_RUNNER": text})


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
