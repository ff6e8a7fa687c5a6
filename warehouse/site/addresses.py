"""Where each page of the report lies: one path for the files and for the server, and the way back from a path."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from warehouse.errors import SettingsFault

SAFE = re.compile(r"[A-Za-z0-9_-]")
ESCAPED = re.compile(r"~([0-9a-f]{2})")

# Pages of one thing each, in a folder of their own.
ARTICLE, ISSUE, PAPER, ENTITY, TEXT = "article", "issue", "paper", "entity", "text"
FOLDERS = frozenset({ARTICLE, ISSUE, PAPER, ENTITY, TEXT})
# Pages that are there once.
OVERVIEW, REVIEW, SEARCH, RULES, NAMES, TRAVELS, PROJECTS = (
    "overview",
    "review",
    "search",
    "rules",
    "names",
    "travels",
    "projects",
)
FILES: Mapping[str, str] = MappingProxyType(
    {
        OVERVIEW: "index.html",
        REVIEW: "review.html",
        SEARCH: "search.html",
        RULES: "rules.html",
        NAMES: "names.html",
        TRAVELS: "travels.html",
        PROJECTS: "projects.html",
    }
)


@dataclass(frozen=True, slots=True)
class Address:
    """One page: its kind, and the id of what it shows; empty for pages that are there once."""

    kind: str
    id: str = ""

    @property
    def path(self) -> str:
        """The page's path below the report: letters, digits, `_`, `-` and `~` alone, whatever the id holds."""
        return FILES[self.kind] if not self.id else f"{self.kind}/{_escape(self.id)}.html"

    @property
    def root(self) -> str:
        """The way from the page back to the report's folder."""
        return "../" if self.id else ""


def read_path(path: str) -> Address:
    """Tell which page lies at a path. Raises SettingsFault where none can."""
    for kind, file in FILES.items():
        if path == file:
            return Address(kind)
    folder, _, name = path.partition("/")
    if folder in FOLDERS and name.endswith(".html"):
        address = Address(folder, _unescape(name.removesuffix(".html")))
        if address.id and address.path == path:
            return address
    raise SettingsFault("The report has no such page.")


def _escape(name: str) -> str:
    return "".join(
        letter if SAFE.fullmatch(letter) else "".join(f"~{byte:02x}" for byte in letter.encode("utf-8", "replace"))
        for letter in name
    )


def _unescape(name: str) -> str:
    parts = ESCAPED.split(name)
    parts[1::2] = [chr(int(digits, 16)) for digits in parts[1::2]]
    return "".join(parts).encode("latin-1", "replace").decode("utf-8", "replace")
