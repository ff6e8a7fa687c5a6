"""What new articles cost a lake that holds many: measured beside a build of all of them, and the tables compared."""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from tests.benches.reuse.increment_engine import TABLES
from tests.benches.reuse.measure import Cost, run_measured
from tests.benches.reuse.runs import CHECKOUT, without_python

SEED = 1
SOME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Increment:
    """New articles that came into a lake of so many. `cost` and `full_cost` are of whole processes.

    Those of the update alone are `update_seconds` of CPU, `cold_seconds` of the wall clock, with the index out of
    memory, and `warm_seconds` of CPU. `read_mib` came from the disk meanwhile; `own_mib` of memory is no mapped file.
    """

    corpus: str
    settings: str
    articles: int
    added: int
    cost: Cost
    full_cost: Cost
    update_seconds: float
    cold_seconds: float
    warm_seconds: float
    read_mib: float
    state_mib: float
    own_mib: float
    is_equal: bool


def measure_increments(corpus: Path, work: Path, settings: str, added: Sequence[int]) -> Iterator[Increment]:
    """Build the index without so many articles, drawn at random, and add them; all in `work`, which is emptied.

    What it takes to compile a loop that is not kept yet is measured too: see `compile_loops`.
    """
    for count in added:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        parts = _split(corpus / "docs.parquet", work, count)
        _run(parts["rest"], settings, work / "before")
        _, cold = _run(parts["new"], settings, work / "cold", work / "before", Path("cold"))
        cost, took = _run(parts["new"], settings, work / "after", work / "before")
        full_cost, _ = _run(corpus / "docs.parquet", settings, work / "full")
        yield Increment(
            corpus=corpus.name,
            settings=settings,
            articles=pl.scan_parquet(parts["rest"]).select(pl.len()).collect().item(),
            added=count,
            cost=cost,
            full_cost=full_cost,
            update_seconds=took["cpu_seconds"],
            cold_seconds=cold["wall_seconds"],
            read_mib=cold["read_mib"],
            is_equal=all(_read(work / "after", name).equals(_read(work / "full", name)) for name in TABLES),
            **{name: took[name] for name in ("warm_seconds", "state_mib", "own_mib")},
        )
        shutil.rmtree(work)


def compile_loops(docs: Path, work: Path, settings: str) -> None:
    """Run once over a few articles, so that no loop is compiled while it is measured: they are kept on disk."""
    work.mkdir(parents=True, exist_ok=True)
    some = pl.scan_parquet(docs).head(SOME).collect()
    paths = {name: work / f"some-{name}.parquet" for name in ("rest", "new")}
    some[::2].write_parquet(paths["rest"])
    some[1::2].write_parquet(paths["new"])
    _run(paths["rest"], settings, work / "some-before")
    _run(paths["new"], settings, work / "some-after", work / "some-before")


def _split(docs: Path, work: Path, count: int) -> dict[str, Path]:
    """Draw so many articles; write them, and the rest, to files."""
    ids = pl.scan_parquet(docs).select("id").collect()
    drawn = ids.sample(count, seed=SEED)
    paths = {name: work / f"{name}.parquet" for name in ("rest", "new")}
    articles = pl.scan_parquet(docs)
    articles.join(drawn.lazy(), on="id", how="anti").sink_parquet(paths["rest"], row_group_size=20_000)
    articles.join(drawn.lazy(), on="id", how="semi").sink_parquet(paths["new"])
    return paths


def _run(articles: Path, settings: str, folder: Path, *state: Path) -> tuple[Cost, dict[str, float]]:
    command = [sys.executable, "-m", "tests.benches.reuse.increment_engine", articles, settings, folder, *state]
    log, environment = folder.with_suffix(".log"), without_python(os.environ) | {"PYTHONPATH": str(CHECKOUT)}
    cost = run_measured(list(map(str, command)), log=log, environment=environment)
    return cost, json.loads(log.read_text(encoding="utf8").splitlines()[-1])


def _read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / "tables" / f"{name}.parquet")


def keep_increment(increment: Increment, folder: Path) -> None:
    """Write an increment to the folder, in the place of an earlier one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{increment.corpus}-{increment.settings}-{increment.added}.json"
    path.write_text(json.dumps(asdict(increment), indent=1) + "\n", encoding="utf8")


def read_increments(folder: Path) -> list[Increment]:
    """Read all that were kept: the smallest lake first, and of one lake the most articles."""
    rows = [json.loads(path.read_text(encoding="utf8")) for path in folder.glob("*.json")]
    costs = ({name: Cost(**row[name]) for name in ("cost", "full_cost")} for row in rows)
    increments = [Increment(**row | cost) for row, cost in zip(rows, costs, strict=True)]
    return sorted(increments, key=lambda each: (round(each.articles, -4), each.settings, -each.added))
