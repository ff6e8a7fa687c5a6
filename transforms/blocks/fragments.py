"""Fragments: short lines that look like headlines, and are the start of a paragraph that a column's end cut off."""

from collections.abc import Sequence
from dataclasses import replace

from transforms.blocks.boundaries import ASIDE
from transforms.blocks.continuity import cut_between, goes_on
from transforms.blocks.units import Unit
from transforms.language.model import LanguageModel

RULE_ID = "block.sentence-goes-on"


def find_fragments(units: Sequence[Unit], language: LanguageModel) -> list[Unit]:
    """Return the units with those headline-like ones made paragraphs whose sentence goes on below."""
    found = list(units)
    for index, unit in enumerate(units):
        below = next((other for other in units[index + 1 :] if other.kind not in ASIDE), None)
        if unit.kind != "title" or below is None or below.kind not in {"paragraph", "title"}:
            continue
        is_lead = index > 0 and units[index - 1].kind == "title"
        if goes_on(cut_between(unit, below, is_lead=is_lead), language) > 0:
            found[index] = replace(unit, kind="paragraph", rule_id=RULE_ID)
    return found
