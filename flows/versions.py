"""The version of each stage: a hash of the modules it is made of, its reference data and the packages below it.

A stage runs again over everything where its version is not the one that the lake was built with; others keep what they
gave. The modules are found by their imports, so that nobody has to list them.
"""

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from flows.language import NGRAMS, REFERENCE

CHECKOUT = Path(__file__).resolve().parent.parent
FOLDERS = ("flows", "transforms", "warehouse")
PACKAGES = ("duckdb", "numba", "numpy", "opencc", "polars", "pyarrow", "pypinyin")
PARSERS = ("lxml", "pypdfium2")  # of markup and PDF: other versions may read a file otherwise
IMPORT = re.compile(
    r"^[ \t]*(?:import (?P<module>[\w.]+)"
    r"|from (?P<source>[\w.]+) import (?:\((?P<listed>[^)]*)\)|(?P<inline>[^\n(]+)))",
    re.MULTILINE,
)
NAME = re.compile(r"\b(?<!as )[A-Za-z_]\w*\b")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: its name, the modules that it begins in, the files that they read, and the packages below them."""

    name: str
    modules: tuple[str, ...]
    data: tuple[Path, ...] = ()
    packages: tuple[str, ...] = PACKAGES


FACT_DATA = tuple(sorted(path for path in REFERENCE.iterdir() if path != NGRAMS))
STAGES = (
    Stage("read", ("flows.batches", "transforms.pages.issues"), (NGRAMS,), (*PACKAGES, *PARSERS)),
    Stage("deduplicate", ("flows.reuse_index",)),
    Stage("facts", ("flows.facts",), FACT_DATA),
    Stage("resolve", ("flows.resolve",), FACT_DATA),
    Stage("publish", ("warehouse.publish",)),
)


def stage_versions(stages: Sequence[Stage] = STAGES, checkout: Path = CHECKOUT) -> dict[str, str]:
    """Give the version of each stage: 12 hex digits."""
    python = f"python {sys.version_info[0]}.{sys.version_info[1]} "
    versions = {}
    for stage in stages:
        below = python + " ".join(f"{name} {version(name)}" for name in stage.packages)
        digest = hashlib.sha256(below.encode())
        for path in (*sorted(_closure(stage.modules, checkout)), *stage.data):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        versions[stage.name] = digest.hexdigest()[:12]
    return versions


def _closure(modules: Sequence[str], checkout: Path) -> set[Path]:
    """Find the files of all modules of the project that some modules import, themselves among them."""
    found: set[Path] = set()
    waiting = [path for name in modules for path in _files_of(name, checkout)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [file for name in _imports(path) for file in _files_of(name, checkout)]
    return found


def _imports(path: Path) -> Iterator[str]:
    """Yield the names that a module imports; of `from a import b` both a and a.b, since b may be a module.

    Read off the text: parsing all modules took half a second of every run.
    """
    for statement in IMPORT.finditer(path.read_text(encoding="utf-8")):
        module = statement["source"] or statement["module"]
        yield module
        yield from (f"{module}.{name}" for name in NAME.findall(statement["listed"] or statement["inline"] or ""))


def _files_of(module: str, checkout: Path) -> list[Path]:
    """List the file of a module or package of the project, and those of the packages around it; none of what is not."""
    if module.partition(".")[0] not in FOLDERS:
        return []
    below = checkout.joinpath(*module.split("."))
    packages = (folder / "__init__.py" for folder in (below, *below.parents) if folder != checkout)
    return [path for path in (below.with_suffix(".py"), *packages) if checkout in path.parents and path.is_file()]
