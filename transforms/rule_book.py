"""Every rule id that a row may carry, and what it says: for `docs/rules.md`, and for whoever reads `rule_id` in SQL.

Rules that are data say it themselves; what the repairs and decisions say is listed here.
"""

from collections.abc import Iterator
from typing import NamedTuple

from transforms.articles import assemble, intruders, joins, swaps
from transforms.blocks import (
    broken_heads,
    carried,
    closings,
    columns,
    distant,
    fragments,
    given,
    headlines,
    labels,
    lines,
    page_head,
    segment,
    signatures,
    units,
    unwrap,
)
from transforms.blocks.numbering import BYLINE_OVER_ID, PICTURE_NEWS_ID
from transforms.blocks.rules import RULES
from transforms.entities import people
from transforms.entities.identity.rules import ENTITY_RULES
from transforms.entities.name_rules import NAME_RULES
from transforms.figures.amount_rules import AMOUNT_RULES
from transforms.figures.amounts import LIST_RULE_ID, RANGE_RULE_ID
from transforms.figures.codes import CODE_RULES
from transforms.figures.period_rules import PERIOD_RULES
from transforms.quotes import find as quotes
from transforms.reuse.link_rules import LINK_RULES
from transforms.text import codepoints, marks, pinyin, repeats, script, spaced, wraps


class Entry(NamedTuple):
    """One rule: where its id stands (a column), the id, and what it says."""

    column: str
    rule_id: str
    says: str


MENTIONS, QUOTED = "mentions.rule_id", "quotes.rule_id"
BLOCKS, SPANS, LINKS = "blocks.rule_id", "spans.rule_id", "the judgement of pairs (kept in no table)"
FIGURES, NO_FIGURES = "figures.rule_id", "numbers that are no figures (kept in no table)"
ENTITIES = "entity_links.decided_by"

DECISIONS = (
    (units.PLAIN, "Text: nothing else that is known of it."),
    (units.TITLE_LIKE, "Short, and no sentence: a headline or heading, told apart by what stands around it."),
    (page_head.RULE_ID, "In the page's head: its paper, section or path, beside a line that is surely of the head."),
    (fragments.RULE_ID, "It looks like a headline, but its sentence goes on below."),
    (closings.RULE_ID, "A wish that ends the text above it and looks like a headline: text."),
    (fragments.HEADLINE_ID, "It ends as no headline does, but a dateline follows it: a headline."),
    (
        broken_heads.RULE_ID,
        "It ends as no headline does, but another line of one and its article follow: a headline's first half.",
    ),
    (units.NAMES_ID, "Nothing but names: a row of a list."),
    (labels.RULE_ID, "The name of a column by the marks around it, over a headline."),
    (units.TABLE_ID, "Cells of a table, or a time and what is on then: a row, or the head of rows."),
    (units.VERSE_ID, "A line of a poem."),
    (signatures.SIGNED_ID, "The name of the writer, alone or with where they belong, below the text: a credit."),
    (BYLINE_OVER_ID, "The reporter, named over a headline and apart from the text above it."),
    (units.NOTICE_END_ID, "The authority and the day that close a notice: its text."),
    (carried.RULE_ID, "The lower half of a sentence that a column's end cut: read above the lines between the halves."),
    (
        distant.RULE_ID,
        "The lower half of a cut sentence, and the text behind it: read above a whole article between.",
    ),
    (columns.RULE_ID, "A line of one of two columns that are printed into each other."),
    (segment.ALL_TITLES.rule_id, "The page holds nothing but short lines: they are its text."),
    ("headline.headline", "The headline of the article that begins here."),
    (headlines.GOES_ON_ID, "The first half of a headline that is broken over two lines."),
    ("headline.above-headline", "A line above the headline: its kicker."),
    ("headline.below-headline", "A line below the headline: its subhead."),
    (headlines.LEAD.rule_id, "A sentence without its stop below a headline that a column's tag closes: the lead."),
    (headlines.BOX.rule_id, "The name of a box below the headline, such as 核心阅读: a heading inside the article."),
    (headlines.DOCUMENT.rule_id, "Whose decree it is, and its number, below the headline: a line of its text."),
    (headlines.OPEN.rule_id, "A line that ends with a dash below a headline with a column's tag: the first heading."),
    (
        headlines.FIRST_SENTENCE.rule_id,
        "A sentence with comma and mark below kicker and headline: the text begins with it.",
    ),
    (headlines.AUTHOR.rule_id, "A person's name below the headline: the author."),
    ("headline.below-subhead", "A short line below a subhead: the first heading of the article."),
    ("headline.first-heading", "Lines below a headline, set as the headings further down are: the first of them."),
    ("headline.inside-article", "A short line between paragraphs: a heading inside the article."),
    (headlines.BETWEEN.rule_id, "A line between two halves of a sentence that begins no article: a caption."),
    (carried.BANNER_RULE_ID, "A marked line or a slogan in the middle of a sentence: a banner."),
    ("headline.above-place", "A line above the place that heads the first of a column of briefs: its banner."),
    ("headline.below-picture-gap", "A short line where a picture stood: its caption."),
    ("headline.nothing-below", "A short line with no text below it: a caption."),
    *((rule_id, f"The source itself says that this line is the {word}.") for word, rule_id in given.RULE_IDS.items()),
    (given.BODY_ID, "The source itself says that this is the body of one article."),
    (PICTURE_NEWS_ID, "A paragraph that tells news, above a picture's credit: a photo news without a headline."),
    ("picture.caption", "A short paragraph of a report that begins as captions do, with 图为: a caption."),
    ("picture.above-credit", "The line above a picture's credit: its caption."),
)
REPAIRS = (
    (codepoints.RULE_ID, "A look-alike code point made the one meant, an invisible one removed."),
    (pinyin.RULE_ID, "A pinyin note removed."),
    (pinyin.DAMAGED_RULE_ID, "A damaged pinyin note removed, on a page that is full of notes."),
    (script.RULE_ID, "Traditional script made simplified."),
    (marks.WIDTH_RULE_ID, "A half-width mark beside Chinese made full-width."),
    (marks.QUOTE_RULE_ID, "A straight quote made an opening or closing one."),
    (spaced.RULE_ID, "A space inside a word that is set wide removed."),
    (wraps.RULE_ID, "A space that a wrap left removed."),
    (wraps.MARK_RULE_ID, "A space beside a mark removed."),
    (unwrap.RULE_ID, "Lines of a hard-wrapped page put together."),
    (repeats.RULE_ID, "A span printed twice running kept once."),
    (lines.MARKDOWN_RULE_ID, "The mark of a markdown heading removed."),
    (lines.EMPHASIS_RULE_ID, "The marks around words that markdown prints in bold removed."),
    (joins.JOIN_RULE_ID, "A paragraph that a column's end cut in two put together."),
    (joins.BREAK_RULE_ID, "The line feed between two paragraphs."),
    (assemble.LINE_RULE_ID, "The space between two lines of one headline."),
    (intruders.JOIN_RULE_ID, "A column line taken out of a sentence, or put back where it belongs."),
    (swaps.JOIN_RULE_ID, "Two column lines put in order."),
    ("correction.<id>", "A person's correction; its reason stands in the file of corrections."),
)

