"""A stage's version changes with what the stage is made of, and with nothing else."""

import ast
from pathlib import Path

import pytest

from flows import versions
from flows.handover import PRODUCTS
from flows.versions import CHECKOUT, STAGES, Stage, stage_versions

MODULES = {
    "flows/read.py": "from transforms.text import wraps, marks as m\n\n\ndef late():\n    import transforms.deep\n",
    "flows/other.py": "import os\n",
    "transforms/__init__.py": "",
    "transforms/text/__init__.py": "",
    "transforms/text/wraps.py": "from transforms.base import (\n    A,  # why\n    B,\n)\n",
    "transforms/text/marks.py": "",
    "transforms/base.py": "import re\n",
    "transforms/deep.py": "",
    "transforms/stranger.py": "",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, text in MODULES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "data.csv").write_text("a,b\n")
    return tmp_path


def version_after(checkout: Path, name: str, text: str) -> tuple[str, str]:
    stages = (Stage("read", ("flows.read",), (checkout / "data.csv",)),)
    before = stage_versions(stages, checkout)["read"]
    (checkout / name).write_text(text)
    return before, stage_versions(stages, checkout)["read"]


@pytest.mark.parametrize(
    "name",
    [
        "flows/read.py",
        "transforms/__init__.py",
        "transforms/text/wraps.py",
        "transforms/text/marks.py",
        "transforms/base.py",
        "transforms/deep.py",
        "data.csv",
    ],
)
def test_what_a_stage_imports_or_reads_changes_its_version(name: str, checkout: Path):
    before, after = version_after(checkout, name, MODULES.get(name, "") + "# changed\n")
    assert before != after


@pytest.mark.parametrize("name", ["flows/other.py", "transforms/stranger.py"])
def test_what_it_does_not_import_leaves_its_version(name: str, checkout: Path):
    before, after = version_after(checkout, name, "# changed\n")
    assert before == after


def test_another_package_below_changes_every_version(monkeypatch: pytest.MonkeyPatch):
    before = stage_versions()
    monkeypatch.setattr(versions, "version_of", lambda name: "0.0.1" if name == "polars" else "1")
    after = stage_versions()
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())


def parsed_imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_imports_are_read_off_the_text_as_python_reads_them():
    ours = {"flows", "transforms", "warehouse"}
    for folder in ours:
        for path in (CHECKOUT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            seen = {name for name in versions._imports(text) if name.partition(".")[0] in ours}  # noqa: SLF001
            meant = {name for name in parsed_imports(path) if name.partition(".")[0] in ours}
            assert meant <= seen, path


def test_every_stage_that_can_be_asked_for_has_a_version():
    from flows.settings import STAGES as ASKED

    assert [stage.name for stage in STAGES] == list(ASKED)


def test_no_stage_hangs_on_what_is_made_of_a_snapshot_afterwards():
    modules = {product.maker.partition(":")[0].replace(".", "/") + ".py" for product in PRODUCTS}
    for stage in STAGES:
        paths = versions.Modules(CHECKOUT).find_closure(stage.modules)
        assert not {str(path.relative_to(CHECKOUT)) for path in paths} & modules
    assert all(callable(product.make) for product in PRODUCTS if product.extra is None)
