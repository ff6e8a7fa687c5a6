"""The articles of a made corpus, family by family: copies of one text, and what looks like copies and is none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tests.benches.reuse import damage
from tests.benches.reuse.base import Writer
from tests.benches.reuse.chance import pick
from tests.benches.reuse.templates import write_series
from tests.benches.reuse.traced import Traced, join, trace

COPY_KINDS = {
    "exact": 0.09,
    "retitled": 0.05,
    "marks": 0.11,
    "ocr1": 0.08,
    "ocr3": 0.10,
    "ocr8": 0.10,
    "traditional": 0.05,
    "pinyin": 0.07,
    "words": 0.10,
    "moved": 0.05,
    "cut": 0.08,
    "excerpt": 0.05,
    "roundup": 0.04,
    "page": 0.03,
}
"""The kinds of a family's later prints, and how often each is met."""
PARTS = ("excerpt", "roundup", "page")  # a part of the text, or the text and another one: no version of it
SITE_KINDS = ("corrected", "fronted", "late_exact", "late_edited")
"""What a site's re-posts are beside these (see `site`)."""
VERSIONS = ("original", *(kind for kind in COPY_KINDS if kind not in PARTS), *SITE_KINDS)
LOOK_ALIKES = ("template_small", "template_big", "boilerplate", "followup", "blurb", "standing")
EDITED = ("retitled", "words", "moved", "cut")  # by a desk that also writes its own headline and dateline
REPRINTED_LATER = ("exact", "marks", "retitled")

STOCK = 1 << 40  # sources from here on are stock text: colophons and blurbs
NEWSPAPERS = 16
FIRST_ISSUE, ISSUES = date(2012, 1, 1), 3_600  # days of print
EXCERPT_CHARS = 260  # a text must have, so that a third of it is worth an excerpt


@dataclass(frozen=True, slots=True)
class Print:
    """One article as printed: `cluster` is the source number of the text that it is a version of."""

    kind: str
    cluster: int
    newspaper_no: int
    published_on: date
    headline: Traced
    body: Traced


