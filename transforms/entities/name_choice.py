"""Which of the possible names of an article are names: one naming helps the others, and two cannot share a character.

The weights were fitted by `tests/benches/fit_people.py`, as those of `name_tables.WEIGHTS`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from types import MappingProxyType

from transforms.entities.names import LIST_SIGN, Candidate, find_namings

FLOOR = -4.0  # log-odds: other namings that are less likely than this say nothing
CEILING = 5.0  # nor do more than this
STRANGE = -3.0  # log-odds below which the item before one in a list is no name: 月汇报、季观摩
LIST_SIGNS = frozenset("、和及与 \u3000")
ACCEPTED = -0.9  # log-odds from which a name is one: at 0, one name in fifteen is missed on local pages; at -1.3 one
# name in ten is none
SPREADS = 3.0  # log-odds of a name that is taken for one wherever it stands
SPREAD = 0.1  # log-odds of such a naming of two characters: it gives way to every name that stands on its own
SHARE = 0.6  # of its log-odds that a longer name keeps elsewhere: it gives way to no name that is less sure than that
SHORTEST = 2  # characters of a name; one so short may be part of something else
SURE = 20.0  # log-odds of a name that the article's credits print

POOL_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"bias": -1.09, "own": 0.95, "best_other": 0.63, "count": 0.13, "neighbours": 0.28, "stranger": -1.5}
)


def choose_names(
    candidates: Sequence[Candidate],
    text: str,
    *,
    sure: Iterable[str] = (),
    weights: Mapping[str, float] = POOL_WEIGHTS,
) -> list[Candidate]:
    """Return the names, in order, none overlapping; their log-odds are those by all namings of the article."""
    pooled = pool_namings(candidates, text, weights=weights)
    proven = [Candidate(at, at + len(surface), SURE) for at, surface in find_namings(text, frozenset(sure))]
    chosen = without_overlaps([*(name for name in pooled if name.log_odds > ACCEPTED), *proven])
    again = _spread(chosen, candidates, text)
    return without_overlaps([*chosen, *again])


def _spread(chosen: Iterable[Candidate], candidates: Iterable[Candidate], text: str) -> Iterator[Candidate]:
    """Yield the other namings of names that are surely some; one of two characters must be a candidate by itself."""
    surest: dict[str, float] = {}
    for name in chosen:
        surface = text[name.start : name.end]
        surest[surface] = max(surest.get(surface, SPREADS), name.log_odds)
    likely = {surface: odds for surface, odds in surest.items() if odds > SPREADS}
    hopeful = {(name.start, name.end) for name in candidates}
    for at, surface in find_namings(text, likely.keys()):
        end = at + len(surface)
        if len(surface) > SHORTEST:
            yield Candidate(at, end, SHARE * likely[surface])
        elif (at, end) in hopeful:
            yield Candidate(at, end, SPREAD)


def without_overlaps(names: Iterable[Candidate]) -> list[Candidate]:
    """Return the likeliest of those that share characters, in order."""
    taken: set[int] = set()
    kept = []
    for name in sorted(names, key=lambda n: (-n.log_odds, n.start, -n.end)):
        if taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)


def pool_namings(candidates: Sequence[Candidate], text: str, *, weights: Mapping[str, float]) -> list[Candidate]:
    """Return the candidates with the log-odds that their other namings and their neighbours in a list give them."""
    pool = _Pool(
        text,
        _best_two(candidates, text),
        _best_by((name.start, name.log_odds) for name in candidates),
        _best_by((name.end, name.log_odds) for name in candidates),
    )
    return [Candidate(name.start, name.end, _pooled(name, pool, weights)) for name in candidates]


@dataclass(frozen=True, slots=True)
class _Pool:
    """The candidates of a text: by surface the two best log-odds and how often it stands; the best by start and end."""

    text: str
    best: Mapping[str, tuple[float, float, int]]
    starts: Mapping[int, float]
    ends: Mapping[int, float]


def _pooled(name: Candidate, pool: _Pool, weights: Mapping[str, float]) -> float:
    text = pool.text
    first, second, count = pool.best[text[name.start : name.end]]
    other = second if name.log_odds == first else first
    odds = weights["bias"] + weights["own"] * name.log_odds
    if count > 1:
        odds += weights["best_other"] * (min(max(other, FLOOR), CEILING) - FLOOR) + weights["count"] * log(count)
    sign = text[name.start - 1 : name.start]
    before = pool.ends.get(name.start - 1, FLOOR) if sign in LIST_SIGNS else 0.0
    behind = pool.starts.get(name.end + 1, 0.0) if text[name.end : name.end + 1] in LIST_SIGNS else 0.0
    odds += weights["neighbours"] * (_clipped(before) + _clipped(behind))
    return odds + weights["stranger"] if sign == LIST_SIGN and before < STRANGE else odds


def _clipped(log_odds: float) -> float:
    return min(max(log_odds, 0.0), CEILING)


def _best_two(candidates: Iterable[Candidate], text: str) -> dict[str, tuple[float, float, int]]:
    """Return the best and the second best log-odds of each surface, and how often it stands."""
    by_surface = defaultdict(list)
    for name in candidates:
        by_surface[text[name.start : name.end]].append(name.log_odds)
    found = {}
    for surface, odds in by_surface.items():
        ranked = sorted(odds, reverse=True)
        found[surface] = (ranked[0], ranked[1] if len(ranked) > 1 else FLOOR, len(ranked))
    return found


def _best_by(places: Iterable[tuple[int, float]]) -> dict[int, float]:
    found: dict[int, float] = {}
    for place, odds in places:
        found[place] = max(found.get(place, odds), odds)
    return found
