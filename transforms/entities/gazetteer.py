"""The divisions of China: their names, short names and codes (GB/T 2260), and which one a printed name means."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from transforms.entities.endings import any_of

SHORTEST, LONGEST = 2, 12  # characters of a division's name
TAIL = SHORTEST + 1


class Division(NamedTuple):
    """One division. Columns of seeds/reference/divisions.parquet; a street has only its county's code."""

    level: str
    name: str
    short_name: str
    code: str
    parent_code: str | None
    pinyin: str


IS_WORD = re.compile(  # short names of cities that are ordinary words as well
    "大同|安康|白银|长治|平凉|保山|黄山|朝阳|东营|日照|安顺|兴安|海东|海西|海北|山南|玉树|文山|松原|永州|东方|河源|金昌|巴中|通化"
    "|阜新|台中|和田|来宾|中卫|三沙|自治|直辖"
)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Divisions by full name, by short name, and the names of streets by county.

    tails: what full names and streets' names of three characters and more end with: their last three.
    """

    by_name: Mapping[str, tuple[Division, ...]]
    by_short_name: Mapping[str, tuple[Division, ...]]
    by_code: Mapping[str, Division]
    streets: Mapping[str, tuple[str, ...]]
    homes: Mapping[str, str]
    short_pattern: re.Pattern[str]
    tails: frozenset[str]

    @staticmethod
    def of(divisions: Iterable[Division]) -> "Gazetteer":
        """Return the gazetteer of these divisions."""
        by_name: dict[str, list[Division]] = defaultdict(list)
        by_short_name: dict[str, list[Division]] = defaultdict(list)
        streets: dict[str, list[str]] = defaultdict(list)
        by_code, homes = {}, {}
        for division in divisions:
            if not division.code:
                streets[division.name].append(division.parent_code or "")
                continue
            by_code[division.code] = division
            by_name[division.name].append(division)
            by_short_name[division.short_name].append(division)
            if division.level != "county" or division.pinyin not in homes:
                homes[division.pinyin] = division.code
        return Gazetteer(
            {name: tuple(found) for name, found in by_name.items()},
            {name: tuple(found) for name, found in by_short_name.items()},
            by_code,
            {name: tuple(found) for name, found in streets.items()},
            homes,
            any_of(
                name
                for name, found in by_short_name.items()
                if any(d.level != "county" and d.name != name for d in found) and not IS_WORD.fullmatch(name)
            ),
            frozenset(name[-TAIL:] for name in (*by_name, *streets)),
        )

    def named(self, name: str) -> tuple[Division, ...]:
        """Return the divisions with this full or short name."""
        return self.by_name.get(name, ()) or self.by_short_name.get(name, ())

    def parents(self, code: str) -> tuple[str, ...]:
        """Return the codes of the divisions that hold this one, the nearest first."""
        found: list[str] = []
        division = self.by_code.get(code)
        while division is not None and division.parent_code:
            found.append(division.parent_code)
            division = self.by_code.get(division.parent_code)
        return tuple(found)

    def home(self, newspaper_id: str) -> str | None:
        """Return the code of the place that a newspaper is named after (`pingdingshan_ribao`)."""
        return self.homes.get(newspaper_id.partition("_")[0])
