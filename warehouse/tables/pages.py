"""`pages`: one page as decoded, before any change."""

import dataframely as dy

from warehouse.tables import columns

GIVEN = ("newspaper", "date", "page", "masthead", "section", "kicker", "headline", "subhead", "byline", "body")
DAMAGE = (
    "hard_wraps",
    "inner_spaces",
    "half_width_marks",
    "pinyin_notes",
    "traditional",
    "markdown",
    "column_breaks",
    "interleaved",
    "repeats",
    "odd_characters",
    "undecodable",
)


class Pages(dy.Schema):
    """One page as decoded, before any change. All raw offsets of the lake count in its raw_text."""

    page_id = columns.page_id(key=True, references=None)
    issue_id = columns.issue_id()
    file_id = columns.file_id()
    page_index = columns.count("Which page of its file this is, from 0.")
    page_no = dy.Int32(nullable=True, min=1, description="Printed page number; null where nothing says it.")
    page_label = dy.String(nullable=True, description="The page number as printed, e.g. 第3版.")
    raw_text = dy.String(min_length=1, description="The decoded page, before any change.")
    given_lines = columns.words(
        "What the leading printed lines of raw_text are, in their order, where the source itself says it in fields or "
        f"markup: {', '.join(GIVEN)}. The last word, body, is all that follows, one article's text. Empty for print."
    )
    script = columns.choice("Script of the page.", ("hans", "hant", "mixed"))
    damage = columns.words(f"Kinds of damage found. Any of: {', '.join(DAMAGE)}.")
    ocr_quality_share = columns.share("How much of the page reads as undamaged Chinese print.")
