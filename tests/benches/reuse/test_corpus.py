from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.benches.reuse import corpus
from tests.benches.reuse.base import Writer
from tests.benches.reuse.corpus import Order, find_pieces, make_chunk, make_corpus, write_chunk
from tests.benches.reuse.prints import COPY_KINDS, LOOK_ALIKES, Press
from tests.benches.reuse.site import REPOST_KINDS, Site
from tests.benches.reuse.traced import NOWHERE, SOURCE_BITS, Traced, join, trace

ORDER = Order(size=90, seed=3, tagged=Path())
ALIKE = ("exact", "retitled", "moved", "cut", "excerpt", "roundup")  # what they keep, they keep to the letter


@pytest.fixture
def order(tagged: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    monkeypatch.setattr(corpus, "CHUNK", 40)
    return replace(ORDER, tagged=tagged)


def read_chunks(order: Order, folder: Path) -> list[pl.DataFrame]:
    for chunk_no in range(order.chunks):
        write_chunk(order, chunk_no, folder=folder)
    return [pl.read_parquet(folder / f"{name}-*.parquet").sort("id") for name in ("docs", "gold", "origins")]


def test_the_same_order_makes_the_same_corpus(order: Order, tmp_path: Path) -> None:
    first = read_chunks(order, tmp_path)
    assert all(one.equals(other) for one, other in zip(first, read_chunks(order, tmp_path), strict=True))


def test_another_seed_makes_another_corpus(order: Order, tmp_path: Path) -> None:
    docs, _, _ = read_chunks(order, tmp_path)
    others, _, _ = read_chunks(replace(order, seed=4), tmp_path)
    assert set(docs["body"]).isdisjoint(others["body"])


def test_every_article_has_its_number_and_its_truth(order: Order, tmp_path: Path) -> None:
    docs, gold, origins = read_chunks(order, tmp_path)
    assert docs["id"].to_list() == gold["id"].to_list() == list(range(order.size))
    bodies = origins.join(docs, on="id")
    assert origins.height == 40
    assert bodies.select((pl.col("origins").list.len() == pl.col("body").str.len_chars()).all()).item()


@pytest.mark.slow
def test_chunks_are_put_together_in_the_order_of_their_numbers(tagged: Path, tmp_path: Path) -> None:
    make_corpus(replace(ORDER, tagged=tagged), tmp_path, workers=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs.parquet", "gold.parquet", "origins.parquet"]
    assert pl.read_parquet(tmp_path / "docs.parquet")["id"].to_list() == list(range(90))


def test_real_articles_are_used_as_they_are(order: Order, tmp_path: Path) -> None:
    real = tmp_path / "real.parquet"
    texts = [f"第{number}篇真实的文章说，" + "河水缓缓流过村庄。" * 60 for number in range(200)]
    pl.DataFrame({"text": texts}).write_parquet(real)
    prints, _ = make_chunk(replace(order, real=real), 0)
    alone = [str(printed.body) for printed in prints if printed.kind == "alone"]
    assert alone
    assert all(any(body.endswith(text) for text in texts) for body in alone)


def test_too_few_real_articles_are_said_to_be_too_few(order: Order, tmp_path: Path) -> None:
    real = tmp_path / "real.parquet"
    pl.DataFrame({"text": ["河水缓缓流过村庄。" * 60]}).write_parquet(real)
    with pytest.raises(ValueError, match="too few articles"):
        make_chunk(replace(order, real=real), 0)


@pytest.fixture
def press(writer: Writer) -> Press:
    return Press(writer, first_source=100, colophons=[trace("本报地址青山路八号，邮政编码另行通知，欢迎订阅。")] * 16)


def holds(body: Traced, original: Traced) -> bool:
    """Say whether each character of one source stands in the copy as in the original."""
    own = body.origins[np.isin(body.origins, original.origins)]
    places = own & ((1 << SOURCE_BITS) - 1)
    return bool((body.points[np.isin(body.origins, original.origins)] == original.points[places]).all())


@pytest.mark.parametrize("kind", COPY_KINDS)
def test_a_copy_knows_which_characters_it_took(press: Press, kind: str) -> None:
    original = press.article("original", least_chars=400)
    for _ in range(8):
        body = press.copy(original, kind).body
        taken = np.isin(original.body.origins, body.origins).mean()
        assert taken > (0.04 if kind == "roundup" else 0.25 if kind == "excerpt" else 0.6)
        assert kind not in ALIKE or holds(body, original.body)


@pytest.mark.parametrize("kind", [kind for kind in LOOK_ALIKES if kind not in ("followup", "boilerplate")])
def test_a_look_alike_differs_from_the_others_of_its_series(press: Press, kind: str) -> None:
    bodies = [str(printed.body) for printed in getattr(press, kind)()]
    assert len(set(bodies)) == len(bodies) > 1


def test_a_followup_repeats_a_paragraph_that_is_known(press: Press) -> None:
    first, *later = press.followup()
    for followup in later:
        shared = np.intersect1d(followup.body.origins, first.body.origins)
        assert 40 < len(shared[shared != NOWHERE]) < len(followup.body) / 2


def test_pieces_are_told_as_shares_of_their_texts() -> None:
    source = trace("字" * 200, 7)
    body = join([source[:50], trace("别" * 30, 8), source[100:150]])
    pieces = list(find_pieces(body, {7: 200, 8: 30}))
    assert pieces == [{"source": 7, "start": 0.0, "end": 0.25}, {"source": 7, "start": 0.5, "end": 0.75}]


@pytest.fixture
def site(writer: Writer) -> Site:
    return Site(writer, first_source=100, colophons=[trace("本站地址青山路八号，欢迎读者来信。")] * 16)


def test_a_repost_holds_nearly_all_of_its_text_and_is_late_where_a_week_is_over(site: Site) -> None:
    for original, *later in (site.reposts() for _ in range(20)):
        for repost in later:
            days = (repost.published_on - original.published_on).days
            assert np.isin(original.body.origins, repost.body.origins).mean() > 0.6
            assert repost.kind.startswith("late_") == (days > 7)
            assert repost.kind in (*REPOST_KINDS, "late_exact", "late_edited")


def test_two_instances_of_a_rite_have_no_character_of_one_source(site: Site) -> None:
    for _ in range(8):
        bodies = {printed.cluster: printed.body for printed in site.rites() if printed.kind in ("rite", "original")}
        origins = np.concatenate([body.origins for body in bodies.values()])
        assert len(np.unique(origins)) == len(origins)
        assert len({str(body) for body in bodies.values()}) > 1


def test_all_of_a_site_is_printed_by_one_newspaper(order: Order) -> None:
    prints, _ = make_chunk(replace(order, is_site=True), 0)
    assert {printed.newspaper_no for printed in prints} == {0}
