"""The repairs of a whole page in their order: each line of the result leads back to the raw page.

Quotes and loops are repaired later, over a whole article, where a quotation may run over paragraphs and a loop over
a column's end.
"""

from transforms.spans import Text
from transforms.text.codepoints import fold_codepoints
from transforms.text.marks import pair_quotes, widen_marks
from transforms.text.pinyin import remove_pinyin_notes
from transforms.text.repeats import remove_repeats
from transforms.text.script import simplify
from transforms.text.spaced import close_spaced_words
from transforms.text.wraps import remove_wrap_spaces

PAGE_REPAIRS = (fold_codepoints, remove_pinyin_notes, simplify, widen_marks, close_spaced_words, remove_wrap_spaces)
ARTICLE_REPAIRS = (pair_quotes, remove_repeats)


def repair_page(raw: str) -> Text:
    """Return the page repaired line by line; line feeds stay where they are."""
    text = Text.of(raw)
    for repair in PAGE_REPAIRS:
        text = repair(text)
    return text


def repair_article(text: Text) -> Text:
    """Return one part of an article, put together from its blocks, with quotes paired and loops removed."""
    for repair in ARTICLE_REPAIRS:
        text = repair(text)
    return text
