"""Articles split and joined, and parts named anew: corrections of what the reader made of a page's units.

All work on the blocks in reading order, where what was joined follows what it goes on from. First articles are split,
then joined, then parts are named, so that each correction may build on those before it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from transforms.blocks.lines import Line
from transforms.blocks.numbering import HEADLINE_PARTS, TEXT_PARTS
from transforms.blocks.segment import Block
from transforms.blocks.units import name_units
from transforms.corrections.locate import find_clean
from transforms.corrections.records import Action, Placed, of_action, stale
from transforms.spans import Piece

OUTSIDE = frozenset({"masthead", "colophon", "scrap"})  # kinds that belong to no article
ABOVE_TEXT = HEADLINE_PARTS | {"banner"}


def correct_blocks(blocks: Sequence[Block], placed: Sequence[Placed]) -> list[Block]:
    """Return the blocks of a page in printed order, with articles split and joined and parts named by a person."""
    steps = [(apply, place) for action, apply in STEPS for place in of_action(placed, action)]
    if not steps:
        return list(blocks)
    in_reading_order = sorted(blocks, key=lambda block: block.place)
    for apply, place in steps:
        in_reading_order = apply(in_reading_order, place)
    _require_named(in_reading_order, of_action(placed, Action.SET_PART))
    placed_anew = [replace(block, place=(index, 0)) for index, block in enumerate(_renumber(in_reading_order))]
    return sorted(placed_anew, key=lambda block: block.raw_start)


def find_block(blocks: Sequence[Block], raw_offset: int) -> int | None:
    """Return the index of the block that holds a raw character; None where only space is."""
    return next((n for n, block in enumerate(blocks) if block.raw_start <= raw_offset < block.raw_end), None)


def _split(blocks: list[Block], place: Placed) -> list[Block]:
    """Let a new article begin with the words; a rest that holds no text heads the article below."""
    blocks, first = _cut(blocks, place)
    number = _number_at(blocks, first, place)
    if not any(block.article_no == number for block in blocks[:first]):
        remedy = "nothing is left to split: delete the correction"
        raise stale(place.correction, found="that an article begins there already", remedy=remedy)
    fresh = _fresh(blocks)
    split = [
        _as_headline(replace(block, article_no=fresh), place) if n >= first and block.article_no == number else block
        for n, block in enumerate(blocks)
    ]
    return _head_below(split, fresh)


def _head_below(blocks: list[Block], number: int) -> list[Block]:
    """Give an article without text to the one below it."""
    own = [n for n, block in enumerate(blocks) if block.article_no == number]
    below = next((block.article_no for block in blocks[own[-1] + 1 :] if block.article_no is not None), None)
    if below is None or any(blocks[n].kind in TEXT_PARTS | {"byline"} for n in own):
        return blocks
    return [replace(block, article_no=below) if block.article_no == number else block for block in blocks]


def _as_headline(block: Block, place: Placed) -> Block:
    """Make a heading inside an article the headline of the new one that begins with it."""
    if block.kind == "heading" and block.raw_start <= place.start < block.raw_end:
        return replace(block, kind="headline", rule_id=place.correction.rule_id)
    return block


def _cut(blocks: list[Block], place: Placed) -> tuple[list[Block], int]:
    """Cut the block that holds the words before them, where they do not begin it; return where they begin one."""
    index = _index_at(blocks, place)
    block = blocks[index]
    if place.start <= block.raw_start:
        return blocks, index
    bounds = find_clean(block.text, place.start, place.start + 1)
    if isinstance(bounds, Piece):
        changed = block.text.raw[bounds.raw_start : bounds.raw_end]
        remedy = "begin with all of that"
        raise stale(place.correction, found=f"that {bounds.rule_id} changes {changed!r} as a whole", remedy=remedy)
    if bounds[0] == bounds[1]:
        remedy = "begin with words that the lake holds"
        raise stale(place.correction, found="that the reader removes the first character", remedy=remedy)
    left, right = Line(block.text, block.raw_start, block.raw_end).split(bounds[0])
    return [*blocks[:index], _of_line(block, left), *_named(block, right, place), *blocks[index + 1 :]], index + 1


def _of_line(block: Block, line: Line) -> Block:
    return replace(block, text=line.text, raw_start=line.raw_start, raw_end=line.raw_end)


def _named(block: Block, line: Line, place: Placed) -> list[Block]:
    """Name what stands behind a cut by its own words; a line in the form of a headline is one."""
    return [
        replace(_of_line(block, unit.line), kind="headline", rule_id=place.correction.rule_id)
        if unit.kind == "title"
        else replace(_of_line(block, unit.line), kind=unit.kind, rule_id=unit.rule_id)
        for unit in name_units([line])
    ]


def _join(blocks: list[Block], place: Placed) -> list[Block]:
    """Let one article go on from another; what was its headline is a heading inside."""
    index = _index_at(blocks, place)
    number = _number_at(blocks, index, place)
    target = _target(blocks, number, place)
    mine = [_as_heading(replace(b, article_no=target), place) for b in blocks if b.article_no == number]
    rest = [block for block in blocks if block.article_no != number]
    behind = max(n for n, block in enumerate(rest) if block.article_no == target) + 1
    return [*rest[:behind], *mine, *rest[behind:]]


def _target(blocks: Sequence[Block], number: int, place: Placed) -> int:
    if place.after is not None:
        index = find_block(blocks, place.after)
        target = blocks[index].article_no if index is not None else None
    else:
        first = next(n for n, block in enumerate(blocks) if block.article_no == number)
        target = next((b.article_no for b in reversed(blocks[:first]) if b.article_no is not None), None)
    if target is None:
        raise stale(place.correction, found="no article to go on from", remedy="name one by its words in after")
    if target == number:
        raise stale(place.correction, found="one article already", remedy="nothing is left to join: delete it")
    return target


def _as_heading(block: Block, place: Placed) -> Block:
    if block.kind in HEADLINE_PARTS:
        return replace(block, kind="heading", rule_id=place.correction.rule_id)
    return block


def _set_part(blocks: list[Block], place: Placed) -> list[Block]:
    """Name the units that print the words; one that counted to no article counts to the one that it stands at."""
    touched = [n for n, block in enumerate(blocks) if _touches(place, block)]
    kind = place.correction.becomes
    for n in touched:
        number = None if kind in OUTSIDE else blocks[n].article_no or _neighbour(blocks, n, kind)
        blocks[n] = replace(blocks[n], kind=kind, rule_id=place.correction.rule_id, article_no=number)
    return blocks


def _touches(place: Placed, block: Block) -> bool:
    return block.raw_start < place.end and place.start < block.raw_end


def _require_named(blocks: Sequence[Block], placed: Sequence[Placed]) -> None:
    """Raise StaleCorrection where a unit that a correction names got another kind from a later one."""
    for place in placed:
        for block in blocks:
            if _touches(place, block) and block.kind != place.correction.becomes:
                found = f"that {block.rule_id} makes it a {block.kind}"
                raise stale(place.correction, found=found, remedy="keep one of them, or name fewer words")


def _neighbour(blocks: Sequence[Block], index: int, kind: str) -> int:
    """Return the article below a headline or banner, above anything else; where there is none, a new one."""
    above = (block.article_no for block in reversed(blocks[:index]) if block.article_no)
    below = (block.article_no for block in blocks[index + 1 :] if block.article_no)
    nearest = (*below, *above) if kind in ABOVE_TEXT else (*above, *below)
    return next(iter(nearest), _fresh(blocks))


def _index_at(blocks: Sequence[Block], place: Placed) -> int:
    index = find_block(blocks, place.start)
    if index is None:
        raise stale(place.correction, found="only space there", remedy="take words that are printed")
    return index


def _number_at(blocks: Sequence[Block], index: int, place: Placed) -> int:
    number = blocks[index].article_no
    if number is None:
        found = f"a {blocks[index].kind} there, which belongs to no article"
        raise stale(place.correction, found=found, remedy="say what it is with set_part")
    return number


def _fresh(blocks: Sequence[Block]) -> int:
    return max((block.article_no or 0 for block in blocks), default=0) + 1


def _renumber(blocks: Sequence[Block]) -> list[Block]:
    """Give the articles their numbers, from 1, by where each begins."""
    order = dict.fromkeys(block.article_no for block in blocks if block.article_no is not None)
    numbers = {old: new for new, old in enumerate(order, start=1)}
    return [replace(b, article_no=numbers[b.article_no]) if b.article_no is not None else b for b in blocks]


STEPS: tuple[tuple[Action, Callable[[list[Block], Placed], list[Block]]], ...] = (
    (Action.SPLIT_ARTICLE, _split),
    (Action.JOIN_ARTICLES, _join),
    (Action.SET_PART, _set_part),
)
