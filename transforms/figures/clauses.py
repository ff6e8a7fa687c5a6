"""One sentence with its amounts, cut into clauses."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.figures.amounts import Amount

MARK = re.compile("[，。；：！？\n]")
JOINED = re.compile(r"\s?[、和与及或至到—~～-]{0,3}\s?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence body[start:end] and its amounts in order; borders: where namings of times and things end."""

    body: str
    start: int
    end: int
    amounts: Sequence[Amount]
    borders: Sequence[int]
    marks: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Find the marks that part the clauses."""
        inner = (match.start() for match in MARK.finditer(self.body, self.start, self.end))
        object.__setattr__(self, "marks", (self.start - 1, *inner, self.end))

    def clause(self, offset: int) -> tuple[int, int]:
        """Return where the clause begins and ends in which the offset lies."""
        index = bisect_left(self.marks, offset)
        return self.marks[index - 1] + 1, self.marks[min(index, len(self.marks) - 1)]

    def border_before(self, offset: int, low: int) -> int:
        """Return the last border between `low` and the offset, or `low`."""
        index = bisect_right(self.borders, offset) - 1
        return max(low, self.borders[index]) if index >= 0 else low

    def is_joined(self, index: int) -> bool:
        """Tell whether nothing but a joining mark or word stands between an amount and the one before it."""
        if not index:
            return False
        return JOINED.fullmatch(self.body, self.amounts[index - 1].end, self.amounts[index].start) is not None