class Press:
    """Prints families of articles, numbered from `first_source` on, out of one writer and one source of chance."""

    def __init__(self, writer: Writer, *, first_source: int, colophons: list[Traced]) -> None:
        """Take the writer, the first number for its texts, and the colophons of the newspapers."""
        self.writer, self.chance, self.colophons = writer, writer.random, colophons
        self.source = first_source
        self.names, self.places, self.nouns = (writer.base.tagged(tag) for tag in ("nr", "ns", "n"))
        self.characters: NDArray[np.uint32] = writer.base.characters
        self.source_chars: dict[int, int] = {}

    def alone(self) -> list[Print]:
        """Print an article once."""
        return [self.article("alone")]

    def copies(self) -> list[Print]:
        """Print one text twice and more; few texts are printed by thirty papers."""
        size = min(30, 2 + int(self.chance.pareto(1.1)))
        original = self.article("original")
        kinds = self.chance.choice(list(COPY_KINDS), size - 1, p=np.array([*COPY_KINDS.values()]))
        if len(original.body) < EXCERPT_CHARS:
            kinds = np.where(np.isin(kinds, ("excerpt", "roundup")), "exact", kinds)
        return [original, *(self.copy(original, str(kind)) for kind in kinds)]

    def pages(self, families: list[list[Print]]) -> None:
        """Put an article of another family on the pages of two articles: call it when all families are there."""
        others = [family[0] for family in families if family[0].kind in ("alone", "original")]
        for family in families:
            for at, printed in enumerate(family):
                if printed.kind == "page":
                    other = next(self._draw(others, apart_from=printed.cluster))
                    pair = [printed.body, trace("\n"), other.headline, trace("\n"), other.body]
                    body = join(pair if self.chance.random() < 0.5 else [*pair[2:], trace("\n"), printed.body])
                    family[at] = replace(printed, body=self._noise(body, 0.01 if self.chance.random() < 0.5 else 0))

    def template_small(self) -> list[Print]:
        """Print two to eight reports from one template."""
        return self._series("template_small", int(self.chance.integers(2, 9)))

    def template_big(self) -> list[Print]:
        """Print a year's reports from one template."""
        return self._series("template_big", int(self.chance.integers(20, 101)))

    def boilerplate(self) -> list[Print]:
        """Print an article that ends with its newspaper's colophon."""
        printed = self.article("boilerplate")
        colophon = self.colophons[printed.newspaper_no]
        return [replace(printed, body=join([printed.body, trace("\n"), colophon]))]

    def followup(self) -> list[Print]:
        """Print an article, and later ones that repeat a paragraph of it as background."""
        first = self.article("alone", least_chars=400)
        return [first, *(self._followup(first) for _ in range(int(self.chance.integers(1, 4))))]

    def blurb(self) -> list[Print]:
        """Print a column whose short items all carry its blurb."""
        blurb = self._stock(self.writer.scrap(50, 90))
        day = self._day()
        return [
            replace(
                self.article("blurb", body=self.writer.scrap(70, 220), day=day + timedelta(days=7 * number)),
                body=join([self._new(self.writer.scrap(70, 220)), trace("\n"), blurb]),
            )
            for number in range(int(self.chance.integers(10, 51)))
        ]

    def standing(self) -> list[Print]:
        """Print a notice each year: the ordinal, the year and the day are others, and no word besides."""
        frame = "{place}第{ordinal}届{what}将于{year}年{month}月{day}日举行。"
        place, what = pick(self.places, self.chance), self.writer.phrase(4, 8)
        standing = self.writer.scrap(150, 500)
        first, year = int(self.chance.integers(1, 20)), int(self.chance.integers(2012, 2018))
        prints = []
        for later in range(int(self.chance.integers(2, 6))):
            month, day = int(self.chance.integers(3, 5)), int(self.chance.integers(1, 29))
            opening = frame.format(
                place=place, ordinal=first + later, what=what, year=year + later, month=month, day=day
            )
            printed = self.article("standing", body=opening + standing, day=date(year + later, month, day))
            prints.append(replace(printed, headline=trace(place + what + "公告")))
        return prints

    def _draw(self, prints: list[Print], *, apart_from: int) -> Iterator[Print]:
        while True:
            drawn = prints[int(self.chance.integers(len(prints)))]
            if drawn.cluster != apart_from:
                yield drawn

    def article(self, kind: str, *, least_chars: int = 0, body: str | None = None, day: date | None = None) -> Print:
        """Print an article of a kind: a new body, or the given one without a dateline."""
        day = day or self._day()
        lead = self._dateline(day) if body is None else ""
        text = self._new(lead + (body or self.writer.body(least_chars)))
        newspaper_no = int(self.chance.integers(NEWSPAPERS))
        return Print(kind, self.source, newspaper_no, day, trace(self.writer.phrase(9, 26)), text)

    def _new(self, text: str) -> Traced:
        self.source += 1
        self.source_chars[self.source] = len(text)
        return trace(text, self.source)

    def _stock(self, text: str) -> Traced:
        self.source += 1
        return trace(text, self.source + STOCK)

    def copy(self, original: Print, kind: str) -> Print:
        """Print a text again, some days later, as a kind of copy; a page's second article comes with `pages`."""
        change = self._changes()[kind]
        headline, body = original.headline, original.body
        if kind in EDITED or kind in PARTS:
            headline, body = self._edited_front(headline, body, kind)
        if kind.startswith("ocr") or kind in ("marks", "traditional", "pinyin"):
            headline = change(headline)
        later = int(self.chance.integers(0, 7))
        if kind in REPRINTED_LATER and self.chance.random() < 0.05:
            later = int(self.chance.integers(180, 2_000))
        day = original.published_on + timedelta(days=later)
        return Print(kind, original.cluster, int(self.chance.integers(NEWSPAPERS)), day, headline, change(body))

    def _changes(self) -> dict[str, Callable[[Traced], Traced]]:
        chance = self.chance
        return {
            "exact": lambda text: text,
            "retitled": lambda text: text,
            "marks": partial(damage.change_marks, chance=chance),
            "ocr1": partial(self._noise, share=0.01),
            "ocr3": partial(self._noise, share=0.03),
            "ocr8": partial(self._noise, share=0.08),
            "traditional": partial(damage.write_traditional, chance=chance),
            "pinyin": self._annotated,
            "words": partial(damage.replace_words, chance=chance, words=self.nouns),
            "moved": partial(damage.move_sentences, chance=chance),
            "cut": partial(damage.cut_sentences, chance=chance),
            "excerpt": partial(damage.take_piece, chance=chance, least=0.3, most=0.6),
            "roundup": self._roundup,
            "page": lambda text: text,
        }

    def _noise(self, text: Traced, share: float) -> Traced:
        return damage.misread(text, self.chance, share=share, characters=self.characters) if share else text

    def _annotated(self, text: Traced) -> Traced:
        """Add reading notes; the sample pages have them in traditional script, so most of these do too."""
        noted = damage.add_pinyin(text, self.chance)
        return damage.write_traditional(noted, self.chance) if self.chance.random() < 0.7 else noted

    def _roundup(self, text: Traced) -> Traced:
        paragraphs = [self._new(self.writer.scrap(80, 260)) for _ in range(int(self.chance.integers(2, 6)))]
        taken = damage.take_paragraph(text, self.chance, least_chars=90, most_chars=220)
        paragraphs.insert(int(self.chance.integers(len(paragraphs) + 1)), taken)
        return join([piece for paragraph in paragraphs for piece in (paragraph, trace("\n"))][:-1])

    def _followup(self, first: Print) -> Print:
        background = damage.take_paragraph(first.body, self.chance, least_chars=90, most_chars=180)
        printed = self.article("followup", least_chars=250)
        day = first.published_on + timedelta(days=int(self.chance.integers(2, 40)))
        return replace(printed, body=join([printed.body, trace("\n"), background]), published_on=day)

    def _series(self, kind: str, size: int) -> list[Print]:
        reports = write_series(size, names=self.names, places=self.places, random=self.chance)
        shared = "".join(self.writer.scrap(30, 90) for _ in range(int(self.chance.integers(0, 4))))
        day, every = self._day(), int(self.chance.choice([1, 7, 30, 91]))
        headline = trace(self.writer.phrase(4, 12))
        return [
            replace(self.article(kind, body=report + shared, day=day + timedelta(days=every * at)), headline=headline)
            for at, report in enumerate(reports)
        ]

    def _edited_front(self, headline: Traced, body: Traced, kind: str) -> tuple[Traced, Traced]:
        """Write another headline, or a shorter one, and another dateline."""
        fate = self.chance.random()
        if fate < 0.2:
            headline = headline[: max(6, len(headline) * 2 // 3)]
        elif fate < 0.7 or kind in PARTS:
            headline = trace(self.writer.phrase(9, 26))
        string = str(body)
        lead = string.find("）") + 1 if string.startswith(("本报讯", "新华社", "本社")) else 0
        if lead and self.chance.random() < 0.6:
            body = join([trace(self._dateline(self._day())), body[lead:]])
        return headline, body

    def _dateline(self, day: date) -> str:
        name, place = pick(self.names, self.chance), pick(self.places, self.chance)
        lines = ("", f"本报讯（记者{name}）", f"新华社{place}{day.month}月{day.day}日电（记者{name}）")
        return pick(lines, self.chance)

    def _day(self) -> date:
        return FIRST_ISSUE + timedelta(days=int(self.chance.integers(ISSUES)))
