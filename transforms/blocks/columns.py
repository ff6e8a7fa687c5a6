"""Woven columns: two columns printed line by line into each other are parted into two chains.

A run of short lines that break off in mid-sentence is read twice: as one text, and as two, each line going on with the
last line of its own chain. The language model says which reading is likelier; below the least odds, the run is left as
it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from transforms.blocks.cohesion import Rarity, cohesion, echo, ngrams
from transforms.blocks.lines import RIGHT
from transforms.blocks.units import OPENER_ID, SET_LINES, Unit, ends_open
from transforms.language.model import LanguageModel

RULE_ID = "block.woven-columns"
TEXT = frozenset({"title", "paragraph"})
NARROWEST, WIDEST = 8, 45  # characters: a column of a daily holds 12 to 40
SLACK = 3  # characters by which a column's lines differ
FEWEST = 6  # lines; three of each column
LONGEST = 60  # lines; the search grows with the square
OPEN_SHARE = 0.5  # of the lines must stop in mid-sentence, as lines of a column do
LEAST_ODDS = 5.0  # log-odds for two chains against one (tests/benches/measure_margins.py)
STAY_ODDS = 4.0  # log-odds against two lines of one column running: weaving takes turns but for a line left out
FULL_SHARE = 0.7  # of the lines of a chain that break off must be as wide as its column
SHARED = 2  # characters: pairs that texts share
AROUND = 100  # units above and below whose words are compared; a full page has as many
PLAINLY = 1.5  # times as much shared, for the chains to belong to the articles the other way round
ACROSS_SHARE = 0.6  # of the lines of a run must be parts of lines that were read across two columns
TURN_SHARE = 0.5  # of the lines must follow a line of the other chain: columns are woven line by line


@dataclass(frozen=True, slots=True)
class Weave:
    """Units [first, last) of a page, and for each the chain (0 or 1) that it belongs to.

    Chain 0 is that of the article in which the run stands.

    log_odds: of two chains against one, above the least that was asked for.
    """

    first: int
    chains: tuple[int, ...]
    log_odds: float

    @property
    def last(self) -> int:
        """Where the run ends, exclusive."""
        return self.first + len(self.chains)

    def chain(self, number: int) -> list[int]:
        """Return the indexes of the units of a chain, in reading order."""
        return [self.first + at for at, chain in enumerate(self.chains) if chain == number]


def find_weaves(units: Sequence[Unit], language: LanguageModel) -> list[Weave]:
    """Return the runs of lines in which two columns are woven into each other."""
    return [weave for first, last in _runs(units) if (weave := _part(units, first, last, language)) is not None]


def as_paragraphs(units: Sequence[Unit], weaves: Sequence[Weave]) -> list[Unit]:
    """Return the units with those of the weaves made paragraphs: none of them is a headline."""
    found = list(units)
    for weave in weaves:
        for index in range(weave.first, weave.last):
            found[index] = replace(found[index], kind="paragraph", rule_id=RULE_ID, log_odds=weave.log_odds)
    return found


def _runs(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield the runs [first, last) of short lines, most of which stop in mid-sentence."""
    first = 0
    while first < len(units):
        last = first
        while last < len(units) and last - first < LONGEST and _is_column_line(units[last]):
            last += 1
        last = _without_headlines(units, first, last)
        opened = sum(ends_open(unit.string) for unit in units[first:last])
        if last - first >= FEWEST and opened >= OPEN_SHARE * (last - first):
            yield first, last
        first = max(last, first + 1)


