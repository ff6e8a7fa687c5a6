"""What stands in quotation marks: stretches of a text, also those that run over paragraphs."""

import re
from dataclasses import dataclass

MARK = re.compile("[“”\n]")
LONGEST = 2000  # characters: what no mark closes by then was not opened here


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words [start, end) between two marks; opened and closed stand outside of them (start - 1, end)."""

    start: int
    end: int


def find_stretches(text: str) -> list[Stretch]:
    """Return what stands in quotation marks, in order.

    A quotation of several paragraphs opens each of them and closes the last one only; what the end of a paragraph cuts
    off otherwise ends there.
    """
    found = []
    start: int | None = None
    for mark in MARK.finditer(text):
        at = mark.start()
        if mark[0] == "“":
            start = at + 1 if start is None else start
        elif start is not None and (mark[0] == "”" or not text.startswith("“", at + 1) or at - start > LONGEST):
            found.append(Stretch(start, at))
            start = None
    if start is not None:
        found.append(Stretch(start, len(text)))
    return [stretch for stretch in found if stretch.start < stretch.end]
