"""Measures how well people and their offices are found: the sample issues, the real pages, and both with other names.

`main` prints one row a set; with the segmented People's Daily of January 1998 (see people_corpus.py) also its rows:
  python -m tests.benches.facts_people [199801.txt]
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from flows.language import load_language
from flows.reference import load_names
from tests.benches.marked import strip_marks
from tests.benches.people_corpus import Named, NamedText, NameMaker, read_corpus, renamed
from tests.benches.people_names import MAKER
from transforms.entities.people import find_people
from transforms.entities.records import Mention
from transforms.printed import PrintedArticle
from transforms.quotes.find import find_quotes
from transforms.read import read_file
from transforms.spans import Text

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = CHECKOUT.parent / "shared"
GOLDEN = CHECKOUT / "tests" / "golden"
SEED = 19980101
TRIALS = 5  # times that each text gets other names

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """One article with its truth: where people are named, and the office printed beside a naming."""

    text: NamedText
    offices: dict[int, str]  # by the start of the naming


@dataclass(slots=True)
class Tally:
    """Namings found, found wrongly and missed; offices right among those of the namings found that have one."""

    found: int = 0
    wrong: int = 0
    missed: int = 0
    offices: int = 0
    offices_right: int = 0

    def add(self, told: Told, mentions: Sequence[Mention]) -> None:
        """Count one article; names that are not whole (see Named) count neither way."""
        sure = {(name.start, name.end) for name in told.text.names if name.kind != "part"}
        unsure = {at for name in told.text.names if name.kind == "part" for at in range(name.start, name.end)}
        given = {(m.start, m.end): m for m in mentions if unsure.isdisjoint(range(m.start, m.end))}
        self.found += len(sure & given.keys())
        self.wrong += len(given.keys() - sure)
        self.missed += len(sure - given.keys())
        for place, mention in given.items():
            if place in sure and place[0] in told.offices:
                self.offices += 1
                self.offices_right += mention.title == told.offices[place[0]]

    def scores(self) -> Scores:
        return {
            "precision": self.found / max(1, self.found + self.wrong),
            "recall": self.found / max(1, self.found + self.missed),
            "office": self.offices_right / max(1, self.offices),
        }


def measure(articles: Iterable[Told]) -> Tally:
    """Return how well the people of articles with known truth are found."""
    tally = Tally()
    for told in articles:
        tally.add(told, people_of(told.text.text))
    return tally


def people_of(body: str) -> list[Mention]:
    return find_people(PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body), load_names())


def samples() -> Iterator[Told]:
    """Yield the articles of the sample issues with the people that they name."""
    people = json.loads((GOLDEN / "people_samples.json").read_text(encoding="utf8"))["people"]
    for page in json.loads((GOLDEN / "sample_issues.json").read_text(encoding="utf8"))["pages"]:
        for article in page["articles"]:
            yield _told(article["body"], people)


def sentences(name: str) -> Iterator[Told]:
    """Yield invented sentences, each an article of its own, with the people that they name (see marked.py)."""
    for line in (GOLDEN / f"people_sentences_{name}.txt").read_text(encoding="utf8").splitlines():
        body, marks = strip_marks(line)
        names = (Named(mark.start, mark.end, "whole" if mark.kind == "p" else "part") for mark in marks)
        yield Told(NamedText(body, tuple(names)), {})


def _told(body: str, people: Iterable[tuple[str | None, str]]) -> Told:
    names: dict[int, Named] = {}
    offices: dict[int, str] = {}
    for office, name in people:
        at = body.find(name)
        while at >= 0:
            names[at] = Named(at, at + len(name), "whole")
            if office and body.endswith(office, 0, at):
                offices[at] = office
            at = body.find(name, at + 1)
    return Told(NamedText(body, tuple(names[at] for at in sorted(names))), offices)


def shared_pages(shared: Path = SHARED) -> Iterator[Told]:
    """Yield the articles of the real pages; the truth counts in the raw page (`people_shared.json`)."""
    truth = json.loads((GOLDEN / "people_shared.json").read_text(encoding="utf8"))["people"]
    for file_name in sorted({row["file"] for row in truth}):
        data = (shared / "seeds" / file_name).read_bytes()
        digest = sha256(data).hexdigest()
        read = read_file(data, file_name=file_name, sha256=digest, language=load_language())
        for page in read.pages:
            for article in page.articles:
                yield _traced(article.parts["body"], [row for row in truth if row["file"] == file_name])


def _traced(body: Text, rows: Iterable[dict[str, Any]]) -> Told:
    """Return a body with those people of the raw page that stand in it."""
    clean = {body.origin(at): at for at in reversed(range(len(body.string)))}
    names, offices = [], {}
    for row in rows:
        start, last = clean.get(row["raw_start"]), clean.get(row["raw_end"] - 1)
        if start is None or last is None:
            continue
        names.append(Named(start, last + 1, "part" if row.get("optional") else "whole"))
        if "office_start" in row and row["office_start"] in clean and row["office_end"] - 1 in clean:
            offices[start] = body.string[clean[row["office_start"]] : clean[row["office_end"] - 1] + 1]
    return Told(NamedText(body.string, tuple(sorted(names, key=lambda n: n.start))), offices)


def with_other_names(articles: Iterable[Told], *, trials: int = TRIALS, maker: NameMaker = MAKER) -> Iterator[Told]:
    """Yield the articles with every whole name replaced by one made up, of the same length or another."""
    chance = Random(SEED)
    for told in articles:
        for _ in range(trials):
            text = renamed(told.text, maker, chance)
            moved = {old.start: new.start for old, new in zip(told.text.names, text.names, strict=True)}
            yield Told(text, {moved[start]: office for start, office in told.offices.items()})


def corpus(path: Path) -> list[Told]:
    """Return the People's Daily of January 1998, which gives no offices."""
    return [Told(text, {}) for text in read_corpus(path)]


def measure_speed(bodies: Sequence[str]) -> float:
    """Return megabytes of clean text in which people and quotations are found in a second of CPU."""
    start = time.process_time()
    for body in bodies:
        article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body)
        find_quotes(article, find_people(article, load_names()))
    return sum(len(body.encode()) for body in bodies) / 1e6 / (time.process_time() - start)


def measure_all(shared: Path = SHARED, path: Path | None = None) -> dict[str, Scores]:
    """Return the scores of every set, by name; those of `shared` and of the corpus only where they are."""
    sets: dict[str, Callable[[], Iterable[Told]]] = {"sample issues": samples}
    if shared.is_dir():
        sets["real pages"] = lambda: shared_pages(shared)
    if path is not None:
        sets["People's Daily 1998"] = lambda: corpus(path)
    scores = {}
    for name, articles in sets.items():
        told = list(articles())
        trials = 1 if path is not None and name.startswith("People") else TRIALS
        scores[f"people: {name}"] = measure(told).scores()
        scores[f"people: {name}, other names"] = measure(with_other_names(told, trials=trials)).scores()
    return scores


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    for name, scores in measure_all(path=path).items():
        print(f"{name:45}", "  ".join(f"{measure} {value:.3f}" for measure, value in scores.items()))
    bodies = [told.text.text for told in samples()]
    measure_speed(bodies)
    print(f"people and quotations: {measure_speed(bodies * 10):.2f} MB of clean text a second of CPU")


if __name__ == "__main__":
    main()
