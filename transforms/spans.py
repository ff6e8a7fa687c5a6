"""The algebra of edits: a text that knows, piece by piece, which raw characters it came from.

A `Text` is a sequence of pieces over one raw page. A verbatim piece stands as printed; a changed one was put there
by a named rule. Repairs compose (`edit` of an edited text), slices keep their origin, joined texts keep theirs, and
any clean offset maps back to a raw one. Offsets are arrays beside the string, so that a page of ten thousand
characters with a thousand repairs costs a thousand entries and not ten thousand objects.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from warehouse.errors import ContractFault


class Edit(NamedTuple):
    """Replace the characters [start, end) of a text by `after`; half-open offsets in that text."""

    start: int
    end: int
    after: str


class Piece(NamedTuple):
    """[start, end) of a text, made of [raw_start, raw_end) of the page; rule_id is None where verbatim."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    rule_id: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """A string and the origin of its pieces in `raw`. Pieces are in order, gapless, and cover the string."""

    string: str
    raw: str
    pieces: tuple[Piece, ...]

    @staticmethod
    def of(raw: str, start: int = 0, end: int | None = None) -> "Text":
        """Return the verbatim text of raw[start:end]."""
        stop = len(raw) if end is None else end
        return Text(raw[start:stop], raw, (Piece(0, stop - start, start, stop, None),) if stop > start else ())

    def __len__(self) -> int:
        """Count code points."""
        return len(self.string)

    def slice(self, start: int, end: int) -> "Text":
        """Return the part [start, end) with its origins; a removal at `start` belongs to it, one at `end` does not."""
        pieces = []
        for index in range(self._first_piece(start), len(self.pieces)):
            piece = self.pieces[index]
            if piece.start >= end and not (piece.start == piece.end == end == len(self.string)):
                break
            if piece.end > start or piece.start == piece.end >= start:
                p = _clip(piece, max(start, piece.start), min(end, piece.end))
                pieces.append(Piece(p.start - start, p.end - start, p.raw_start, p.raw_end, p.rule_id))
        return Text(self.string[start:end], self.raw, tuple(pieces))

    def strip(self) -> "Text":
        """Return the text without white space at its ends."""
        bare = self.string.strip()
        if len(bare) == len(self.string):
            return self
        start = self.string.find(bare) if bare else 0
        return self.slice(start, start + len(bare))

    def edit(self, edits: Sequence[Edit], rule_id: str) -> "Text":
        """Apply ordered, disjoint edits; each becomes a piece named after the rule. Without edits: the same text."""
        if not edits:
            return self
        return _Editor(self, rule_id).apply(edits)

    def origin(self, offset: int) -> int:
        """Return the raw offset of the character at `offset`."""
        for index in range(self._first_piece(offset), len(self.pieces)):
            piece = self.pieces[index]
            if piece.start <= offset < piece.end:
                return _clip(piece, offset, offset + 1).raw_start
        if self.pieces and offset == len(self.string):
            return self.pieces[-1].raw_end
        raise ContractFault(f"offset {offset} lies outside a text of {len(self.string)} characters")

    def _first_piece(self, offset: int) -> int:
        """Return the index of the first piece that touches `offset`, removals just before it included."""
        index = bisect_right(self.pieces, (offset, -1)) - 1
        index = max(index, 0)
        while index and self.pieces[index - 1].end >= offset:
            index -= 1
        return index


def join(texts: Sequence[Text], joiner: str, rule_id: str) -> Text:
    """Return the texts in order with `joiner` put between them by the rule; all must come from one page.

    White space of the page between two texts is what the joiner replaces; where other text stands there, the joiner
    is put in.
    """
    strings: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for text in texts:
        if strings:
            between = _between(pieces, text)
            if joiner or between[0] < between[1]:
                pieces.append(Piece(length, length + len(joiner), *between, rule_id))
            strings.append(joiner)
            length += len(joiner)
        pieces.extend([Piece(p.start + length, p.end + length, p.raw_start, p.raw_end, p.rule_id) for p in text.pieces])
        strings.append(text.string)
        length += len(text.string)
    return Text("".join(strings), texts[0].raw if texts else "", tuple(pieces))


def _between(pieces: Sequence[Piece], text: Text) -> tuple[int, int]:
    """Return the raw white space between what was joined so far and the next text, or the empty place behind it."""
    start = pieces[-1].raw_end if pieces else 0
    end = text.pieces[0].raw_start if text.pieces else start
    return (start, end) if text.raw[start:end].isspace() else (start, start)


def coalesced(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with neighbours made one where both are verbatim, or both one-to-one changes of one rule."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and _continues(held, piece):
            held = held._replace(end=piece.end, raw_end=piece.raw_end)
        else:
            if held is not None:
                yield held
            held = piece
    if held is not None:
        yield held


def _continues(left: Piece, right: Piece) -> bool:
    return (
        left.rule_id == right.rule_id
        and left.raw_end == right.raw_start
        and _keeps_length(left)
        and _keeps_length(right)
    )


def _keeps_length(piece: Piece) -> bool:
    return piece.end - piece.start == piece.raw_end - piece.raw_start


def _clip(piece: Piece, start: int, end: int) -> Piece:
    """Return the part of a piece; a change of length stays whole with its first character."""
    if start == piece.start and end == piece.end:
        return piece
    if _keeps_length(piece):
        shift = piece.raw_start - piece.start
        return Piece(start, end, start + shift, end + shift, piece.rule_id)
    raw_start = piece.raw_start if start == piece.start else piece.raw_end
    return Piece(start, end, raw_start, piece.raw_end, piece.rule_id)


class _Editor:
    """Walks the pieces of a text and a list of edits in step, and writes the pieces of the edited text."""

    def __init__(self, text: Text, rule_id: str) -> None:
        self._text = text
        self._rule_id = rule_id
        self._strings: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._index = 0

    def apply(self, edits: Sequence[Edit]) -> Text:
        position = 0
        for edit in edits:
            if edit.start < position or edit.end < edit.start:
                raise ContractFault(f"edits of {self._rule_id} overlap or run backwards at {edit.start}")
            self._keep(position, edit.start)
            self._replace(edit)
            position = edit.end
        self._keep(position, len(self._text.string))
        self._keep_trailing_removals()
        return Text("".join(self._strings), self._text.raw, tuple(self._pieces))

    def _keep(self, start: int, end: int) -> None:
        if start == end:
            return
        for piece in self._within(start, end):
            self._add(piece, piece.end - piece.start)
        self._strings.append(self._text.string[start:end])

    def _replace(self, edit: Edit) -> None:
        self._keep_removals(edit.start)
        runs = self._raw_runs(edit)
        for number, (raw_start, raw_end) in enumerate(runs):
            width = 0 if number else len(edit.after)
            self._add(Piece(0, 0, raw_start, raw_end, self._rule_id), width)
        self._strings.append(edit.after)

    def _raw_runs(self, edit: Edit) -> list[tuple[int, int]]:
        """Return the contiguous raw stretches that an edit covers; an insertion covers an empty one."""
        if edit.start == edit.end:
            return [self._insertion_point()]
        runs: list[tuple[int, int]] = []
        for piece in self._within(edit.start, edit.end):
            if runs and runs[-1][1] == piece.raw_start:
                runs[-1] = (runs[-1][0], piece.raw_end)
            else:
                runs.append((piece.raw_start, piece.raw_end))
        return runs

    def _keep_removals(self, offset: int) -> None:
        """Keep the removals that stand right before `offset`: they are no part of what is replaced there."""
        pieces = self._text.pieces
        while self._index < len(pieces) and pieces[self._index].end <= offset:
            piece = pieces[self._index]
            if piece.start == piece.end == offset:
                self._add(piece, 0)
            self._index += 1

    def _insertion_point(self) -> tuple[int, int]:
        """Return the empty raw stretch behind what was written so far."""
        before = [self._pieces[-1].raw_end] if self._pieces else [p.raw_start for p in self._text.pieces[:1]]
        at = before[0] if before else 0
        return (at, at)

    def _within(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the clipped pieces of [start, end) and move on; removals before `end` come along."""
        pieces = self._text.pieces
        while self._index < len(pieces):
            piece = pieces[self._index]
            if piece.start >= end:
                return
            if piece.end > start or piece.start == piece.end:
                yield _clip(piece, max(start, piece.start), min(end, piece.end))
            if piece.end > end:
                return
            self._index += 1

    def _keep_trailing_removals(self) -> None:
        for piece in self._text.pieces[self._index :]:
            if piece.start == piece.end:
                self._add(piece, 0)

    def _add(self, piece: Piece, width: int) -> None:
        self._pieces.append(Piece(self._length, self._length + width, piece.raw_start, piece.raw_end, piece.rule_id))
        self._length += width
