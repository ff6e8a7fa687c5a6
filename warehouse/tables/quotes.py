"""`quotes`: what the articles put into somebody's mouth."""

import dataframely as dy

from warehouse.tables import columns


class Quotes(dy.Schema):
    """One quotation, direct or reported, and who said it."""

    quote_id = columns.place_id("q", "The quotation: its article and where it begins in the body.", key=True)
    article_id = columns.article_id()
    speaker = dy.String(nullable=True, description="Who speaks, in full where the article names the person.")
    speaker_words = dy.String(nullable=True, description="Who speaks as printed beside the quotation.")
    speaker_title = dy.String(nullable=True, description="The speaker's office or role as the article prints it.")
    speaker_entity_id = columns.entity_id(
        "The speaker; null where the text leaves it open.", nullable=True, references="entities.entity_id"
    )
    speaker_mention_id = dy.String(
        nullable=True,
        description="The naming that says so; null where the text leaves it open.",
        metadata={"references": "mentions.mention_id"},
    )
    is_direct = dy.Bool(description="True in quotation marks; false where the words are reported.")
    text = dy.String(min_length=1, description="The words, without the marks around them.")
    start_char = columns.offset("Where the words begin in the body.")
    end_char = columns.offset("Where they end in the body.")
    rule_id = dy.String(description="The rule that found it.")
