"""Floors of quality: what was reached once must be reached again. They only rise: see `tests/golden/test_floors.py`."""

import json
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).resolve().parents[1] / "golden" / "floors.json"
LOWER_IS_BETTER = frozenset({"lost", "cer", "exact", "false_joins"})
SLACK = 0.0005  # of rounding, between machines

Scores = Mapping[str, float]


def load_floors(path: Path = FLOORS) -> dict[str, Scores]:
    """Return the floors by set and measure; none where there is no file yet."""
    return json.loads(path.read_text(encoding="utf8")) if path.exists() else {}


def save_floors(floors: Mapping[str, Scores], path: Path = FLOORS) -> None:
    """Write the floors."""
    path.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", encoding="utf8")


def raised(floors: Mapping[str, Scores], reached: Mapping[str, Scores]) -> dict[str, Scores]:
    """Return the floors lifted to what was reached; a set that was not measured keeps its own."""
    return {
        name: {
            measure: _stricter(measure, floors.get(name, scores)[measure], value) for measure, value in scores.items()
        }
        for name, scores in {**floors, **reached}.items()
    }


def below_floor(floors: Scores, reached: Scores) -> dict[str, tuple[float, float]]:
    """Return the measures that fell below their floors: (floor, reached)."""
    fallen = {}
    for measure, floor in floors.items():
        loss = reached[measure] - floor if measure in LOWER_IS_BETTER else floor - reached[measure]
        if loss > SLACK:
            fallen[measure] = (floor, reached[measure])
    return fallen


def _stricter(measure: str, floor: float, value: float) -> float:
    return min(floor, value) if measure in LOWER_IS_BETTER else max(floor, value)
