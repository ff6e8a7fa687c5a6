"""An index of texts in tantivy: every character and every pair of neighbours, with its place.

Pairs that follow one another make exactly the phrases that `in` finds, so nothing has to be looked up in the texts;
there is no segmentation that could cut a phrase. Imported only where tantivy is installed (extra `search`).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from operator import add
from pathlib import Path
from typing import Any

import tantivy

from warehouse.search.folding import fold
from warehouse.search.hits import Article, Found, make_hit
from warehouse.search.query import Filters, Order, Page, Query
from warehouse.search.rank import Candidate, put_in_order, score_article

TOKENS = "neighbours"  # our name for a tokenizer that cuts at spaces
# Noncharacters of Unicode for what a tokenizer would cut at; those that a text itself holds are another one.
MARKS = str.maketrans({"\n": "\ufdd0", " ": "\ufdd1", "\ufdd0": "\ufdd2", "\ufdd1": "\ufdd2"})
PLACED, COUNTED, NAMED = "position", "freq", "basic"  # what is kept of a word: its places, how often, that it is there
CANDIDATES = 200  # of the best by tantivy's own BM25, which are then ranked as all searches are
HEADLINE_BOOST = 2.0
HEAP_BYTES = 256_000_000
DATES = ("published_on", "date_lower", "date_upper")
COLUMNS = (*(field.name for field in fields(Article)), "cluster_id")
MOST_OF_A_DAY = 5_000  # articles of one day, among which the order of the newest is found by their ids


def build_schema() -> tantivy.Schema:
    """Declare the fields: the key, what filters ask for, the texts, and the row as it is shown."""
    builder = tantivy.SchemaBuilder()
    for name in ("article_id", "newspaper_id", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option=NAMED)
    for name in ("head", "body"):
        builder.add_text_field(name, tokenizer_name=TOKENS, index_option=PLACED)
    builder.add_text_field("characters", tokenizer_name=TOKENS, index_option=COUNTED)
    for name in ("first_day", "last_day", "day"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_bytes_field("row", stored=True)
    return builder.build()


def open_folder(folder: Path) -> tantivy.Index:
    """Open the index of a folder, or begin one there."""
    index = tantivy.Index(build_schema(), path=str(folder))
    index.register_tokenizer(TOKENS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def write_changes(folder: Path, gone: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Remove articles by id, add others, and commit; give the number of the commit.

    A death before the commit leaves the index as it was.
    """
    writer = open_folder(folder).writer(HEAP_BYTES)
    for article_id in gone:
        writer.delete_documents_by_term("article_id", article_id)
    for row in rows:
        writer.add_document(_document(row))
    number = int(writer.commit())
    writer.wait_merging_threads()
    return number


