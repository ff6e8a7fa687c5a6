from pathlib import Path

import polars as pl
import pytest

from tests.benches.reuse.engine import find_in_corpus
from tests.benches.reuse.found import read_clusters, read_pairs, read_passages

PASSAGE = ("article_id_a", "start_char_a", "end_char_a", "article_id_b", "start_char_b", "end_char_b", "is_boilerplate")
LETTER = "河东镇的秧苗昨天全部插完，农机站的六台插秧机连着干了十一天，比往年早了五天，老农孙德茂说他头一回见。" * 3


@pytest.fixture
def found(tmp_path: Path) -> Path:
    members = [("c-1", "0", "canonical"), ("c-1", "1", "variant"), ("c-1", "2", "excerpt")]
    schema = ("cluster_id", "article_id", "role")
    pl.DataFrame(members, schema=schema, orient="row").write_parquet(tmp_path / "cluster_members.parquet")
    passages = [("0", 3, 90, "3", 0, 87, False), ("0", 90, 150, "4", 0, 60, True)]
    pl.DataFrame(passages, schema=PASSAGE, orient="row").write_parquet(tmp_path / "reuse.parquet")
    return tmp_path


def test_excerpts_and_single_prints_are_clusters_of_their_own(found: Path) -> None:
    clusters = dict(read_clusters(found, pl.Series([0, 1, 2, 3, 4])).iter_rows())
    assert clusters[0] == clusters[1]
    assert len({clusters[number] for number in (1, 2, 3, 4)}) == 4


def test_pairs_are_those_of_clusters_and_of_passages_that_are_no_boilerplate(found: Path) -> None:
    assert set(read_pairs(found).iter_rows()) == {(0, 1), (0, 2), (1, 2), (0, 3)}
    assert read_passages(found).rows() == [(0, 3, 90, 3, 0, 87)]


def test_copies_of_a_corpus_are_found(tmp_path: Path) -> None:
    texts = [LETTER, "县里的粮库今年新添了三座立筒仓，容量四千吨。" * 8, LETTER.replace("，", ",")]
    pl.DataFrame({"id": [0, 1, 2], "text": texts}).write_parquet(tmp_path / "docs.parquet")
    find_in_corpus(tmp_path / "docs.parquet", tmp_path / "found")
    clusters = dict(read_clusters(tmp_path / "found", pl.Series([0, 1, 2])).iter_rows())
    assert clusters[0] == clusters[2] != clusters[1]
