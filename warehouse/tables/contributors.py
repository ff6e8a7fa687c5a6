"""`contributors`: the people an article credits."""

import dataframely as dy

from warehouse.tables import columns

ROLES = ("reporter", "correspondent", "intern", "photographer", "editor", "author")


class Contributors(dy.Schema):
    """One credited person of one article."""

    article_id = columns.article_id(key=True)
    contributor_no = columns.count("Place in the article's credits, from 1.", key=True, minimum=1)
    role = columns.choice("What the person is credited as.", ROLES)
    name = dy.String(min_length=1, description="The name, without spaces inside.")
    organisation = dy.String(nullable=True, description="The paper or agency named with the credit.")
    entity_id = columns.entity_id("The person across all issues.", nullable=True, references="entities.entity_id")
