"""The other finders: each in an environment of its own that this command makes, none a dependency of the project."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import compute, parquet

from transforms.reuse.normal import normalise_texts

SCRIPTS = Path(__file__).resolve().parent / "peer_scripts"
CHECKOUT = Path(__file__).resolve().parents[3]
BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """One way to run a peer: its settings, and whether it is handed our normalised text."""

    name: str
    threshold: float
    is_normalised: bool = False
    chars: int = 5
    permutations: int = 128

    def arguments(self) -> list[str]:
        """Name the settings as the scripts read them."""
        settings = {"threshold": self.threshold, "chars": self.chars, "permutations": self.permutations}
        return [part for name, value in settings.items() for part in (f"--{name}", str(value))]


TUNED = Mode(name="tuned", threshold=0.45)
NORMALISED = Mode(name="normalised", threshold=0.45, is_normalised=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One other finder: its script, what to install, and the ways to run it."""

    script: str
    packages: Sequence[str]
    says: str
    modes: Sequence[Mode] = field(default=(TUNED, NORMALISED))


ARROW = "pyarrow>=21"
PEERS: dict[str, Peer] = {
    "exact": Peer(
        script="exact",
        packages=(ARROW, "numpy"),
        says="equal texts alone",
        modes=(Mode(name="raw", threshold=1.0), Mode(name="normalised", threshold=1.0, is_normalised=True)),
    ),
    "duckdb": Peer(
        script="duckdb_sql",
        packages=("duckdb==1.5.5", ARROW, "numpy"),
        says="SQL alone: one 5-character shingle in 16, those in 2 to 32 articles joined, estimated Jaccard >= .4",
        modes=(Mode(name="raw", threshold=0.4), Mode(name="normalised", threshold=0.4, is_normalised=True)),
    ),
    "datasketch": Peer(
        script="datasketch_lsh",
        packages=("datasketch==2.0.0", "xxhash", ARROW),
        says="MinHash.generator with xxh32, MinHashLSH, candidates checked by signature; documented threshold .5",
        modes=(Mode(name="documented", threshold=0.5), TUNED, NORMALISED),
    ),
    "rensa": Peer(
        script="rensa_flat",
        packages=("rensa==0.5.0", "numpy", ARROW),
        says="RMinHash digests of flat shingle hashes, bands joined and checked in numpy; documented threshold .8",
        modes=(Mode(name="documented", threshold=0.8), TUNED, NORMALISED),
    ),
    "fastsketch": Peer(
        script="fastsketch",
        packages=("fastsketchlsh==1.0.1", "numpy", ARROW),
        says="Fast Similarity Sketch of flat shingle hashes on two threads, bands joined and checked in numpy",
        modes=(Mode(name="documented", threshold=0.8), TUNED, NORMALISED),
    ),
    "gaoya": Peer(
        script="gaoya_lsh",
        packages=("gaoya==0.2.2", ARROW, "numpy"),
        says="MinHashStringIndex, char analyser, its parallel bulk calls; documented threshold .75",
        modes=(Mode(name="documented", threshold=0.75), TUNED, NORMALISED),
    ),
    "datatrove": Peer(
        script="datatrove_minhash",
        packages=("datatrove[processing,io]==0.10.1", "spacy", "jieba", ARROW),
        says="its MinHash stages as documented: 14 bands of 8, 5-grams of its Chinese words, two workers, not verified",
        modes=(Mode(name="documented", threshold=0.72),),
    ),
}
DEFAULT_PEERS = ("duckdb", "datasketch", "rensa", "fastsketch", "datatrove")


def find_uv() -> str:
    """Return the uv that started this command, or the checkout's own."""
    uv = os.environ.get("UV") or shutil.which("uv") or str(CHECKOUT / ".lake" / "bin" / "uv")
    if not Path(uv).is_file():
        raise FileNotFoundError("uv is needed to install the peers: start this with ./lake bench reuse")
    return uv


def install(name: str, folder: Path) -> Path:
    """Make the environment of a peer, once, and return its interpreter."""
    return install_packages(PEERS[name].packages, folder / f"env-{name}")


def install_packages(packages: Sequence[str], environment: Path) -> Path:
    """Make an environment with these packages where it is not there yet, and return its interpreter."""
    python, done = environment / "bin" / "python", environment / "installed"
    wanted = "\n".join(packages)
    if not done.is_file() or done.read_text(encoding="utf8") != wanted:
        uv = find_uv()
        make = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(environment)]
        subprocess.run(make, check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", str(python), *packages], check=True)
        done.write_text(wanted, encoding="utf8")
    return python


def write_peer_texts(docs: Path, target: Path, *, is_normalised: bool) -> None:
    """Write id and text as peers read them: headline and body on two lines, or all of it as our comparison sees it."""
    file = parquet.ParquetFile(docs)
    schema = pa.schema([("id", pa.int64()), ("text", pa.string())])
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in file.iter_batches(BATCH):
            texts = batch["text"].cast(pa.string()) if "text" in batch.schema.names else _joined(batch)
            if is_normalised:
                texts = _normalised(texts)
            writer.write_batch(pa.record_batch([batch["id"], texts], schema=schema))


def _normalised(texts: pa.Array) -> pa.Array:
    codes = normalise_texts(pl.Series(texts)).texts
    spans = zip(codes.starts.tolist(), codes.ends.tolist(), strict=True)
    return pa.array([codes.codes[start:end].tobytes().decode("utf-16-le") for start, end in spans], pa.string())


def _joined(batch: pa.RecordBatch) -> pa.Array:
    headline, body = (batch[name].cast(pa.string()) for name in ("headline", "body"))
    return compute.binary_join_element_wise(headline, body, "\n")
