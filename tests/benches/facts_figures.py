"""Measures how well figures are found: the sample issues, the gold pages, the held-out pages; and how fast.

- sample issues: tests/golden/figures_samples.json has every sentence that prints figures, with `[printed, norm value,
  norm unit, comparator, words of the measure]`.
- gold pages: the shared gold lists each figure once a page. Numbers in words of which it has none (`两家企业`) count
  against precision here.
- held-out pages: tests/golden/figures_pages.json has `[raw offset of the digits, value, unit, norm value, norm unit,
  comparator, raw offsets of words of the measure]`, written before the rules were first run on them; `optional`
  numbers count neither way.

`--raise-floors` lifts the floors of tests/golden/figures_floors.json to what was reached, never down.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows.language import load_language
from tests.benches.floors import Scores, raised
from tests.benches.text import CHECKOUT, SHARED, table
from transforms.figures.find import find_figures
from transforms.figures.records import Figure
from transforms.printed import PrintedArticle
from transforms.read import read_file
from transforms.spans import Text

GOLDEN = CHECKOUT / "tests" / "golden"
FLOORS = GOLDEN / "figures_floors.json"
SAME_WORD = ("CNY", "percent", "m2")  # the gold calls all other units `count`; these are never mistaken for it


def measure_samples() -> Scores:
    """Return the scores of the project's own sample issues."""
    rows = json.loads((GOLDEN / "figures_samples.json").read_text(encoding="utf8"))
    truth = {row["sentence"]: row["figures"] for row in rows}
    counts: Counter[str] = Counter()
    sentences = dict(pair for body in sample_bodies() for pair in _by_sentence(body))
    for sentence in {*truth, *sentences}:
        left = {row[0]: row for row in truth.get(sentence, [])}
        counts["true"] += len(left)
        for figure in sentences.get(sentence, []):
            row = left.pop(figure.printed, None)
            if row is None or Decimal(row[1]) != figure.norm_value:
                counts["extra"] += 1
                continue
            _count(counts, figure, norm_unit=row[2], comparator=row[3], words=row[4])
    return _scores(counts)


def measure_gold(shared: Path = SHARED) -> Scores:
    """Return the scores of the pages with gold, as its scorer counts them; `never`: the numbers that are no figures."""
    gold = json.loads((shared / "gold" / "figures.json").read_text(encoding="utf8"))
    counts: Counter[str] = Counter()
    for name, rows in gold["figures"].items():
        left = [figure for body in read_bodies(shared / "seeds" / name) for figure in find(body.string)]
        counts["never"] += sum(figure.printed in gold["never_figures"].get(name, []) for figure in left)
        counts["true"] += len(rows)
        for row in rows:
            best = max((f for f in left if f.norm_value == Decimal(row["norm_value"])), key=_fit(row), default=None)
            if best:
                left.remove(best)
                is_same = row["norm_unit"] == "count" and best.norm_unit not in SAME_WORD
                norm_unit = best.norm_unit if is_same else row["norm_unit"]
                comparator = row["qualifier"] or "exact"
                _count(counts, best, norm_unit=norm_unit, comparator=comparator, words=row["measure"])
        known = {Decimal(row["norm_value"]) for row in rows}
        counts["extra"] += sum(figure.norm_value not in known for figure in left)
    return _scores(counts) | {"never": float(counts["never"])}


def measure_held_out(shared: Path = SHARED) -> Scores:
    """Return the scores of the pages that were labelled before any rule was run on them."""
    counts: Counter[str] = Counter()
    for name, page in json.loads((GOLDEN / "figures_pages.json").read_text(encoding="utf8")).items():
        path = shared / "seeds" / name
        raw = path.read_bytes().decode("utf8")
        left = {row[0]: row for row in page["figures"]}
        counts["true"] += len(left)
        for body in read_bodies(path):
            for figure in find(body.string):
                places = {body.origin(at) for at in range(figure.start, figure.end)}
                row = left.pop(next(iter(places & left.keys()), -1), None)
                if row is None or (Decimal(row[1]), row[2], Decimal(row[3])) != figure_value(figure):
                    counts["extra"] += not places & set(page["optional"])
                    continue
                words = raw[row[6][0] : row[6][1]] if row[6] else None
                _count(counts, figure, norm_unit=row[4], comparator=row[5], words=words)
    return _scores(counts)


