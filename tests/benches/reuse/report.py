"""What was measured, as tables: printed, and in docs/reuse.md."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benches.floors import Scores as PairScores
from tests.benches.reuse.hard_pairs import FIRST, LAST, TITLES, hard_pair_rows
from tests.benches.reuse.increments import Increment
from tests.benches.reuse.measure import Cost
from tests.benches.reuse.millions import MILLIONS
from tests.benches.reuse.passages import PassageScores
from tests.benches.reuse.peers import PEERS
from tests.benches.reuse.results import Result

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "reuse.md"
WORTHWHILE_F1 = 0.5  # a finder below it is no rival, however fast


def print_result(result: Result) -> None:
    """Print what a finder reached."""
    print("\n" + table(("finder", *MAIN), [main_row(result)]))
    print("found with the original:", _shares(result.scores.recall))
    print("taken for copies:", _shares(result.scores.false_positives), flush=True)
    if result.passages:
        print(passage_line(result.passages), flush=True)


RATES = ("near P", "near R", "near F1", "reuse P", "reuse R", "reuse F1")
MAIN = ("CPU s", "articles / CPU s", "others", "peak MiB", *RATES)


def main_row(result: Result) -> list[str]:
    """Return cost and scores of a finder as cells."""
    cost, near, reuse = result.cost, result.scores.near, result.scores.reuse
    speed = f"{result.articles / cost.cpu_seconds:,.0f}"
    costs = [f"{cost.cpu_seconds:.1f}", speed, _others(cost), f"{cost.peak_mib:,.0f}"]
    return [result.name, *costs, *(f"{rates[key]:.3f}" for rates in (near, reuse) for key in ("p", "r", "f1"))]


def _others(cost: Cost) -> str:
    return "" if cost.other_cores is None else f"{cost.other_cores:.1f}"


def passage_line(passages: PassageScores) -> str:
    """Say how exact the passages are."""
    return (
        f"Passages, by characters: precision {passages.p:.3f}, recall {passages.r:.3f}; their ends lie "
        f"{passages.edge_chars:.0f} characters from the truth (median), {passages.edge_chars_p95:.0f} (95 of 100)."
    )


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(titles) + " |", "|---|" + "---:|" * (len(titles) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _shares(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{kind} {share:.3f}" for kind, share in shares.items())


SIZES_BY_KIND = 2
"""Of so many corpora, the largest, each kind is told: what gets lost among more articles shows."""

INCREMENT = (
    "articles",
    "index",
    "new",
    "others",
    "all at once: CPU s",
    "new alone: CPU s",
    "share",
    "warm: CPU s",
    "cold: s",
    "read MiB",
    "of index MiB",
    "own peak MiB",
    "same tables",
)


def increment_row(each: Increment) -> list[str]:
    """Return what new articles cost as cells."""
    whole = each.full_cost.cpu_seconds
    return [
        *(f"{each.articles:,}", each.settings, f"{each.added:,}", _others(each.full_cost)),
        *(f"{whole:.1f}", f"{each.update_seconds:.2f}"),
        *(f"{each.update_seconds / whole:.1%}", f"{each.warm_seconds:.2f}", f"{each.cold_seconds:.1f}"),
        *(f"{each.read_mib:,.0f}", f"{each.state_mib:,.0f}", f"{each.own_mib:,.0f}"),
        "yes" if each.is_equal else "NO",
    ]


def write_document(
    corpora: Mapping[str, Sequence[Result]], hard_pairs: Sequence[PairScores], increments: Sequence[Increment] = ()
) -> None:
    """Write docs/reuse.md: the results over each corpus by its name, our own first, the smallest corpus first."""
    DOCUMENT.write_text("\n\n".join(_document(corpora, hard_pairs, increments)) + "\n", encoding="utf8")


def _document(
    corpora: Mapping[str, Sequence[Result]], hard_pairs: Sequence[PairScores], increments: Sequence[Increment]
) -> Iterator[str]:
    yield INTRODUCTION.format(machine=_machine())
    for name, results in corpora.items():
        yield f"## {results[0].articles:,} articles"
        yield f"Corpus {name}."
        yield table(("finder", *MAIN), [main_row(result) for result in results])
        yield from _ratios(results)
        if results[0].passages:
            yield passage_line(results[0].passages)
    for results in list(corpora.values())[-SIZES_BY_KIND:]:
        yield from _kinds(results)
    yield FIRST
    yield table(TITLES, hard_pair_rows(hard_pairs))
    yield LAST
    if increments:
        yield INCREMENTS
        yield table(INCREMENT, [increment_row(each) for each in increments])
    yield ELSEWHERE.strip()
    yield MILLIONS
    yield SETTINGS
    peers = dict.fromkeys(result.finder for results in corpora.values() for result in results[1:])
    yield "\n".join(f"- **{name}**: {PEERS[name].says}" for name in peers)


def _kinds(results: Sequence[Result]) -> Iterator[str]:
    kinds = list(results[0].scores.recall)
    yield f"## Of {results[0].articles:,} articles: copies found with their original, by kind"
    yield table(("finder", *kinds), [_cells(result.name, result.scores.recall, kinds) for result in results])
    kinds = list(results[0].scores.false_positives)
    yield f"## Of {results[0].articles:,} articles: look-alikes taken for copies, by kind (0 is best)"
    yield table(("finder", *kinds), [_cells(result.name, result.scores.false_positives, kinds) for result in results])


def _ratios(results: Sequence[Result]) -> Iterator[str]:
    own, *peers = results
    for is_given in (False, True):
        rivals = [
            peer
            for peer in peers
            if peer.scores.near["f1"] >= WORTHWHILE_F1 and (peer.mode == "normalised") == is_given
        ]
        if rivals:
            fastest = min(rivals, key=lambda peer: peer.cost.cpu_seconds)
            ratio = own.cost.cpu_seconds / fastest.cost.cpu_seconds
            yield (
                f"On {'our normalised' if is_given else 'the same raw'} text the fastest peer with near F1 of "
                f"{WORTHWHILE_F1} and more is {fastest.name}: this project takes {ratio:.2f} of its CPU time."
            )


def _cells(name: str, shares: Mapping[str, float], kinds: Sequence[str]) -> list[str]:
    return [name, *(f"{shares[kind]:.3f}" if kind in shares else "" for kind in kinds)]


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


INTRODUCTION = """# How reuse is found

