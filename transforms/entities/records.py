"""What the finders of names give: one naming of a person, organisation, place, project or campaign in a body."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["person", "organisation", "place", "project", "campaign"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One naming: `body[start:end] == surface`. Mentions of one article never overlap.

    title: the office or role as printed with it, whole (`区工商联主席`); body[title_start:title_end] == title.
    organisation: of a person, the words of the title that name an organisation (`区工商联`).
    code: of a place, its division code after GB/T 2260 (`410403`), where a table has it and the context tells which.
    rule_id: the rule that found it.
    """

    kind: Kind
    surface: str
    start: int
    end: int
    rule_id: str
    title: str | None = None
    title_start: int | None = None
    title_end: int | None = None
    organisation: str | None = None
    code: str | None = None
