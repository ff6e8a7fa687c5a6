"""The checks that no declaration can say by itself. Each finds its offenders, one row a record, with their `key`."""

# ruff: noqa: S608 -- all names in these queries are the declarations' own

from collections.abc import Mapping
from dataclasses import dataclass, field

from warehouse.read_out import read_out
from warehouse.tables import TABLES
from warehouse.tables.row_rules import PRINTED_IN_BODY, InBody


@dataclass(frozen=True, slots=True)
class Need:
    """Each value of a column, in the rows where a condition holds, stands in a column of another table."""

    table: str
    column: str
    to_table: str
    to_column: str
    where: str = "true"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its stable id, what holds where it passes, and the query that finds what does not.

    The others say of what a change can break it (`check_scope`), if not of everything. `fresh`: no more than the files
    of this one table that the last snapshot did not have, where it looks at no other. `need`: it holds where this does.
    `keys`: what it finds of a key hangs on the rows of that key alone; of each table that it looks at, the columns that
    it sees, that of the key first and all of the primary key among them.
    """

    id: str
    says: str
    offenders: str
    fresh: str | None = None
    need: Need | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


OVER_ALL = (
    Check(
        "files.in-is-out",
        "Every file received stands in files or, where it could not even be hashed, in rejects.",
        """SELECT printf('%d received, %d known', getvariable('received'), known) AS key FROM (
               SELECT (SELECT count(*) FROM files)
                   + (SELECT count(DISTINCT file_name) FROM rejects ANTI JOIN files USING (file_name)) AS known)
           WHERE known <> getvariable('received')""",
    ),
    Check(
        "files.ok-has-page",
        "A file with status ok has at least one page, or is METS, which lists other files.",
        "SELECT file_name AS key FROM files ANTI JOIN pages USING (file_id) WHERE status = 'ok' AND format <> 'mets'",
        need=Need("files", "file_id", "pages", "file_id", where="status = 'ok' AND format <> 'mets'"),
    ),
    Check(
        "files.rejected-has-reject",
        "A file with status rejected has a row in rejects that says why.",
        "SELECT file_name AS key FROM files ANTI JOIN rejects USING (file_name) WHERE status = 'rejected'",
        need=Need("files", "file_name", "rejects", "file_name", where="status = 'rejected'"),
    ),
    Check(
        "files.one-original",
        "Of the paths with the same bytes exactly one is no duplicate.",
        """SELECT min(file_name) AS key FROM files GROUP BY file_id
           HAVING count(*) FILTER (status <> 'duplicate') <> 1""",
        fresh="files",  # rows of one file_id lie in one shard
    ),
    Check(
        "clusters.size-counts-members",
        "The size of a cluster is how many members it has.",
        """SELECT cluster_id AS key FROM clusters
           LEFT JOIN (SELECT cluster_id, count(*) AS members FROM cluster_members GROUP BY cluster_id)
               USING (cluster_id)
           WHERE members IS DISTINCT FROM size""",
        keys={"clusters": ("cluster_id", "size"), "cluster_members": ("cluster_id", "article_id")},
    ),
    Check(
        "clusters.one-canonical",
        "A cluster has one canonical member, and names it.",
        """SELECT cluster_id AS key FROM clusters
           LEFT JOIN (SELECT cluster_id, list(article_id) AS canonical FROM cluster_members
                      WHERE role = 'canonical' GROUP BY cluster_id) USING (cluster_id)
           WHERE canonical IS DISTINCT FROM [canonical_article_id]""",
        keys={
            "clusters": ("cluster_id", "canonical_article_id"),
            "cluster_members": ("cluster_id", "article_id", "role"),
        },
    ),
    Check(
        "articles.cluster-is-members",
        "articles.cluster_id and is_canonical say what cluster_members says.",
        """SELECT coalesce(a.article_id, m.article_id) AS key FROM articles AS a
           FULL JOIN cluster_members AS m ON a.article_id = m.article_id AND a.cluster_id = m.cluster_id
           WHERE (a.article_id IS NULL) OR (m.article_id IS NULL AND a.cluster_id IS NOT NULL)
               OR a.is_canonical <> (coalesce(m.role, 'canonical') = 'canonical')""",
        keys={
            "articles": ("article_id", "cluster_id", "is_canonical"),
            "cluster_members": ("article_id", "cluster_id", "role"),
        },
    ),
)

IN_TWO_BODIES = Check(
    "reuse.in-both-bodies",
    "A passage lies within both bodies, and holds there the Han characters and digits that it counts.",
    r"""WITH sides AS (
           SELECT article_id_a, article_id_b, start_char_a AS start_char, end_char_a AS end_char, char_count,
               article_id_a AS article_id FROM reuse
           UNION ALL SELECT article_id_a, article_id_b, start_char_b, end_char_b, char_count, article_id_b
           FROM reuse),
       held AS (
           SELECT s.*, end_char - start_char AS wide,
               substr(body, start_char + 1, end_char - start_char) AS passage
           FROM sides AS s JOIN articles USING (article_id))
       SELECT concat_ws(' ', article_id_a, article_id_b) AS key FROM held
       WHERE length(passage) <> wide
           OR length(regexp_replace(passage, '[^\p{Han}\p{Nd}]', '', 'g')) < char_count""",
)

# Each piece with the raw characters it claims.
PIECES = f"""raw_texts AS (SELECT page_id, raw_text AS text FROM pages),
    {read_out("claims", "spans", "raw_texts", ids="page_id", start="raw_start", end="raw_end")},
    pieces AS (
        SELECT * EXCLUDE words, words AS printed, CASE WHEN rule_id IS NULL THEN words ELSE "after" END AS piece
        FROM claims)"""

PARTS_OF_ARTICLES = """parts AS (
        UNPIVOT (SELECT article_id, kicker, headline, subhead, section, body FROM articles)
        ON kicker, headline, subhead, section, body INTO NAME part VALUE text)"""

# What may lie between blocks: white space of any script, control characters and the byte order mark.
BLANK = r"[\s\p{Z}\p{Cc}\x{FEFF}]*"


def _not_in_body(printed: InBody) -> str:
    """Find the rows of a table whose words do not stand in their article's body."""
    key = TABLES[printed.table].primary_key()[0]
    end = printed.end or f"{printed.start} + length({printed.column})"
    return f"""WITH bodies AS (SELECT article_id, body AS text FROM articles),
        sayings AS (
            SELECT {key} AS key, article_id, {printed.column} AS said, {printed.start} AS said_start, {end} AS said_end
            FROM {printed.table} WHERE {printed.column} IS NOT NULL),
        {read_out("found", "sayings", "bodies", ids="article_id", start="said_start", end="said_end")}
        SELECT key FROM found WHERE said IS DISTINCT FROM words"""


