"""What `find_reuse` may be told. The shape of a copy is decided by the rules of `decide.py`, not here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseSettings:
    """Sizes are counted in normalised characters: Han and digits only, simplified."""

    shingle_chars: int = 6
    """Width of a shingle: of 100, 61 survive OCR noise of 8 %, and few are common to unrelated articles."""

    sample_modulus: int = 6
    """One shingle in so many is indexed: six of a 40-character passage, a sixth of the work."""

    all_pairs_texts: int = 10
    """A shingle in no more texts than this pairs them all."""

    few_texts: int = 5
    """And in no more than this, it is those of one matter that hold it: what six hold that have nothing else in common
    may be a colophon or a blurb."""

    rare_texts: int = 64
    """Up to here a shingle pairs each text with its next three; text shared only beyond it is boilerplate."""

    chain_texts: int = 1_000
    """Up to here with the next one alone, which still chains a long series of copies; beyond, not at all."""

    shared_shingles: int = 2
    """Fewer sampled shingles in common are chance."""

    shared_share: float = 0.12
    """Share of the smaller text's sampled shingles: two copies with 8 % noise each keep .22 and more."""

    passage_shingles: int = 2
    """So many that few texts hold may be a passage worth an alignment, however long the texts: if they lie in one order
    and at one distance in both, which those of phrases do not."""

    common_shingles: int = 3
    """And so many that some dozens hold: a paragraph of a much printed text."""

    comparable_chars: int = 40
    """Shorter texts are one text only where they are equal, headline included: one word is a tenth of them."""

    provable_chars: int = 13
    """Body and headline shorter than this in sum prove nothing, however equal."""

    novel_chars: int = 11
    """A shared run of so many characters is taken over; shorter ones are the language's own phrases."""

    novel_window: int = 8
    """Of so many runs in a row one is marked: no shared stretch of 18 characters is overlooked."""

    has_novelty: bool = True
    """Whether to find out how much of each article is new, which takes an index as large as that of shingles."""


DEFAULT_SETTINGS = ReuseSettings()
SPARSE_SETTINGS = ReuseSettings(shingle_chars=7, sample_modulus=12, common_shingles=2, has_novelty=False)
"""For millions of articles: half the index finds the same copies, but fewer of the passages under 80 characters.

So many articles have many shingles of 6 characters in common by chance, and the paragraphs of round-ups get lost among
them; passages of 40 characters have too few of 7."""
