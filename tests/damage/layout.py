"""A page before it is damaged: units in printed order, and the truth of its articles.

A unit is what stands between two blank lines. Damage moves, cuts and adds units, or changes their letters; the truth
changes only where words are really gone (a missing headline, a missing end, a picture's credit put in).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

Record = dict[str, Any]  # one article as in truth.jsonl: headline, kicker, people, kind, body
OPENER_SHARE = 0.75  # of the articles with people begin with 本报讯; the others end with their credit
ROLES = {"reporter": "记者", "correspondent": "通讯员", "intern": "实习生"}
SPACED_SHARE = 0.5  # of names of two characters are set with a space


@dataclass(frozen=True, slots=True)
class Unit:
    """One printed unit. kind: headline, kicker, subhead, text, credit, or what a damage put in; article from 0."""

    kind: str
    string: str
    article: int | None = None
    is_tight: bool = False  # the next unit follows on the next line, without a blank one


@dataclass(frozen=True, slots=True)
class Page:
    """Units in printed order, and the articles' truth."""

    units: tuple[Unit, ...]
    articles: tuple[Record, ...]

    def text(self) -> str:
        """Return the page as it is printed."""
        return "".join(unit.string + ("\n" if unit.is_tight else "\n\n") for unit in self.units).rstrip("\n") + "\n"


def seeded(*seed: object) -> Random:
    """Return the random choices of a seed, the same in every run."""
    return Random("/".join(map(str, seed)))


def lay_out(articles: Sequence[Record], random: Random) -> Page:
    """Return the clean page of the articles."""
    truth = tuple(dict(article) for article in articles)
    return Page(tuple(unit for number, article in enumerate(truth) for unit in _units(number, article, random)), truth)


def _units(number: int, article: Record, random: Random) -> Iterator[Unit]:
    for kind in ("kicker", "headline", "subhead"):
        if article.get(kind):
            mark = "——" if kind == "subhead" and " " not in article[kind] else ""
            yield Unit(kind, mark + article[kind], number)
    opener, closer = _credits(article, random)
    first, *rest = article["body"].split("\n")
    yield Unit("text", opener + first, number)
    yield from (Unit("text", paragraph, number) for paragraph in rest)
    if closer:
        yield Unit("credit", closer, number)


def _credits(article: Record, random: Random) -> tuple[str, str]:
    """Return what stands before the text and what behind it."""
    photographers = [name for role, name in article["people"] if role == "photographer"]
    writers = [(role, name) for role, name in article["people"] if role in ROLES]
    if not writers:
        return "", f"{' '.join(photographers)} 摄" if photographers else ""
    names = _names(writers, random)
    if photographers == [name for _, name in writers]:
        return "", f"（本报{names} 文/图）"
    if photographers:
        return f"本报讯（{names}）", f"（本版图片由{'、'.join(photographers)}摄）"
    return (f"本报讯（{names}）", "") if random.random() < OPENER_SHARE else ("", f"（本报{names}）")


def _names(writers: Sequence[tuple[str, str]], random: Random) -> str:
    words: list[str] = []
    for role, word in ROLES.items():
        names = [_spaced(name, random) for own, name in writers if own == role]
        if names:
            words.append(word + "、".join(names))
    return " ".join(words)


def _spaced(name: str, random: Random) -> str:
    return " ".join(name) if len(name) == 2 and random.random() < SPACED_SHARE else name
