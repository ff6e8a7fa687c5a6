"""What a page shows of a figure, a name or a quotation is what the lake says, down to the printed characters."""

import random
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from flows.answers import visible
from flows.commands.explain import explain_article
from warehouse.reader import LakeReader, open_lake
from warehouse.site.addresses import ARTICLE, Address

SEED, COUNT = 20261126, 100
TABLES = (("figures", "figure_id", "f"), ("mentions", "mention_id", "m"), ("quotes", "quote_id", "q"))


def draw_values(reader: LakeReader) -> list[tuple[str, str, str, int, int]]:
    """A hundred rows of the three tables: table, id, article, start and end in the body."""
    rows = [
        (letter, *row)
        for table, key, letter in TABLES
        for row in reader.sql(f"FROM {table} SELECT {key}, article_id, start_char, end_char ORDER BY {key}").fetchall()
    ]
    return random.Random(SEED).sample(rows, COUNT)


@cache
def read_page(report: Path, article: str) -> html.HtmlElement:
    return html.document_fromstring((report / Address(ARTICLE, article).path).read_bytes().decode())


def marked(page: html.HtmlElement, side: str, token: str) -> str:
    """The characters of one side that carry a token; the mark of a paragraph's end is none of them."""
    found = page.xpath(
        f"//*[@class='{side}']//*[contains(concat(' ', @data-t, ' '), ' {token} ')][not(contains(@class, 'break'))]"
    )
    return "".join(element.text_content() for element in found)


def test_a_hundred_values_lead_to_their_printed_characters(sample_lake: Path, sample_report: Path):
    with open_lake(sample_lake) as reader:
        for letter, key, article, start, end in draw_values(reader):
            page = read_page(sample_report, article)
            token = f"{letter}{start}"
            pieces = reader.sql(
                "SELECT page_id, raw_start, raw_end FROM printed($1, $2, $3) ORDER BY piece_no", [article, start, end]
            ).fetchall()
            printed = [reader.sql("SELECT raw_excerpt($1, $2, $3)", list(piece)).fetchall()[0][0] for piece in pieces]
            card = page.get_element_by_id(token)
            assert card.get("data-id") == key
            assert marked(page, "raw", token) == "".join(printed)
            assert card.xpath("string(.//*[@class='printed'])").replace(" ", "") == "".join(printed).replace(" ", "")
            body = reader.sql("SELECT body FROM articles WHERE article_id = $1", [article]).fetchall()[0][0]
            assert marked(page, "clean", token) == body[start:end].replace("\n", "")


def test_figures_show_their_value_and_what_explains_them(
    sample_lake: Path, sample_report: Path, capsys: pytest.CaptureFixture[str]
):
    with open_lake(sample_lake) as reader:
        query = "SELECT article_id, start_char, figure_id, value, norm_value, norm_unit FROM figures ORDER BY figure_id"
        drawn = random.Random(SEED).sample(reader.sql(query).fetchall(), COUNT)
        for article, start, figure, value, norm_value, norm_unit in drawn:
            card = read_page(sample_report, article).get_element_by_id(f"f{start}")
            assert Decimal(card.xpath("string(.//data[@class='value']/@value)")) == value
            norm = card.xpath(".//data[@class='norm']")
            assert [Decimal(element.get("value")) for element in norm] == ([] if norm_value is None else [norm_value])
            assert [Decimal(element.text.replace(",", "")) for element in norm] == (
                [] if norm_value is None else [norm_value]
            )
            assert not norm or norm_unit.replace("_", " ") in norm[0].tail
            explained = reader.sql("SELECT raw_text FROM explain_figure($1)", [figure]).fetchall()
            assert [card.xpath("string(.//*[@class='printed'])")] == [raw for (raw,) in explained]
        for article, start, *_ in drawn[:10]:
            explain_article(article, sample_lake)
            raw = (
                read_page(sample_report, article).get_element_by_id(f"f{start}").xpath("string(.//*[@class='printed'])")
            )
            said = capsys.readouterr().out
            assert all(visible(part) in said for part in raw.split(" "))


def test_every_change_of_an_article_is_shown_with_its_rule(sample_lake: Path, sample_report: Path):
    article = "yunling_chenbao-2023-06-20-a-p0004-i001"
    page = read_page(sample_report, article)
    with open_lake(sample_lake) as reader:
        query = (
            'SELECT part, span_no, rule_id, "before", "after" FROM spans WHERE article_id = $1 AND rule_id IS NOT NULL'
        )
        changes = reader.sql(query, [article]).fetchall()
    assert len(changes) > 100
    for part, span_no, rule, before, after in changes:
        token = f"c{part[0]}{span_no}"
        assert set(page.xpath(f"//*[@class='clean']//*[contains(concat(' ', @data-t, ' '), ' {token} ')]/@data-r")) == {
            rule
        }
        assert marked(page, "clean", token) == after.replace("\n", "")
        assert marked(page, "raw", token) == ("" if "\n" in after else before)
