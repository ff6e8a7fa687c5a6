"""The order in which a printed page is read, from where its runs of characters stand.

A page is cut into bands from top to bottom, as long as one white gutter runs through them; each such band is cut at its
gutters into columns, from left to right, and each column again. A headline over two columns crosses their gutter, so it
is a band of its own.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from statistics import median

NARROWEST_GUTTER = 0.8  # of the height of the text: columns of a daily are set one or two characters apart
OVERLAP = 0.5  # of a run's height: what shares more with a line stands on it
CORE = 0.8  # of a character's box is counted as taken: the boxes of some fonts reach into the next line
WIDE_LEADING = 1.5  # times the column's leading: more white than between the lines of a paragraph
USUAL_LEADING = 1.3  # of the size of the type, where a column is too short to tell
OTHER_SIZE = 1.25  # times as large: a headline, or the text below one
INDENT = (1.5, 2.6)  # characters by which the first line of a paragraph is set in
SLACK = 1.5  # characters by which a full line may stop before the edge: a mark may not begin the next
NARROWEST_COLUMN = 8  # characters
WORD_SPACE = 0.3  # of the height, between two runs of one line
MOST_COLUMNS = 60  # side by side; print has eight, tables more, and what has more is no page
DEEPEST = 20  # columns in columns; print has three


@dataclass(frozen=True, slots=True)
class Run:
    """Characters on one line, with their box in points, y upwards, and the size of their type."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float

    @staticmethod
    def of_box(text: str, left: float, right: float, bottom: float, top: float) -> "Run":
        """Return a character as a run."""
        size, middle = top - bottom, (bottom + top) / 2
        return Run(text, left, right, middle - CORE / 2 * size, middle + CORE / 2 * size, size)

    @property
    def middle(self) -> float:
        """Half of the height."""
        return (self.bottom + self.top) / 2

    @staticmethod
    def of_runs(runs: Sequence["Run"]) -> "Run":
        """Return runs of one line as one."""
        return Run(
            "".join(run.text for run in runs),
            min(run.left for run in runs),
            max(run.right for run in runs),
            min(run.bottom for run in runs),
            max(run.top for run in runs),
            max(run.size for run in runs),
        )


def order_lines(runs: Sequence[Run]) -> Iterator[str]:
    """Yield the paragraphs of a page in reading order; an empty line where more white than between lines stands."""
    printed = [run for run in runs if run.text.strip()]
    paragraph, above, edge = "", None, -inf
    for stretch in _stretches(printed):
        left = min(line.left for line in stretch)
        own_edge = max(line.right for line in stretch) if len(stretch) > 1 else -inf
        leading = _leading(stretch)
        for line in stretch:
            is_apart = above is not None and _is_apart(above, line, leading)
            if above is not None and not is_apart and _goes_on(above, edge, line, left):
                paragraph += _glue(paragraph, line.text) + line.text
            else:
                yield from [paragraph] * bool(paragraph) + [""] * is_apart
                paragraph = _indented(line, left)
            above, edge = line, own_edge
    yield paragraph


def _stretches(printed: list[Run]) -> Iterator[list[Run]]:
    """Yield the lines of each column in reading order, those that no white and no other size parts together."""
    size = median(run.size for run in printed) if printed else 0.0
    for column in _columns(printed, size, 0):
        lines = list(_lines(column))
        leading = _leading(lines)
        stretch: list[Run] = []
        for line in lines:
            if stretch and _is_apart(stretch[-1], line, leading):
                yield stretch
                stretch = []
            stretch.append(line)
        yield stretch


def _columns(runs: list[Run], size: float, depth: int) -> Iterator[list[Run]]:
    """Yield groups of runs that are read from top to bottom, in reading order."""
    held: list[Run] = []
    for group in _bands_with_gutter(runs, NARROWEST_GUTTER * size):
        parts = _cut_at_gutters(group, NARROWEST_GUTTER * size)
        if len(parts) == 1 or depth == DEEPEST:
            held += group
            continue
        if held:
            yield held
            held = []
        for part in parts:
            yield from _columns(part, size, depth + 1)
    if held:
        yield held


