"""Whose figure it is: the naming that the sentence is about when it gives the number."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from transforms.entities.records import Mention

FITTING = frozenset({"organisation", "place", "project"})
NOUNS = (
    "街道|社区|园区|产业园|公司|企业|中心|项目|工程|集团|银行|医院|学校|基地|协会|合作社"
    "|省|市|县|区|镇|乡|村|局|委|办|院|校|厂|站|所|社|馆|园"
)
BACK = re.compile(f"[该本](?P<noun>{NOUNS})")
# After these a naming is where or with whom something is done, not who does it.
ASIDE = re.compile(r"(?:与|和|同|跟|在|赴|到|向|从|于|由|被|为|对|比|位于|高于|低于)\Z")
ASIDE_CHARS = 2
REACH = 40  # namings: nobody points further back


class Subjects:
    """The fitting namings of one article and what points back to them, in order."""

    def __init__(self, body: str, mentions: Sequence[Mention]) -> None:
        """Find what points back to which naming."""
        self.namings = sorted((m for m in mentions if m.kind in FITTING), key=lambda m: m.start)
        self.body = body
        self.points = self._points() if self.namings else []
        self.starts = [start for start, _ in self.points]

    def _points(self) -> list[tuple[int, Mention]]:
        points = [(mention.start, mention) for mention in self.namings]
        starts = [mention.start for mention in self.namings]
        for match in BACK.finditer(self.body):
            last = bisect_left(starts, match.start())
            earlier = reversed(self.namings[max(0, last - REACH) : last])
            meant = next((mention for mention in earlier if mention.surface.endswith(match["noun"])), None)
            if meant:
                points.append((match.start(), meant))
        return sorted(points, key=lambda point: point[0])

    def of(self, start: int, low: int, line: int) -> Mention | None:
        """Return whose the figure at `start` is: named in its sentence (from `low`), else in its paragraph."""
        index = bisect_left(self.starts, start)
        sentence = self.points[bisect_left(self.starts, low, hi=index) : index]
        paragraph = self.points[bisect_left(self.starts, line, hi=index) : index]
        for points in (sentence, paragraph):
            for at, mention in reversed(points):
                if not ASIDE.search(self.body, max(0, at - ASIDE_CHARS), at):
                    return mention
        return None
