"""The articles of one news site: four in ten are re-posts, most of them within a week and to the letter; and rites.

A site posts a text again under another title, with a note or a source before it, with a word or a digit corrected,
abridged, and some of it weeks or years later. Beside that stand forms that it fills in again (see `rites`), and what
the papers of `prints` have too: follow-ups, columns, series.
"""

from dataclasses import replace
from datetime import date, timedelta

from tests.benches.reuse import damage
from tests.benches.reuse.chance import pick
from tests.benches.reuse.prints import Press, Print
from tests.benches.reuse.rites import write_rites
from tests.benches.reuse.traced import Traced, join, trace

SITE_FAMILIES = {
    "alone": 0.560,
    "reposts": 0.290,
    "rites": 0.050,
    "followup": 0.060,
    "template_small": 0.020,
    "template_big": 0.001,
    "blurb": 0.002,
    "standing": 0.007,
    "boilerplate": 0.010,
}
"""How often each kind of family is begun."""

REPOST_KINDS = {
    "exact": 0.56,
    "retitled": 0.14,
    "marks": 0.05,
    "words": 0.08,
    "corrected": 0.03,
    "fronted": 0.05,
    "moved": 0.01,
    "cut": 0.08,
}
WEEK, MONTH, YEARS = 7, 31, 1_500
LATE_SHARES = 0.06, 0.04
"""Of the re-posts so many come within a month, and later."""
SAME_DAY = 0.45
REPOSTED_RITES = 0.4
NOTES = (
    "编者按：本站今日转发这篇报道，供读者参考。",
    "（来源：{place}晚报）",
    "原标题：{title}",
    "{place}在线讯 ",
    "导读：{title}。",
)


class Site(Press):
    """Posts families of articles on one site."""

    def article(self, kind: str, *, least_chars: int = 0, body: str | None = None, day: date | None = None) -> Print:
        """Post an article of a kind (see `Press`)."""
        return replace(super().article(kind, least_chars=least_chars, body=body, day=day), newspaper_no=0)

    def reposts(self) -> list[Print]:
        """Post one text twice and more."""
        original = self.article("original")
        return [original, *(self._repost(original) for _ in range(int(self.chance.geometric(0.45))))]

    def rites(self) -> list[Print]:
        """Fill in one form several times; some of these are posted again, to the letter."""
        days, instances = write_rites(
            int(self.chance.integers(2, 7)), names=self.names, places=self.places, random=self.chance
        )
        day, prints = self._day(), list[Print]()
        wording = self.writer.scrap(60, 300)
        for headline, text in instances:
            posted = replace(self.article("rite", body=text + wording, day=day), headline=trace(headline))
            if self.chance.random() < REPOSTED_RITES:
                posted = replace(posted, kind="original")
                prints.append(self._repost(posted, kind="exact" if self.chance.random() < 0.7 else "fronted"))
            prints.append(posted)
            day += timedelta(days=int(self.chance.integers(days[0], days[1] + 1)))
        return prints

    def _followup(self, first: Print) -> Print:
        """Post what came of it within days: nearly half of that may be what was told before."""
        told = damage.take_paragraph(first.body, self.chance, least_chars=120, most_chars=400)
        news = self.article("followup", least_chars=int(1.2 * len(told)))
        day = first.published_on + timedelta(days=int(self.chance.integers(1, 6)))
        return replace(news, body=join([news.body, trace("\n"), told]), published_on=day)

    def _repost(self, original: Print, *, kind: str | None = None) -> Print:
        kind = kind or str(self.chance.choice(list(REPOST_KINDS), p=[*REPOST_KINDS.values()]))
        headline, body = original.headline, self._edit(original, kind)
        if kind == "retitled" or (kind in ("words", "cut", "fronted") and self.chance.random() < 0.5):
            headline = trace(self.writer.phrase(9, 26))
        later = self._later()
        told = kind if later <= WEEK else "late_exact" if kind in ("exact", "retitled", "marks") else "late_edited"
        day = original.published_on + timedelta(days=later)
        return Print(told, original.cluster, 0, day, headline, body)

    def _later(self) -> int:
        fate, (soon, ever) = self.chance.random(), LATE_SHARES
        if fate < soon + ever:
            return int(self.chance.integers(WEEK + 1, MONTH + 1) if fate < soon else self.chance.integers(MONTH, YEARS))
        return 0 if self.chance.random() < SAME_DAY else int(self.chance.integers(1, WEEK + 1))

    def _edit(self, original: Print, kind: str) -> Traced:
        if kind == "corrected":
            return self._corrected(original.body)
        if kind == "fronted":
            note = pick(NOTES, self.chance).format(place=pick(self.places, self.chance), title=original.headline)
            return join([trace(note), original.body])
        if kind == "words":
            return damage.replace_words(original.body, self.chance, words=self.nouns, most_share=0.015)
        if kind == "retitled":
            return original.body
        return self._changes()[kind](original.body)

    def _corrected(self, body: Traced) -> Traced:
        """Correct a character, or a digit where there is one."""
        string = str(body)
        digits = [at for at, character in enumerate(string) if character.isdecimal()]
        if digits and self.chance.random() < 0.5:
            at, put = digits[int(self.chance.integers(len(digits)))], str(self.chance.integers(10))
        else:
            at, put = int(self.chance.integers(len(string))), chr(int(self.chance.choice(self.characters)))
        return body.spliced([(at, at + 1, put)])
