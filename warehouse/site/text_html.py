"""Pieces of a text as HTML: the clean side and the raw side, tied by the tokens that each piece carries in `data-t`.

All text is escaped here, and nothing else is marked safe. A carriage return becomes a reference, since a browser would
read it as a line feed.
"""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from warehouse.site.printing import BREAK, Atom, Piece

GAP = Markup('<span class="gap" title="other print lies between">⋯</span>')
PILCROW = Markup("¶")
RULE_MARKS = ("data-r", "tabindex")  # stand on the clean side alone
FIRST = ("figure", "person", "organisation", "place", "project", "campaign", "quote")  # which stretch a link leads to

Kinds = Mapping[str, str]  # what each token stands for: figure, person, ..., quote


def as_html(text: str) -> Markup:
    """Escape a text so that a browser holds exactly its characters."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704 -- escaped in this line


def clean_html(pieces: Iterable[Piece], kinds: Kinds) -> Markup:
    """Give the clean side of a paragraph. The first atom of each figure, name and quotation is a link to its card."""
    parts: list[str] = []
    for piece in pieces:
        parts.extend(_clean_atom(atom, piece, kinds) for atom in piece.atoms)
        if piece.change and not piece.clean:
            parts.append(_element("span", _marks(piece.tokens, piece, kinds, "removed"), ""))
    return Markup("".join(parts))  # noqa: S704 -- of _element and as_html alone


def raw_html(pieces: Iterable[Piece], kinds: Kinds) -> Markup:
    """Give the raw side of the same paragraph: the printed characters, with a mark where other print lies between."""
    parts: list[str] = []
    last: tuple[str, int] | None = None
    for piece in pieces:
        if last is not None and last != (piece.page_id, piece.raw_start):
            parts.append(GAP)
        parts.append(_raw_piece(piece, kinds))
        last = (piece.page_id, piece.raw_end)
    return Markup("".join(parts))  # noqa: S704 -- as above


def _clean_atom(atom: Atom, piece: Piece, kinds: Kinds) -> str:
    text = as_html(atom.text.rstrip(BREAK))
    if not atom.tokens and not piece.change:
        return text
    marks = _marks(atom.tokens, piece, kinds)
    if not atom.starts:
        return _element("span", marks, text)
    first, *others = sorted(atom.starts, key=lambda token: FIRST.index(kinds[token]))
    places = "".join(_element("span", {"id": f"t-{token}"}, "") for token in others)
    return places + _element("a", {"id": f"t-{first}", "href": f"#{first}", **marks}, text)


def _raw_piece(piece: Piece, kinds: Kinds) -> str:
    if not piece.tokens and not piece.change:
        return as_html(piece.raw)
    is_break = BREAK in piece.clean
    marks = _marks(piece.tokens, piece, kinds, "break" if is_break else "")
    tied = {name: value for name, value in marks.items() if name not in RULE_MARKS}
    return _element("span", tied, PILCROW if is_break else as_html(piece.raw))


def _marks(tokens: Sequence[str], piece: Piece, kinds: Kinds, more: str = "") -> dict[str, str]:
    """Give the attributes that tie a piece to the other side: its kinds, its tokens, and the rule that changed it."""
    named = [*dict.fromkeys(kinds[token] for token in tokens), *(["change"] if piece.change else ()), more]
    marks = {"class": " ".join(filter(None, named)), "data-t": " ".join([*tokens, piece.change]).strip()}
    return marks | ({"data-r": piece.rule_id, "tabindex": "-1"} if piece.change else {})


def _element(tag: str, attributes: Mapping[str, str], content: str) -> str:
    """Write an element; `content` is HTML."""
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>{content}</{tag}>"
