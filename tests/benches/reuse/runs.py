"""Runs finders over a corpus, each in a process of its own, and scores what they found."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tests.benches.reuse.found import read_clusters, read_pairs, read_passages
from tests.benches.reuse.measure import Cost, run_measured
from tests.benches.reuse.passages import score_passages
from tests.benches.reuse.peers import PEERS, SCRIPTS, Mode, install, write_peer_texts
from tests.benches.reuse.results import ENGINE, Result
from tests.benches.reuse.score import read_gold, score

CHECKOUT = Path(__file__).resolve().parents[3]
SOME = 100_000
"""Fewer leave the loops that sort many numbers without work, and these would be compiled while it is measured."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A corpus (docs.parquet, gold.parquet, where it was made here origins.parquet) and a folder to work in.

    Before each run the machine rests for `pause_seconds`: what memory others used has gone to its host then.
    """

    corpus: Path
    work: Path
    pause_seconds: float = 0.0

    def measure_engine(self) -> Result:
        """Run the project's own finder."""
        docs, target = self.corpus / "docs.parquet", self.work / "found" / f"{self.corpus.name}-{ENGINE}"
        self._warm(docs)
        cost = self._run_engine(docs, target)
        gold, origins = read_gold(self.corpus / "gold.parquet"), self.corpus / "origins.parquet"
        return Result(
            finder=ENGINE,
            mode="raw",
            articles=gold.height,
            cost=cost,
            scores=score(gold, read_clusters(target, gold["id"]), read_pairs(target)),
            passages=score_passages(read_passages(target), pl.read_parquet(origins)) if origins.is_file() else None,
        )

    def _warm(self, docs: Path) -> None:
        """Run once over some articles, so that no loop is compiled while it is measured: they are kept on disk."""
        some = self.work / "some.parquet"
        pl.scan_parquet(docs).head(SOME).collect().write_parquet(some)
        self._run_engine(some, self.work / "found" / "some")

    def _run_engine(self, docs: Path, target: Path) -> Cost:
        command = [sys.executable, "-m", "tests.benches.reuse.engine", str(docs), str(target)]
        return self._run(ENGINE, command, without_python(os.environ) | {"PYTHONPATH": str(CHECKOUT)})

    def measure_peer(self, name: str, mode: Mode) -> Result:
        """Run a peer in one mode."""
        run = f"{name}-{mode.name}"
        target = self.work / "found" / f"{self.corpus.name}-{run}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        script, texts = SCRIPTS / f"{PEERS[name].script}.py", self._texts(is_normalised=mode.is_normalised)
        command = [install(name, self.work), script, texts, target, *mode.arguments()]
        cost = self._run(run, list(map(str, command)), without_python(os.environ))
        gold = read_gold(self.corpus / "gold.parquet")
        scores = score(gold, pl.read_parquet(target))
        return Result(finder=name, mode=mode.name, articles=gold.height, cost=cost, scores=scores)

    def _texts(self, *, is_normalised: bool) -> Path:
        name = f"{self.corpus.name}{'-normalised' if is_normalised else ''}.parquet"
        texts = self.work / "texts" / name
        if not texts.is_file():
            texts.parent.mkdir(parents=True, exist_ok=True)
            write_peer_texts(self.corpus / "docs.parquet", texts, is_normalised=is_normalised)
        return texts

    def _run(self, run: str, command: Sequence[str], environment: Mapping[str, str]) -> Cost:
        log = self.work / "logs" / f"{self.corpus.name}-{run}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        time.sleep(self.pause_seconds)
        return run_measured(command, log=log, environment=environment)


def without_python(environment: Mapping[str, str]) -> dict[str, str]:
    """Leave out what would lead a peer's interpreter to the packages of ours, and have any compile its modules anew."""
    return {key: value for key, value in environment.items() if not key.startswith("PYTHON")}
