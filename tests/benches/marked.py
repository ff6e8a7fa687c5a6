"""Reads articles whose facts are marked by hand: tests/golden/marked_*.txt.

The articles are invented, as local papers print them, each under `## day subject headline`. A mark is
`{kind|words|more}`; in `q` and `r` the speaker stands first.

- `{f|printed|words of the measure|comparator|v=value unit|p=start/end}`: a figure. Without a comparator it is exact;
  `v=` only where the printed form is not digits and a unit; `*` after the unit: only the norm value and unit count.
  `{f|printed|x}` is what people would not agree on: it counts neither way.
- `{p|name|office}`: a person; `o` organisation, `l` place, `j` project, `c` campaign, `m` a name that counts neither
  way.
- `{q|speaker|words}` direct speech, `{r|speaker|words}` reported speech; a speaker with `-` before it is nobody named.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.benches.text import GOLDEN
from transforms.printed import PrintedArticle

SETS = {
    "seen": "marked_seen.txt",
    "held out": "marked_held_out.txt",
    "unseen": "marked_unseen.txt",
    "unread": "marked_unread.txt",
    "genres": "marked_genres.txt",
    "latest": "marked_latest.txt",
    "press": "marked_press.txt",
    "dailies": "marked_dailies.txt",
    "names": "marked_names.txt",
    "counties": "marked_counties.txt",
}
NAMES_ONLY = frozenset({"names"})  # sets of which only organisations, places, projects and campaigns are marked
OPENED = re.compile(r"\{([a-z])\|")
VALUE = re.compile(r"(\d[\d.]*)[余多来]?(万|亿)?[余多]?(.*)")
AROUND = re.compile(r"以上|以下|以内|左右|内$|^(?:近|约|超过|超|突破|不到|不足|不低于|不少于|不超过)")
MULTIPLES = {"万": 10_000, "亿": 100_000_000}
NORMS = {
    "元": ("CNY", "1"),
    "美元": ("USD", "1"),
    "块钱": ("CNY", "1"),
    "%": ("percent", "1"),
    "个百分点": ("percentage_point", "1"),
    "倍": ("times", "1"),
    "亩": ("mu", "1"),
    "公顷": ("hectare", "1"),
    "平方米": ("m2", "1"),
    "立方米": ("m3", "1"),
    "吨": ("tonne", "1"),
    "公斤": ("kg", "1"),
    "斤": ("kg", "0.5"),
    "克": ("kg", "0.001"),
    "毫克": ("mg", "1"),
    "公里": ("km", "1"),
    "米": ("m", "1"),
    "厘米": ("m", "0.01"),
    "毫米": ("m", "0.001"),
    "年": ("year", "1"),
    "个月": ("month", "1"),
    "周": ("day", "7"),
    "天": ("day", "1"),
    "日历天": ("day", "1"),
    "小时": ("hour", "1"),
    "分钟": ("minute", "1"),
    "秒": ("second", "1"),
    "分贝": ("dB", "1"),
    "℃": ("celsius", "1"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked fact: `body[start:end]`, and what stands behind it."""

    kind: str
    start: int
    end: int
    speaker: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """One article without its marks, and they."""

    article: PrintedArticle
    marks: tuple[Mark, ...]

    def of(self, kinds: str) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind in kinds]


@dataclass(frozen=True, slots=True)
class TrueFigure:
    """What a figure must agree in; unit and value None where only the norm counts."""

    place: range
    value: Decimal | None
    unit: str | None
    norm: tuple[Decimal, str]
    words: str
    comparator: str
    period: tuple[date | None, date | None] | None


def read_marked(name: str) -> list[Marked]:
    """Read the articles of a set."""
    pieces = (GOLDEN.with_name(SETS[name])).read_text(encoding="utf8").split("## ")[1:]
    return [_read(*piece.split("\n", 1)) for piece in pieces]


def _read(head: str, marked: str) -> Marked:
    day, _, headline = head.split(" ", 2)
    body, marks = strip_marks(marked.strip())
    printed_on = date.fromisoformat(day)
    article = PrintedArticle(
        article_id="a", newspaper_id="n", headline=headline, body=body, date_lower=printed_on, date_upper=printed_on
    )
    return Marked(article, tuple(marks))


def strip_marks(marked: str) -> tuple[str, list[Mark]]:
    """Return the text without marks, and the marks by where they begin."""
    text, marks, opened, at = "", [], [], 0
    while at < len(marked):
        if found := OPENED.match(marked, at):
            at, speaker = found.end(), ""
            if found[1] in "qr":
                speaker, _, _ = marked[at:].partition("|")
                at += len(speaker) + 1
            opened.append((found[1], len(text), speaker))
        elif opened and marked[at] in "|}":
            close = marked.index("}", at)
            kind, start, speaker = opened.pop()
            marks.append(Mark(kind, start, len(text), speaker, tuple(marked[at:close].split("|")[1:])))
            at = close + 1
        else:
            text += marked[at]
            at += 1
    return text, sorted(marks, key=lambda mark: (mark.start, -mark.end))


def true_figure(body: str, mark: Mark) -> TrueFigure:
    """Return what a marked figure must agree in."""
    values = [field[2:] for field in mark.more if field.startswith("v=")]
    periods = [field[2:] for field in mark.more if field.startswith("p=")]
    words, comparator, *_ = *(field for field in mark.more if field[:2] not in {"v=", "p="}), "exact"
    number, unit = values[0].split(" ") if values else _digits(body[mark.start : mark.end])
    multiple, base = MULTIPLES.get(unit[:1], 1), unit.strip("*").lstrip("万亿")
    norm_unit, factor = NORMS.get(base, ("count", "1"))
    norm = (Decimal(number) * multiple * Decimal(factor), norm_unit)
    told = (None, None) if unit.endswith("*") else (Decimal(number), unit)
    period = _days(periods[0]) if periods else None
    return TrueFigure(range(mark.start, mark.end), *told, norm, words, comparator, period)


def _digits(printed: str) -> tuple[str, str]:
    found = VALUE.fullmatch(AROUND.sub("", printed))
    if found is None:
        raise ValueError(f"{printed!r} needs a v= with its value and unit")
    return found[1], (found[2] or "") + found[3]


def _days(period: str) -> tuple[date | None, date | None]:
    start, end = (date.fromisoformat(day) if day else None for day in period.split("/"))
    return start, end
