"""Decides which division a naming means where several have its name: the context tells, or nothing does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transforms.entities.gazetteer import Division, Gazetteer
from transforms.entities.places import ZONE
from transforms.entities.stretches import Stretch
from transforms.printed import PrintedArticle

RANKS = ("province", "city", "county")  # a short name means the highest division that has it
RIGHT_ABOVE, NAMED, HOME, STREET = 8, 2, 2, 1  # what speaks for a division: see `Context.weigh`
MOST_STREETS = 3


@dataclass(frozen=True, slots=True)
class Context:
    """What an article tells of where it plays: codes named beyond doubt, its paper's home, its streets' counties."""

    named: frozenset[str]
    home: frozenset[str]
    streets: Sequence[str]

    @staticmethod
    def of(names: Sequence[str], newspaper_id: str, gazetteer: Gazetteer) -> "Context":
        """Return the context that these names of places make."""
        found = [gazetteer.named(name) for name in set(names)]
        home = gazetteer.home(newspaper_id)
        return Context(
            named=frozenset(divisions[0].code for divisions in found if len(divisions) == 1),
            home=frozenset((home, *gazetteer.parents(home)) if home else ()),
            streets=[county for name in set(names) for county in gazetteer.streets.get(name, ())],
        )

    def weigh(self, division: Division, parents: Sequence[str], right_above: frozenset[str]) -> int:
        """Return what speaks for a division: what stands right before it, what else is named, the home, its streets."""
        return (
            RIGHT_ABOVE * any(code in right_above for code in parents)
            + NAMED * sum(code in self.named for code in parents)
            + HOME * any(code in self.home for code in (division.code, *parents[:1]))
            + STREET * min(MOST_STREETS, sum(county == division.code for county in self.streets))
        )


def codes_of(text: str, places: Sequence[Stretch], article: PrintedArticle, gazetteer: Gazetteer) -> Mapping[int, str]:
    """Return the code of each place by its start; those without one, or with several alike, are left out."""
    names = {place: text[place.start : place.end] for place in places}
    context = Context.of(list(names.values()), article.newspaper_id, gazetteer)
    at_home = replace(context, named=frozenset(), streets=())
    name_before = {place.end: names[place] for place in places}
    codes = {}
    for place, name in names.items():
        right_above = frozenset(d.code for d in gazetteer.named(name_before.get(place.start, "")))
        is_zone = place.rule_id == ZONE  # every city has its 高新区: another place that is named says nothing of it
        weigh = at_home.weigh if is_zone else context.weigh
        scored = sorted(
            (weigh(d, gazetteer.parents(d.code), right_above), -RANKS.index(d.level), d.code)
            for d in gazetteer.named(name)
        )
        is_open = not scored or (is_zone and not scored[-1][0])
        if not is_open and (len(scored) == 1 or scored[-1][:2] > scored[-2][:2]):
            codes[place.start] = scored[-1][2]
    return codes
