"""Measures how well namings are led to the people they mean, and how fast, on an invented press with known truth.

`python -m tests.benches.facts_resolve` prints a row a seed; `--raise-floors` lifts the floors of
tests/golden/floors.json to what the first reached; `--articles N` measures, in a process of its own, a build of so many
articles and updates of it.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from flows.names import update_names
from flows.reference import load_looks
from flows.runners import open_pool
from flows.settings import Runner
from tests.benches.floors import Scores, load_floors, raised, save_floors
from tests.benches.invented_press import Printed, print_other_names, print_press
from tests.benches.text import CHECKOUT
from transforms.entities.identity.inputs import CREDITS, MENTIONS
from transforms.entities.resolve import NameChanges, Resolution, resolve_mentions

NAME = "resolved people"
PEOPLE, ARTICLES, SEEDS = 1_500, 6_000, (1, 2, 3)
NEW = (30, 1_000)  # articles that come to a lake
INTEGERS = frozenset({"start_char", "end_char", "contributor_no"})


def resolve(printed: Printed) -> Resolution:
    """Resolve what was printed."""
    frames = [_frame(printed.mentions, MENTIONS), _frame(printed.credits, CREDITS)]
    return resolve_mentions(*frames, looks=load_looks())


def measure(seed: int) -> Scores:
    """Print an invented press and score its resolution."""
    printed = print_press(load_looks(), people=PEOPLE, articles=ARTICLES, seed=seed)
    return score(printed, dict(resolve(printed).mention_entities.iter_rows()))


def score(printed: Printed, entity_of: Mapping[str, str]) -> Scores:
    """Hold entities against the people meant.

    precision, recall: B-cubed over namings. false_joins: entities that hold two people's namings, per 1,000 people.
    namesakes: share of the people who share a name, none of whose namings lie in an entity with another's.
    misprints: share of the misprinted namings that lie in the entity of most of their person's namings; those of
    villagers, half of them, are left open: neighbours may have names that are alike.
    """
    found = {mention: entity_of[mention] for mention in printed.truth}
    people = Counter(printed.truth.values())
    entities = Counter(found.values())
    both = Counter((found[mention], person) for mention, person in printed.truth.items())
    mixed = {entity for entity, of_entity in _people_of(both).items() if len(of_entity) > 1}
    scores = {
        "precision": sum(n * n / entities[entity] for (entity, _), n in both.items()) / len(found),
        "recall": sum(n * n / people[person] for (_, person), n in both.items()) / len(found),
        "false_joins": 1000 * len(mixed) / len(people),
        "namesakes": _kept_apart(printed, both, mixed),
        "misprints": _led_back(printed, found, both),
    }
    return {name: round(value, 4) for name, value in scores.items()}


def _people_of(both: Counter[tuple[str, int]]) -> dict[str, set[int]]:
    people: dict[str, set[int]] = {}
    for entity, person in both:
        people.setdefault(entity, set()).add(person)
    return people


def _kept_apart(printed: Printed, both: Counter[tuple[str, int]], mixed: set[str]) -> float:
    names: dict[str, set[int]] = {}
    for row in printed.mentions:
        person = printed.truth.get(row["mention_id"])
        if person is not None:
            names.setdefault(row["surface"], set()).add(person)
    sharing = {person for people in names.values() if len(people) > 1 for person in people}
    together = {person for entity, person in both if entity in mixed}
    return 1 - len(sharing & together) / len(sharing)


def _led_back(printed: Printed, found: Mapping[str, str], both: Counter[tuple[str, int]]) -> float:
    largest: dict[int, tuple[int, str]] = {}
    for (entity, person), count in both.items():
        largest[person] = max(largest.get(person, (0, "")), (count, entity))
    right = sum(found[mention] == largest[printed.truth[mention]][1] for mention in printed.misprinted)
    return right / len(printed.misprinted)


def print_growth(articles: int, folder: Path) -> None:
    """Print a press of so many articles and NEW more, with all that papers name, into two files of a folder."""
    count = articles + sum(NEW)
    printed = print_press(load_looks(), people=count // 4, articles=count, seed=1)
    print_other_names(printed, seed=2)
    _frame(printed.mentions, MENTIONS).collect().write_parquet(folder / "mentions.parquet")
    _frame(printed.credits, CREDITS).collect().write_parquet(folder / "credits.parquet")


def measure_growth(folder: Path, workers: int) -> list[str]:
    """Resolve all but the last articles of a press, then those as they come; say what each took.

    Memory is the most that this process had, and the most that one of its workers had.
    """
    mentions, credited = (pl.scan_parquet(folder / f"{name}.parquet") for name in ("mentions", "credits"))
    articles = credited.select("article_id").collect()["article_id"]
    looks = load_looks()
    state: Mapping[str, Path] | None = None
    lines, begin = [], 0
    for size in (len(articles) - sum(NEW), *NEW):
        mine = articles[begin : begin + size].implode()
        changes = [frame.filter(pl.col("article_id").is_in(mine)) for frame in (mentions, credited)]
        namings = sum(int(frame.select(pl.len()).collect().item()) for frame in changes)
        before, began = _cpu_seconds(), time.perf_counter()
        pool = partial(open_pool, runner=Runner(workers=workers))
        update = update_names(state, NameChanges((), *changes), folder / str(begin), looks=looks, pool=pool)
        seconds = _cpu_seconds() - before
        memory = [resource.getrusage(who).ru_maxrss / 1e3 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        lines.append(
            f"{size} articles into {begin}: {namings} namings in {seconds:.1f} s of CPU ({namings / seconds:.0f} a "
            f"second), {time.perf_counter() - began:.1f} s on the clock, {update.read_bytes / 1e6:.1f} MB read, "
            f"{update.written_bytes / 1e6:.1f} MB written, {memory[0]:.0f} and {memory[1]:.0f} MB of memory; "
            f"the state has {sum(path.stat().st_size for path in update.state.values()) / 1e6:.1f} MB"
        )
        state, begin = update.state, begin + size
    return lines


def _cpu_seconds() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _frame(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> pl.LazyFrame:
    days, flags = {"date_lower", "date_upper"}, {"is_canonical"}
    schema = {
        name: pl.Date if name in days else pl.Boolean if name in flags else pl.Int32 if name in INTEGERS else pl.String
        for name in columns
    }
    return pl.DataFrame([[row[name] for name in columns] for row in rows], schema=schema, orient="row").lazy()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; lift the floors where that is asked for."""
    parser = argparse.ArgumentParser(description="Measure how well namings are led to the people they mean.")
    parser.add_argument("--raise-floors", action="store_true", help="lift the floors to what was reached")
    parser.add_argument("--articles", type=int, nargs="*", default=[], help="measure updates of lakes of so many")
    parser.add_argument("--workers", type=int, default=2, help="processes that a large build is dealt out to")
    parser.add_argument("--grow", type=Path, help="measure updates of the press that lies in a folder")
    options = parser.parse_args(arguments)
    if options.grow:
        print("\n".join(measure_growth(options.grow, options.workers)))
        return
    scores = {seed: measure(seed) for seed in SEEDS}
    for seed, row in scores.items():
        print(f"{NAME}, seed {seed}: " + ", ".join(f"{name} {value:.4f}" for name, value in row.items()))
    for articles in options.articles:
        with TemporaryDirectory() as folder:
            print_growth(articles, Path(folder))
            command = [sys.executable, "-m", "tests.benches.facts_resolve", "--grow", folder]
            command += ["--workers", str(options.workers)]
            print(subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout, end="")
    if options.raise_floors:
        save_floors(raised(load_floors(), {NAME: scores[SEEDS[0]]}))


if __name__ == "__main__":
    main()
