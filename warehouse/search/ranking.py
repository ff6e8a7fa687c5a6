"""How hits are ranked: one formula for those who ask in Python, in SQL and of the index (docs/search.md).

For each word BM25 of the body, with the usual constants, and what a headline adds; the weight of a word is its own.
Nothing in it hangs on the other articles: a score is the same in every snapshot, and under every filter.
"""

SATURATION = 1.2  # k1: how soon more occurrences stop to count
LENGTH_SHARE = 0.75  # b: how much longer texts are held to say less about each of their words
USUAL_CHARS = 800  # of a newspaper article
HEADLINE = 2.0  # a word in the headline says about as much as any number of them in the body can
NEAR = 0.5  # words close together add this share
NEARBY = 20  # characters between two words that stand close together: half a sentence
WEIGHT_POWER = 0.5  # of a word's length: longer words are rarer. 1 for one character, 2 for four, 3 for nine

HEAD_SQL = "concat_ws(chr(10), kicker, headline, subhead)"
TEXT_SQL = "concat_ws(chr(10), kicker, headline, subhead, body)"


def weigh(word: str) -> float:
    """Give the weight of a word."""
    return float(len(word) ** WEIGHT_POWER)


def score_word(count: int, char_count: int, weight: float, *, is_in_head: bool) -> float:
    """Score one word: `count` occurrences in a body of `char_count` characters."""
    length = 1 - LENGTH_SHARE + LENGTH_SHARE * char_count / USUAL_CHARS
    in_body = count * (SATURATION + 1) / (count + SATURATION * length)
    return weight * (HEADLINE * is_in_head + in_body)


def score_word_sql(head: str, body: str, char_count: str, pattern: str, weight: str) -> str:
    """Say the same in SQL; all are expressions."""
    count = f"len(regexp_extract_all({body}, {pattern}))"
    length = f"({1 - LENGTH_SHARE} + {LENGTH_SHARE} * {char_count} / {USUAL_CHARS})"
    in_body = f"{count} * {SATURATION + 1} / ({count} + {SATURATION} * {length})"
    in_head = f"CASE WHEN regexp_matches({head}, {pattern}) THEN {HEADLINE} ELSE 0 END"
    return f"{weight} * ({in_head} + {in_body})"
