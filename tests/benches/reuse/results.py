"""What each finder reached over a corpus, kept in a file a run, so that slow peers need not be measured again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benches.reuse.measure import Cost
from tests.benches.reuse.passages import PassageScores
from tests.benches.reuse.score import Scores

ENGINE = "broadsheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One finder in one mode over one corpus."""

    finder: str
    mode: str
    articles: int
    cost: Cost
    scores: Scores
    passages: PassageScores | None = None

    @property
    def name(self) -> str:
        """Finder and mode."""
        return f"{self.finder} ({self.mode})"


def keep_result(result: Result, folder: Path) -> None:
    """Write a result to the folder of its corpus, in the place of an earlier one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = result_path(folder, result.finder, result.mode)
    path.write_text(json.dumps(asdict(result), ensure_ascii=False, indent=1) + "\n", encoding="utf8")


def result_path(folder: Path, finder: str, mode: str) -> Path:
    """Say where a result is kept."""
    return folder / f"{finder}-{mode}.json"


def read_results(folder: Path, order: Sequence[str]) -> list[Result]:
    """Read the results of a corpus: our own first, then the peers in the given order, each mode as it was measured."""
    results = [_read(path) for path in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)]
    ranks = {finder: rank for rank, finder in enumerate((ENGINE, *order))}
    return sorted((result for result in results if result.finder in ranks), key=lambda result: ranks[result.finder])


def _read(path: Path) -> Result:
    row = json.loads(path.read_text(encoding="utf8"))
    parts = {"cost": Cost(**row["cost"]), "scores": Scores(**row["scores"])}
    passages = PassageScores(**row["passages"]) if row["passages"] else None
    return Result(**row | parts | {"passages": passages})