def _bands_with_gutter(runs: list[Run], gutter: float) -> Iterator[list[Run]]:
    """Yield runs of bands, from the top, through which one gutter goes; a band that none goes through stands alone."""
    group: list[Run] = []
    spans: list[tuple[float, float]] = []
    for band in _bands(runs):
        merged = _merge([*spans, *((run.left, run.right) for run in band)], gutter)
        if group and not 1 < len(merged) <= MOST_COLUMNS:
            yield group
            group, merged = [], _merge([(run.left, run.right) for run in band], gutter)
        group, spans = [*group, *band] if group else band, merged
    if group:
        yield group


def _bands(runs: list[Run]) -> Iterator[list[Run]]:
    """Yield what stands side by side, from the top: runs between which no white goes across the page."""
    band: list[Run] = []
    floor = 0.0
    for run in sorted(runs, key=lambda run: -run.top):
        if band and run.top <= floor:
            yield band
            band = []
        floor = min(floor, run.bottom) if band else run.bottom
        band.append(run)
    if band:
        yield band


def _merge(spans: list[tuple[float, float]], gutter: float) -> list[tuple[float, float]]:
    """Return spans from left to right, those with less than a gutter between them as one."""
    merged: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if merged and left - merged[-1][1] < gutter:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _cut_at_gutters(runs: list[Run], gutter: float) -> list[list[Run]]:
    spans = _merge([(run.left, run.right) for run in runs], gutter)
    starts = [left for left, _ in spans]
    parts: list[list[Run]] = [[] for _ in spans]
    for run in runs:
        parts[max(0, bisect_right(starts, run.left) - 1)].append(run)
    return parts


def _lines(runs: list[Run]) -> Iterator[Run]:
    """Yield the lines of a column from the top, each as one run."""
    line: list[Run] = []
    for run in sorted(runs, key=lambda run: (-run.middle, run.left)):
        if line and line[0].middle - run.middle > OVERLAP * min(line[0].size, run.size):
            yield _joined(line)
            line = []
        line.append(run)
    if line:
        yield _joined(line)


def _joined(runs: list[Run]) -> Run:
    parts: list[Run] = []
    right = inf
    for run in sorted(runs, key=lambda run: run.left):
        if run.left - right > WORD_SPACE * run.size:
            parts.append(replace(run, text=" "))
        parts.append(run)
        right = run.right if right == inf else max(right, run.right)
    return Run.of_runs(parts)


def _leading(lines: Sequence[Run]) -> float:
    """Return the distance between the middles of a column's lines."""
    distances = [above.middle - below.middle for above, below in pairwise(lines)]
    usual = USUAL_LEADING * max(line.size for line in lines)
    return max(median(distances), 0.0) if len(distances) > 1 else usual


def _is_apart(above: Run, line: Run, leading: float) -> bool:
    """Tell whether a line begins something new: by its size, or by the white over it. A next column goes on."""
    sizes = sorted((above.size, line.size))
    return sizes[1] > OTHER_SIZE * sizes[0] or above.middle - line.middle > WIDE_LEADING * leading


def _goes_on(above: Run, edge: float, line: Run, left: float) -> bool:
    """Tell whether a line goes on with the one above: that fills its column up to the edge, and this is not set in."""
    is_full = (
        0 <= edge - above.right <= SLACK * above.size and above.right - above.left >= NARROWEST_COLUMN * above.size
    )
    return is_full and line.left - left < INDENT[0] * line.size


def _glue(above: str, below: str) -> str:
    return " " if above[-1:].isascii() and above[-1:].isalnum() and below[:1].isascii() and below[:1].isalnum() else ""


def _indented(line: Run, left: float) -> str:
    shift = (line.left - left) / line.size if line.size else 0.0
    is_set_in = INDENT[0] <= shift <= INDENT[1] and not line.text.startswith(("\u3000", " "))
    return f"\u3000\u3000{line.text}" if is_set_in else line.text
