"""Makes a corpus with known families of copies: deterministic in size, seed and base, in independent chunks.

`docs.parquet`: id (0 to size - 1, in no order of families), newspaper_id, published_on, headline, body.
`gold.parquet`: id, cluster (the text that it is a version of), kind, pieces (list of source, start, end: the parts of
each text that it holds, as shares of that text). `origins.parquet`, for the first chunk alone: id, origins (where each
character of the body came from, see `traced`). No family reaches beyond its chunk.
"""

import multiprocessing
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from tests.benches.reuse.base import Writer, load_base
from tests.benches.reuse.prints import NEWSPAPERS, STOCK, Press, Print
from tests.benches.reuse.site import SITE_FAMILIES, Site
from tests.benches.reuse.traced import SOURCE_BITS, Traced, trace

CHUNK = 5_000  # articles that are made together
SOURCES_A_CHUNK = 1_000_000
FAMILIES = {  # how often each kind of family is begun; most are articles printed once
    "alone": 0.660,
    "copies": 0.195,
    "template_small": 0.020,
    "template_big": 0.001,
    "boilerplate": 0.080,
    "followup": 0.032,
    "blurb": 0.002,
    "standing": 0.010,
}
SHORTEST_PIECE = 40  # characters of a text that a print must hold to be said to hold them
GAP = 40  # characters that may be missing inside a piece
PIECES = pl.List(pl.Struct({"source": pl.Int64, "start": pl.Float64, "end": pl.Float64}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be made: `real` names a Parquet with a column `text`, whose articles are used as bodies."""

    size: int
    seed: int
    tagged: Path
    real: Path | None = None
    is_site: bool = False
    """Whether one site posts them, and no sixteen papers print them."""

    @property
    def chunks(self) -> int:
        """Chunks of CHUNK articles, the last one smaller."""
        return -(-self.size // CHUNK)


def make_corpus(order: Order, folder: Path, *, workers: int = 2) -> None:
    """Write the three files into the folder; the same order gives the same rows."""
    folder.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(dir=folder) as parts, ProcessPoolExecutor(workers, mp_context=context) as pool:
        for _ in pool.map(partial(write_chunk, order, folder=Path(parts)), range(order.chunks)):
            pass
        for name in ("docs", "gold", "origins"):
            _sort(Path(parts), name, folder / f"{name}.parquet")


def _sort(parts: Path, name: str, target: Path) -> None:
    with duckdb.connect(config={"memory_limit": "3GB", "temp_directory": str(parts), "threads": 2}) as database:
        database.execute(
            f"COPY (FROM '{parts}/{name}-*.parquet' ORDER BY id) TO '{target}' (COMPRESSION zstd, ROW_GROUP_SIZE 20000)"
        )


def write_chunk(order: Order, chunk_no: int, *, folder: Path) -> None:
    """Write the parts of one chunk."""
    prints, source_chars = make_chunk(order, chunk_no)
    ids = _ids(order, chunk_no)
    docs = pl.DataFrame(
        {
            "id": ids,
            "newspaper_id": [f"bao_{printed.newspaper_no:02}" for printed in prints],
            "published_on": [printed.published_on for printed in prints],
            "headline": [str(printed.headline) for printed in prints],
            "body": [str(printed.body) for printed in prints],
        }
    )
    docs.write_parquet(folder / f"docs-{chunk_no:05}.parquet")
    gold = {
        "id": ids,
        "cluster": [printed.cluster for printed in prints],
        "kind": [printed.kind for printed in prints],
        "pieces": [list(find_pieces(printed.body, source_chars)) for printed in prints],
    }
    pl.DataFrame(gold, schema_overrides={"pieces": PIECES}).write_parquet(folder / f"gold-{chunk_no:05}.parquet")
    if chunk_no == 0:
        origins = pl.DataFrame({"id": ids, "origins": [printed.body.origins for printed in prints]})
        origins.write_parquet(folder / "origins-00000.parquet")


def make_chunk(order: Order, chunk_no: int) -> tuple[list[Print], dict[int, int]]:
    """Make the articles of one chunk, and say how long each of their sources is."""
    base = load_base(order.tagged)
    random = np.random.default_rng((order.seed, chunk_no))
    colophon_writer = Writer(base, np.random.default_rng((order.seed, order.chunks)))
    colophons = [trace(colophon_writer.scrap(60, 61), STOCK + number) for number in range(NEWSPAPERS)]
    writer = Writer(base, random, _real_bodies(order, chunk_no))
    kind_of_press, kinds = (Site, SITE_FAMILIES) if order.is_site else (Press, FAMILIES)
    press = kind_of_press(writer, first_source=(chunk_no + 1) * SOURCES_A_CHUNK, colophons=colophons)
    wanted = min(CHUNK, order.size - chunk_no * CHUNK)
    families: list[list[Print]] = []
    while sum(map(len, families)) < wanted:
        kind = str(random.choice(list(kinds), p=[*kinds.values()]))
        families.append(getattr(press, kind)())
    press.pages(families)
    return [printed for family in families for printed in family][:wanted], press.source_chars


def find_pieces(body: Traced, source_chars: dict[int, int]) -> Iterator[dict[str, Any]]:
    """Yield the parts of each text that a body holds; stock text is nobody's."""
    held = np.unique(body.origins[(body.origins >= 0) & (body.origins < STOCK << SOURCE_BITS)])
    for run in np.split(held, np.flatnonzero(np.diff(held) > GAP) + 1):
        if len(run) >= SHORTEST_PIECE:
            source, start = divmod(int(run[0]), 1 << SOURCE_BITS)
            total = source_chars[source]
            yield {"source": source, "start": start / total, "end": (start + int(run[-1] - run[0]) + 1) / total}


def _ids(order: Order, chunk_no: int) -> NDArray[np.int64]:
    """Spread the articles of a chunk over the whole file: every chunk has its place among so many neighbours."""
    count = min(CHUNK, order.size - chunk_no * CHUNK)
    last = order.size - (order.chunks - 1) * CHUNK
    ranks = np.random.default_rng((order.seed, chunk_no, 1)).permutation(count)
    full = ranks * order.chunks + chunk_no
    return np.where(ranks < last, full, last * order.chunks + (ranks - last) * (order.chunks - 1) + chunk_no)


def _real_bodies(order: Order, chunk_no: int) -> Iterator[str] | None:
    if order.real is None:
        return None
    texts = pl.read_parquet(order.real, columns=["text"])["text"]
    mine = np.random.default_rng((order.seed,)).permutation(len(texts))[chunk_no :: order.chunks]
    return _all(texts[mine].to_list(), order.real)


def _all(texts: list[str], path: Path) -> Iterator[str]:
    yield from islice(texts, None)
    raise ValueError(f"{path} has too few articles for this size: give more, or make a smaller corpus")
