"""`clusters` and `cluster_members`: one text however often it is printed."""

import dataframely as dy

from warehouse.tables import columns

CLUSTER_ID = r"^c-[0-9a-f]{16}$"
ROLES = ("canonical", "copy", "variant", "excerpt")


class Clusters(dy.Schema):
    """One text that was printed more than once."""

    cluster_id = dy.String(
        primary_key=True, regex=CLUSTER_ID, description="The text: named after the article_uid of its canonical print."
    )
    canonical_article_id = columns.article_id()
    size = columns.count("How many articles print it.", minimum=2)
    first_date = dy.Date(nullable=True, description="Earliest issue known to print it.")
    last_date = dy.Date(nullable=True, description="Latest issue known to print it.")


class ClusterMembers(dy.Schema):
    """One article's part in a text that was printed more than once."""

    cluster_id = dy.String(
        primary_key=True,
        regex=CLUSTER_ID,
        description="The text.",
        metadata={"references": "clusters.cluster_id"},
    )
    article_id = columns.article_id(key=True)
    role = columns.choice("How the article stands to the text.", ROLES)
    similarity_share = columns.share(
        "Share of the canonical print and this one that is aligned, character by character."
    )
