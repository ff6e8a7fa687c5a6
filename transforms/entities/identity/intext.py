"""What one text says of its own names: a short one introduced behind the full one, a bare body named in full nearby."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from transforms.entities.identity.names import say_name
from transforms.entities.identity.organisations import RELATIVE, UNPLACED
from transforms.entities.identity.texts import NamedThing, neighbours

INTRODUCTION = (4, 7)  # characters between a full name and its short one: `（下称“` to `，以下简称为“`
FEWEST_SHORT = 2


def find_introduced(found: Sequence[NamedThing]) -> dict[str, list[tuple[NamedThing, str]]]:
    """Return the full names that a text introduces short ones behind, by the short one's node; each with it printed."""
    fulls: dict[str, dict[str, tuple[NamedThing, str]]] = defaultdict(dict)
    fewest, most = INTRODUCTION
    for short, full in neighbours(found):
        is_near = fewest <= short.row["start_char"] - full.row["end_char"] <= most
        if is_near and _shortens(short.row["surface"], full.row["surface"]):
            fulls[short.node][full.node] = (full, short.row["surface"])
    return {node: [of_node[full] for full in sorted(of_node)] for node, of_node in fulls.items()}


def _shortens(short: str, full: str) -> bool:
    """Tell whether a name is made of another's characters in their order, and is more than its beginning."""
    if not FEWEST_SHORT <= len(short) < len(full) or full.startswith(short) or RELATIVE.match(short):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def find_named_in_full(found: Sequence[NamedThing]) -> Iterator[tuple[str, str, str]]:
    """Yield each body that every area has with the one such body that its text names in full, and why in words."""
    organisations = {thing.node: thing for thing in found if thing.row["kind"] == "organisation"}
    others = [thing for _, thing in sorted(organisations.items()) if not thing.named.whole.startswith(UNPLACED)]
    for node, bare in sorted(organisations.items()):
        if bare.named.whole.startswith(UNPLACED):
            ending = bare.named.whole.removeprefix(UNPLACED)
            fulls = [thing for thing in others if thing.named.whole.endswith(ending)]
            if len({thing.group for thing in fulls}) == 1:
                says = f"{bare.row['surface']} stands in a text that names {say_name(fulls[0].named.whole)} in full."
                yield node, fulls[0].node, says
