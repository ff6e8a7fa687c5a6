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

EXCERPT_CHARS = 80
"""A shorter passage may be a standing phrase."""

BRIEF_CHARS = 120
"""Several pieces of a text make no less: each alone is too short to be one, and where words are others (see
TELLING_CHARS) it may be what the report of the next day repeats."""

MOST = 0.8
"""Of one text at least so much is aligned, or it is a follow-up that repeats its background; less (see LARGE) where the
rest says that an editor was at work, who wrote the lead anew."""

LARGE = 0.62
"""Of the longer text so much is aligned, or the shorter one is a part of it and no version."""

FILLED = 0.7
"""Of the longer text so much is aligned where a copy comes late, and nothing in it is another word: of four made sites
no look-alike of this shape fills less than .89, and one copy in nine less than .8."""

NEARLY_ALL = 0.9
"""Asked where time, place or kind speak against a copy, and of an excerpt."""

MUCH_SHORTER = 0.75
"""Up to this share of the longer text's length a text is a piece of it, not a version."""

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

FORM_SHARE = 0.15
"""A form's wording makes so much of the shorter text at least."""

CLEAN = 0.02
"""Of what is aligned no more is misread, or the print is damaged."""

DAMAGED = 0.03
"""Where more of what is aligned is misread, numbers are too."""

NUMBER_CHARS = 3
"""A number is so long, and another one when one of its characters is misread."""

KEPT = 4
"""So many numbers are no chance; those of two instances hardly all agree."""


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

IS_NOISE = IN_SLOTS <= 0.3 * MISSED
"""Misread characters stand alone; by chance a few stand side by side and look like a changed word."""

IS_NOISY = IS_NOISE & (MISSED > CLEAN * ALIGNED)
"""What differs is misread; where nothing differs, nothing is."""

IS_ONE_FORM = ALIGNED_OF_SHORTER >= FORM_SHARE
"""Two articles that share a sentence with another number in it are no form filled in twice."""

_MISREAD = MISSED - IN_SLOTS - pl.col("inserted_chars") - NUMBER_CHARS * OTHER_NUMBERS
_IS_MISREAD = (
    IS_NOISE
    & (_MISREAD > DAMAGED * ALIGNED)
    & ((OTHER_NUMBERS - 1) * ALIGNED <= NUMBER_CHARS * _MISREAD * (KEPT_NUMBERS + OTHER_NUMBERS))
)
IS_MISREAD = pl.col("is_misread")
"""So much is misread beside numbers that some of these would be, and no more are others, but for one by chance."""

IS_UNCHANGED = (SLOTS + OTHER_NUMBERS) == 0
IS_EDITED = (pl.col("edit_score") > 0) | IS_MISREAD
"""What differs is an editor's work, of so much that is the same (see `occasion`)."""

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

IS_BROKEN = pl.col("passage_chars") <= MOST * ALIGNED
IS_IN_PIECES = IS_WHOLE & IS_BROKEN
"""Cut here and there; one piece of a longer text is an excerpt, or an article on a page of two."""

IS_FILLED = (ALIGNED_OF_LONGER >= FILLED) | _known(pl.col("day_gap") <= DIGEST_DAYS)
"""It fills the other one but for an introduction or lines that were cut, or was left out of it by a digest."""

IS_OF_ONE_WEEK = _known(pl.col("day_gap") <= CLOSE_DAYS)
IS_STANDING = pl.col("is_standing_kind")
_IS_REPRINT = (
    _known(pl.col("is_same_headline") & (pl.col("day_gap") <= CLOSE_DAYS)) & ~pl.col("is_same_file") & ~IS_STANDING
)
IS_REPRINT = pl.col("is_reprint")
_IS_DOUBTFUL = ~IS_REPRINT & (_known(pl.col("day_gap") > CLOSE_DAYS) | pl.col("is_same_file") | IS_STANDING)
IS_DOUBTFUL = pl.col("is_doubtful")
"""A copy far away in time, twice in one file, or of a kind that is written by template, needs more."""

IS_ONE_WORD = IS_REPRINT & (SLOTS == 1) & (OTHER_NUMBERS == 0)
"""Under one headline in one week a word is other: that is an edit in however brief a text."""

IS_WHOLE_FORM = (
    (ALIGNED_OF_LONGER >= NEARLY_ALL)
    & (pl.col("replaced_chars") > 0)
    & (OTHER_NUMBERS > 0)
    & ~IS_EDITED
    & (MISSED - IN_SLOTS <= CLEAN * ALIGNED)
)
"""Nearly all of both is the same, and nothing is misread: other text in a place is what was filled in there."""

_IS_FILLED_IN = ((pl.col("form_score") <= 0) | IS_WHOLE_FORM) & ~IS_ONE_WORD & ~IS_MISREAD
IS_FILLED_IN = pl.col("is_filled_in")
"""What differs is another occasion's, however much is the same."""

IS_OF_ONE_MONTH = ~pl.col("is_same_file") & ~IS_STANDING & (pl.col("day_gap").fill_null(0) <= DIGEST_DAYS)
IS_SAME = IS_UNCHANGED | IS_EDITED | IS_ONE_WORD

IS_RENUMBERED = pl.col("is_renumbered")
IS_LATER = IS_DOUBTFUL | IS_RENUMBERED
IS_OTHER = ~IS_UNCHANGED | (IS_LATER & (IS_SENT_ANEW | IS_RENUMBERED))
"""Words or numbers are others; that headline or dateline are tells something only where another occasion is likely."""

_IS_VERSION = (
    ((ALIGNED_OF_SHORTER >= MOST) | (IS_EDITED & ~IS_DOUBTFUL))
    & (ALIGNED_OF_LONGER >= LARGE)
    & (share("anchored_chars", "longer_chars") >= ANCHORED)
    & (~IS_DOUBTFUL | (ALIGNED_OF_LONGER >= NEARLY_ALL) | pl.when(IS_UNCHANGED).then(IS_FILLED).otherwise(IS_EDITED))
    & IS_SAME
)
IS_VERSION = pl.col("is_version")

IS_NO_BLURB = (pl.col("few_count") > 0) | (ALIGNED >= TELLING_CHARS) | (ALIGNED_OF_SHORTER >= NEARLY_ALL)
"""Few texts hold some of what the two share, or it is long, or nearly all: a blurb is short, and every piece of its
column has it beside words of its own."""

IS_BEHIND_A_FRONT = (pl.col("short_from") > UNALIGNED_OF_SHORTER - GAP_CHARS) & ~_known(pl.col("day_gap") >= CLOSE_DAYS)
"""What the two share follows on what the shorter has for itself; in a column of every week that may be its blurb."""

STEPS: tuple[dict[str, pl.Expr], ...] = (
    {"is_misread": _IS_MISREAD, "is_reprint": _IS_REPRINT},
    {"is_doubtful": _IS_DOUBTFUL},
    {"is_filled_in": _IS_FILLED_IN, "is_version": _IS_VERSION},
)
"""Columns that several rules read, made once, step by step: an expression in each of them is planned each time."""