PEOPLE = (
    (people.CREDITED, "A name that the article's credits print."),
    (
        people.OFFICE_BEFORE,
        "A name behind an office (`区长赵锋`): its characters and what stands beside it say so.",
    ),
    (people.OFFICE_BEHIND, "A name before an office (`何琳老师`): as above."),
    (
        people.FOREIGN,
        "A name written by its sound: with a dot, behind an office, or named so elsewhere in the article.",
    ),
    (
        people.FRAMED,
        "What stands on both sides of it leaves no doubt: an age, a list of names, `名叫`, an office and a verb.",
    ),
    (people.APPOINTMENT, "A name in a list of appointments: `任命：` and then `李明为县教育局局长；`."),
    (people.WELL_KNOWN, "A name of the list `well_known_people.csv`, whose characters alone would mislead."),
    (
        people.WEIGHED,
        "A name without an office: its characters, its neighbours and the article's other namings say so.",
    ),
)
QUOTES = (
    (quotes.SAID_BEFORE, "In quotation marks, behind words that say who speaks: `X说：`, `X笑得合不拢嘴：`."),
    (quotes.SAID_BEHIND, "In quotation marks, before words that say who speaks: `X说`, `他高兴地说`."),
    (
        quotes.GOES_ON,
        "In quotation marks, a whole sentence behind a quotation in one paragraph: the same speaker.",
    ),
    (quotes.BESIDE, "In quotation marks, a whole sentence; one person alone is named beside it and not in it."),
    (quotes.WHOLE_SENTENCE, "In quotation marks, a whole sentence; nothing beside it says who speaks."),
    (quotes.TURN, "A turn of an interview, which begins with who speaks: `记者：`, `李明：`, `答：`."),
    (quotes.REPORTED, "Without marks: the rest of the sentence behind `X表示，`, `会议指出，`."),
    (quotes.ACCORDING_TO, "Without marks: the rest of the sentence behind `据X介绍，`."),
)


def list_rules() -> Iterator[Entry]:
    """Yield every rule, those of one column together, in the order in which they are asked."""
    for rule in (*RULES, units.OPENER_RULE, units.TAIL_RULE, units.SENDER_RULE):
        yield Entry(BLOCKS, rule.id, rule.says)
    for column, says_of in ((BLOCKS, DECISIONS), (SPANS, REPAIRS)):
        for rule_id, says in says_of:
            yield Entry(column, rule_id, says)
    yield from _list_rules_of_facts()
    for link in LINK_RULES:
        yield Entry(LINKS, link.id, link.says)
    for entity in ENTITY_RULES:
        yield Entry(ENTITIES, entity.id, entity.says)


def _list_rules_of_facts() -> Iterator[Entry]:
    for column, says_of in ((MENTIONS, PEOPLE), (QUOTED, QUOTES), (MENTIONS, NAME_RULES)):
        for rule_id, says in says_of:
            yield Entry(column, rule_id, says)
    for amount in AMOUNT_RULES:
        yield Entry(FIGURES, amount.id, amount.says)
    yield Entry(FIGURES, RANGE_RULE_ID, "The first number of a range; its unit stands behind the second.")
    yield Entry(FIGURES, LIST_RULE_ID, "A number of a list; its unit stands behind the last.")
    for none in (*CODE_RULES, *PERIOD_RULES):
        yield Entry(NO_FIGURES, none.id, none.says)


def describe_rules() -> str:
    """Return the rule book as Markdown."""
    parts = ["<!-- Made from the declarations by transforms.rule_book.describe_rules: change those, not this. -->"]
    parts.append("# Rules\n\nWhat the ids in `rule_id` say. `./lake explain ARTICLE_ID` shows them at work.")
    entries = list(list_rules())
    for column in dict.fromkeys(entry.column for entry in entries):
        rows = [f"| `{entry.rule_id}` | {entry.says} |" for entry in entries if entry.column == column]
        parts.append("\n".join([f"## {column}\n", "| rule | what it says |", "|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"
