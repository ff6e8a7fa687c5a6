"""The version of each stage: a hash of the modules it is made of, its reference data and the packages below it.

A stage runs again over everything where its version is not the one that the lake was built with; others keep what they
gave. The modules are found by their imports, so that nobody has to list them.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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
    versions, modules = {}, Modules(checkout)
    for stage in stages:
        below = python + " ".join(f"{name} {version_of(name)}" for name in stage.packages)
        digest = hashlib.sha256(below.encode())
        for path in (*modules.find_closure(stage.modules), *stage.data):
            digest.update(path.name.encode() + b"\0" + modules.read(path) + b"\0")
        versions[stage.name] = digest.hexdigest()[:12]
    return versions


version_of = cache(version)  # finding a package's own word for it takes a millisecond


class Modules:
    """The modules of a checkout, each read once."""

    def __init__(self, checkout: Path) -> None:
        """List the files, and read none yet."""
        self._there = dict(_list_files(checkout))
        self._bytes: dict[Path, bytes] = {}
        self._files: dict[str, list[str]] = {}
        self._imported: dict[str, list[str]] = {}

    def find_closure(self, modules: Sequence[str]) -> list[Path]:
        """List the files of all modules of the project that some modules import, themselves among them, in order."""
        found: set[str] = set()
        waiting = [name for module in modules for name in self._files_of(module)]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._imported_by(name)
        return [self._there[name] for name in sorted(found, key=lambda name: name.split("/"))]

    def read(self, path: Path) -> bytes:
        """Give the bytes of a file."""
        if path not in self._bytes:
            self._bytes[path] = path.read_bytes()
        return self._bytes[path]

    def _imported_by(self, name: str) -> list[str]:
        if name not in self._imported:
            modules = _imports(self.read(self._there[name]).decode())
            self._imported[name] = [file for module in modules for file in self._files_of(module)]
        return self._imported[name]

    def _files_of(self, module: str) -> list[str]:
        """List the file of a module or package of the project, and those of packages around it; none of what is not."""
        if module not in self._files:
            parts = module.split(".")
            packages = ("/".join((*parts[:depth], "__init__.py")) for depth in range(len(parts), 0, -1))
            names = ("/".join(parts) + ".py", *packages)
            self._files[module] = [name for name in names if name in self._there]
        return self._files[module]


@cache
def _imports(text: str) -> frozenset[str]:
    """Find the names that a module imports; of `from a import b` both a and a.b, since b may be a module.

    Read off the text, and of one text once: parsing all modules took half a second of every run.
    """
    found = set()
    for statement in IMPORT.finditer(text):
        module = statement["source"] or statement["module"]
        found |= {
            module,
            *(f"{module}.{name}" for name in NAME.findall(statement["listed"] or statement["inline"] or "")),
        }
    return frozenset(found)


def _list_files(checkout: Path) -> Iterator[tuple[str, Path]]:
    """Yield the modules' files by their names below the checkout: to ask the disk for each took a third of a second."""
    for top in FOLDERS:
        for folder, _, names in os.walk(checkout / top):
            below = Path(folder).relative_to(checkout).as_posix()
            yield from ((f"{below}/{name}", Path(folder, name)) for name in names if name.endswith(".py"))
