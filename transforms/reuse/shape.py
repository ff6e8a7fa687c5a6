"""The words that the link rules are written in: shares, and shapes of difference, over the columns of evidence."""

import polars as pl

from transforms.reuse.gaps import GAP_CHARS

CLOSE_DAYS = 7
"""Reprints come within a week; the same rite, session or visit comes again next year."""

DIGEST_DAYS = 31
"""Weeklies and monthlies cut what dailies printed, no later."""

TELLING_CHARS = 150
"""A shorter text (a caption, a notice) is mostly template: one other name makes it another text."""

CUT_CHARS = 450
"""In a text up to this length one sentence left out is a fifth of the whole."""

TOLD_CHARS = 300
"""A report, and no notice."""

EXCERPT_CHARS = 80
"""A shorter passage may be a standing phrase."""

MOST = 0.8
"""Of one text at least so much is aligned, or it is a follow-up that repeats its background."""

LARGE = 0.62
"""Of the longer text so much is aligned, or the shorter one is a part of it and no version."""

NEARLY_ALL = 0.9
"""Asked where time, place or kind speak against a copy, and of an excerpt."""

MUCH_SHORTER = 0.75
"""Up to this share of the longer text's length a text is a piece of it, not a version."""

SAME_LENGTH = 0.97
"""Two instances of a template differ in length by a digit or a name."""

LIKE_LENGTH = 0.85
"""As long as the other, near enough; a text that was cut is shorter."""

ANCHORED = 0.42
"""Of the longer text so much stands word for word: two copies with 8 % noise each keep half."""

SHORT_CHARS = 600
"""In a text up to this length a front is a tenth and more of the whole."""

FRONT_CHARS = 60
"""A headline and a date line in the body, which every paper sets anew, are no longer."""

HALF = 0.52
"""What is left of a short text when editors cut it, a headline and a date line in the body apart."""

ALIKE_OF_SHORTER = 0.7
ALIKE_OF_LONGER = 0.35
"""Two cuts of one text by a third each share so much of each other."""

AKIN_OF_SHORTER = 0.5
"""A cut copy with a headline of its own and a copy with 8 % noise share so much at least."""

SOME_SLOTS = 2
FORM_SHARE = 0.15
"""A form's wording makes so much of the shorter text at least."""

FEW_SLOTS = 0.03
"""Copy desks change so much of a text at most; more are other words."""

MANY_SLOTS = 3
"""One or two changed words are an edit; from three on a form was filled in again."""

KEPT = 4
"""So many numbers are no chance; those of two instances hardly all agree."""

KEPT_OF_UPDATE = 6
"""The hour, the depth, the place of one event: a report that is brought up to date keeps so many numbers."""

KEPT_OF_BRIEF = 8
"""A day and its hours are six numbers at most, and two notices of one day share them; more are those of the matter."""

UPDATED_NUMBERS = 3
"""So many numbers stand for each that is another one."""

UPDATED_DAYS = 1
"""News are brought up to date on the day and the next."""

SOME_NUMBERS = 2
"""One changed number may be a misprint."""


def share(part: str, whole: str) -> pl.Expr:
    """Divide `part` by `whole`, 1 at most: the gaps of noise may be a little longer than the text they damage."""
    return pl.min_horizontal(pl.lit(1.0), pl.col(part) / pl.max_horizontal(pl.col(whole), 1))


def _known(condition: pl.Expr) -> pl.Expr:
    """Take a condition for false where a date or headline that it needs is lost."""
    return condition.fill_null(value=False)


ALIGNED_OF_LONGER = share("aligned_chars", "longer_chars")
ALIGNED_OF_SHORTER = share("aligned_chars", "shorter_chars")
FRONT = pl.min_horizontal(
    pl.lit(float(FRONT_CHARS)), 1.5 * (pl.col("shorter_chars").cast(pl.Float64) - pl.col("aligned_chars"))
)
"""What the longer text may have for its own front, where the shorter one has one too."""

UNALIGNED_OF_SHORTER = pl.col("shorter_chars").cast(pl.Int64) - pl.col("aligned_chars")
MISSED, IN_SLOTS, ALIGNED = pl.col("missed_chars"), pl.col("slot_chars"), pl.col("aligned_chars")
SLOTS, KEPT_NUMBERS, CHANGED_NUMBERS = pl.col("slot_count"), pl.col("kept_numbers"), pl.col("changed_numbers")
OTHER_NUMBERS = CHANGED_NUMBERS + pl.col("changed_numerals")

NUMBERS_STAND = (
    (OTHER_NUMBERS == 0)
    & (pl.when(pl.col("shorter_chars") < TELLING_CHARS).then(KEPT_OF_BRIEF).otherwise(KEPT) <= KEPT_NUMBERS)
    & _known(pl.col("day_gap") <= CLOSE_DAYS)
)
"""Who fills a form in again changes its numbers; who edits a report of these days leaves them."""

IS_ONE_WORD = (
    (OTHER_NUMBERS == 0) & (SLOTS == 1) & (IN_SLOTS <= FEW_SLOTS * ALIGNED) & _known(pl.col("day_gap") <= CLOSE_DAYS)
)
"""A word of a few characters, and no number: who fills a form in again this week has more to change."""