def figure_value(figure: Figure) -> tuple[Decimal, str, Decimal | None]:
    """Return what a labelled figure must agree in."""
    return figure.value, figure.unit, figure.norm_value


def sample_bodies() -> list[str]:
    """Return the true bodies of the sample issues: how well pages are read is measured elsewhere."""
    pages = json.loads((GOLDEN / "sample_issues.json").read_text(encoding="utf8"))["pages"]
    return [article["body"] for page in pages for article in page["articles"]]


def read_bodies(path: Path) -> Iterator[Text]:
    """Yield the bodies of a file as the flow reads them."""
    data = path.read_bytes()
    file = read_file(data, file_name=path.name, sha256="0" * 64, language=load_language())
    return (article.parts["body"] for page in file.pages for article in page.articles)


def find(body: str) -> list[Figure]:
    """Find the figures of a body."""
    return find_figures(PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body))


def _by_sentence(body: str) -> Iterator[tuple[str, list[Figure]]]:
    found: dict[str, list[Figure]] = {}
    for figure in find(body):
        found.setdefault(body[figure.sentence_start : figure.sentence_end], []).append(figure)
    return iter(found.items())


def _fit(row: Mapping[str, Any]) -> Any:
    return lambda figure: (row["measure"] in (figure.measure or ""), figure.norm_unit == row["norm_unit"])


def _count(counts: Counter[str], figure: Figure, *, norm_unit: str, comparator: str, words: str | None) -> None:
    counts["found"] += 1
    counts["norm_unit"] += figure.norm_unit == norm_unit
    counts["comparator"] += figure.comparator == comparator
    counts["measure"] += words is None or words in (figure.measure or "")


def _scores(counts: Counter[str]) -> dict[str, float]:
    found = max(1, counts["found"])
    return {
        "recall": round(counts["found"] / counts["true"], 4),
        "precision": round(counts["found"] / max(1, counts["found"] + counts["extra"]), 4),
        **{name: round(counts[name] / found, 4) for name in ("norm_unit", "comparator", "measure")},
    }


def measure_all(shared: Path = SHARED) -> dict[str, Scores]:
    """Return the scores of every set, by name; the real pages only where their folder is."""
    scores = {"sample issues": measure_samples()}
    if shared.is_dir():
        scores |= {"gold pages": measure_gold(shared), "held-out pages": measure_held_out(shared)}
    return scores


def measure_speed() -> float:
    """Return megabytes of clean text (UTF-8) a second of CPU, over the sample issues."""
    bodies = sample_bodies()
    for body in bodies:
        find(body)
    start = time.process_time()
    for body in bodies:
        find(body)
    return sum(len(body.encode()) for body in bodies) / 1e6 / (time.process_time() - start)


def load_floors() -> dict[str, Scores]:
    """Return the floors by set and measure."""
    return json.loads(FLOORS.read_text(encoding="utf8"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and lift the floors if asked to."""
    parser = argparse.ArgumentParser(description="Measure how well figures are found.")
    parser.add_argument("--raise-floors", action="store_true", help="lift the floors to what was reached")
    options = parser.parse_args(arguments)
    scores = measure_all()
    for name, row in scores.items():
        print(table({name: row}, "figures of"))
    print(f"A second of CPU reads the figures of {measure_speed():.2f} MB of clean text.")
    if options.raise_floors:
        floors = raised(load_floors() if FLOORS.exists() else {}, scores)
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
