"""A text's way through the papers: who printed it when, who first, and what each later print kept, cut and added."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from markupsafe import Markup

from warehouse.site.addresses import TEXT, TRAVELS, Address
from warehouse.site.article_queries import PRINTS
from warehouse.site.near import near_ids
from warehouse.site.rows import SHOWN, Row, read_of, read_rows
from warehouse.site.site import Site
from warehouse.site.text_html import as_html

COMPARED = 12  # later prints that are held against the first one on a page; two bodies each
# Characters of a passage that is compared letter by letter: the comparison may take their square.
LETTERS = 600

_CLUSTERS = """
    SELECT * FROM clusters WHERE cluster_id IN (SELECT unnest($1)) AND cluster_id BETWEEN $2 AND $3
    ORDER BY cluster_id"""
_BODIES = """
    SELECT article_id, headline, body FROM articles
    WHERE article_id IN (SELECT unnest($1)) AND article_id BETWEEN $2 AND $3"""
_PASSAGES = """
    SELECT article_id_a, start_char_a, end_char_a, article_id_b, start_char_b, end_char_b, similarity_share FROM reuse
    WHERE article_id_a IN (SELECT unnest($1)) AND article_id_a BETWEEN $2 AND $3 AND article_id_b IN (SELECT unnest($1))
    ORDER BY article_id_a, article_id_b, start_char_b, start_char_a"""
_TEXTS = f"""
    SELECT c.cluster_id, c.size, c.first_date, c.last_date, a.headline, a.newspaper_id
    FROM clusters AS c JOIN articles AS a ON a.article_id = c.canonical_article_id
    ORDER BY c.size DESC, c.first_date NULLS LAST, c.cluster_id LIMIT {SHOWN}"""  # noqa: S608 -- a constant
_SHARED = """
    SELECT article_id_a, newspaper_id_a, published_on_a, headline_a, article_id_b, newspaper_id_b, published_on_b,
        headline_b, passage, char_count, likely_source
    FROM text_reuse WHERE NOT is_same_text ORDER BY char_count DESC, article_id_a, article_id_b, passage
    LIMIT 50"""
_PAPERS = """
    SELECT a.newspaper_id, count(*) AS print_count, count(*) FILTER (a.is_canonical) AS first_count
    FROM articles AS a WHERE a.cluster_id IS NOT NULL GROUP BY a.newspaper_id
    ORDER BY print_count DESC, a.newspaper_id"""


def make_texts(site: Site, ids: Sequence[str]) -> Iterator[tuple[Address, str]]:
    """Make the pages of some texts that were printed more than once."""
    members = read_of(site.reader, PRINTS, ids, "cluster_id")
    compared = {cluster: rows[: COMPARED + 1] for cluster, rows in members.items()}
    bodies, passages = _read_bodies(site, compared)
    for cluster_id, (cluster,) in read_of(site.reader, _CLUSTERS, ids, "cluster_id").items():
        prints = members.get(cluster_id, [])
        if not prints:
            continue
        first, *later = compared[cluster_id]
        address = Address(TEXT, cluster_id)
        yield (
            address,
            site.fill(
                "text.html",
                address,
                first["headline"] or cluster_id,
                cluster=cluster,
                prints=prints,
                first=first,
                pairs=[(print_, *_compare(first, print_, bodies, passages)) for print_ in later],
            ),
        )


def make_travels(site: Site) -> str:
    """Make the list of texts printed more than once, and of passages that other texts share."""
    return site.fill(
        "travels.html",
        Address(TRAVELS),
        "Reprints",
        texts=read_rows(site.lists, _TEXTS),
        papers=read_rows(site.lists, _PAPERS),
        shared=read_rows(site.reader, _SHARED) if not site.command else [],  # it reads bodies
    )


def _read_bodies(
    site: Site, compared: Mapping[str, Sequence[Row]]
) -> tuple[dict[str, Row], dict[tuple[str, str], list[Row]]]:
    ids = sorted(row["article_id"] for rows in compared.values() for row in rows)
    reader = site.near(near_ids(ids))
    bodies = {article: row for article, (row,) in read_of(reader, _BODIES, ids, "article_id").items()}
    passages: dict[tuple[str, str], list[Row]] = {}
    for rows in read_of(reader, _PASSAGES, ids, "article_id_a").values():
        for row in rows:
            passages.setdefault((row["article_id_a"], row["article_id_b"]), []).append(row)
    return bodies, passages


def _compare(
    first: Row, later: Row, bodies: Mapping[str, Row], passages: Mapping[tuple[str, str], Sequence[Row]]
) -> tuple[Markup, Markup]:
    """Give the first body with what the later print cut, and the later body with what it added."""
    a, b = first["article_id"], later["article_id"]
    if (a, b) in passages:
        shared = [(p["start_char_a"], p["end_char_a"], p["start_char_b"], p["end_char_b"]) for p in passages[a, b]]
    else:
        shared = [
            (p["start_char_b"], p["end_char_b"], p["start_char_a"], p["end_char_a"]) for p in passages.get((b, a), ())
        ]
    body_a, body_b = bodies[a]["body"], bodies[b]["body"]
    kept = [letters for each in shared for letters in _same_letters(body_a, body_b, each)]
    return (
        _marked(body_a, [(low, high) for low, high, _, _ in kept], DEL),
        _marked(body_b, [(low, high) for _, _, low, high in kept], INS),
    )


Shared = tuple[int, int, int, int]  # a passage in both bodies: start and end in a, start and end in b


def _same_letters(body_a: str, body_b: str, passage: Shared) -> Iterator[Shared]:
    """Yield what is equal in a passage, letter by letter where it is short enough."""
    start_a, end_a, start_b, end_b = passage
    text_a, text_b = body_a[start_a:end_a], body_b[start_b:end_b]
    if text_a == text_b or max(len(text_a), len(text_b)) > LETTERS:
        yield passage
        return
    for block in SequenceMatcher(None, text_a, text_b, autojunk=False).get_matching_blocks():
        if block.size:
            low_a, low_b = start_a + block.a, start_b + block.b
            yield low_a, low_a + block.size, low_b, low_b + block.size


DEL, INS = Markup("<del>{}</del>"), Markup("<ins>{}</ins>")


def _marked(body: str, kept: Sequence[tuple[int, int]], element: Markup) -> Markup:
    """Give a body with all that was not kept in an element."""
    parts: list[Markup] = []
    reached = 0
    for low, high in [*sorted(kept), (len(body), len(body))]:
        if low > reached:
            parts.append(element.format(as_html(body[reached:low])))
        if high > reached:
            parts.append(as_html(body[max(low, reached) : high]))
            reached = high
    return Markup("").join(parts)
