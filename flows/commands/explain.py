"""`./lake explain`: an article unit by unit, with what the page prints, which rule judged it, and what was changed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from flows.answers import visible
from flows.settings import read_lake
from warehouse.errors import SettingsFault
from warehouse.reader import LakeReader, open_lake

_ARTICLE = """
    SELECT a.article_id, a.file_name, a.kind, a.headline, i.newspaper, i.date_lower, i.date_upper, i.date_basis,
        i.date_evidence, a.cluster_id, a.is_canonical, a.quality_share, array_to_string(a.flags, ', ') AS flags
    FROM articles AS a JOIN issues AS i ON i.issue_id = a.issue_id
    WHERE a.article_id = $1 OR a.article_uid = $1"""

# A change between two units, such as the joint of a paragraph, is told with the one above it.
_UNITS = """
    WITH units AS (
        SELECT *, lead(raw_start, 1, 2147483647) OVER (PARTITION BY page_id ORDER BY block_no) AS next_start
        FROM blocks WHERE article_id = $1)
    SELECT b.block_no, b.kind, b.rule_id, b.text,
        substr(p.raw_text, b.raw_start + 1, b.raw_end - b.raw_start) AS raw_text,
        (SELECT list({rule: s.rule_id, before: s."before", after: s."after"} ORDER BY s.raw_start, s.start_char)
         FROM spans AS s
         WHERE s.article_id = b.article_id AND s.page_id = b.page_id AND s.rule_id IS NOT NULL
            AND s.raw_start >= b.raw_start AND s.raw_start < b.next_start) AS changes
    FROM units AS b JOIN pages AS p ON p.page_id = b.page_id
    ORDER BY b.page_id, b.block_no"""


def explain_article(article_id: str, lake: Path | None) -> None:
    """Print the article's units in the order of the page. Raises SettingsFault where there is no such article."""
    console = Console(markup=False, highlight=False, soft_wrap=True)
    root = read_lake(lake)
    with open_lake(root) as reader:
        articles = _read(reader, _ARTICLE, article_id)
        if not articles:
            raise SettingsFault(f"{root} has no article {article_id}; find one with ./lake sql.")
        for article in articles:
            _print_article(article, console)
            for unit in _read(reader, _UNITS, article["article_id"]):
                _print_unit(unit, console)


def _read(reader: LakeReader, query: str, article_id: str) -> list[dict[str, Any]]:
    answer = reader.sql(query, [article_id])
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def _print_article(article: dict[str, Any], console: Console) -> None:
    console.print(Text(article["article_id"], style="bold").append(f"  {article['headline'] or '(no headline)'}"))
    _print_fact(console, "file", article["file_name"])
    _print_fact(console, "paper", article["newspaper"] or "unknown")
    _print_fact(console, "date", _say_date(article))
    _print_fact(console, "text", _say_text(article))


def _say_date(article: dict[str, Any]) -> str:
    if article["date_basis"] is None:
        return "unknown"
    lower, upper = article["date_lower"] or "…", article["date_upper"] or "…"
    days = str(lower) if lower == upper else f"{lower} to {upper}"
    return f"{days}, by {article['date_basis']}: {visible(article['date_evidence'])}"


def _say_text(article: dict[str, Any]) -> str:
    role = f", {'canonical' if article['is_canonical'] else 'a print'} of {article['cluster_id']}"
    flags = f", {article['flags']}" if article["flags"] else ""
    return f"{article['kind']}, quality {article['quality_share']:.2f}{flags}{role if article['cluster_id'] else ''}"


def _print_unit(unit: dict[str, Any], console: Console) -> None:
    console.print(Text(f"{unit['block_no']:>4}  {unit['kind']}", style="bold").append(f"  {unit['rule_id']}", "cyan"))
    _print_fact(console, "raw", visible(unit["raw_text"]))
    if unit["text"] != unit["raw_text"]:
        _print_fact(console, "clean", visible(unit["text"]), style="green")
    for change in _count_changes(unit["changes"] or ()):
        _print_fact(console, "rule", change, style="cyan")


def _print_fact(console: Console, name: str, value: str, *, style: str = "") -> None:
    console.print(Text(f"      {name:<6}").append(value, style))


def _count_changes(changes: Sequence[dict[str, str]]) -> list[str]:
    """Tell each different change once, in the order of the text, with how often it was made."""
    counts: dict[str, int] = {}
    for change in changes:
        words = f"{change['rule']}  {visible(change['before'])!r} → {visible(change['after'])!r}"
        counts[words] = counts.get(words, 0) + 1
    return [words if count == 1 else f"{words}  ({count} times)" for words, count in counts.items()]
