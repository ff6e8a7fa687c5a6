"""Measures how well organisations, places, projects and campaigns are found, and how fast.

- real pages: the truth is raw offsets (tests/golden/names_shared.json); `maybe` is what people would not agree on, and
  counts for nothing. The rules were written by pages 000 to 002. 003 and 004 were held out until the last round, when
  they were read too; before it, precision and recall were on them: organisations .925 .886, places .855 .915,
  projects .818 .692, campaigns 1.000 .810.
- sample issues: the truth is surfaces by headline (tests/golden/names_samples.json).
- People's Daily of January 1998: words tagged as places that end as the divisions and settlements of China do.
  `--corpus` names its file (see `tests/benches/train_names.py`); each tenth paragraph.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from flows.language import load_language
from flows.reference import load_name_knowledge
from tests.benches.floors import load_floors, raised, save_floors
from tests.benches.text import GOLDEN, SHARED, clean_articles
from tests.benches.train_names import ENDINGS, read_paragraphs
from tests.benches.train_names import HELD_OUT as TENTH
from transforms.articles.assemble import Article
from transforms.entities.find_mentions import find_mentions
from transforms.entities.records import Mention
from transforms.printed import PrintedArticle
from transforms.read import read_file

KINDS = ("organisation", "place", "project", "campaign")
TUNED, LATER = "real pages 000 to 002", "real pages 003 and 004, read last"
SAMPLES = "sample issues"
PAGES = {TUNED: ("000", "001", "002"), LATER: ("003", "004")}
NAME_FLOORS = GOLDEN.with_name("name_floors.json")
MAYBE = "maybe"
SAMPLE_TRUTH = GOLDEN.with_name("names_samples.json")
SHARED_TRUTH = GOLDEN.with_name("names_shared.json")
PAPER = "pingdingshan_ribao"  # of the real pages

Scores = Mapping[str, float]
Span = tuple[str, int, int]


def measure_all(shared: Path = SHARED) -> dict[str, dict[str, Scores]]:
    """Return the scores by set and kind; the real pages only where they are."""
    real = {title: measure_shared(pages, shared) for title, pages in PAGES.items()}
    return (real if shared.is_dir() else {}) | {SAMPLES: measure_samples()}


def flat(measured: Mapping[str, Mapping[str, Scores]]) -> dict[str, Scores]:
    """Return precision and recall by set and kind, as the floors are kept."""
    return {
        f"{title}: {kind}": {"precision": round(row["precision"], 4), "recall": round(row["recall"], 4)}
        for title, found in measured.items()
        for kind, row in found.items()
    }


def measure_shared(pages: Sequence[str], shared: Path = SHARED) -> dict[str, Scores]:
    """Return precision and recall per kind on real pages."""
    counts: Counter[tuple[str, str]] = Counter()
    for name, rows in json.loads(SHARED_TRUTH.read_text(encoding="utf8")).items():
        if name[:3] in pages:
            found = {span for article in read(shared / "seeds" / name) for span in raw_spans(article)}
            count(counts, {(k, s, e) for k, s, e in rows}, found)
    return {kind: scores(counts, kind) for kind in KINDS}


def read(path: Path) -> Iterator[Article]:
    page = read_file(path.read_bytes(), file_name=path.name, sha256="0" * 64, language=load_language())
    return (article for read_page in page.pages for article in read_page.articles)


def raw_spans(article: Article) -> Iterator[Span]:
    body = article.parts["body"]
    for mention in find(body.string, PAPER):
        yield mention.kind, body.origin(mention.start), body.origin(mention.end - 1) + 1


def find(body: str, newspaper_id: str) -> list[Mention]:
    article = PrintedArticle(article_id="a", newspaper_id=newspaper_id, headline=None, body=body)
    return find_mentions(article, (), load_name_knowledge())


def count(counts: Counter[tuple[str, str]], truth: set[Span], found: set[Span]) -> None:
    """Count hits, misses and what is too much; what touches a `maybe` is none of them."""
    doubtful = [span for span in truth if span[0] == MAYBE]
    for span in found | truth:
        if span[0] == MAYBE:
            continue
        if span in found and span not in truth and any(d[1] < span[2] and span[1] < d[2] for d in doubtful):
            continue
        counts[span[0], ("hit" if span in found else "missed") if span in truth else "extra"] += 1


def scores(counts: Counter[tuple[str, str]], kind: str) -> Scores:
    hit = counts[kind, "hit"]
    return {
        "precision": hit / max(1, hit + counts[kind, "extra"]),
        "recall": hit / max(1, hit + counts[kind, "missed"]),
        "count": hit + counts[kind, "missed"],
    }


def measure_samples() -> dict[str, Scores]:
    """Return precision and recall per kind on the sample issues."""
    counts: Counter[tuple[str, str]] = Counter()
    truth = json.loads(SAMPLE_TRUTH.read_text(encoding="utf8"))
    for article in clean_articles():
        body = article["body"]
        found = {(mention.kind, mention.start, mention.end) for mention in find(body, "chengxi_ribao")}
        count(counts, set(located(body, truth[article["headline"]])), found)
    return {kind: scores(counts, kind) for kind in KINDS}


def located(body: str, named: Mapping[str, Iterable[str]]) -> Iterator[Span]:
    """Yield all places of the surfaces, a longer one before those that it holds; terms only where they are quoted."""
    taken: set[int] = set()
    pairs = ((surface, kind) for kind, surfaces in named.items() for surface in surfaces)
    for surface, kind in sorted(pairs, key=lambda pair: (-len(pair[0]), pair)):
        for match in re.finditer(re.escape(surface), body):
            place = range(*match.span())
            if taken.isdisjoint(place) and (kind != "campaign" or body[place.start - 1] in "“‘"):
                taken.update(place)
                yield kind, *match.span()


def measure_speed() -> float:
    """Return megabytes of clean text a second of CPU, all four finders together."""
    bodies = [article["body"] for article in clean_articles()]
    for body in bodies[:20]:
        find(body, "chengxi_ribao")
    start = time.process_time()
    for body in bodies:
        find(body, "chengxi_ribao")
    return sum(len(body.encode()) for body in bodies) / 1e6 / (time.process_time() - start)


def measure_corpus(corpus: Path) -> dict[str, Scores]:
    """Return precision and recall on the tags of the People's Daily, a tenth that no weight was learned from."""
    counts: Counter[tuple[str, str]] = Counter()
    for words in list(read_paragraphs(corpus))[::TENTH]:
        text, truth = "", set()
        for word, tag in words:
            ends = any(m.end() == len(word) > m.end() - m.start() for m in ENDINGS["place"].finditer(word))
            if tag == "ns":
                truth.add(("place" if ends else MAYBE, len(text), len(text) + len(word)))
            text += word
        by_ending = [m for m in find(text, "renmin_ribao") if m.rule_id in {"place.ending", "place.table"}]
        count(counts, truth, {(m.kind, m.start, m.end) for m in by_ending})
    return {"place": scores(counts, "place")}


def table(title: str, measured: Mapping[str, Scores]) -> str:
    rows = [
        f"  {kind:14}{row['count']:6.0f}{row['precision']:8.3f}{row['recall']:8.3f}" for kind, row in measured.items()
    ]
    return "\n".join([f"{title}\n  {'kind':14}{'n':>6}{'P':>8}{'R':>8}", *rows])


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--raise-floors", action="store_true", help="lift the floors to what was reached, never down")
    arguments = parser.parse_args()
    measured = measure_all()
    for title, found in measured.items():
        print(table(title, found))
    if arguments.corpus:
        print(table("People's Daily 1998, divisions and settlements", measure_corpus(arguments.corpus)))
    if arguments.raise_floors:
        floors = raised(load_floors(NAME_FLOORS), flat(measured))
        save_floors(floors, NAME_FLOORS)
    print(f"{measure_speed():.2f} MB of text a second of CPU")


if __name__ == "__main__":
    main()
