"""Kills runs with SIGKILL at random moments, verifies the lake after each, and compares the end with a clean build.

    ./lake bench kills --kills 200 --pages 300 --whole 6

Most runs are the flow's own stages without Prefect, in a process forked from one that has imported everything: they
begin at once, so that hundreds of kills take minutes. `--whole` of them are whole `./lake run` commands. A page changes
before each run, so that each has something to publish. Moments are drawn evenly over the stages, and within a stage
evenly over the time that it took a run that was let alone.
"""

import argparse
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.benches import kills_entry, kills_press
from warehouse import snapshots
from warehouse.history import expire
from warehouse.leftovers import Gravity
from warehouse.publish import open_for_writing
from warehouse.reader import open_lake
from warehouse.verify import Verified, verify

CHECKOUT = Path(__file__).resolve().parent.parent.parent
COMMITTED, NOT_BEGUN, ENDED = "after the commit", "before its record", "had ended"
AFTER_SECONDS = 0.3  # moments are drawn for so long after the last stage, where the work folder is cleared away
BEGIN_SECONDS = 120.0  # a whole command begins to write long before
HUNG_SECONDS = 600.0
HISTORY_TABLES = frozenset({"id_aliases"})  # they tell of earlier snapshots, which a clean build has not had
ENTRY = "tests.benches.kills_entry"


@dataclass(slots=True)
class Outcome:
    """What the kills met: runs by the stage they were in, what they left, and every wound of the lake, in words."""

    whole: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    leftovers: Counter[str] = field(default_factory=Counter)
    wounds: list[str] = field(default_factory=list)
    snapshots: int = 0
    verify_seconds: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, verify, compare; print a table, and give 1 where a lake was not whole or differs from a clean build."""
    parser = argparse.ArgumentParser(prog="lake bench kills", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--whole", type=int, default=0, help="how many of the kills hit a whole ./lake run")
    parser.add_argument("--minutes", type=float, default=60.0, help="no kill begins later than that")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="lake-kills-") as folder:
        outcome = kill_runs(Path(folder), options)
    _print_table(outcome, options, seconds=time.perf_counter() - started)
    return 1 if outcome.wounds else 0


def kill_runs(folder: Path, options: argparse.Namespace) -> Outcome:
    """Kill as often as asked; then let one run end, and hold it against a clean build of the same pages."""
    chance, outcome = Random(options.seed), Outcome()
    source, lake = folder / "source", folder / "lake"
    kills_press.write_press(source, options.pages, Random(options.seed))
    first = finish_run(source, folder / "measured")
    change_page(source, options.pages, chance)
    later = finish_run(source, folder / "measured")
    deadline = time.perf_counter() + options.minutes * 60
    for number in range(options.kills):
        if time.perf_counter() > deadline:
            break
        change_page(source, options.pages, chance)
        before = snapshots.snapshot_ids(lake)
        moment = draw_moment(later if before else first, chance)
        is_whole = options.whole > 0 and number % (options.kills // options.whole) == 1
        ended = kill_command(source, lake, moment, outcome) if is_whole else kill_process(source, lake, moment)
        outcome.whole += is_whole
        stage = name_stage(lake, before, ended=ended)
        outcome.stages[stage] += 1
        look_after(lake, f"kill {number + 1}, {stage}", outcome)
        if before:  # a run's time hangs on what else the machine does
            later |= dict(_last_record(lake)["stage_seconds"])
        if number % 10 == 9:
            print(f"{number + 1} kills, {len(outcome.wounds)} wounds", file=sys.stderr, flush=True)
    change_page(source, options.pages, chance)
    finish_run(source, lake)
    finish_run(source, folder / "clean")
    expire(lake, keep=options.kills + 1)  # what killed publishes had written; no snapshot goes
    judge(verify(lake), "after the last run", outcome, may_leave=False)
    outcome.wounds += compare(lake, folder / "clean") + untrue_records(lake)
    outcome.snapshots = len(snapshots.snapshot_ids(lake))
    return outcome


def change_page(source: Path, pages: int, chance: Random) -> None:
    """Print another page in the place of one."""
    kills_press.write_page(source, chance.randrange(pages), chance, [])


def draw_moment(stages: Mapping[str, float], chance: Random) -> float:
    """Draw a moment, in seconds after the start: a stage, or just after the last, and a place in it."""
    seconds = [*stages.values(), AFTER_SECONDS]
    place = chance.randrange(len(seconds))
    return sum(seconds[:place]) + chance.random() * seconds[place]


def finish_run(source: Path, lake: Path) -> dict[str, float]:
    """Let a run end; give the seconds of its stages."""
    process = _fork().Process(target=kills_entry.run_bare, args=(source, lake))
    process.start()
    process.join(HUNG_SECONDS)
    process.kill()
    process.join()
    if process.exitcode:
        raise SystemExit(f"a run that nobody killed ended with {process.exitcode}")
    seconds: dict[str, float] = _last_record(lake)["stage_seconds"]
    return seconds


def kill_process(source: Path, lake: Path, moment: float) -> bool:
    """Start a run, and kill it so many seconds after it began; tell whether it had ended by then."""
    context = _fork()
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=kills_entry.run_bare, args=(source, lake, there))
    process.start()
    there.close()
    here.recv_bytes()
    process.join(moment)
    ended = process.exitcode is not None
    process.kill()
    process.join()
    here.close()
    return ended


def kill_command(source: Path, lake: Path, moment: float, outcome: Outcome) -> bool:
    """Start `./lake run`, and kill its process so many seconds after it opened its journal; then what it had started.

    What it had started is looked at a second later: an orphan that works on would be a wound.
    """
    records = lake / "runs"
    known = set(records.glob("*.json"))
    command = [sys.executable, "-P", "-m", "flows", "run", "--source", str(source), "--lake", str(lake)]
    environ = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    run = subprocess.Popen(
        command, cwd=CHECKOUT, env=environ, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + BEGIN_SECONDS
    while run.poll() is None and set(records.glob("*.json")) == known and time.monotonic() < deadline:
        time.sleep(0.02)
    with suppress(subprocess.TimeoutExpired):
        run.wait(moment)
    ended = run.poll() is not None
    if run.returncode:
        raise SystemExit(f"a command that nobody killed ended with {run.returncode}")
    run.kill()
    run.wait()
    time.sleep(1)
    try:
        os.killpg(run.pid, signal.SIGKILL)
        outcome.leftovers["processes of a command that was killed"] += not ended
    except ProcessLookupError:
        pass  # nothing outlived it
    return ended


def name_stage(lake: Path, before: Sequence[int], *, ended: bool) -> str:
    """Tell where a run was: past its commit, or in the stage after those whose time it had recorded."""
    if ended:
        return ENDED
    if snapshots.snapshot_ids(lake) != list(before):
        return COMMITTED
    record = _last_record(lake)
    if record.get("status") != "running":
        return NOT_BEGUN
    return f"after {list(record['stage_seconds'])[-1]}" if record["stage_seconds"] else "inventory"


def look_after(lake: Path, where: str, outcome: Outcome) -> None:
    """Verify the lake as the killed run left it, and read it as a reader would."""
    if not snapshots.snapshot_ids(lake):
        return
    started = time.perf_counter()
    judge(verify(lake), where, outcome)
    outcome.verify_seconds += time.perf_counter() - started
    if not (lake / "lake.duckdb").exists():
        return
    with open_lake(lake) as reader:
        shown, articles = reader.sql("SELECT lake_snapshot(), (SELECT count(*) FROM articles)").fetchall()[0]
    if articles != snapshots.read_snapshot(lake, shown).counts["articles"]:
        outcome.wounds.append(f"{where}: the catalog counts {articles} articles in snapshot {shown}")


def judge(found: Verified, where: str, outcome: Outcome, *, may_leave: bool = True) -> None:
    """Count what was left, and keep what is damaged; of a run that ended well nothing may be left."""
    for problem in found.problems:
        if problem.gravity is Gravity.DAMAGE or not may_leave:
            outcome.wounds.append(f"{where}: {problem.where}: {problem.says}")
        else:
            outcome.leftovers[_kind(problem.where)] += 1


def compare(lake: Path, clean: Path) -> list[str]:
    """Name the files of the newest snapshot that a clean build has not, and the other way round."""
    held, expected = ({part.path: part.sha256 for part in _parts(root)} for root in (lake, clean))
    different = sorted(set(held.items()) ^ set(expected.items()))
    return [f"a clean build differs: {path}" for path, _ in different]


def untrue_records(lake: Path) -> list[str]:
    """Name the runs whose record does not say what became of them; the next run has looked after all before it."""
    with open_for_writing(lake):
        published = {snapshots.read_snapshot(lake, number).run_id: number for number in snapshots.snapshot_ids(lake)}
    wrong = []
    for path in sorted((lake / "runs").glob("*.json")):
        facts = json.loads(path.read_bytes())
        snapshot = published.get(facts["run_id"])
        expected = {"published"} if snapshot else {"died", "unchanged"}
        if facts["status"] not in expected or (snapshot and facts["snapshot_id"] != snapshot):
            wrong.append(f"runs/{path.name} says {facts['status']}, snapshot {facts['snapshot_id']}; it was {snapshot}")
    return wrong


def _fork() -> multiprocessing.context.ForkServerContext:
    """Give a context whose processes are forked from one that has imported everything, and has begun no thread."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([ENTRY])
    return context


