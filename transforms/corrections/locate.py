"""Where the words of a correction stand: they must be printed once in their file, wherever that is."""

from collections.abc import Iterable, Sequence

from transforms.corrections.records import Action, Correction, Placed, StaleCorrection
from transforms.spans import Piece, Text
from warehouse.errors import ContractFault


def locate(corrections: Iterable[Correction], raw_pages: Sequence[str]) -> list[Placed]:
    """Return the corrections with the place of their words on the raw pages of their file; without words, none.

    Raises StaleCorrection where the words are not printed, or more than once.
    """
    return [_place(correction, correction.at, raw_pages) for correction in corrections if correction.at is not None]


def _place(correction: Correction, at: str, raw_pages: Sequence[str]) -> Placed:
    page_index, start = _find_once(correction, at, raw_pages)
    after = None
    if correction.after is not None:
        after_page, after = _find_once(correction, correction.after, raw_pages)
        if after_page != page_index:
            raise _misplaced(correction, correction.after, "on another page", "articles are joined within one page")
    words = at
    if correction.action is Action.CORRECT_TEXT:
        words = correction.expect
        start += at.index(words)
    return Placed(correction, page_index, start, start + len(words), after)


def _find_once(correction: Correction, words: str, raw_pages: Sequence[str]) -> tuple[int, int]:
    places = [(index, start) for index, raw in enumerate(raw_pages) for start in _first_two(raw, words)]
    if not places:
        raise _misplaced(correction, words, "nowhere", "copy them from ./lake review, as the page prints them")
    if len(places) > 1:
        raise _misplaced(correction, words, "more than once", "give more of the words around them")
    return places[0]


def _first_two(raw: str, words: str) -> list[int]:
    first = raw.find(words)
    second = raw.find(words, first + 1) if first >= 0 else -1
    return [start for start in (first, second) if start >= 0]


def _misplaced(correction: Correction, words: str, found: str, remedy: str) -> StaleCorrection:
    return StaleCorrection(
        f"{correction.written_in}: correction {correction.id} of {correction.file_name} expects the words {words!r} "
        f"once in the file, found them {found}; {remedy}"
    )


def find_clean(text: Text, start: int, end: int) -> tuple[int, int] | Piece:
    """Return where the raw characters [start, end) stand in a text; a removed stretch has an empty place.

    Where a repair made one change of characters inside and outside the stretch, its piece is returned instead.
    """
    bounds: list[tuple[int, int]] = []
    for piece in text.pieces:
        if piece.raw_end <= start or piece.raw_start >= end:
            continue
        if piece.end - piece.start == piece.raw_end - piece.raw_start:
            shift = piece.start - piece.raw_start
            bounds.append((max(piece.raw_start, start) + shift, min(piece.raw_end, end) + shift))
        elif start <= piece.raw_start and piece.raw_end <= end:
            bounds.append((piece.start, piece.end))
        else:
            return piece
    if not bounds:
        raise ContractFault(f"raw characters {start} to {end} belong to no piece of a text that should hold them")
    return bounds[0][0], bounds[-1][1]
