"""What the lake says of some articles at once: one query a table, each for a few shards' rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from warehouse.site.near import Near, near_ids
from warehouse.site.rows import SHOWN, Row, read_of
from warehouse.site.site import Site

_ARTICLES = """
    SELECT a.*, i.newspaper, i.date_basis, i.date_evidence, i.issue_date, p.page_no, p.page_label, p.script,
        p.damage, p.ocr_quality_share
    FROM articles AS a
    JOIN issues AS i ON i.issue_id = a.issue_id
    JOIN pages AS p ON p.page_id = a.page_id
    WHERE a.article_id IN (SELECT unnest($1)) AND a.article_id BETWEEN $2 AND $3 ORDER BY a.article_id"""

_SPANS = """
    SELECT * FROM spans WHERE article_id IN (SELECT unnest($1)) AND article_id BETWEEN $2 AND $3
    ORDER BY article_id, list_position(['kicker', 'headline', 'subhead', 'section', 'body'], part), span_no"""

_PAGES = """
    SELECT page_id, raw_text FROM pages WHERE page_id IN (SELECT unnest($1)) AND page_id BETWEEN $2 AND $3"""

_BLOCKS = """
    SELECT article_id, page_id, block_no, kind, rule_id, raw_start, raw_end FROM blocks
    WHERE article_id IN (SELECT unnest($1)) AND article_id BETWEEN $2 AND $3 ORDER BY page_id, block_no"""

_FIGURES = """
    SELECT * FROM figures WHERE article_id IN (SELECT unnest($1)) AND article_id BETWEEN $2 AND $3
    ORDER BY article_id, start_char, figure_id"""

_MENTIONS = """
    SELECT * FROM mentions WHERE article_id IN (SELECT unnest($1)) AND article_id BETWEEN $2 AND $3
    ORDER BY article_id, start_char, mention_id"""

_NAMES = """
    SELECT entity_id, name, text_count FROM entities
    WHERE entity_id IN (SELECT unnest($1)) AND entity_id BETWEEN $2 AND $3"""

_QUOTES = """
    SELECT * FROM quotes WHERE article_id IN (SELECT unnest($1)) AND article_id BETWEEN $2 AND $3
    ORDER BY article_id, start_char, quote_id"""

_CREDITS = """
    SELECT * FROM contributors WHERE article_id IN (SELECT unnest($1)) AND article_id BETWEEN $2 AND $3
    ORDER BY article_id, contributor_no"""

PRINTS = f"""
    SELECT m.cluster_id, m.article_id, m.role, m.similarity_share, a.newspaper_id, a.published_on, a.headline,
        a.char_count, a.issue_id, row_number() OVER (
            PARTITION BY m.cluster_id ORDER BY a.date_lower NULLS LAST, m.role <> 'canonical', m.article_id) AS print_no
    FROM cluster_members AS m JOIN articles AS a ON a.article_id = m.article_id
    WHERE m.cluster_id IN (SELECT unnest($1)) AND m.cluster_id BETWEEN $2 AND $3
    QUALIFY print_no <= {SHOWN}
    ORDER BY m.cluster_id, print_no"""  # noqa: S608 -- a constant
"""The prints of some texts, in the order of the view text_prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """One article with all that hangs on it. `pages` holds the raw text of each page that its spans name."""

    article: Row
    spans: Sequence[Row]
    blocks: Sequence[Row]
    pages: Mapping[str, str]
    figures: Sequence[Row]
    mentions: Sequence[Row]
    quotes: Sequence[Row]
    credits: Sequence[Row]
    prints: Sequence[Row]


def read_articles(site: Site, ids: Sequence[str]) -> Iterator[ArticleFacts]:
    """Yield some articles, in the order of their ids; ids that the lake does not have give none."""
    reader = site.near(near_ids(ids))
    articles = read_of(reader, _ARTICLES, ids, "article_id")
    tables = [read_of(reader, query, list(articles), "article_id") for query in _OF_ARTICLE]
    spans, blocks, figures, mentions, quotes, credited = tables
    named = {span["page_id"] for rows in spans.values() for span in rows}
    named |= {block["page_id"] for rows in blocks.values() for block in rows}
    pages = {
        row["page_id"]: row["raw_text"]
        for rows in read_of(reader, _PAGES, sorted(named), "page_id").values()
        for row in rows
    }
    clusters = sorted({row["cluster_id"] for (row,) in articles.values() if row["cluster_id"]})
    prints = read_of(site.reader, PRINTS, clusters, "cluster_id")
    names = _read_names(site, figures, mentions)
    for article_id, (article,) in articles.items():
        yield ArticleFacts(
            article=article,
            spans=spans.get(article_id, ()),
            blocks=blocks.get(article_id, ()),
            pages=pages,
            figures=[
                row | {"subject": names[row["subject_entity_id"]]["name"] if row["subject_entity_id"] else None}
                for row in figures.get(article_id, ())
            ],
            mentions=[row | names[row["entity_id"]] for row in mentions.get(article_id, ())],
            quotes=quotes.get(article_id, ()),
            credits=credited.get(article_id, ()),
            prints=prints.get(article["cluster_id"], ()),
        )


def _read_names(site: Site, figures: Mapping[str, list[Row]], mentions: Mapping[str, list[Row]]) -> dict[str, Row]:
    """Read the name of all that the articles name."""
    named = {row["subject_entity_id"] for rows in figures.values() for row in rows if row["subject_entity_id"]}
    named |= {row["entity_id"] for rows in mentions.values() for row in rows}
    reader = site.near(Near(hashed={"entities": sorted(named)}))
    return {entity: row for entity, (row,) in read_of(reader, _NAMES, sorted(named), "entity_id").items()}


_OF_ARTICLE = (_SPANS, _BLOCKS, _FIGURES, _MENTIONS, _QUOTES, _CREDITS)
