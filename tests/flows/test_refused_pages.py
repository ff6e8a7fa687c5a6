"""A page whose rows the rules get wrong costs its file, and no publish; rules that get most wrong publish nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import flows.batches
from flows.settings import CORRECTIONS
from tests.flows.conftest import write_pages
from tests.flows.lakes import build_bare
from tests.flows.test_increments import NEW_PAGE, published, table
from transforms.articles.assemble import Article
from transforms.read import FileRead, read_file
from transforms.spans import Text
from warehouse import snapshots
from warehouse.errors import ContractFault

BAD = "chengxi-ribao/2023-03-14/p02.txt"
REASON = "articles.says_something"


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], bool]], None]:
    """Have the articles of some files say nothing."""

    def silence(is_bad: Callable[[str], bool]) -> None:
        def read(data: bytes, **given: object) -> FileRead:
            file = read_file(data, **given)  # type: ignore[arg-type]
            return _without_words(file) if is_bad(file.file_name) else file

        monkeypatch.setattr(flows.batches, "read_file", read)

    return silence


def _without_words(file: FileRead) -> FileRead:
    pages = (replace(page, articles=tuple(map(_silent, page.articles))) for page in file.pages)
    return replace(file, pages=tuple(pages))


def _silent(article: Article) -> Article:
    return replace(article, parts={"body": Text("", "", ())}, contributors=())


def test_a_bad_page_is_a_reject_and_the_rest_is_published(source: Path, tmp_path: Path, silence):
    silence(lambda name: name == BAD)
    summary = build_bare(source, lake := tmp_path / "lake", CORRECTIONS)
    (reject,) = table(lake, "rejects").rows(named=True)
    assert (reject["stage"], reject["file_name"], reject["reason"]) == ("read", BAD, REASON)
    assert "char_count=0" in reject["evidence"]
    warning = f"1 files fail a check or a rule and are rows of rejects instead (1 {REASON})"
    assert (summary.is_new, summary.rejected, summary.warnings) == (True, 1, [warning])
    (source / BAD).unlink()
    build_bare(source, tmp_path / "without", CORRECTIONS)
    assert published(lake)["articles"] == published(tmp_path / "without")["articles"]


def test_a_rule_that_raises_costs_its_file(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def read(data: bytes, **given: object) -> FileRead:
        if given["file_name"] == BAD:
            raise IndexError("string index out of range")
        return read_file(data, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(flows.batches, "read_file", read)
    summary = build_bare(source, lake := tmp_path / "lake", CORRECTIONS)
    (reject,) = table(lake, "rejects").rows(named=True)
    assert (reject["stage"], reject["file_name"], reject["reason"]) == ("read", BAD, "files.rule-raised")
    assert reject["evidence"] == "IndexError: string index out of range"
    warning = "1 files fail a check or a rule and are rows of rejects instead (1 files.rule-raised)"
    assert (summary.is_new, summary.rejected, summary.warnings) == (True, 1, [warning])
    monkeypatch.undo()
    assert build_bare(source, lake, CORRECTIONS, retry_rejected=True).rejected == 0


def test_a_bad_page_stays_refused_until_its_rule_is_mended(source: Path, standing: Path, tmp_path: Path, silence):
    silence(lambda name: name == BAD)
    build_bare(source, lake := tmp_path / "lake", CORRECTIONS)
    assert not build_bare(source, lake, CORRECTIONS).is_new
    assert build_bare(source, lake, CORRECTIONS, retry_rejected=True).read == 1
    assert table(lake, "rejects")["attempts"].to_list() == [2]
    silence(lambda _: False)
    assert build_bare(source, lake, CORRECTIONS, retry_rejected=True).rejected == 0
    assert published(lake)["articles"] == published(standing)["articles"]


def test_rules_that_are_wrong_throughout_publish_nothing(source: Path, tmp_path: Path, silence):
    write_pages(source, {f"chengxi-ribao/2023-03-14/p{no:02}.txt": f"{NEW_PAGE}第{no}版。" for no in range(3, 15)})
    build_bare(source, lake := tmp_path / "lake", CORRECTIONS)
    silence(lambda _: True)
    write_pages(source, {f"chengxi-ribao/2023-03-15/p{no:02}.txt": f"{NEW_PAGE}第{no}期。" for no in range(1, 15)})
    with pytest.raises(ContractFault, match=r"more than 1% fail a check or a rule.*1[0-9] of \d+ files"):
        build_bare(source, lake, CORRECTIONS)
    assert snapshots.snapshot_ids(lake) == [1]
