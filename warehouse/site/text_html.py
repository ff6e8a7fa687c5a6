"""Pieces of a text as HTML: the clean side and the raw side, tied by the tokens that each piece carries in `data-t`.

All text is escaped here, and nothing else is marked safe. A carriage return becomes a reference, since a browser would
read it as a line feed.
"""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from warehouse.site.printing import BREAK, Atom, Piece

GAP = Markup('<span class="gap" title="other print lies between">⋯</span>')
PILCROW = "¶"
FIRST = ("figure", "person", "organisation", "place", "project", "campaign", "quote")  # which stretch a link leads to

Kinds = Mapping[str, str]  # what each token stands for: figure, person, ..., quote


def as_html(text: str) -> Markup:
    """Escape a text so that a browser holds exactly its characters."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704 -- escaped in this line


def clean_html(pieces: Iterable[Piece], kinds: Kinds) -> Markup:
    """Give the clean side of a paragraph. The first atom of each figure, name and quotation is a link to its card."""
    parts: list[Markup] = []
    for piece in pieces:
        parts.extend(_clean_atom(atom, piece, kinds) for atom in piece.atoms)
        if piece.change and not piece.clean:
            parts.append(_removed(piece, kinds))
    return Markup("").join(parts)


def raw_html(pieces: Iterable[Piece], kinds: Kinds) -> Markup:
    """Give the raw side of the same paragraph: the printed characters, with a mark where other print lies between."""
    parts: list[Markup] = []
    last: tuple[str, int] | None = None
    for piece in pieces:
        if last is not None and last != (piece.page_id, piece.raw_start):
            parts.append(GAP)
        parts.append(_raw_piece(piece, kinds))
        last = (piece.page_id, piece.raw_end)
    return Markup("").join(parts)


def _clean_atom(atom: Atom, piece: Piece, kinds: Kinds) -> Markup:
    text = as_html(atom.text.rstrip(BREAK))
    tokens = _with_change(atom.tokens, piece)
    if not tokens:
        return text
    classes = _classes(atom.tokens, piece, kinds)
    starts = sorted(atom.starts, key=lambda token: FIRST.index(kinds[token]))
    places = Markup("").join(Markup('<span id="t-{}"></span>').format(token) for token in starts[1:])
    if starts:
        return places + Markup('<a id="t-{0}" href="#{0}" class="{1}" data-t="{2}"{3}>{4}</a>').format(
            starts[0], classes, " ".join(tokens), _rule(piece), text
        )
    return Markup('<span class="{}" data-t="{}"{}>{}</span>').format(classes, " ".join(tokens), _rule(piece), text)


def _removed(piece: Piece, kinds: Kinds) -> Markup:
    """Mark the place where characters were removed."""
    tokens = _with_change(piece.tokens, piece)
    return Markup('<span class="{} removed" data-t="{}"{}></span>').format(
        _classes(piece.tokens, piece, kinds), " ".join(tokens), _rule(piece)
    )


def _raw_piece(piece: Piece, kinds: Kinds) -> Markup:
    is_break = BREAK in piece.clean
    text = Markup(PILCROW) if is_break else as_html(piece.raw)
    tokens = _with_change(piece.tokens, piece)
    if not tokens:
        return text
    classes = _classes(piece.tokens, piece, kinds) + (" break" if is_break else "")
    return Markup('<span class="{}" data-t="{}">{}</span>').format(classes, " ".join(tokens), text)


def _with_change(tokens: Sequence[str], piece: Piece) -> list[str]:
    return [*tokens, piece.change] if piece.change else list(tokens)


def _classes(tokens: Sequence[str], piece: Piece, kinds: Kinds) -> str:
    named = dict.fromkeys(kinds[token] for token in tokens)
    return " ".join([*named, "change"] if piece.change else named)


def _rule(piece: Piece) -> Markup:
    return Markup(' data-r="{}" tabindex="-1"').format(piece.rule_id) if piece.change else Markup("")
