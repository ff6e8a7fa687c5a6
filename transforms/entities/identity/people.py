"""People: which appearances of a name are one person. Never by the name alone, but by name and organisation.

An appearance with an office is a naming of (name, organisation, post); those that agree in all three are one node.
One without is a node of its own, which only its page can lead to a person.
"""

from collections import defaultdict
from collections.abc import Iterable

from transforms.entities.identity.appearances import Appearance
from transforms.entities.identity.nodes import Edge, Node
from transforms.entities.identity.people_links import link_stints
from transforms.entities.identity.stints import Stint, find_stints, make_node


def gather_people(appearances: Iterable[Appearance]) -> tuple[list[Node], list[Edge], dict[str, str]]:
    """Return the nodes of people, the edges between them, and the node of each naming by its ref."""
    stints = list(find_stints(appearances))
    nodes = {stint.key: make_node(stint) for stint in stints}
    held: dict[tuple[str, str, int], list[Stint]] = defaultdict(list)
    for stint in stints:
        for person in stint.appearances:
            held[person.name, person.text, person.number].append(stint)
    members = {
        naming.ref: own[0].key
        for stint in stints
        for person in stint.appearances
        if (own := held[person.name, person.text, person.number])[0] is stint
        for naming in person.namings
    }
    return list(nodes.values()), list(link_stints(stints, held.values())), members
