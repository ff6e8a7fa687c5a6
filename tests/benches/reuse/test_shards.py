"""Corpora of several shards: what is disguised is the same corpus in other characters, and the truth goes with it."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from opencc import OpenCC

from tests.benches.reuse import corpus, shards
from tests.benches.reuse.corpus import Order, make_corpus
from tests.benches.reuse.shards import FIXED, disguise, merge_shards, spell_anew

SIZE = 80


@pytest.fixture
def made(tagged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(corpus, "CHUNK", SIZE)
    monkeypatch.setattr(shards, "BLOCK", 20)
    folders = [tmp_path / "first", tmp_path / "second"]
    for seed, folder in enumerate(folders):
        make_corpus(Order(size=SIZE, seed=seed, tagged=tagged), folder, workers=1)
    return folders


def test_each_character_has_another_in_either_script() -> None:
    table, simplify = disguise(1), OpenCC("t2s").convert
    assert len(np.unique(table)) == len(table)
    assert [table[ord(each)] for each in FIXED] == [ord(each) for each in FIXED]
    plain, written = "说龙门马书东", "說龍門馬書東"
    assert simplify(written) == plain
    other = [chr(table[ord(each)]) for each in written]
    assert [simplify(each) for each in other] == [chr(table[ord(each)]) for each in plain]
    assert not set(other) & set(written)


def test_a_text_is_spelled_anew_character_by_character() -> None:
    texts = pl.Series("body", ["2月3日，龙门春耕（chūn）。", None, "", "马\n書😀"])
    spelled = spell_anew(texts[1:], disguise(1)).to_list()
    table = disguise(1)
    assert spelled[:2] == [None, ""]
    assert spelled[2] == f"{chr(table[ord('马')])}\n{chr(table[ord('書')])}😀"
    assert spell_anew(texts[:1], table)[0].startswith("5月6日，")


@pytest.mark.slow
def test_the_truth_goes_with_the_articles(made: list[Path], tmp_path: Path) -> None:
    merge_shards(made, 3, tmp_path / "large")
    docs, gold = (pl.read_parquet(tmp_path / "large" / f"{name}.parquet") for name in ("docs", "gold"))
    assert docs["id"].to_list() == gold["id"].to_list() == list(range(3 * SIZE))
    first = pl.read_parquet(made[0] / "gold.parquet")
    ids = [[block * 60 + number * 20 + place for block in range(4) for place in range(20)] for number in range(3)]
    assert gold.filter(pl.col("id").is_in(ids[2]))["kind"].to_list() == first["kind"].to_list()
    clusters = [set(gold.filter(pl.col("id").is_in(some))["cluster"]) for some in ids]
    assert not clusters[0] & clusters[2]
    sources = gold.explode("pieces").unnest("pieces").drop_nulls("source")
    assert set(sources.filter(pl.col("id").is_in(ids[0]))["source"]).isdisjoint(
        sources.filter(pl.col("id").is_in(ids[2]))["source"]
    )
    origins = pl.read_parquet(tmp_path / "large" / "origins.parquet").join(docs, on="id")
    assert origins.select((pl.col("origins").list.len() == pl.col("body").str.len_chars()).all()).item()
