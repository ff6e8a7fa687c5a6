"""What a correction is, and what is said where one no longer fits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from warehouse.errors import SettingsFault

NONE = "none"  # of a headline or a person: there is none
UNKNOWN = "unknown"  # of a day or a paper: nothing says it
ONE, TWO = "one", "two"  # of two namings: so many things they name


class Action(StrEnum):
    """What a correction does. Their forms, with examples, stand in `transforms.corrections.forms`."""

    SET_DATE = "set_date"
    SET_PAPER = "set_paper"
    SPLIT_ARTICLE = "split_article"
    JOIN_ARTICLES = "join_articles"
    SET_PART = "set_part"
    CORRECT_TEXT = "correct_text"
    CORRECT_CONTRIBUTOR = "correct_contributor"
    SAME_ENTITY = "same_entity"
    DIFFERENT_ENTITY = "different_entity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction of one file.

    sha256: the first 16 hex digits or more of the file's hash; file_name is for people only. at: words as the page
    prints them, found once in the file; None for the whole file. expect: what the reader gives without corrections;
    becomes: what stands in its place. after: words of the article that a joined one goes on from; None: the one above.
    other_at: words that hold the second of two namings; other_sha256, other_name: of their file. written_in: the file
    that holds the correction.
    """

    id: str
    action: Action
    sha256: str
    file_name: str
    at: str | None
    expect: str
    becomes: str
    after: str | None
    reason: str
    written_in: str
    other_at: str | None = None
    other_sha256: str | None = None
    other_name: str | None = None

    @property
    def rule_id(self) -> str:
        """The name under which rows say that a person did it."""
        return f"correction.{self.id}"


ENTITY_ACTIONS = frozenset({Action.SAME_ENTITY, Action.DIFFERENT_ENTITY})  # what is tried when all is read

Corrections = Mapping[str, tuple[Correction, ...]]  # by file_id


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction and where its words stand: raw [start, end) of a page; `after` is where the words of that start."""

    correction: Correction
    page_index: int
    start: int
    end: int
    after: int | None = None


class StaleCorrection(SettingsFault):
    """A correction that no longer fits its file: the run stops, and the person who wrote it has to look again."""


def stale(correction: Correction, *, found: str, remedy: str) -> StaleCorrection:
    """Return the fault of a correction that found something else than it expects; `remedy` says what to do."""
    at = f" at {correction.at!r}" if correction.at is not None else ""
    return StaleCorrection(
        f"{correction.written_in}: correction {correction.id} of {correction.file_name} expects "
        f"{correction.expect!r}{at}, found {found}; {remedy}"
    )


def of_action(placed: Iterable[Placed], action: Action) -> list[Placed]:
    """Return the placed corrections of one action in the order of the page."""
    return sorted((place for place in placed if place.correction.action is action), key=lambda place: place.start)
