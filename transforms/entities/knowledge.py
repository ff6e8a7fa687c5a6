"""What the finders of names know before they read: the divisions of China and where names begin."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from transforms.entities.gazetteer import SHORTEST, Division, Gazetteer
from transforms.entities.starts import DOUBTFUL, StartModel, heads_of, read_verbs, read_weights

Weight = tuple[str, str, str, float]
REACH = {"organisation": 24, "project": 24, "place": 8}  # characters before an ending within which a name begins
KNOWN_PLACE = 5  # characters of the longest place that tells where a name begins


# Verbs before places that the papers of 1998 did not print.
LEADING_VERBS = frozenset({"选址", "迁址", "落址"})


@dataclass(frozen=True, slots=True)
class NameKnowledge:
    """The tables of seeds/reference by which organisations, places and projects are found.

    words: the ordinary words of two characters; what is none may be what a company or a village is called by.
    """

    gazetteer: Gazetteer
    organisations: StartModel
    projects: StartModel
    places: StartModel
    words: Container[str]

    @staticmethod
    def of(divisions: Iterable[Division], weights: Sequence[Weight], words: Container[str]) -> "NameKnowledge":
        """Return what is known, from the rows of `divisions.parquet` and `name_starts.parquet`, and ordinary words."""
        gazetteer = Gazetteer.of(divisions)
        names = (*gazetteer.by_name, *gazetteer.by_short_name)
        known = frozenset(name for name in names if SHORTEST <= len(name) <= KNOWN_PLACE)
        verbs, doubtful = (read_verbs(weights) | LEADING_VERBS) - known, read_verbs(weights, DOUBTFUL) - known
        organisations, projects, places = (
            StartModel(read_weights(weights, kind), known, heads_of(known), verbs, doubtful, reach)
            for kind, reach in REACH.items()
        )
        return NameKnowledge(gazetteer, organisations, projects, places, words)
