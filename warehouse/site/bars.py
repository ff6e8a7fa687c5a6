"""Bars by month, drawn without the renderer of charts: to start it takes longer than all lists of a large lake."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from markupsafe import Markup

from warehouse.site.rows import Row
from warehouse.site.svg import LINE, SOFT, STRONG, WEAK, clean

HEIGHT = 150  # pixels of the greatest value
LEFT, BELOW, ABOVE = 40, 22, 8  # pixels beside the bars, for labels
STEPS = 4  # between the lines of the scale, at most
LABELS = 8  # months that are named, at most
MOST_WIDE = 40  # pixels of a bar, where there are few months
GAP = 0.1  # of a bar's width, between two


def draw_bars(rows: Sequence[Row], *, width: int, says: str) -> Markup:
    """Draw what was seen before what was expected. rows: month, expected, seen; `says` tells it in words."""
    top = max(1, *(row["expected"] for row in rows), *(row["seen"] for row in rows))
    step = _choose_step(top)
    scale = HEIGHT / (-(-top // step) * step)
    first = _number(rows[0]["month"])
    months = _number(rows[-1]["month"]) - first + 1
    wide = min(MOST_WIDE, width / months)
    shapes = [*_lines(top, step, scale, width), *_names(first, months, wide)]
    for name, colour in (("expected", WEAK), ("seen", STRONG)):
        for row in rows:
            left, high = LEFT + (_number(row["month"]) - first + GAP / 2) * wide, row[name] * scale
            place = f'x="{left:.1f}" y="{HEIGHT - high:.1f}" width="{wide * (1 - GAP):.1f}" height="{high:.1f}"'
            shapes.append(f'<rect {place} fill="{colour}"/>')
    box = f"0 {-ABOVE} {LEFT + width} {ABOVE + HEIGHT + BELOW}"
    size = f'width="{LEFT + width}" height="{ABOVE + HEIGHT + BELOW}"'
    return clean(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {size}>{"".join(shapes)}</svg>', says=says)


def _lines(top: int, step: int, scale: float, width: int) -> Iterator[str]:
    """Yield the lines of the scale, each with its value."""
    for value in range(0, top + step, step):
        high = HEIGHT - value * scale
        yield f'<line x1="{LEFT}" x2="{LEFT + width}" y1="{high:.1f}" y2="{high:.1f}" stroke="{LINE}"/>'
        yield _text(f"{value:,}", LEFT - 6, high + 4, "end")


def _names(first: int, months: int, wide: float) -> Iterator[str]:
    """Yield the names of some months, below the middle of their bars."""
    for number in range(0, months, -(-months // LABELS)):
        year, month = divmod(first + number, 12)
        yield _text(f"{year}-{month + 1:02}", LEFT + (number + 0.5) * wide, HEIGHT + BELOW - 6, "middle")


def _text(words: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" fill="{SOFT}">{words}</text>'


def _choose_step(top: int) -> int:
    """Choose 1, 2 or 5 times a power of ten."""
    steps: Iterator[int] = (digit * 10**power for power in count() for digit in (1, 2, 5))
    return next(step for step in steps if step * STEPS >= top)


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1
