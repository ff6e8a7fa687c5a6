from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from transforms.entities.records import Mention
from transforms.fact_rows import FOUND_SCHEMAS, fact_rows
from transforms.facts import Facts
from transforms.figures.records import Figure, Period
from transforms.printed import PrintedArticle
from transforms.quotes.records import Quote

BODY = "青石县县长林知远说：“桥通了。”\n去年，青石县投资3亿元。"
ARTICLE = PrintedArticle(
    article_id="qingshi_bao-2024-05-06-a-p0001-i001", newspaper_id="qingshi_bao", headline=None, body=BODY
)


def _place(words: str) -> tuple[int, int]:
    start = BODY.index(words)
    return start, start + len(words)


SPEAKER = Mention(
    kind="person",
    surface="林知远",
    start=5,
    end=8,
    rule_id="people.test",
    title="青石县县长",
    title_start=0,
    title_end=5,
    organisation="青石县",
)
COUNTY = Mention(kind="place", surface="青石县", start=20, end=23, rule_id="places.test")
FIGURE = Figure(
    printed="3亿元",
    value=Decimal(3),
    unit="亿元",
    norm_value=Decimal(300000000),
    norm_unit="CNY",
    comparator="exact",
    measure="投资",
    measure_key="投资",
    group_noun=None,
    group_count=None,
    subject=COUNTY,
    period=Period(start=date(2023, 1, 1), end=date(2023, 12, 31), basis="sentence"),
    start=_place("3亿元")[0],
    end=_place("3亿元")[1],
    sentence_start=_place("去年")[0],
    sentence_end=len(BODY),
    rule_id="figures.test",
)
QUOTE = Quote(
    text="桥通了。",
    start=_place("桥通了。")[0],
    end=_place("桥通了。")[1],
    is_direct=True,
    speaker=SPEAKER,
    speaker_words="林知远",
    rule_id="quotes.test",
)
FACTS = Facts(mentions=(SPEAKER, COUNTY), figures=(FIGURE,), quotes=(QUOTE,))


@pytest.fixture(scope="module")
def found() -> dict[str, pl.DataFrame]:
    frames, refused = fact_rows([(ARTICLE, FACTS)])
    assert refused.is_empty()
    return frames


def test_rows_have_their_types_also_when_there_are_none(found: Mapping[str, pl.DataFrame]) -> None:
    for frames in (found, fact_rows([])[0]):
        assert {name: frame.schema for name, frame in frames.items()} == FOUND_SCHEMAS


def test_a_fact_is_named_after_its_article_and_where_it_begins(found: Mapping[str, pl.DataFrame]) -> None:
    assert found["mentions"]["mention_id"].to_list() == [f"{ARTICLE.article_id}-m5", f"{ARTICLE.article_id}-m20"]
    assert found["figures"]["figure_id"].to_list() == [f"{ARTICLE.article_id}-f{FIGURE.start}"]
    assert found["quotes"]["quote_id"].to_list() == [f"{ARTICLE.article_id}-q{QUOTE.start}"]


@pytest.mark.parametrize(
    ("table", "words", "start", "end"),
    [
        ("mentions", "surface", "start_char", "end_char"),
        ("mentions", "title", "title_start", "title_end"),
        ("figures", "printed", "start_char", "end_char"),
        ("quotes", "text", "start_char", "end_char"),
    ],
)
def test_what_has_a_place_stands_there(
    table: str, words: str, start: str, end: str, found: Mapping[str, pl.DataFrame]
) -> None:
    for row in found[table].filter(pl.col(words).is_not_null()).iter_rows(named=True):
        assert BODY[row[start] : row[end]] == row[words]


def test_a_naming_has_its_sentence(found: Mapping[str, pl.DataFrame]) -> None:
    sentences = [BODY[start:end] for start, end in found["mentions"]["sentence_start", "sentence_end"].iter_rows()]
    assert sentences == ["青石县县长林知远说：“桥通了。”", "去年，青石县投资3亿元。"]