BY_SHARD = (
    Check(
        "articles.issue-of-page",
        "An article, its page and its issue agree on issue, file and day.",
        """SELECT article_id AS key FROM articles AS a
           JOIN pages AS p USING (page_id) JOIN issues AS i ON i.issue_id = a.issue_id
           WHERE a.issue_id <> p.issue_id OR a.file_id <> p.file_id OR a.newspaper_id <> i.newspaper_id
               OR a.published_on IS DISTINCT FROM i.issue_date""",
    ),
    Check(
        "spans.before-is-raw",
        "The `before` of a changed piece is what the page prints there.",
        f"""WITH {PIECES}
            SELECT concat_ws(' ', article_id, part, span_no) AS key FROM pieces
            WHERE rule_id IS NOT NULL AND "before" IS DISTINCT FROM printed""",
    ),
    Check(
        "spans.contiguous",
        "The pieces of a part are numbered from 1 and follow each other without gap or overlap, from 0.",
        """WITH placed AS (
               SELECT *, row_number() OVER pieces_before AS place, lag(end_char, 1, 0) OVER pieces_before AS last_end
               FROM spans WINDOW pieces_before AS (PARTITION BY article_id, part ORDER BY span_no))
           SELECT concat_ws(' ', article_id, part, span_no) AS key FROM placed
           WHERE span_no <> place OR start_char <> last_end OR raw_start > raw_end
               OR end_char - start_char <> coalesce(length("after"), raw_end - raw_start)""",
    ),
    Check(
        "spans.rebuild-text",
        "Each piece is what its part's text holds in its place, and the last one ends with the text.",
        f"""WITH {PIECES}, {PARTS_OF_ARTICLES},
            {read_out("placed", "pieces", "parts", ids="article_id, part", start="start_char", end="end_char")},
            ends AS (SELECT article_id, part, max(end_char) AS last_end FROM spans GROUP BY article_id, part)
            SELECT DISTINCT concat_ws(' ', article_id, part) AS key FROM placed WHERE piece IS DISTINCT FROM words
            UNION SELECT concat_ws(' ', article_id, part) FROM parts LEFT JOIN ends USING (article_id, part)
            WHERE length(text) <> coalesce(last_end, 0)""",
    ),
    Check(
        "blocks.cover-page",
        "Every printed character of a page lies in exactly one block, and no block reaches beyond the page.",
        f"""WITH raw_texts AS (SELECT page_id, raw_text AS text FROM pages),
            edges AS (
                SELECT page_id, raw_start, raw_end, 0 AS is_end FROM blocks
                UNION ALL SELECT page_id, length(text), length(text), 1 FROM raw_texts),
            gaps AS (
                SELECT page_id, raw_start, lag(raw_end, 1, 0) OVER (
                    PARTITION BY page_id ORDER BY is_end, raw_start, raw_end) AS gap_start FROM edges),
            {read_out("between_blocks", "gaps", "raw_texts", ids="page_id", start="gap_start", end="raw_start")}
            SELECT concat_ws(' ', page_id, gap_start) AS key FROM between_blocks
            WHERE gap_start > raw_start OR NOT regexp_full_match(words, '{BLANK}')""",
    ),
    *(
        Check(
            words.check_id,
            f"The {words.column} of a row stands in its article's body where its offsets say.",
            _not_in_body(words),
        )
        for words in PRINTED_IN_BODY
    ),
)
