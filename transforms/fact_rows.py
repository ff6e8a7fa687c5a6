"""The bridge from facts to frames: what an article states as rows, before anyone knows the entities that it means."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl

from transforms.entities.records import Mention
from transforms.fact_contract import hold_facts
from transforms.facts import Facts
from transforms.figures.records import Figure
from transforms.printed import PrintedArticle
from transforms.quotes.records import Quote
from transforms.text.sentences import find_sentences
from warehouse.tables import TABLES

Row = dict[str, Any]


def fact_rows(found: Iterable[tuple[PrintedArticle, Facts]]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Return mentions, figures and quotes as FOUND_SCHEMAS: they name mentions where the tables name entities.

    The second frame are the facts that break the contract, and stand in none of the others, as REFUSED.
    """
    rows: dict[str, list[Row]] = {name: [] for name in FOUND_SCHEMAS}
    bodies: dict[str, str] = {}
    for article, facts in found:
        bodies[article.article_id] = article.body
        rows["mentions"].extend(_mention_rows(article, facts.mentions))
        rows["figures"].extend(_figure_row(article, figure) for figure in facts.figures)
        rows["quotes"].extend(_quote_row(article, quote) for quote in facts.quotes)
    return hold_facts(rows, FOUND_SCHEMAS, bodies)


def _mention_rows(article: PrintedArticle, mentions: Sequence[Mention]) -> Iterator[Row]:
    sentences = list(find_sentences(article.body))
    starts = [start for start, _ in sentences]
    for mention in mentions:
        sentence_start, sentence_end = sentences[bisect_right(starts, mention.start) - 1]
        yield {
            "mention_id": _mention_id(article, mention),
            "article_id": article.article_id,
            "kind": mention.kind,
            "surface": mention.surface,
            "title": mention.title,
            "organisation": mention.organisation,
            "code": mention.code,
            "start_char": mention.start,
            "end_char": mention.end,
            "title_start": mention.title_start,
            "title_end": mention.title_end,
            "sentence_start": sentence_start,
            "sentence_end": sentence_end,
            "rule_id": mention.rule_id,
        }


def _figure_row(article: PrintedArticle, figure: Figure) -> Row:
    period = figure.period
    return {
        "figure_id": f"{article.article_id}-f{figure.start}",
        "article_id": article.article_id,
        "printed": figure.printed,
        "value": figure.value,
        "unit": figure.unit,
        "norm_value": figure.norm_value,
        "norm_unit": figure.norm_unit,
        "comparator": figure.comparator,
        "measure": figure.measure,
        "measure_key": figure.measure_key,
        "group_noun": figure.group_noun,
        "group_count": figure.group_count,
        "subject_mention_id": figure.subject and _mention_id(article, figure.subject),
        "period_start": period and period.start,
        "period_end": period and period.end,
        "period_basis": period and period.basis,
        "start_char": figure.start,
        "end_char": figure.end,
        "sentence": article.body[figure.sentence_start : figure.sentence_end],
        "sentence_start": figure.sentence_start,
        "rule_id": figure.rule_id,
    }


def _quote_row(article: PrintedArticle, quote: Quote) -> Row:
    speaker = quote.speaker
    return {
        "quote_id": f"{article.article_id}-q{quote.start}",
        "article_id": article.article_id,
        "speaker": speaker and speaker.surface,
        "speaker_words": quote.speaker_words,
        "speaker_title": speaker and speaker.title,
        "speaker_mention_id": speaker and _mention_id(article, speaker),
        "is_direct": quote.is_direct,
        "text": quote.text,
        "start_char": quote.start,
        "end_char": quote.end,
        "rule_id": quote.rule_id,
    }


def _mention_id(article: PrintedArticle, mention: Mention) -> str:
    return f"{article.article_id}-m{mention.start}"


def _found(table: str, drop: str) -> pl.Schema:
    declared = TABLES[table].create_empty().schema
    return pl.Schema({name: dtype for name, dtype in declared.items() if name != drop})


FOUND_SCHEMAS: dict[str, pl.Schema] = {
    "mentions": _found("mentions", "entity_id"),
    "figures": _found("figures", "subject_entity_id"),
    "quotes": _found("quotes", "speaker_entity_id"),
}
