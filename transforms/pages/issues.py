"""Which pages form one printed issue, and the ids of both. A pure function of the pages, whatever their order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from transforms.pages.dating import Dating, combine_datings
from warehouse.errors import ContractFault


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPage:
    """One page: its place in the source, its number from mark or file name, and its dating."""

    file_id: str
    file_name: str
    page_index: int
    page_no: int | None
    dating: Dating


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One printed issue, as a row of `issues`."""

    issue_id: str
    newspaper_id: str
    newspaper: str | None
    issue_date: date | None
    date_lower: date | None
    date_upper: date | None
    is_exact_date: bool
    date_basis: str | None
    date_evidence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageId:
    """The ids of one page of one file; and the paper that the pages of the file agree on, with its printed name."""

    file_id: str
    page_index: int
    issue_id: str
    page_id: str
    agreed_paper: str
    agreed_name: str | None


def assign_issues(
    pages: Iterable[DatedPage], other_names: Iterable[tuple[str, str, int]] = ()
) -> tuple[tuple[Issue, ...], tuple[PageId, ...]]:
    """Group pages into issues. Returns the issues by id, and the pages by (issue_id, page_id).

    Pages of one paper, day and edition are one issue; without an exact day, each file is one. other_names: paper, name,
    and how many pages print it that are not given, since none of their files or issues is. Raises ContractFault where
    a page is given twice.
    """
    members: dict[str, list[tuple[DatedPage, Dating]]] = defaultdict(list)
    for page, dating in _agree(_in_order(pages)):
        members[_issue_id(page, dating)].append((page, dating))
    names = choose_names([*other_names, *_count_names(page for pages in members.values() for page in pages)])
    issues = tuple(_issue(issue_id, [dating for _, dating in members[issue_id]], names) for issue_id in sorted(members))
    page_ids = (page_id for issue_id in sorted(members) for page_id in _page_ids(issue_id, members[issue_id]))
    return issues, tuple(sorted(page_ids, key=lambda page: page.page_id))


def _in_order(pages: Iterable[DatedPage]) -> list[DatedPage]:
    ordered = sorted(pages, key=lambda page: (page.file_name, page.page_index, page.file_id))
    places = [(page.file_id, page.page_index) for page in ordered]
    if len(set(places)) < len(places):
        twice = next(place for place in places if places.count(place) > 1)
        raise ContractFault(f"page {twice[1]} of file {twice[0]} was given twice: pass each file once, by its bytes")
    return ordered


def _agree(pages: list[DatedPage]) -> list[tuple[DatedPage, Dating]]:
    """Let the pages of one file agree on one dating. A file that holds several days is cut where a day begins."""
    runs: dict[str, list[list[DatedPage]]] = defaultdict(list)
    for page in pages:
        file_runs = runs[page.file_id]
        if not file_runs or page.dating.is_alone or _begins_day(page, file_runs[-1]):
            file_runs.append([])
        file_runs[-1].append(page)
    every_run = [run for file_runs in runs.values() for run in file_runs]
    return [(page, combine_datings([member.dating for member in run])) for run in every_run for page in run]


def _begins_day(page: DatedPage, run: Sequence[DatedPage]) -> bool:
    """Tell whether the page's exact day and edition differ from those that its run already has."""
    known = {(other.dating.issue_date, other.dating.edition) for other in run if other.dating.is_exact}
    return page.dating.is_exact and bool(known) and (page.dating.issue_date, page.dating.edition) not in known


def _issue_id(page: DatedPage, dating: Dating) -> str:
    if dating.issue_date is None:
        return f"{dating.newspaper_id}-undated-{page.file_id}"
    return f"{dating.newspaper_id}-{dating.issue_date.isoformat()}-{dating.edition}"


def choose_names(counts: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """Choose the name that most pages print for each paper: an issue known by its path alone takes it from the others.

    counts: paper, name, and how many pages print it; several of one name are added up.
    """
    known: dict[str, Counter[str]] = defaultdict(Counter)
    for paper, name, count in counts:
        known[paper][name] += count
    return {paper: min(names, key=lambda name: (-names[name], name)) for paper, names in known.items()}


def _count_names(pages: Iterable[tuple[DatedPage, Dating]]) -> list[tuple[str, str, int]]:
    return [(dating.newspaper_id, dating.newspaper, 1) for _, dating in pages if dating.newspaper]


def _issue(issue_id: str, datings: Sequence[Dating], names: Mapping[str, str]) -> Issue:
    dating = combine_datings(datings)
    return Issue(
        issue_id=issue_id,
        newspaper_id=dating.newspaper_id,
        newspaper=dating.newspaper or names.get(dating.newspaper_id),
        issue_date=dating.issue_date,
        date_lower=dating.date_lower,
        date_upper=dating.date_upper,
        is_exact_date=dating.is_exact,
        date_basis=dating.basis,
        date_evidence=dating.evidence,
    )


def _page_ids(issue_id: str, members: Sequence[tuple[DatedPage, Dating]]) -> list[PageId]:
    """Give printed numbers where they are known and free; the rest go on after the last one, in the pages' order."""
    numbers: dict[int, tuple[DatedPage, Dating]] = {}
    for page, dating in members:
        if page.page_no is not None:
            numbers.setdefault(page.page_no, (page, dating))
    placed = {(page.file_id, page.page_index) for page, _ in numbers.values()}
    rest = [(page, dating) for page, dating in members if (page.file_id, page.page_index) not in placed]
    numbers |= dict(enumerate(rest, start=max(numbers, default=0) + 1))
    return [
        PageId(
            file_id=page.file_id,
            page_index=page.page_index,
            issue_id=issue_id,
            page_id=f"{issue_id}-p{number:04d}",
            agreed_paper=dating.newspaper_id,
            agreed_name=dating.newspaper,
        )
        for number, (page, dating) in numbers.items()
    ]
