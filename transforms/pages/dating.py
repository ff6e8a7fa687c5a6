"""What is known of the day on which a page appeared, and how the knowledge of several pages combines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from transforms.pages.papers import UNKNOWN

CORRECTION = "correction"  # what a person set comes before all that names and pages say
METADATA = "metadata"  # what the source says in fields of its own
BASES = (CORRECTION, METADATA, "file_name", "folder", "masthead", "colophon", "body")  # best first: `issues.date_basis`


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """Paper and day of a page. All of the day is null, or bounds, basis and evidence stand and the day where exact.

    `newspaper_basis` is correction, metadata, path, masthead or colophon; is_alone: other pages of its file say nothing
    of its paper and day; `edition` is the letter of the day's edition, a unless
    the page says that it is a later one.
    """

    newspaper_id: str = UNKNOWN
    newspaper: str | None = None
    newspaper_basis: str | None = None
    issue_date: date | None = None
    date_lower: date | None = None
    date_upper: date | None = None
    basis: str | None = None
    evidence: str | None = None
    edition: str = "a"
    is_alone: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.issue_date is not None


def combine_datings(datings: Sequence[Dating]) -> Dating:
    """Combine the datings of pages of one issue, in reading order: the best-known paper, the best-known day.

    Bounds of several pages are cut with each other; where they do not meet, the first page's stand.
    """
    paper = min(datings, key=lambda dating: (dating.newspaper_id == UNKNOWN, _paper_rank(dating)))
    name = next((d.newspaper for d in datings if d.newspaper and d.newspaper_id == paper.newspaper_id), None)
    day = min(datings, key=_day_rank)
    edition = max(dating.edition for dating in datings)
    whole = replace(day, newspaper_id=paper.newspaper_id, newspaper=name, newspaper_basis=paper.newspaper_basis)
    return replace(whole if day.is_exact else _cut_bounds(whole, datings), edition=edition)


def _paper_rank(dating: Dating) -> int:
    return (CORRECTION, METADATA, "path", "masthead", "colophon", None).index(dating.newspaper_basis)


def _day_rank(dating: Dating) -> tuple[bool, int]:
    return not dating.is_exact, BASES.index(dating.basis) if dating.basis else len(BASES)


def _cut_bounds(whole: Dating, datings: Sequence[Dating]) -> Dating:
    bounds = [(d.date_lower, d.date_upper) for d in datings if d.date_lower and d.date_upper]
    lower = max((lower for lower, _ in bounds), default=None)
    upper = min((upper for _, upper in bounds), default=None)
    if lower is None or upper is None or lower > upper:
        return whole
    evidence = "; ".join(dict.fromkeys(d.evidence for d in datings if d.evidence and d.date_lower))
    return replace(whole, date_lower=lower, date_upper=upper, evidence=evidence)
