"""100 values of the sample lake, drawn at random: whatever explains one shows the characters that the page prints."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.__main__ import main
from flows.answers import visible
from warehouse.reader import LakeReader, open_lake

pytestmark = pytest.mark.slow

SEED = 20231107
OF_EACH = 20  # figures, namings, quotations, headlines, bodies: 100 in all
Row = dict[str, Any]
Ask = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def ask(sample_lake: Path) -> Iterator[Ask]:
    with open_lake(sample_lake) as lake:
        yield lambda query, *values: read(lake, query, *values)


@pytest.fixture(scope="module")
def pages(ask: Ask) -> dict[str, str]:
    return {row["page_id"]: row["raw_text"] for row in ask("SELECT page_id, raw_text FROM pages")}


def read(lake: LakeReader, query: str, *values: object) -> list[Row]:
    answer = lake.sql(query, list(values))
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def draw(ask: Ask, query: str) -> list[Row]:
    """Draw rows, the same ones each time: the query orders them."""
    rows = ask(query)
    assert len(rows) >= OF_EACH
    return random.Random(SEED).sample(rows, OF_EACH)


def cut(pages: dict[str, str], piece: Row) -> str:
    return pages[piece["page_id"]][piece["raw_start"] : piece["raw_end"]]


def join(pieces: list[Row]) -> str:
    """What stands on the page, with a space where two pieces lie apart."""
    text = ""
    for number, piece in enumerate(pieces):
        is_apart = number > 0 and piece["raw_start"] != pieces[number - 1]["raw_end"]
        text += " " * is_apart + piece["raw_text"]
    return text.lstrip()


@pytest.mark.parametrize(
    ("table", "key", "said"),
    [("figures", "figure_id", "printed"), ("mentions", "mention_id", "surface"), ("quotes", "quote_id", "text")],
)
def test_a_fact_leads_back_to_the_printed_characters(ask: Ask, pages: dict[str, str], table: str, key: str, said: str):
    facts = f"SELECT {key} AS id, article_id, start_char, end_char, {said} AS said FROM {table} ORDER BY {key}"  # noqa: S608
    for fact in draw(ask, facts):
        pieces = ask("FROM printed($1, $2, $3)", fact["article_id"], fact["start_char"], fact["end_char"])
        assert "".join(piece["clean_text"] for piece in pieces) == fact["said"]
        assert [piece["raw_text"] for piece in pieces] == [cut(pages, piece) for piece in pieces], fact["id"]
        if table == "figures":
            (shown,) = ask("FROM explain_figure($1)", fact["id"])
            assert (shown["printed"], shown["raw_text"]) == (fact["said"], join(pieces))
            assert shown["raw_start"] == min(piece["raw_start"] for piece in pieces)
            assert shown["raw_end"] == max(piece["raw_end"] for piece in pieces)


@pytest.mark.parametrize("part", ["headline", "body"])
def test_a_text_leads_back_to_the_printed_characters(ask: Ask, pages: dict[str, str], part: str):
    texts = f"SELECT article_id, {part} AS said FROM articles WHERE {part} <> '' ORDER BY article_id"  # noqa: S608
    for text in draw(ask, texts):
        pieces = ask("FROM explain($1) WHERE part = $2 ORDER BY span_no", text["article_id"], part)
        assert "".join(piece["clean_text"] for piece in pieces) == text["said"]
        assert [piece["raw_text"] for piece in pieces] == [cut(pages, piece) for piece in pieces], text["article_id"]


def test_the_command_shows_every_unit_as_the_page_prints_it(
    ask: Ask,
    pages: dict[str, str],
    sample_lake: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    for article in draw(ask, "SELECT article_id FROM articles ORDER BY article_id"):
        monkeypatch.setattr("sys.argv", ["lake", "explain", article["article_id"], "--lake", str(sample_lake)])
        assert main() == 0
        shown = [line[12:] for line in capsys.readouterr().out.splitlines() if line.startswith("      raw   ")]
        units = ask("FROM blocks WHERE article_id = $1 ORDER BY page_id, block_no", article["article_id"])
        assert shown == [visible(cut(pages, unit)) for unit in units]