Written by `./lake bench reuse --write` ({machine}). The corpora are made by `tests/benches/reuse`, so that every copy,
passage and look-alike in them is known. CPU seconds are user and system time of the whole process tree, start-up,
reading and writing included, of several rounds (`--rounds`) the median; peak memory is summed over its processes. What
a process keeps on disk for the next one (Python's bytecode, and our machine code of loops) is there already.

- *others*: so many cores other work kept busy meanwhile, which adds some fifth to CPU seconds where it is all of them:
  hold rows of a like number against each other (empty: not known).
- **near**: two versions of one text are one; **reuse**: also excerpts, paragraphs in round-ups, pages of two articles.
- Peers give clusters, which cannot say "holds a part of": their clusters are scored under both."""
ELSEWHERE = """## Re-posts of one site

Kept by hand: `./lake bench reuse --site --size 47k --seed 2 --peers rensa,fastsketch`, with 1.6 cores kept busy by
other work. One site posts a third of its articles again, most of them to the letter and within a week, a tenth later;
a note or another title stands before some, others are corrected or cut. Beside them stand 2,500 instances of rites
(visits, sessions, telegrams, notices, exhibitions) that differ by a name, an ordinal or a day, and follow-ups half of
which is background. Rules were changed after the first run (near F1 0.991 with those before), so this is no unread set.

| finder | CPU s | near P | near R | near F1 | rites taken for copies |
|---|---:|---:|---:|---:|---:|
| broadsheet (raw) | 1.2 | 0.994 | 0.994 | 0.994 | 0.017 |
| the same, with weighed evidence (CPU not measured again) | | 0.997 | 0.992 | 0.994 | 0.032 |
| the same, a name in front no longer taken for a paper's front | | 0.998 | 0.993 | 0.995 | 0.013 |
| the same, and what was cut by a quarter years later is found | | 0.998 | 0.993 | 0.996 | 0.013 |
| the same, and how much a text tells and talks is evidence | | 0.997 | 0.997 | 0.997 | 0.024 |
| the same, and the others that fill in a form tell where its slots are | | 0.999 | 0.997 | 0.998 | 0.009 |
| rensa (documented) | 1.5 | 0.647 | 0.871 | 0.742 | 0.890 |
| rensa (tuned) | 1.7 | 0.227 | 0.952 | 0.366 | 1.000 |
| fastsketch (documented) | 1.7 | 0.645 | 0.870 | 0.741 | 0.900 |
| fastsketch (tuned) | 1.7 | 0.255 | 0.952 | 0.403 | 1.000 |

Without dates near F1 is 0.958: often only the calendar tells one name in a rite from an edit. Of the re-posts that
were edited and come after a week 0.939 are found; the others have another word and few numbers, or another number. On
seeds 1, 3 and 4, which the weights are fitted to, near F1 is 0.998, 0.997 and 0.998, and of rites 0.010, 0.015 and
0.011 are taken for copies; on seeds 5 and 6, which nothing is fitted to, 0.998 and 0.997, and 0.007 and 0.011. Before
the words of two texts were held against the slots of their form (`transforms/reuse/family.py`), of rites 0.016 to
0.030 were, and 0.002 to 0.005 more of the late edits found: of the pairs that it parts on seed 2, 46 are of two rites,
and one is an edit. Headlines that are the same, or begin or end alike, were tried as evidence: no set was told better.

## Warm and cold

Kept by hand, quiet, on the machine of the tables above: a virtual machine asks its host for memory that nobody used
for some seconds, so system time differs between runs. `./lake bench reuse --size 100k --rounds 3 --peers rensa`, with
`--pause 8`, and with `--pause 8` and `NUMPY_MADVISE_HUGEPAGE=1`, which gives numpy's large arrays pages of 2 MB:

| 100,000 articles: CPU s | broadsheet (raw) | rensa (tuned) | ratio |
|---|---:|---:|---:|
| no pause | 2.6 | 3.5 | 0.75 |
| 8 seconds before each run | 2.5 | 3.4 | 0.74 |
| the same, with large pages | 2.6 | | |

With the .79 of the table above, and .85 where other work ran beside it, that is how far such a ratio of two short runs
can be trusted.
"""

INCREMENTS = """## New articles

`./lake bench reuse --increment` takes some articles out of a corpus, drawn at random, builds the index of the rest,
adds them, and builds all at once beside it. *index*: the settings, default or sparse (half of the shingles, no
novelty). *all at once*: CPU seconds of the process that builds all; *new alone*: those of the update in a new process
(start-up left out); *share* of the build of all. *warm*: once more in that process. *cold*: seconds on the
clock, in a new process, when the system keeps nothing of the index in memory, and *read* what the update then reads of
it (read_bytes in /proc/self/io, which counts the pages of mapped files that come from the disk). *own*: memory that is
no mapped file. *same tables*: those before, with what the update says, are those of all at once. *others*: as above,
while all was built; where it is empty, an earlier version was measured, which compared fewer pairs."""
SETTINGS = """## Settings

Every peer runs in an environment of its own on the same files. *documented*: its own threshold, raw text;
*tuned*: 5-character shingles, threshold .45, 128 permutations, the best of a grid at 10,000 articles, raw text;
*normalised*: tuned, and handed this project's normalised text, whose making is not counted."""
