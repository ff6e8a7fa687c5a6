"""A run with corrections, by the flow's bare functions: what they change, and what stops a run."""

import hashlib
import json
import logging
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from flows.corrections import choose_corrections
from flows.ingest import take_inventory
from flows.prefect_home import LOGGER
from flows.settings import CORRECTIONS, SAMPLE_SOURCE, Settings
from tests.flows.conftest import PAGES
from tests.flows.lakes import build_bare
from transforms.corrections.records import StaleCorrection
from warehouse import snapshots
from warehouse.errors import SettingsFault

FIRST = "chengxi-ribao/2023-03-14/p01.txt"
SECOND = "yunling-chenbao/2023-07-04/p01.txt"

Write = Callable[..., None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corrections").mkdir()
    return tmp_path / "corrections"


@pytest.fixture
def write(folder: Path) -> Write:
    """Write a correction of one of the invented pages."""

    def write_one(name: str, action: str, page: str = FIRST, **facts: str) -> None:
        sha256 = hashlib.sha256(PAGES[page].encode()).hexdigest() if page in PAGES else "f" * 64
        lines = [
            f"- id: {name}",
            f"  file: {{sha256: {sha256}, name: {page}}}",
            f"  action: {action}",
            "  reason: seen",
        ]
        lines += [f'  {key}: "{value}"' for key, value in facts.items()]
        (folder / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    return write_one


def table(lake: Path, name: str) -> pl.DataFrame:
    newest = snapshots.latest(lake)
    assert newest
    return pl.read_parquet([lake / part.path for part in newest.tables[name]])


def test_a_run_with_corrections_publishes_the_corrected_rows(source: Path, tmp_path: Path, folder: Path, write: Write):
    write("day", "set_date", SECOND, expect="2023-07-04", becomes="2023-07-05")
    write("name", "correct_text", at="书记何静", expect="何静", becomes="何竞")
    write("join", "join_articles", at="停用八年", expect="旧厂房变身社区食堂")
    write("part", "set_part", at="为了让水走得快", expect="paragraph", becomes="caption")
    write("credit", "correct_contributor", SECOND, at="夜班公交新开", expect="reporter 邵晨", becomes="author 邵晨")
    published = build_bare(source, tmp_path / "lake", folder)
    assert published.is_new
    lake = tmp_path / "lake"
    issue = table(lake, "issues").filter(newspaper_id="yunling_chenbao").row(0, named=True)
    assert (str(issue["issue_date"]), issue["date_basis"], issue["date_evidence"]) == (
        "2023-07-05",
        "correction",
        "seen",
    )
    assert table(lake, "articles").filter(newspaper_id="yunling_chenbao")["published_on"].to_list() == [
        issue["issue_date"]
    ]
    body = table(lake, "articles").filter(pl.col("headline").str.starts_with("春灌"))["body"].item()
    assert "旧厂房变身社区食堂" in body
    assert "社区书记何竞说" in body
    assert "为了让水走得快" not in body
    assert table(lake, "spans").filter(rule_id="correction.name").select("before", "after").rows() == [("何静", "何竞")]
    assert ("author", "邵晨") in table(lake, "contributors").select("role", "name").rows()


def test_changed_corrections_make_a_new_snapshot_and_the_same_none(
    source: Path, tmp_path: Path, folder: Path, write: Write
):
    def build() -> tuple[int, bool]:
        published = build_bare(source, tmp_path / "lake", folder)
        return published.snapshot_id, published.is_new

    assert build() == (1, True)
    write("day", "set_date", SECOND, expect="2023-07-04", becomes="2023-07-05")
    assert build() == (2, True)
    assert build() == (2, False)
    assert table(tmp_path / "lake", "id_aliases")["reason"].to_list() == ["re-dated"]


def test_a_lake_without_corrections_does_not_know_that_there_are_any(
    source: Path, tmp_path: Path, folder: Path, write: Write
):
    def hashes(lake: Path) -> dict[str, str]:
        paths = (lake / "data").rglob("*.parquet")
        return {str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    build_bare(source, tmp_path / "none", folder)
    write("elsewhere", "set_date", "other.txt", expect="unknown", becomes="2023-07-05")
    build_bare(source, tmp_path / "elsewhere", folder)
    assert hashes(tmp_path / "none") == hashes(tmp_path / "elsewhere")


def choose(source: Path, folder: Path, work: Path) -> dict[str, list[str]]:
    inventory = take_inventory(Settings(source=source, lake=source / "nowhere"), work)
    chosen = choose_corrections(inventory.files, folder)
    return {file: [correction.id for correction in corrections] for file, corrections in chosen.items()}


def test_a_correction_of_a_file_that_is_not_there_is_reported_and_left(
    source: Path, tmp_path: Path, folder: Path, write: Write, caplog: pytest.LogCaptureFixture
):
    write("here", "set_date", SECOND, expect="2023-07-04", becomes="2023-07-05")
    write("elsewhere", "set_date", "other.txt", expect="unknown", becomes="2023-07-05")
    with caplog.at_level(logging.INFO, logger=LOGGER):
        chosen = choose(source, folder, tmp_path)
    assert list(chosen.values()) == [["here"]]
    assert [record.getMessage() for record in caplog.records] == [
        "Corrections: 1 apply",
        "Corrections of files that are not in this source: elsewhere",
    ]


def test_a_file_that_was_replaced_takes_its_corrections_with_it_and_the_run_warns(
    source: Path, tmp_path: Path, folder: Path, write: Write
):
    write("day", "set_date", SECOND, expect="2023-07-04", becomes="2023-07-05")
    write("elsewhere", "set_date", "other.txt", expect="unknown", becomes="2023-07-05")
    assert build_bare(source, tmp_path / "lake", folder).warnings == []
    (source / SECOND).rename((source / SECOND).with_name("p09.txt"))
    assert build_bare(source, tmp_path / "lake", folder).warnings == []
    (source / SECOND).with_name("p09.txt").unlink()
    (source / SECOND).write_text(PAGES[SECOND] + "又及。", encoding="utf-8")
    (warning,) = build_bare(source, tmp_path / "lake", folder).warnings
    assert warning.startswith(f"1 corrections apply no more, since their files hold other bytes now: day ({SECOND});")


def test_a_folder_that_has_lost_all_corrections_takes_none_of_them_back(
    source: Path, tmp_path: Path, folder: Path, write: Write
):
    """It may not be mounted. An empty file says that there are to be none."""
    build_bare(source, lake := tmp_path / "lake", folder)
    write("day", "set_date", SECOND, expect="2023-07-04", becomes="2023-07-05")
    build_bare(source, lake, folder)
    (folder / "day.yaml").unlink()
    with pytest.raises(SettingsFault, match=r"was built with the corrections of .* holds none: .* none\.yaml"):
        build_bare(source, lake, folder)
    (folder / "none.yaml").touch()
    assert build_bare(source, lake, folder).is_new


def test_a_hash_that_begins_alike_is_another_file(source: Path, tmp_path: Path, folder: Path, write: Write):
    write("here", "set_date", SECOND, expect="2023-07-04", becomes="2023-07-05")
    path = folder / "here.yaml"
    sha256 = hashlib.sha256(PAGES[SECOND].encode()).hexdigest()
    path.write_text(path.read_text().replace(sha256, sha256[:-4] + "0000"))
    assert choose(source, folder, tmp_path) == {}


@pytest.mark.parametrize(
    ("fix", "words"),
    [
        ({"action": "set_date", "expect": "unknown", "becomes": "2023-07-05"}, "expects 'unknown', found '2023-03-14'"),
        ({"action": "set_paper", "expect": "unknown", "becomes": "云岭晨报"}, "found 'chengxi_ribao'"),
        ({"action": "split_article", "at": "社区书记何静", "expect": "春灌放水"}, "found '旧厂房变身社区食堂'"),
        ({"action": "split_article", "at": "本报讯", "expect": "春灌放水"}, "more than once; give more of the words"),
        ({"action": "correct_text", "at": "书记何敬", "expect": "敬", "becomes": "静"}, "found them nowhere"),
        ({"action": "set_part", "at": "社区书记", "expect": "heading", "becomes": "caption"}, "found 'paragraph'"),
    ],
)
def test_a_stale_correction_stops_the_run_before_it_reads(source: Path, write: Write, fix: dict[str, str], words: str):
    folder, lake = source.parent / "corrections", source.parent / "lake"
    write("stale", **fix)
    with pytest.raises(StaleCorrection, match=words) as fault:
        build_bare(source, lake, folder)
    assert str(fault.value).startswith(f"corrections/stale.yaml:1: correction stale of {FIRST} expects ")
    assert "\n" not in str(fault.value)
    assert snapshots.latest(lake) is None
    assert not list(lake.glob("work-*/batch-*"))


def test_a_corrected_file_that_cannot_be_read_is_refused_as_any_other(
    source: Path, tmp_path: Path, folder: Path, write: Write
):
    write("blank", "set_date", expect="unknown", becomes="2023-07-05")
    (source / FIRST).write_text(" \n")
    path = folder / "blank.yaml"
    sha256 = hashlib.sha256(PAGES[FIRST].encode()).hexdigest()
    path.write_text(path.read_text().replace(sha256, hashlib.sha256(b" \n").hexdigest()))
    build_bare(source, tmp_path / "lake", folder)
    assert table(tmp_path / "lake", "rejects").select("file_name", "reason").rows() == [(FIRST, "empty")]


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
def test_the_flow_takes_corrections_records_them_and_fails_on_a_stale_one(
    source: Path, tmp_path: Path, folder: Path, write: Write
):
    from flows.lake import run_flow

    settings = Settings(source=source, lake=tmp_path / "lake", corrections=folder)
    write("day", "set_date", SECOND, expect="2023-07-04", becomes="2023-07-05")
    assert run_flow(settings).is_new
    assert "correction" in table(tmp_path / "lake", "issues")["date_basis"].to_list()
    write("day", "set_date", SECOND, expect="2023-07-03", becomes="2023-07-05")
    with pytest.raises(StaleCorrection, match="found '2023-07-04'"):
        run_flow(settings)
    runs = [json.loads(path.read_bytes()) for path in (tmp_path / "lake" / "runs").glob("*.json")]
    runs.sort(key=lambda run: run["started_at"])  # two runs of one second have no order in their names
    assert [run["status"] for run in runs] == ["published", "failed"]
    hashes = [run["settings"]["corrections"] for run in runs]
    assert all(text.startswith(f"{folder} ") for text in hashes)
    assert hashes[0] != hashes[1]


def test_the_corrections_that_come_with_the_project_fit_its_samples(tmp_path: Path):
    chosen = choose(SAMPLE_SOURCE, CORRECTIONS, tmp_path)
    assert sum(map(len, chosen.values())) >= 1


def test_a_person_says_that_two_names_are_one(source: Path, tmp_path: Path, folder: Path, write: Write):
    write("one", "same_entity", at="社区书记何静", other_at="种粮户谭守田", expect="two")
    build_bare(source, tmp_path / "lake", folder)
    mentions = table(tmp_path / "lake", "mentions").filter(pl.col("surface").is_in(["何静", "谭守田"]))
    assert mentions["surface"].n_unique() == 2
    assert mentions["entity_id"].n_unique() == 1
    (link,) = table(tmp_path / "lake", "entity_links").filter(decided_by="correction.one").to_dicts()
    assert (link["decision"], link["evidence"]) == ("joined", "seen")


def test_what_the_rules_see_by_themselves_is_stale(source: Path, tmp_path: Path, folder: Path, write: Write):
    write("two", "different_entity", at="社区书记何静", other_at="种粮户谭守田", expect="one")
    with pytest.raises(StaleCorrection, match=r"correction two .* expects 'one'"):
        build_bare(source, tmp_path / "lake", folder)
    assert snapshots.latest(tmp_path / "lake") is None
