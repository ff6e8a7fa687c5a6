"""`rejects`: what was refused, and why."""

import dataframely as dy

from warehouse.tables import columns

STAGES = ("ingest", "read", "reuse", "facts", "publish")


class Rejects(dy.Schema):
    """One record refused. Rows in are rows out and rows here."""

    stage = columns.choice("Where it was refused.", STAGES, key=True)
    subject_id = dy.String(
        primary_key=True,
        description="What was refused: a file_id, or the path where it has none. Where the rest of a file was read: "
        "its file_id, # and the place, e.g. 0123456789abcdef#line 17. A fact: the id that it would have. An article "
        "none of whose facts could be found: its article_id.",
    )
    file_name = dy.String(primary_key=True, description="Path below the source root, with / between.")
    reason = dy.String(
        min_length=1,
        description="Stable code of the reason, e.g. empty, binary, too_large; the check that fails, of a fact or of a "
        "file whose rows break the contract; files.rule-raised and articles.rule-raised where a rule raised an error.",
    )
    evidence = dy.String(description="What was seen, in words.")
    attempts = columns.count("How often it was tried.", minimum=1)
