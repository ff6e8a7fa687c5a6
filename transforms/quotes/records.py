"""What the finder of quotes gives: words that a text puts into somebody's mouth."""

from dataclasses import dataclass

from transforms.entities.records import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One quotation: `body[start:end] == text`, without the marks around it.

    is_direct: in quotation marks; else reported (`X表示，...`). speaker: the naming that says who; None where the text
    does not (`他说` is led back to the person). speaker_words: who speaks, as printed beside it (a name, `他`,
    `该局负责人`).
    """

    text: str
    start: int
    end: int
    is_direct: bool
    speaker: Mention | None
    speaker_words: str | None
    rule_id: str
