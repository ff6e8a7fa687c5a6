"""Jinja templates with everything escaped, and what all of them may say: links, days, numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from warehouse.site.addresses import FILES, RULES, Address

TEMPLATES = Path(__file__).parent / "templates"
ASSETS = Path(__file__).parent / "assets"
CORRECTION = "correction.<id>"
NO_DAY = "no certain day"


@dataclass(frozen=True, slots=True)
class Links:
    """Links from one page to others. `kinds`: those that this report has; of others only the words are shown."""

    here: Address
    kinds: frozenset[str]
    rules: frozenset[str] = frozenset()

    def to(self, kind: str, name: str, text: object, *, at: str = "", says: str = "") -> Markup:
        """Give a link to the page of one thing, at a place on it; `says` is read out in place of the text."""
        if kind not in self.kinds:
            return Markup("<bdi>{}</bdi>").format(text)
        label = Markup(' aria-label="{0}" title="{0}"').format(says) if says else Markup("")
        return Markup('<a href="{}"{}><bdi>{}</bdi></a>').format(self.href(kind, name, at=at), label, text)

    def rule(self, rule_id: str) -> Markup:
        """Give a link to what a rule says; a person's correction has an id of its own, and one entry for all."""
        place = CORRECTION if rule_id.startswith(CORRECTION.partition("<")[0]) else rule_id
        if place not in self.rules:
            return Markup("<code>{}</code>").format(rule_id)
        return Markup('<a href="{}">{}</a>').format(self.href(RULES, at=place), rule_id)

    def href(self, kind: str, name: str = "", *, at: str = "") -> str:
        """Give the way from here to a page; empty where the report does not have it."""
        if kind not in self.kinds and kind not in FILES:
            return ""
        return self.here.root + Address(kind, name).path + (f"#{at}" if at else "")


def render(template: str, links: Links, title: str, context: Mapping[str, object]) -> str:
    """Fill a template of the report."""
    return (
        _environment()
        .get_template(template)
        .render(**context, links=links, root=links.here.root, page=links.here, title=title)
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= {
        "day": say_day,
        "number": say_number,
        "share": say_share,
        "words": say_code,
        "exact": say_exact,
        "span": say_span,
    }
    return environment


def say_day(day: date | None) -> str:
    """Give a day, or that there is none."""
    return day.isoformat() if day else NO_DAY


def say_number(value: Decimal | float | None) -> str:
    """Give a number with its thousands apart and nothing behind it that says nothing; a dash for none."""
    if value is None:
        return "–"
    exact = Decimal(value) if isinstance(value, int | Decimal) else Decimal(repr(value))
    whole = format(exact, ",f")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def say_exact(value: Decimal | None) -> str:
    """Give a number as the lake holds it."""
    return "" if value is None else format(value, "f")


def say_span(span: str) -> str:
    """Give the span of a series as words: `P1M` is `by month`, `2021-01-01/..` is `since 2021-01-01`."""
    if span.endswith("/.."):
        return f"since {span.removesuffix('/..')}"
    return "by month" if span == "P1M" else f"by {span[1:-1]} months"


def say_share(share: float | None) -> str:
    """Give a share as a percentage."""
    return "–" if share is None else f"{share:.0%}" if share in {0.0, 1.0} else f"{share * 100:.1f} %"


def say_code(code: Any) -> str:  # noqa: ANN401 -- any stable code of the lake
    """Give a stable code as words: `at_least` is `at least`."""
    return str(code).replace("_", " ")
