"""The licences of what runs: every distribution that the project needs, and what that needs, as uv.lock has them."""

import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from itertools import product
from pathlib import Path
from typing import Any

from packaging.markers import Marker

from warehouse.errors import ContractFault

HEAD = """\
Broadsheet
Licensed under the Apache License, Version 2.0 (see LICENSE).

It runs on the packages below, which it does not contain: they are installed from a package index, each under its own
licence, as its metadata gives it. This list is made by ./lake docs, of what an installation without extras has on any
Python that it is for.

"""
PROJECT = "broadsheet"
SYSTEMS = ("linux", "darwin")
PYTHONS = ("3.11.0", "3.11.3", "3.12.0", "3.13.0")  # what markers in uv.lock tell apart
CLASSIFIER = "License :: OSI Approved :: "
LONGEST_NAME = 80  # characters: some packages give their licence's whole text for its name
SETTLED = {  # where the metadata says nothing, leaves a choice, or is not there on each Python; read in the packages
    "async-timeout": "Apache Software License",
    "dataframely": "BSD-3-Clause",
    "text-unidecode": "Artistic License (of the two that it offers)",
    "whenever": "MIT",
}


@dataclass(frozen=True, slots=True)
class Dependency:
    """One distribution: name, version, licence."""

    name: str
    version: str
    licence: str


def describe_licences(lock: Path) -> str:
    """Give the text of NOTICE."""
    lines = (f"{found.name} {found.version}: {found.licence}\n" for found in find_dependencies(lock))
    return HEAD + "".join(lines)


def find_dependencies(lock: Path) -> list[Dependency]:
    """Find what the project of a uv.lock runs on, by name, on any system and Python that it is for.

    Raises ContractFault where a licence is not known.
    """
    packages: dict[str, list[dict[str, Any]]] = {}
    for package in tomllib.loads(lock.read_text(encoding="utf-8"))["package"]:
        packages.setdefault(package["name"], []).append(package)
    waiting, seen = [(PROJECT, "")], set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for package in packages[name]:
            needed = (
                package.get("optional-dependencies", {}).get(extra, []) if extra else package.get("dependencies", [])
            )
            for each in filter(_is_needed, needed):
                waiting += [(each["name"], extra) for extra in ("", *each.get("extra", ()))]
    names = sorted({name for name, _ in seen} - {PROJECT})
    return [Dependency(name, package["version"], _find_licence(name)) for name in names for package in packages[name]]


def _is_needed(requirement: dict[str, Any]) -> bool:
    """Tell whether any of the systems and Pythons needs it."""
    marker = Marker(requirement.get("marker", "python_version > '3'"))
    return any(
        marker.evaluate({"sys_platform": system, "python_full_version": python})
        for system, python in product(SYSTEMS, PYTHONS)
    )


def _find_licence(name: str) -> str:
    try:
        return SETTLED.get(name) or _licence(name, distribution(name))
    except PackageNotFoundError as fault:
        raise ContractFault(
            f"{name} is not needed on this Python; read its licence, and write it into flows/notice.py"
        ) from fault


def _licence(name: str, installed: Distribution) -> str:
    stated = _first(installed, "License-Expression")
    classified = [
        text.removeprefix(CLASSIFIER)
        for text in installed.metadata.get_all("Classifier") or ()
        if text.startswith(CLASSIFIER)
    ]
    written = _first(installed, "License").strip()
    short = written if "\n" not in written and len(written) <= LONGEST_NAME else ""
    licence = stated or ", ".join(classified) or short
    if not licence:
        raise ContractFault(f"{name} does not say its licence; read its files, and write it into flows/notice.py")
    return licence


def _first(installed: Distribution, field: str) -> str:
    return str(next(iter(installed.metadata.get_all(field) or ()), ""))
