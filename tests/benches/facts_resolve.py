"""Measures how well namings are led to the people they mean, and how fast, on an invented press with known truth.

`python -m tests.benches.facts_resolve` prints a row a seed; `--raise-floors` lifts the floors of
tests/golden/floors.json to what the first reached; `--mentions N` measures speed on about so many namings.
"""

import argparse
import resource
import time
from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from flows.reference import load_looks
from tests.benches.floors import Scores, load_floors, raised, save_floors
from tests.benches.invented_press import Printed, print_press
from transforms.entities.identity.inputs import CREDITS, MENTIONS
from transforms.entities.resolve import Resolution, resolve_mentions

NAME = "resolved people"
PEOPLE, ARTICLES, SEEDS = 1_500, 6_000, (1, 2, 3)
MENTIONS_AN_ARTICLE = 4.9
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


def measure_speed(mentions: int) -> tuple[int, float, float]:
    """Return how many namings were resolved, the seconds of CPU, and the most memory of the process in GB."""
    articles = int(mentions / MENTIONS_AN_ARTICLE)
    printed = print_press(load_looks(), people=articles // 4, articles=articles, seed=1)
    before = time.process_time()
    resolve(printed)
    return len(printed.mentions), time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


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
    parser.add_argument("--mentions", type=int, default=0, help="measure speed on so many namings")
    options = parser.parse_args(arguments)
    scores = {seed: measure(seed) for seed in SEEDS}
    for seed, row in scores.items():
        print(f"{NAME}, seed {seed}: " + ", ".join(f"{name} {value:.4f}" for name, value in row.items()))
    if options.mentions:
        count, seconds, memory = measure_speed(options.mentions)
        print(f"{count} namings in {seconds:.1f} s of CPU: {count / seconds:.0f} a second; {memory:.2f} GB at most.")
    if options.raise_floors:
        save_floors(raised(load_floors(), {NAME: scores[SEEDS[0]]}))


if __name__ == "__main__":
    main()
