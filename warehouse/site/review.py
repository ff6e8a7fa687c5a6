"""What needs a person's eyes, worst first, with the raw lines; and what each rule says."""

from collections.abc import Mapping, Sequence

from warehouse.site.addresses import REVIEW, RULES, Address
from warehouse.site.rows import SHOWN, Row, read_of, read_rows
from warehouse.site.site import Site

LINES = 2  # printed units shown of each entry
AT_THE_END = frozenset({"truncated"})  # reasons that the end of an article shows, not its beginning
CORRECTIONS: Mapping[str, str] = {
    "undated": '--set-date DAY --reason "what proves it"',
    "future_date": '--set-date DAY --reason "what proves it"',
    "no_headline": '--set-part headline --at "WORDS AS PRINTED" --reason WHY',
    "truncated": '--join-after "WORDS OF THE OTHER PART" --reason WHY',
    "doubtful_kind": '--set-part KIND --at "WORDS AS PRINTED" --reason WHY',
    "doubtful_join": '--split-before "WORDS AS PRINTED" --reason WHY',
    "undecided_name": '--same-entity OTHER_ID "WORDS THERE" --at "WORDS HERE" --reason WHY',
    "contradicted_figure": '--correct-text OLD NEW --reason "a misprint, see ..."',
}

_QUEUE = f"""
    SELECT q.*, coalesce(a.issue_id, p.issue_id, i.issue_id) AS issue_id, a.article_id, a.headline
    FROM (FROM review_queue LIMIT {SHOWN}) AS q
    LEFT JOIN articles AS a ON q.subject_kind = 'article' AND a.article_id = q.subject_id
    LEFT JOIN pages AS p ON q.subject_kind = 'page' AND p.page_id = q.subject_id
    LEFT JOIN issues AS i ON q.subject_kind = 'issue' AND i.issue_id = q.subject_id
    ORDER BY severity_share DESC, reason, subject_id, q.file_name, q.evidence"""  # noqa: S608 -- a constant
_COUNTS = "SELECT reason, count(*) AS entry_count FROM review_queue GROUP BY reason ORDER BY entry_count DESC, reason"
_LINES = """
    SELECT b.article_id AS subject_id, b.block_no,
        substr(p.raw_text, b.raw_start + 1, b.raw_end - b.raw_start) AS raw_text
    FROM blocks AS b JOIN pages AS p ON p.page_id = b.page_id
    WHERE b.article_id IN (SELECT unnest($1)) AND b.article_id BETWEEN $2 AND $3 ORDER BY b.page_id, b.block_no"""
_PAGE_LINES = """
    SELECT coalesce(i.issue_id, b.page_id) AS subject_id, b.block_no,
        substr(p.raw_text, b.raw_start + 1, b.raw_end - b.raw_start) AS raw_text
    FROM blocks AS b JOIN pages AS p ON p.page_id = b.page_id
    LEFT JOIN issues AS i ON i.issue_id = p.issue_id AND i.issue_id IN (SELECT unnest($1))
    WHERE (b.page_id IN (SELECT unnest($1)) OR i.issue_id IS NOT NULL) AND b.page_id >= $2 AND b.page_id <= $3 || '~'
    ORDER BY b.page_id, b.block_no"""


def make_review(site: Site) -> str:
    """Make the list of what to look at."""
    if site.command:
        return site.fill_elsewhere(Address(REVIEW), "What needs a person’s eyes")
    entries = read_rows(site.reader, _QUEUE)
    lines: dict[str, list[Row]] = {}
    for query, kinds in ((_LINES, {"article"}), (_PAGE_LINES, {"page", "issue"})):
        ids = sorted({entry["subject_id"] for entry in entries if entry["subject_kind"] in kinds})
        lines.update(read_of(site.reader, query, ids, "subject_id"))
    shown = [
        entry | {"lines": _chosen(entry, lines), "correction": CORRECTIONS.get(entry["reason"], "--help")}
        for entry in entries
    ]
    return site.fill(
        "review.html",
        Address(REVIEW),
        "What needs a person’s eyes",
        entries=shown,
        counts=read_rows(site.reader, _COUNTS),
    )


def make_rules(site: Site) -> str:
    """Make the list of all rules with what they say."""
    return site.fill("rules.html", Address(RULES), "Rules", rules=sorted(site.rules.items()))


def _chosen(entry: Row, lines: Mapping[str, Sequence[Row]]) -> list[str]:
    units = [row["raw_text"].strip("\n") for row in lines.get(entry["subject_id"], ())]
    return units[-LINES:] if entry["reason"] in AT_THE_END else units[:LINES]