IS_UPDATED = (
    (pl.col("shorter_chars") >= TELLING_CHARS)
    & (KEPT_NUMBERS >= KEPT_OF_UPDATE)
    & (UPDATED_NUMBERS * OTHER_NUMBERS <= KEPT_NUMBERS)
    & (SLOTS - CHANGED_NUMBERS <= 1)
    & (pl.col("replaced_chars") == 0)
    & _known((pl.col("day_gap") <= UPDATED_DAYS) & ~pl.col("is_same_headline"))
)
"""One event, told again with the latest numbers, and a headline that says so: the next report of a series has that of
the series, and nearly all its numbers are others."""

IS_NOISE = IN_SLOTS <= 0.3 * MISSED
"""Misread characters stand alone; by chance a few stand side by side and look like a changed word."""

IS_ONE_FORM = ALIGNED_OF_SHORTER >= FORM_SHARE
"""Two articles that share a sentence with another number in it are no form filled in twice."""

IS_UNCHANGED = (SLOTS + OTHER_NUMBERS) == 0
SAYS_OTHER = (OTHER_NUMBERS > 0.1 * MISSED) | ((SLOTS > 0) & ~IS_NOISE)
"""Other words or numbers, and not so few among so much noise that they are noise themselves."""

SCATTERED = MISSED - pl.col("inserted_chars")
"""Words that were put in are no noise. Within days they tell of a desk that edits; weeks later a form may have them."""

HAS_OTHER_WORDS = (SLOTS > 0) & (IN_SLOTS > 0.3 * SCATTERED)

IS_SENT_ANEW = pl.col("dateline_changes") > 0
"""Of another day or place, or by someone else: a paper's own front, unless time speaks against a copy."""

FRONT_SLOTS = pl.col("front_slots")
IS_WHOLE = (
    (SLOTS + OTHER_NUMBERS == FRONT_SLOTS)
    & ((FRONT_SLOTS == 0) | (KEPT_NUMBERS >= KEPT))
    & (pl.col("shorter_chars") >= TELLING_CHARS)
    & (share("anchored_chars", "shorter_chars") >= NEARLY_ALL)
)
"""All of one text stands in the other one, word for word, but for what opens it where the numbers say that the matter
is the same: a form filled in again has something of its own."""

IS_IN_PIECES = IS_WHOLE & (pl.col("passage_chars") <= MOST * ALIGNED)
"""Cut here and there; one piece of a longer text is an excerpt, or an article on a page of two."""

IS_FILLED = (ALIGNED_OF_LONGER >= MOST) | _known(pl.col("day_gap") <= DIGEST_DAYS)
"""It fills the other one but for an introduction, or was left out of it by a digest."""

IS_MISREAD = IS_UNCHANGED | ((MISSED > 0.02 * ALIGNED) & ~SAYS_OTHER)
"""No other words or numbers, but for so much noise that a number of the headline may be noise too."""

IS_STANDING = pl.col("is_standing_kind")
IS_REPRINT = (
    _known(pl.col("is_same_headline") & (pl.col("day_gap") <= CLOSE_DAYS)) & ~pl.col("is_same_file") & ~IS_STANDING
)
IS_DOUBTFUL = ~IS_REPRINT & (_known(pl.col("day_gap") > CLOSE_DAYS) | pl.col("is_same_file") | IS_STANDING)
"""A copy far away in time, twice in one file, or of a kind that is written by template, needs more."""

IS_BRIEF = (
    ~IS_REPRINT & (pl.col("shorter_chars") < TELLING_CHARS) & (share("shorter_chars", "longer_chars") >= LIKE_LENGTH)
)
"""Brief, and as long as the other: an instance of a template, where a cut text would be shorter."""

IS_VERSION = (
    (ALIGNED_OF_SHORTER >= MOST)
    & (ALIGNED_OF_LONGER >= LARGE)
    & (share("anchored_chars", "longer_chars") >= ANCHORED)
    & (~IS_DOUBTFUL | (ALIGNED_OF_LONGER >= NEARLY_ALL) | (IS_WHOLE & IS_FILLED))
)

IS_NO_BLURB = (pl.col("few_count") > 0) | (ALIGNED >= TELLING_CHARS) | (ALIGNED_OF_SHORTER >= NEARLY_ALL)
"""Few texts hold some of what the two share, or it is long, or nearly all: a blurb is short, and every piece of its
column has it beside words of its own."""

IS_BEHIND_A_FRONT = (pl.col("short_from") > UNALIGNED_OF_SHORTER - GAP_CHARS) & ~_known(pl.col("day_gap") >= CLOSE_DAYS)
"""What the two share follows on what the shorter has for itself; in a column of every week that may be its blurb."""

IS_SAME_REPORT = (NUMBERS_STAND | IS_UPDATED) & ~IS_DOUBTFUL
"""What it says in numbers is said of one event, whatever words are others."""

IS_SAME_MATTER = (
    (OTHER_NUMBERS == 0)
    & (IN_SLOTS <= FEW_SLOTS * ALIGNED)
    & (
        ((KEPT_NUMBERS >= KEPT_OF_BRIEF) & (pl.col("shorter_chars") > CUT_CHARS))
        | ((KEPT_NUMBERS >= KEPT) & (pl.col("shorter_chars") > TOLD_CHARS) & _known(pl.col("day_gap") <= DIGEST_DAYS))
    )
)
"""Long, and word for word the same but for a few, with every number: no form is filled in again that way, ever; and
none of some length within a month."""

IS_ANOTHER_DAY = IS_SENT_ANEW & ~(IS_WHOLE & (KEPT_NUMBERS >= KEPT))
"""Only a dateline differs, years apart, and hardly a number says that the matter is the same."""
