"""Pages that are dated as they come stand where all of them dated at once would."""

import random
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from flows.dating import DATED_PAGES, date_pages
from flows.parts import DATED
from flows.plan import LISTED, PAGES, READ_PAGES, Plan, Reason
from flows.standing import Standing
from transforms.pages.dating import Dating
from transforms.rows import LISTED_SCHEMA
from warehouse.snapshots import State
from warehouse.store import Part

Row = dict[str, object]
Files = dict[str, list[Row]]

UNKNOWN = Dating()
NAMES = ("澄溪日报", "澄溪新报", None)


def dating(chance: random.Random) -> Dating:
    """One of few days of two papers, by path, by masthead or not at all: so that files meet in issues."""
    paper = Dating(newspaper_id=chance.choice(["a_ribao", "b_wanbao"]), newspaper_basis="path")
    if chance.random() < 0.2:
        return UNKNOWN
    day = date(2023, 7, chance.randint(1, 4))
    dated = replace(paper, issue_date=day, date_lower=day, date_upper=day, basis="masthead", evidence=f"{day}")
    return replace(dated, newspaper=chance.choice(NAMES))


def make_file(chance: random.Random, number: int) -> list[Row]:
    pages = range(chance.choice([1, 1, 2, 4]))
    name = {"file_id": f"{number:016x}", "file_name": f"{number % 7}/{number}.txt", "page_label": None}
    numbers = [chance.choice([None, 1, 2, 3]) for _ in pages]
    return [name | {"page_index": index, "page_no": numbers[index]} | asdict(dating(chance)) for index in pages]


def frame(files: Files) -> pl.DataFrame:
    rows = [{name: row[name] for name in READ_PAGES} for pages in files.values() for row in pages]
    return pl.DataFrame(rows, schema=READ_PAGES)


def make_list(chance: random.Random, number: int) -> list[Row]:
    """What a METS file says of some of the others: number, day and paper, or none of these."""
    targets = chance.sample(range(14), 4)
    return [
        {
            "file_id": f"{number:016x}",
            "file_name": f"{number}.xml",
            "target": f"{target % 7}/{target}.txt",
            "listed_no": chance.choice([None, 1, 5]),
            "listed_label": None,
            "day": chance.choice([None, f"2023-07-0{chance.randint(1, 4)}"]),
            "newspaper": chance.choice([None, "澄溪日报"]),
        }
        for target in targets
    ]


def date_files(
    folder: Path, read: Files, known: Path | None = None, gone: tuple[str, ...] = (), lists: Files | None = None
) -> list[str]:
    """Date what a run reads, on top of what the last one left in a folder; give what `date_pages` lists."""
    (folder / "batch-00001").mkdir(parents=True)
    frame(read).write_parquet(folder / "batch-00001" / "pages.parquet")
    said = [row for rows in (lists or {}).values() for row in rows]
    pl.DataFrame(said, schema=LISTED_SCHEMA, orient="row").write_parquet(folder / "batch-00001" / "listed.parquet")
    left = {PAGES: known / DATED / "pages.parquet", LISTED: known / LISTED} if known else {}
    plan = Plan(
        standing=Standing(
            Path("/"),
            None,
            State(files={"read": tuple(Part(str(path), 0, 0, "", name) for name, path in left.items())}),
        ),
        corrections={},
        versions={},
        reading=dict.fromkeys([*read, *(lists or {})], Reason.NEW),
        gone=gone,
        rerun={},
        is_fresh=known is None,
        is_retry=False,
    )
    return date_pages(folder, plan)


def dated(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / DATED / f"{name}.parquet")


@pytest.mark.parametrize("seed", range(12))
def test_a_change_gives_the_issues_of_all_pages_at_once(seed: int, tmp_path: Path):
    chance = random.Random(seed)
    before = {f"{number:016x}": make_file(chance, number) for number in range(14)}
    lists = {f"{number:016x}": make_list(chance, number) for number in (90, 91, 92)}
    date_files(tmp_path / "before", before, lists=lists)
    gone = tuple(chance.sample(sorted(before), 2))
    again = {name: make_file(chance, int(name, 16)) for name in chance.sample(sorted(before.keys() - {*gone}), 2)}
    read = again | {f"{number:016x}": make_file(chance, number) for number in range(14, 16)}
    after = {name: pages for name, pages in before.items() if name not in gone} | read

    said_anew = {f"{number:016x}": make_list(chance, number) for number in (91, 93)}
    left, fewer = f"{92:016x}", {name: said for name, said in lists.items() if name != f"{92:016x}"}

    moved = date_files(tmp_path / "grown", read, tmp_path / "before", (*gone, left), said_anew)
    date_files(tmp_path / "whole", after, lists=fewer | said_anew)

    was, now = dated(tmp_path / "before", "pages"), dated(tmp_path / "whole", "pages")
    assert dated(tmp_path / "grown", "pages").equals(now)
    issues, left = dated(tmp_path / "grown", "issues"), dated(tmp_path / "grown", "gone_issues")
    kept = dated(tmp_path / "before", "issues").join(
        pl.concat([issues.select("issue_id"), left]), on="issue_id", how="anti"
    )
    assert pl.concat([kept, issues]).sort("issue_id").equals(dated(tmp_path / "whole", "issues"))
    stayed = was.filter(~pl.col("file_id").is_in([*gone, *read]))
    same = stayed.join(now, on=list(DATED_PAGES), how="semi", nulls_equal=True)
    assert moved == stayed.join(same, on=["file_id", "page_index"], how="anti")["file_id"].unique().sort().to_list()


def test_the_ids_of_whole_files_are_given_where_one_of_their_pages_moves(tmp_path: Path):
    """A file over two days is read again as a whole, though the change reaches one of its issues."""
    day, next_day = (
        replace(UNKNOWN, newspaper_id="a_ribao", issue_date=found, date_lower=found, date_upper=found, basis="masthead")
        for found in (date(2023, 7, 1), date(2023, 7, 2))
    )
    name = {"file_id": "1" * 16, "file_name": "z.txt", "page_label": None}
    both = [name | {"page_index": index, "page_no": None} | asdict(one) for index, one in enumerate((day, next_day))]
    date_files(tmp_path / "before", {"1" * 16: both})
    first = [name | {"file_id": "2" * 16, "file_name": "a.txt", "page_index": 0, "page_no": 1} | asdict(day)]
    assert date_files(tmp_path / "grown", {"2" * 16: first}, tmp_path / "before") == ["1" * 16]
    assert dated(tmp_path / "grown", "page_ids").filter(pl.col("file_id") == "1" * 16).height == len(both)
    assert dated(tmp_path / "grown", "issues").height == len(both)
