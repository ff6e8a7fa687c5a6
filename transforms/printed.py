"""One article as the finders of facts see it: its repaired text and the days on which it may have been printed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedArticle:
    """An article with what its facts are read by. Fields as in the table `articles`.

    date_lower, date_upper: the issue appeared between these days; both None where nothing dates it.
    credited: the names in its credits. Offsets of all facts count in `body`, in code points, zero-based, half-open.
    """

    article_id: str
    newspaper_id: str
    headline: str | None
    body: str
    date_lower: date | None = None
    date_upper: date | None = None
    credited: tuple[str, ...] = ()
