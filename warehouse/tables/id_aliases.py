"""`id_aliases`: ids that re-segmentation or re-dating renamed."""

import dataframely as dy

from warehouse.tables import columns


class IdAliases(dy.Schema):
    """One renamed id: the same printed words under another name."""

    old_id = dy.String(primary_key=True, description="The id that an earlier snapshot used.")
    new_id = columns.article_id()
    reason = columns.choice("Why it changed.", ("re-dated", "re-segmented", "re-numbered"))
    run_id = dy.String(primary_key=True, description="The run that renamed it.")
