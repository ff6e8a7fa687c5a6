"""A finder that gets some facts wrong costs these facts, and no publish; one that gets most wrong publishes nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import flows.facts
from flows.settings import CORRECTIONS
from tests.flows.conftest import write_pages
from tests.flows.lakes import build_bare
from tests.flows.test_increments import NEW_PAGE, published, table
from transforms.facts import Facts, FactTables, find_facts
from transforms.figures.records import Figure
from transforms.printed import PrintedArticle
from warehouse import snapshots
from warehouse.errors import ContractFault
from warehouse.reader import open_lake

Spoil = Callable[[Figure], Figure]


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Callable[[Spoil], None]:
    """Have the finder of figures get some wrong."""

    def spoil(change: Spoil) -> None:
        def find(*given: object) -> Facts:
            facts = find_facts(*given)  # type: ignore[arg-type]
            return replace(facts, figures=tuple(change(figure) for figure in facts.figures))

        monkeypatch.setattr(flows.facts, "find_facts", find)

    return spoil


def shift_seats(figure: Figure) -> Figure:
    return replace(figure, start=figure.start - 1) if figure.printed == "六十个" else figure


def shift(figure: Figure) -> Figure:
    return replace(figure, start=figure.start - 1)


def printed(lake: Path) -> list[str]:
    return table(lake, "figures")["printed"].to_list()


def test_a_bad_fact_is_a_reject_and_the_rest_is_published(source: Path, standing: Path, tmp_path: Path, spoil):
    spoil(shift_seats)
    summary = build_bare(source, lake := tmp_path / "lake", CORRECTIONS)
    assert summary.is_new
    assert sorted([*printed(lake), "六十个"]) == sorted(printed(standing))
    (reject,) = table(lake, "rejects").rows(named=True)
    assert (reject["stage"], reject["reason"], reject["attempts"]) == ("facts", "figures.printed-is-body", 1)
    assert reject["file_name"] == "chengxi-ribao/2023-03-14/p02.txt"
    assert reject["subject_id"].startswith("chengxi_ribao-2023-03-14-a-p0002-i001-f")
    assert "'六十个' is not what stands from" in reject["evidence"]
    warning = "1 facts fail a check or a rule and are rows of rejects instead (1 figures.printed-is-body)"
    assert (summary.rejected, summary.warnings) == (1, [warning])
    assert warning in summary.headline
    with open_lake(lake) as reader:
        ((rejected, warnings),) = reader.sql("SELECT counts_rejected, warnings FROM runs").fetchall()
        queue = reader.sql("SELECT subject_kind, subject_id FROM review_queue WHERE reason LIKE 'figures%'").fetchall()
    assert (rejected, warnings) == ({"files": 0, "figures": 1}, [warning])
    assert queue == [("article", reject["subject_id"].rpartition("-")[0])]


def test_a_rule_that_raises_costs_the_facts_of_its_article(
    source: Path, standing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def find(article: PrintedArticle, tables: FactTables) -> Facts:
        has_seats = "六十个" in article.body
        return find_facts(replace(article, body=None) if has_seats else article, tables)

    monkeypatch.setattr(flows.facts, "find_facts", find)
    summary = build_bare(source, lake := tmp_path / "lake", CORRECTIONS)
    (reject,) = table(lake, "rejects").rows(named=True)
    assert (reject["stage"], reject["reason"]) == ("facts", "articles.rule-raised")
    assert re.fullmatch(r"\w+Error: .* \(transforms/\S+\.py, line \d+, in \w+\)", reject["evidence"])
    article_id = reject["subject_id"]
    assert published(lake)["articles"] == published(standing)["articles"]
    for name in ("figures", "mentions", "quotes"):
        others = table(standing, name).filter(pl.col("article_id") != article_id)
        assert table(lake, name).height == others.height
    assert summary.warnings == [
        "1 facts fail a check or a rule and are rows of rejects instead (1 articles.rule-raised)"
    ]
    with open_lake(lake) as reader:
        queue = reader.sql("SELECT subject_kind, subject_id FROM review_queue WHERE reason = 'articles.rule-raised'")
        assert queue.fetchall() == [("article", article_id)]
    monkeypatch.undo()
    assert build_bare(source, lake, CORRECTIONS, retry_rejected=True).rejected == 0
    assert published(lake)["figures"] == published(standing)["figures"]


def test_a_bad_fact_stays_refused_while_its_page_stays(source: Path, tmp_path: Path, spoil):
    spoil(shift_seats)
    build_bare(source, lake := tmp_path / "lake", CORRECTIONS)
    write_pages(source, {"chengxi-ribao/2023-03-14/p03.txt": NEW_PAGE})
    assert build_bare(source, lake, CORRECTIONS).read == 1
    build_bare(source, tmp_path / "clean", CORRECTIONS)
    assert published(lake) == published(tmp_path / "clean")
    assert not build_bare(source, lake, CORRECTIONS).is_new
    (source / "chengxi-ribao/2023-03-14/p02.txt").unlink()
    build_bare(source, lake, CORRECTIONS)
    assert table(lake, "rejects").is_empty()


def test_a_retry_reads_the_file_of_a_bad_fact_again(source: Path, tmp_path: Path, spoil):
    spoil(shift_seats)
    build_bare(source, lake := tmp_path / "lake", CORRECTIONS)
    assert build_bare(source, lake, CORRECTIONS, retry_rejected=True).read == 1
    assert table(lake, "rejects")["attempts"].to_list() == [2]
    spoil(lambda figure: figure)
    assert build_bare(source, lake, CORRECTIONS, retry_rejected=True).rejected == 0
    assert "六十个" in printed(lake)


def test_a_finder_that_is_wrong_throughout_publishes_nothing(source: Path, built: Path, spoil):
    spoil(shift)
    figures = "".join(f"\n\n本报讯 第{no}所学校新增座位{no}0个，总投资{no}0万元。" for no in range(2, 9))
    write_pages(source, {"chengxi-ribao/2023-03-14/p03.txt": NEW_PAGE + figures})
    with pytest.raises(ContractFault, match=r"of \d+ figures \(e\.g\. chengxi_ribao-2023-03-14-a-p0003-i"):
        build_bare(source, built, CORRECTIONS)
    assert snapshots.snapshot_ids(built) == [1]
