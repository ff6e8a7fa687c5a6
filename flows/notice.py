"""The licences of what runs: every distribution that the project needs, and what that needs, as it is installed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from warehouse.errors import ContractFault

HEAD = """\
Broadsheet
Licensed under the Apache License, Version 2.0 (see LICENSE).

It runs on the packages below, which it does not contain: they are installed from a package index, each under its own
licence, as its metadata gives it. This list is made by ./lake docs, of what an installation without extras has.

"""
REQUIREMENTS = re.compile(r"^dependencies = \[\n(?P<lines>.*?)^\]", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r'^\s*"([^"]+)"', re.MULTILINE)
CLASSIFIER = "License :: OSI Approved :: "
LONGEST_NAME = 80  # characters: some packages give their licence's whole text for its name
SETTLED = {  # where the metadata says nothing, or leaves a choice; read in the packages' own licence files
    "dataframely": "BSD-3-Clause",
    "text-unidecode": "Artistic License (of the two that it offers)",
}


@dataclass(frozen=True, slots=True)
class Dependency:
    """One installed distribution: name, version, licence."""

    name: str
    version: str
    licence: str


def describe_licences(pyproject: Path) -> str:
    """Give the text of NOTICE."""
    lines = (f"{found.name} {found.version}: {found.licence}\n" for found in find_dependencies(pyproject))
    return HEAD + "".join(lines)


def find_dependencies(pyproject: Path) -> list[Dependency]:
    """Find what the project of a pyproject.toml runs on, by name. Raises ContractFault where a licence is not known."""
    declared = REQUIREMENTS.search(pyproject.read_text(encoding="utf-8"))
    waiting = [Requirement(text) for text in QUOTED.findall(declared["lines"])] if declared else []
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        key = (name, frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or another Python
        waiting.extend(_requirements(found[name], requirement.extras))
    return [Dependency(name, found[name].version, _licence(name, found[name])) for name in sorted(found)]


def _requirements(installed: Distribution, extras: set[str]) -> Iterator[Requirement]:
    """Yield what a distribution needs here, with the extras that are asked of it."""
    for text in installed.requires or ():
        requirement = Requirement(text)
        asked = [{"extra": extra} for extra in ("", *extras)]
        if requirement.marker is None or any(requirement.marker.evaluate(environment) for environment in asked):
            yield requirement


def _licence(name: str, installed: Distribution) -> str:
    stated = _first(installed, "License-Expression")
    classified = [
        text.removeprefix(CLASSIFIER)
        for text in installed.metadata.get_all("Classifier") or ()
        if text.startswith(CLASSIFIER)
    ]
    written = _first(installed, "License").strip()
    short = written if "\n" not in written and len(written) <= LONGEST_NAME else ""
    licence = SETTLED.get(name) or stated or ", ".join(classified) or short
    if not licence:
        raise ContractFault(f"{name} does not say its licence; read its files, and write it into flows/notice.py")
    return licence


def _first(installed: Distribution, field: str) -> str:
    return str(next(iter(installed.metadata.get_all(field) or ()), ""))
