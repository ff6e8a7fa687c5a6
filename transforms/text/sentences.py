"""Sentences of a clean text, as stretches: what proves a figure is the sentence that prints it."""

import re
from collections.abc import Iterator

# A sentence ends with its mark and the quotation marks or brackets that close behind it, or with its line.
SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」』）)]*|(?=\n)|$)|[。！？!?]+[”’」』）)]*")


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence, in order; line feeds and blanks at its edges are left out."""
    for match in SENTENCE.finditer(text):
        words = match[0]
        start = match.start() + len(words) - len(words.lstrip())
        end = match.end() - len(words) + len(words.rstrip())
        if start < end:
            yield start, end