def _without_headlines(units: Sequence[Unit], first: int, last: int) -> int:
    """Return where a run ends before the headline of the article below it.

    Above an opener, that is behind the last whole sentence; elsewhere, a headline is much shorter than the column.
    """
    if last < len(units) and units[last].rule_id == OPENER_ID:
        return next((at + 1 for at in range(last - 1, first - 1, -1) if not ends_open(units[at].string)), first)
    widths = sorted(len(unit.string) for unit in units[first:last])
    column = widths[len(widths) // 2] if widths else 0
    while last > first and units[last - 1].kind == "title" and len(units[last - 1].string) < column - SLACK:
        last -= 1
    return last


def _is_column_line(unit: Unit) -> bool:
    plain = unit.kind in TEXT and unit.rule_id not in SET_LINES and not unit.opens and not unit.line.has_heading_mark
    return plain and len(unit.string) <= WIDEST


def _part(units: Sequence[Unit], first: int, last: int, language: LanguageModel) -> Weave | None:
    """Return the likeliest two chains of a run, if they are likelier than one by far."""
    printed = _printed_beside(units, first, last)
    lines = [unit.string for unit in units[first : first + len(printed) if printed else last]]
    odds, chains = weave_odds(lines, language)
    if printed and odds >= LEAST_ODDS:
        return Weave(first, _own_first(units, first, printed, language), odds - LEAST_ODDS)
    if odds < LEAST_ODDS or not takes_turns(chains) or not are_full(lines, chains):
        return None
    return Weave(first, _own_first(units, first, chains, language), odds - LEAST_ODDS)


def _printed_beside(units: Sequence[Unit], first: int, last: int) -> tuple[int, ...]:
    """Return the chain of each line of a run whose lines were read across two columns; nothing for other runs.

    What stands right below the last such line is of the first column, which is then the longer one.
    """
    columns = [unit.line.column for unit in units[first:last]]
    if sum(map(bool, columns)) < ACROSS_SHARE * len(columns):
        return ()
    end = max(at for at, column in enumerate(columns) if column) + 1
    below = takewhile(lambda at: not units[first + at].line.blank_before, range(end, len(columns)))
    return tuple(int(column == RIGHT) for column in columns[: end + len(list(below))])


def _own_first(units: Sequence[Unit], first: int, chains: tuple[int, ...], language: LanguageModel) -> tuple[int, ...]:
    """Return the chains with the other way round if the second is plainly that of the article around them."""
    last = first + len(chains)
    top, bottom = max(0, first - AROUND), min(len(units), last + AROUND)
    start = next((at for at in range(first - 1, top - 1, -1) if units[at].kind == "title"), top)
    end = next((at for at in range(last, bottom) if units[at].kind == "title"), bottom)
    rarity = Rarity(language)
    near, far = (
        ngrams([unit.string for unit in some if unit.kind in TEXT], SHARED)
        for some in ((*units[start:first], *units[last:end]), (*units[top:start], *units[end:bottom]))
    )
    one, other = (
        ngrams(["".join(units[first + at].string for at, chain in enumerate(chains) if chain == number)], SHARED)
        for number in (0, 1)
    )
    straight = cohesion(one, near, rarity) + cohesion(other, far, rarity)
    crossed = cohesion(other, near, rarity) + cohesion(one, far, rarity)
    return tuple(1 - chain for chain in chains) if crossed > PLAINLY * straight else chains


def is_woven(lines: Sequence[str], language: LanguageModel) -> bool:
    """Tell whether lines are two columns woven into each other; it is not searched where they read well as one."""
    if not FEWEST <= len(lines) <= LONGEST:
        return False
    read_on, read_over = (
        sum(language.goes_on(above, below) for above, below in zip(lines, lines[step:], strict=False))
        for step in (1, 2)
    )
    if read_on >= read_over:
        return False
    odds, chains = weave_odds(lines, language)
    return odds >= LEAST_ODDS and takes_turns(chains) and are_full(lines, chains)


def takes_turns(chains: Sequence[int]) -> bool:
    """Tell whether most lines follow one of the other chain."""
    return sum(above != below for above, below in pairwise(chains)) >= TURN_SHARE * len(chains)


def are_full(lines: Sequence[str], chains: Sequence[int]) -> bool:
    """Tell whether the lines of each chain that break off are as wide as its column: only then a column cut them."""
    for number in (0, 1):
        widths = [len(line) for line, chain in zip(lines, chains, strict=True) if chain == number and ends_open(line)]
        column = sorted(widths)[len(widths) // 2] if widths else NARROWEST
        if column < NARROWEST or sum(abs(width - column) <= SLACK for width in widths) < FULL_SHARE * len(widths):
            return False
    return True


def weave_odds(lines: Sequence[str], language: LanguageModel) -> tuple[float, tuple[int, ...]]:
    """Return the log-odds that lines are two columns woven into each other and not one, and the chain of each."""
    links = [[language.goes_on(above, below) for below in lines[at + 1 :]] for at, above in enumerate(lines)]
    one = sum(row[0] for row in links[:-1])
    two, chains = _best_chains(links, [not ends_open(line) for line in lines])
    return two - max(one, 0.0), chains


def _best_chains(links: Sequence[Sequence[float]], closed: Sequence[bool]) -> tuple[float, tuple[int, ...]]:
    """Return the best sum of links over all ways to part the lines into two chains, and the way.

    links[i][k] scores line i going on in line i + 1 + k; a chain's first line scores nothing. Two lines of one chain
    running are unlikely while the other's sentence is open. Dynamic programming over the last line of the other chain:
    the line just read always ends one of them.
    """
    best: dict[int | None, tuple[float, tuple[int, ...]]] = {None: (0.0, (0,))}
    for line in range(1, len(links)):
        grown: dict[int | None, tuple[float, tuple[int, ...]]] = {}
        for other, (score, chains) in best.items():
            waits = other is None or not closed[other]
            stays = (score + links[line - 1][0] - STAY_ODDS * waits, (*chains, chains[-1]))
            begun = links[other][line - other - 1] if other is not None else 0.0
            turns = (score + begun, (*chains, 1 - chains[-1]))
            for key, way in ((other, stays), (line - 1, turns)):
                if key not in grown or way[0] > grown[key][0]:
                    grown[key] = way
        best = grown
    return max(best.values())


def return_columns(
    units: Sequence[Unit], weaves: Sequence[Weave], numbers: list[int | None], language: LanguageModel
) -> list[tuple[int, int]]:
    """Give the second chain of each weave to the article whose words it shares, and return each unit's place.

    `numbers` (the article of each unit) is changed for the units moved. A chain follows the sentence that it goes on
    with, or stands at the end of the article; without another article on the page, behind the first chain.
    """
    places = [(index, 0) for index in range(len(units))]
    for weave in weaves:
        chain = weave.chain(1)
        home = _home(units, weave, numbers)
        if home is not None:
            for index in chain:
                numbers[index] = home
        anchor = _anchor(units, weave, numbers, home, language)
        for at, index in enumerate(chain, start=1):
            places[index] = (anchor, at)
    return places


def _home(units: Sequence[Unit], weave: Weave, numbers: Sequence[int | None]) -> int | None:
    """Return the number of the other article that shares most with the second chain."""
    chain = "".join(units[index].string for index in weave.chain(1))
    own = numbers[weave.first]
    texts: dict[int, list[str]] = {}
    for index, number in enumerate(numbers):
        if number is not None and number != own and units[index].kind in {"paragraph", "title"}:
            texts.setdefault(number, []).append(units[index].string)
    shares = {number: echo(chain, "\n".join(strings)) for number, strings in texts.items()}
    nearest = sorted(shares, key=lambda number: (-shares[number], abs(number - (own or 0)), number))
    return nearest[0] if nearest else None


def _anchor(
    units: Sequence[Unit], weave: Weave, numbers: Sequence[int | None], home: int | None, language: LanguageModel
) -> int:
    """Return the index of the unit behind which the second chain is read."""
    if home is None:
        return weave.chain(0)[-1]
    chain = set(weave.chain(1))
    text = [
        index
        for index, number in enumerate(numbers)
        if number == home and index not in chain and units[index].kind == "paragraph"
    ]
    line = units[min(chain)].string
    broken = [index for index in text if units[index].is_open]
    goes_on = [index for index in broken if language.goes_on(units[index].string, line) > 0]
    return goes_on[0] if goes_on else max(text, default=weave.chain(0)[-1])
