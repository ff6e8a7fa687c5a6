"""One sentence with its amounts, cut into clauses."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transforms.figures.amounts import Amount

MARK = re.compile("[，。；：！？\n]")
JOINED = re.compile(
    r"\s?(?:[、和与及或至到—~～-]{0,3}|[、，](?:力争|争取|确保|冲刺)(?:达到|突破|完成|实现)?|的"
    "|[再又]?(?:增加|增长|增|提高|提|提升|上升|跃升|攀升|升|上涨|涨|扩大|扩|下降|降低|降|减少|减|缩短|压缩|压减|缩|调整|调|变|延长|发展|壮大)[到至为成]了?"
    r"(?:(?:(?:19|20)\d\d年|[今去前上]年|目前|现在|如今)[初底末]?的)?)\s?"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence body[start:end] and its amounts in order.

    times, names: where their namings end; name_starts: where each name begins that ends there.
    """

    body: str
    start: int
    end: int
    amounts: Sequence[Amount]
    times: Sequence[int]
    names: Sequence[int]
    name_starts: Mapping[int, int] = field(default_factory=dict)
    marks: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Find the marks that part the clauses."""
        inner = (match.start() for match in MARK.finditer(self.body, self.start, self.end))
        object.__setattr__(self, "marks", (self.start - 1, *inner, self.end))

    def clause(self, offset: int) -> tuple[int, int]:
        """Return where the clause begins and ends in which the offset lies."""
        index = bisect_left(self.marks, offset)
        return self.marks[index - 1] + 1, self.marks[min(index, len(self.marks) - 1)]

    def is_joined(self, index: int) -> bool:
        """Tell whether nothing but a joining mark or word stands between an amount and the one before it."""
        if not index:
            return False
        return JOINED.fullmatch(self.body, self.amounts[index - 1].end, self.amounts[index].start) is not None


def last_before(offsets: Sequence[int], offset: int, low: int) -> int:
    """Return the last of some ordered offsets up to `offset`, or `low` where none is greater."""
    index = bisect_right(offsets, offset) - 1
    return max(low, offsets[index]) if index >= 0 else low
