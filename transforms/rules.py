"""What a named rule is: data with an id, what it says, and examples that are its tests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text that a rule must take (`hit`), and one close by that it must leave (`miss`)."""

    hit: str
    miss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[Subject]):
    """One rule of an ordered list: the first whose test holds wins, and its id goes into the row."""

    id: str
    says: str
    verdict: str
    test: Callable[[Subject], bool]
    examples: tuple[Example, ...] = ()
