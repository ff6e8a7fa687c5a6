"""The YAML files in which people write corrections: read, hashed, and added to."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from transforms.corrections.forms import Facts, parse_correction
from transforms.corrections.records import Correction
from warehouse import store
from warehouse.errors import SettingsFault

SUFFIXES = (".yaml", ".yml")
NOTHING_WRITTEN = hashlib.sha256().hexdigest()[:16]  # hash of a folder without any file of corrections
DEEPEST = 50  # brackets within brackets; a correction has one


def load_corrections(folder: Path) -> tuple[Correction, ...]:
    """Read every correction below a folder, in the order of the files' names.

    Raises SettingsFault, with file and line, where one is not written as it should be, or two have the same id.
    """
    corrections = tuple(
        correction
        for path in _yaml_files(folder)
        for correction in parse_corrections(_read(path), named=f"{folder.name}/{path.relative_to(folder)}")
    )
    first: dict[str, Correction] = {}
    for correction in corrections:
        other = first.setdefault(correction.id, correction)
        if other is not correction:
            where = f"{other.written_in} and {correction.written_in}"
            raise SettingsFault(f"Two corrections have the id {correction.id}, {where}; give one of them another")
    return corrections


def parse_corrections(text: str, *, named: str) -> list[Correction]:
    """Return the corrections of one YAML file; every value is taken as text, as it is written."""
    try:
        root = yaml.compose(text, Loader=_ShallowLoader)
    except yaml.YAMLError as fault:
        raise SettingsFault(f"{named} is no YAML: {fault}") from fault
    except RecursionError as fault:
        raise SettingsFault(f"{named} nests too deeply to be a list of corrections") from fault
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise SettingsFault(f"{named} is no list of corrections; each begins with `- id:`")
    located = ((f"{named}:{node.start_mark.line + 1}", node) for node in root.value)
    return [parse_correction(_facts(node, where), written_in=where) for where, node in located]


class _ShallowLoader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML tells no types
    """Refuses many open brackets at the first too many: the scanner looks at all of them with each further one."""

    def fetch_flow_collection_start(self, token: type[yaml.Token]) -> None:
        if self.flow_level >= DEEPEST:
            raise RecursionError
        super().fetch_flow_collection_start(token)


def hash_corrections(folder: Path) -> str:
    """Return a hash of all corrections of a folder as they are written, for the record of a run."""
    digest = hashlib.sha256()
    for path in _yaml_files(folder):
        digest.update(f"{path.relative_to(folder)}".encode() + b"\0" + _read(path).encode() + b"\0")
    return digest.hexdigest()[:16]


def append_correction(path: Path, entry: Mapping[str, Any]) -> None:
    """Add one correction at the end of a YAML file, which is made where there is none; what stands there stays."""
    before = _read(path) if path.exists() else ""
    gap = "\n" if before.strip() else ""
    written = yaml.safe_dump([dict(entry)], allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
    text = before.rstrip("\n") + "\n" * bool(before) + gap + written
    parse_corrections(text, named=path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    store.replace_file(path, text.encode())


def _yaml_files(folder: Path) -> list[Path]:
    """List the files at any depth, whatever the case of their suffixes; editors hide their scratch."""
    paths = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return sorted(path for path in paths if not any(p.startswith(".") for p in path.relative_to(folder).parts))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsFault(f"{path} cannot be read: {fault}; corrections are text in UTF-8") from fault


def _facts(node: yaml.Node, where: str) -> Facts:
    return {
        key: {inner: _scalar(child, where) for inner, child in _pairs(value, where)}
        if isinstance(value, yaml.MappingNode)
        else _scalar(value, where)
        for key, value in _pairs(node, where)
    }


def _pairs(node: yaml.Node, where: str) -> Iterator[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise SettingsFault(f"{where} is no correction; one begins with `- id:`")
    seen: set[str] = set()
    for key, value in node.value:
        name = _scalar(key, where)
        if name in seen:
            raise SettingsFault(f"{where} has {name} twice; keep one")
        seen.add(name)
        yield name, value


def _scalar(node: yaml.Node, where: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise SettingsFault(f"{where} has a list or a mapping where text is expected")
    return str(node.value)
