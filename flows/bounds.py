"""How many records a lake is expected to have: below the least a run publishes nothing, above the most it warns.

A source folder that was not mounted, or a rule that finds no article any more, looks like any other run to a schedule.
So do rules that are wrong throughout, since a page or a fact that breaks the contract is refused by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from warehouse.errors import ContractFault, SettingsFault, TooFewRecords

COUNTED = ("files", "issues", "pages", "articles")
SHARE = "rejected_share"  # of the files, 0 to 1

# Files, or facts of one table, refused for their rows, beyond which no page but the rules are wrong.
FEW = 10
FEW_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and most, by what is counted: COUNTED, and for the most also SHARE. What is not named has no bound."""

    least: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)


def read_bounds(environ: Mapping[str, str]) -> Bounds:
    """Read LAKE_MIN_FILES, LAKE_MAX_FILES and so on. Raises SettingsFault where one of them cannot be used."""
    least = {name: _read_count(environ, f"LAKE_MIN_{name.upper()}") for name in COUNTED}
    most: dict[str, float | None] = {name: _read_count(environ, f"LAKE_MAX_{name.upper()}") for name in COUNTED}
    most[SHARE] = _read_share(environ, f"LAKE_MAX_{SHARE.upper()}")
    bounds = Bounds(_given(least), _given(most))
    for name in bounds.least.keys() & bounds.most.keys():
        if bounds.least[name] > bounds.most[name]:
            raise SettingsFault(f"LAKE_MIN_{name.upper()} is above LAKE_MAX_{name.upper()}; no lake is within both.")
    return bounds


def count_records(rows: Mapping[str, int], *, files: int, refused: int) -> dict[str, float]:
    """Count what bounds are about.

    rows: of each table. files: page files that were met, refused ones too. refused: files, and parts of files.
    """
    share = refused / files if files else 0.0
    return {**{name: rows[name] for name in COUNTED}, "files": files, SHARE: share}


def require_least(counts: Mapping[str, float], bounds: Bounds) -> None:
    """Raise TooFewRecords where a count is below its least."""
    below = [
        f"{_say(name, counts[name])} (LAKE_MIN_{name.upper()}={least:g})"
        for name, least in _in_order(bounds.least)
        if counts[name] < least
    ]
    if below:
        raise TooFewRecords(
            f"The lake would hold only {', '.join(below)}; nothing was published. Is the source whole? "
            "If it is, lower the bound and run again."
        )


def require_some(counts: Mapping[str, float], bounds: Bounds, *, pages_before: int) -> None:
    """Raise TooFewRecords where a lake that holds pages would hold none, and nobody has said how many it must have.

    Such is a folder that was not mounted, or vanished while it was read: readers would see an empty lake.
    """
    if pages_before and not counts["pages"] and "pages" not in bounds.least:
        raise TooFewRecords(
            f"The lake holds {pages_before} pages and would hold none; nothing was published. Is the source there, and "
            "mounted? If it is to be emptied, set LAKE_MIN_PAGES=0 and run again."
        )


def require_sound(rows: Mapping[str, int], refused: Mapping[str, int], examples: Mapping[str, str]) -> None:
    """Raise ContractFault where more of a table was refused for its rows than a few damaged pages account for.

    rows: of each table as the lake would hold it. refused: facts of each table, and files. examples: one of each.
    """
    broken = [
        f"{count} of {rows[name] + count} {name} (e.g. {examples[name]})"
        for name, count in refused.items()
        if count > max(FEW, FEW_SHARE * (rows[name] + count))
    ]
    if broken:
        raise ContractFault(
            f"nothing was published: more than {FEW_SHARE:.0%} fail a check or a rule, so what finds them is wrong:"
            f" {'; '.join(broken)}"
        )


def warn_of_broken(misread: int, facts: Mapping[str, int], reasons: Mapping[str, int]) -> list[str]:
    """Say how many files and facts were left out since a rule gets them wrong, and why; nothing where none was.

    misread: files. facts: of each table, and articles of which none could be found. reasons: of all that was refused,
    with their numbers.
    """
    checks = {reason: count for reason, count in reasons.items() if "." in reason}
    of_facts = [f"{count} {reason}" for reason, count in checks.items() if reason.partition(".")[0] in facts]
    of_files = [f"{count} {reason}" for reason, count in checks.items() if reason.partition(".")[0] not in facts]
    told = ((misread, "files", of_files), (sum(facts.values()), "facts", of_facts))
    return [
        f"{count} {what} fail a check or a rule and are rows of rejects instead ({', '.join(why)})"
        for count, what, why in told
        if count
    ]


def find_excesses(counts: Mapping[str, float], bounds: Bounds) -> list[str]:
    """Say of each count that is above its most what it is, and what was expected."""
    return [
        f"{_say(name, counts[name])}, above LAKE_MAX_{name.upper()}={most:g}"
        for name, most in _in_order(bounds.most)
        if counts[name] > most
    ]


def _in_order(bounds: Mapping[str, float]) -> list[tuple[str, float]]:
    return [(name, bounds[name]) for name in (*COUNTED, SHARE) if name in bounds]


def _say(name: str, count: float) -> str:
    return f"{name} {count:.3f}" if name == SHARE else f"{count:g} {name}"


def _given(bounds: Mapping[str, float | None]) -> dict[str, float]:
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _read_count(environ: Mapping[str, str], variable: str) -> int | None:
    text = environ.get(variable, "")
    if text and not re.fullmatch(r"[0-9]{1,12}", text):
        raise SettingsFault(f"{variable}={text!r} is no count; give a whole number, e.g. 1000.")
    return int(text) if text else None


def _read_share(environ: Mapping[str, str], variable: str) -> float | None:
    text = environ.get(variable, "")
    if text and not re.fullmatch(r"0(\.[0-9]{1,6})?|1(\.0*)?", text):
        raise SettingsFault(f"{variable}={text!r} is no share; give a number from 0 to 1, e.g. 0.05.")
    return float(text) if text else None