def read_commit(folder: Path) -> int | None:
    """Tell the number of the last commit; None where there is none, or it cannot be read."""
    try:
        return int(json.loads((folder / "meta.json").read_bytes())["opstamp"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def search_index(folder: Path, query: Query, filters: Filters, page: Page) -> Found | None:
    """Find what a scan would find. Order is that of a scan, too, but beyond the first CANDIDATES of many hits.

    None where the newest are asked for, and more are of one day than MOST_OF_A_DAY: their order takes all of them.
    """
    index = open_folder(folder)
    searcher, asked = index.searcher(), _ask(index.schema, query, filters)
    last = min(page.offset + page.limit, searcher.num_docs)  # tantivy makes room for as many as it is asked for
    choose = _choose_newest if page.order is Order.NEWEST else _choose_best
    total, hits = choose(searcher, asked, query, page.offset, last)
    if hits is None:
        return None
    return Found(total=total, hits=tuple(make_hit(hit.article, query, hit.score) for hit in hits), by_index=True)


def _choose_best(
    searcher: tantivy.Searcher, asked: tantivy.Query, query: Query, offset: int, last: int
) -> tuple[int, Sequence[Candidate] | None]:
    best = searcher.search(asked, CANDIDATES)
    ranked = put_in_order((_read(searcher, place, query) for _, place in best.hits), Order.RANKED)
    chosen, first = ranked[offset:last], max(offset, CANDIDATES)
    if last > first:
        rest = searcher.search(asked, last - first, count=False, offset=first)
        chosen += [_read(searcher, place, query) for _, place in rest.hits]
    return int(best.count or 0), chosen


def _choose_newest(
    searcher: tantivy.Searcher, asked: tantivy.Query, query: Query, offset: int, last: int
) -> tuple[int, Sequence[Candidate] | None]:
    """Choose by day, and of one day by article_id: the last day that is reached has to be seen whole."""
    newest = searcher.search(asked, max(last, 1), order_by_field="day")
    places, total = [place for _, place in newest.hits], int(newest.count or 0)
    if len(places) < total:
        day = int(searcher.fast_field_values("day", places[-1:])[0] or 0)
        must = tantivy.Occur.Must
        of_day = searcher.search(
            tantivy.Query.boolean_query([(must, asked), (must, _days("day", day, day))]), MOST_OF_A_DAY
        )
        if int(of_day.count or 0) > MOST_OF_A_DAY:
            return total, None
        known = searcher.fast_field_values("day", places)
        places = [place for place, its in zip(places, known, strict=True) if its != day]
        places += [place for _, place in of_day.hits]
    hits = put_in_order((_read(searcher, place, query, is_scored=False) for place in places), Order.NEWEST)
    return total, hits[offset:last]


def _read(searcher: tantivy.Searcher, place: tantivy.DocAddress, query: Query, *, is_scored: bool = True) -> Candidate:
    row: dict[str, Any] = json.loads(bytes(searcher.doc(place).get_first("row") or b""))
    for name in DATES:
        row[name] = date.fromisoformat(row[name]) if row[name] else None
    print_of = row.pop("cluster_id") or row["article_id"]
    article = Article(**row)
    return Candidate(article, print_of, score_article(article, query) if is_scored else 0.0)


def _document(row: Mapping[str, Any]) -> tantivy.Document:
    head = _marked("\n".join(row[part] for part in ("kicker", "headline", "subhead") if row[part] is not None))
    body = _marked(row["body"])
    document = tantivy.Document(
        article_id=row["article_id"],
        newspaper_id=row["newspaper_id"],
        kind=row["kind"],
        head=_pairs(head),
        body=_pairs(body),
        characters=" ".join(head + body),
    )
    for name, column in (("first_day", "date_lower"), ("last_day", "date_upper"), ("day", "date_upper")):
        if row[column] or name == "day":
            document.add_unsigned(name, row[column].toordinal() if row[column] else 0)
    shown = {name: row[name] for name in COLUMNS}
    document.add_bytes("row", json.dumps(shown, ensure_ascii=False, default=str).encode())
    return document


def _marked(text: str) -> str:
    return fold(text).translate(MARKS)


def _pairs(text: str) -> str:
    return " ".join(map(add, text, text[1:]))


def _ask(schema: tantivy.Schema, query: Query, filters: Filters) -> tantivy.Query:
    must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
    parts = [(must, _holds(schema, word)) for word in query.wanted]
    parts += [(must_not, _holds(schema, word)) for word in query.refused]
    parts += [(must, _unscored(each)) for each in _filter(schema, filters)]
    return tantivy.Query.boolean_query(parts)


def _holds(schema: tantivy.Schema, word: str) -> tantivy.Query:
    word = word.translate(MARKS)
    if len(word) == 1:
        return tantivy.Query.term_query(schema, "characters", word, COUNTED)
    head, body = (_phrase(schema, field, word) for field in ("head", "body"))
    should = tantivy.Occur.Should
    return tantivy.Query.boolean_query([(should, tantivy.Query.boost_query(head, HEADLINE_BOOST)), (should, body)])


def _phrase(schema: tantivy.Schema, field: str, word: str) -> tantivy.Query:
    """Ask for every second pair of the word, and for the last: together they hold all its characters."""
    starts = sorted({*range(0, len(word) - 1, 2), len(word) - 2})
    pairs: list[str | tuple[int, str]] = [(start, word[start : start + 2]) for start in starts]
    if len(pairs) == 1:
        return tantivy.Query.term_query(schema, field, word, PLACED)
    return tantivy.Query.phrase_query(schema, field, pairs)


def _filter(schema: tantivy.Schema, filters: Filters) -> Iterator[tantivy.Query]:
    for field, values in (("newspaper_id", filters.newspapers), ("kind", filters.kinds)):
        if values:
            yield tantivy.Query.term_set_query(schema, field, list(values))
    if filters.since:
        yield _days("last_day", filters.since.toordinal(), None)
    if filters.until:
        yield _days("first_day", None, filters.until.toordinal())


def _days(field: str, first: int | None, last: int | None) -> tantivy.Query:
    return tantivy.Query.range_query(build_schema(), field, tantivy.FieldType.Unsigned, first, last)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
