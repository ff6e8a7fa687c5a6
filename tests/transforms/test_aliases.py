import polars as pl
import pytest

from transforms.aliases import find_aliases


def articles(**ids: str) -> pl.LazyFrame:
    return pl.LazyFrame({"article_uid": list(ids), "article_id": list(ids.values())})


def aliases(*rows: tuple[str, str, str, str]) -> pl.LazyFrame:
    names = ["old_id", "new_id", "reason", "run_id"]
    return pl.LazyFrame(list(rows), schema=dict.fromkeys(names, pl.String), orient="row")


def found(now: pl.LazyFrame, earlier: pl.LazyFrame, known: pl.LazyFrame) -> list[tuple[str, ...]]:
    return find_aliases(now, earlier_articles=earlier, earlier_aliases=known, run_id="r2").collect().rows()


@pytest.mark.parametrize(
    ("new_id", "reason"),
    [
        ("x-2023-03-15-a-p0001-i001", "re-dated"),
        ("y-2023-03-14-a-p0001-i001", "re-dated"),
        ("x-2023-03-14-a-p0002-i001", "re-numbered"),
        ("x-2023-03-14-a-p0001-i002", "re-segmented"),
    ],
)
def test_an_article_under_another_id_leaves_its_old_one(new_id: str, reason: str):
    old_id = "x-2023-03-14-a-p0001-i001"
    assert found(articles(u1=new_id), articles(u1=old_id), aliases()) == [(old_id, new_id, reason, "r2")]


def test_what_kept_its_id_or_is_new_or_gone_leaves_none():
    now = articles(kept="x-2023-03-14-a-p0001-i001", new="x-2023-03-14-a-p0001-i002")
    before = articles(kept="x-2023-03-14-a-p0001-i001", gone="x-2023-03-14-a-p0001-i003")
    assert found(now, before, aliases()) == []


def test_an_older_alias_is_led_on_and_goes_with_its_article():
    now, before = articles(u1="x-p0001-i003"), articles(u1="x-p0001-i002")
    known = aliases(
        ("x-p0001-i001", "x-p0001-i002", "re-segmented", "r1"), ("z-p0001-i001", "z-p0001-i002", "re-segmented", "r1")
    )
    assert sorted(found(now, before, known)) == [
        ("x-p0001-i001", "x-p0001-i003", "re-segmented", "r1"),
        ("x-p0001-i002", "x-p0001-i003", "re-segmented", "r2"),
    ]
    assert found(before, before, aliases(("a", "x-p0001-i002", "re-dated", "r1"))) == [
        ("a", "x-p0001-i002", "re-dated", "r1")
    ]