def _last_record(lake: Path) -> dict[str, object]:
    records = sorted((lake / "runs").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    facts: dict[str, object] = json.loads(records[-1].read_bytes()) if records else {}
    return facts


def _parts(root: Path) -> list[snapshots.Part]:
    newest = snapshots.latest(root)
    tables = newest.tables if newest else {}
    return [part for name, parts in tables.items() if name not in HISTORY_TABLES for part in parts]


def _kind(where: str) -> str:
    if ".tmp" in where:
        return "scratch files"
    kinds = {"runs": "runs still said to be running", "lake.duckdb": "a catalog one snapshot behind"}
    return kinds.get(where.split("/", maxsplit=1)[0], "files that no snapshot names")


def _print_table(outcome: Outcome, options: argparse.Namespace, *, seconds: float) -> None:
    kills = sum(outcome.stages.values())
    print(
        f"\n{kills} kills over {options.pages} pages, {outcome.whole} of whole commands, in {seconds / 60:.1f} minutes"
    )
    print("\n| killed | runs |\n|---|---|")
    for stage, count in sorted(outcome.stages.items()):
        print(f"| {stage} | {count} |")
    print("\n| left by a killed run, until the next run or expiry clears it away | times |\n|---|---|")
    for kind, count in sorted(outcome.leftovers.items()):
        print(f"| {kind} | {count} |")
    print(
        f"\n{outcome.snapshots} snapshots; verified {kills} times, {outcome.verify_seconds / max(kills, 1):.2f} s each"
    )
    print("\n".join(outcome.wounds) or "No lake was torn, and the last one equals a clean build byte for byte.")


if __name__ == "__main__":
    sys.exit(main())
