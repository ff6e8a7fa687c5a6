"""What a run is told: one frozen Settings, read from the command line and the environment when asked."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flows.bounds import Bounds, read_bounds
from flows.days import EVERY_DAY, Days
from flows.handover import Product, read_products
from warehouse.errors import SettingsFault, StoreFault

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLE_SOURCE = CHECKOUT / "seeds" / "issues"
CORRECTIONS = CHECKOUT / "seeds" / "corrections"
DEFAULT_LAKE = CHECKOUT / "warehouse" / "lake"
FILE_LIMIT_BYTES = 16_000_000
ARCHIVE_LIMIT_BYTES = 4_000_000_000
COUNTS = {
    "batch_bytes": "LAKE_BATCH_BYTES",
    "file_limit_bytes": "LAKE_FILE_LIMIT_BYTES",
    "archive_limit_bytes": "LAKE_ARCHIVE_LIMIT_BYTES",
}
SIZES = {"MB": 1_000_000, "GB": 1_000_000_000}
STAGES = ("read", "deduplicate", "facts", "resolve", "publish")  # what can be asked to run over everything
LOCAL_RUNNERS = ("threads", "processes")
CLUSTER_RUNNERS = {"ray": "ray", "dask": "distributed"}  # kind, which is also the extra's name, and what it imports
LAST_PORT = 65_535
ADDRESS = re.compile(r"(?P<scheme>(tcp|tls)://)?(?P<place>([\w.-]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Where batches run: `kind` is one of LOCAL_RUNNERS or CLUSTER_RUNNERS.

    `workers`: how many run at a time on this machine. `address`: of a cluster, as its client takes it. `shared`: the
    folders that every worker of a cluster has to see.
    """

    kind: str = "processes"
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)  # reading a page is pure CPU work
    address: str = ""
    shared: tuple[Path, ...] = ()

    def __str__(self) -> str:
        """As LAKE_RUNNER has it."""
        return f"{self.kind}:{self.address or self.workers}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One run's settings. The folders are absolute; the source exists, the lake need not.

    days: those of the files that are taken in, where not all are, and of the issues that `rebuild` is about; rebuild:
    stages that run over everything although nothing has changed; retry_rejected: files that were refused are tried
    again.
    """

    source: Path
    lake: Path
    corrections: Path = CORRECTIONS
    file_limit_bytes: int = (
        FILE_LIMIT_BYTES  # a year of pages of 10 kB each; reading takes up to 200 times as much memory
    )
    archive_limit_bytes: int = ARCHIVE_LIMIT_BYTES  # a year of a daily's PDF pages, hashed once in some 10 s
    batch_bytes: int = 2_000_000  # some 4 s of reading, beside which a task's 0.02 s vanish; 8 MB took twice the memory
    memory_bytes: int = 4_000_000_000  # what looking for reuse may hold at once; a million articles fit, more spill
    runner: Runner = field(default_factory=Runner)
    days: Days = EVERY_DAY
    rebuild: tuple[str, ...] = ()
    retry_rejected: bool = False
    bounds: Bounds = field(default_factory=Bounds)
    products: tuple[Product, ...] = ()


def read_lake(lake: Path | None = None, *, environ: Mapping[str, str] = os.environ) -> Path:
    """Choose the lake's folder: as given, else LAKE_HOME, else warehouse/lake in the checkout.

    Of `s3://bucket/prefix` it is the working copy, with what the bucket holds now.
    """
    chosen = lake or Path(environ.get("LAKE_HOME") or DEFAULT_LAKE)
    if _is_url(chosen):
        from flows.copies import open_copy  # noqa: PLC0415 -- the client is imported where a bucket is named

        return open_copy(chosen, environ)
    path = chosen.expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise SettingsFault(f"The lake {path} is a file; give a folder with --lake or LAKE_HOME.")
    return path


def find_standing(lake: Path | None = None) -> Path | None:
    """Find the folder of a lake that is there already; None where it is not, or cannot be reached."""
    try:
        root = read_lake(lake)
    except (SettingsFault, StoreFault):
        return None
    return root if root.is_dir() else None


def read_settings(
    source: Path | None = None,
    lake: Path | None = None,
    corrections: Path | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """Read the settings of a run.

    Arguments win over LAKE_HOME, LAKE_RUNNER, LAKE_BATCH_BYTES, LAKE_FILE_LIMIT_BYTES, LAKE_ARCHIVE_LIMIT_BYTES,
    LAKE_MEMORY, LAKE_MIN_* and LAKE_MAX_*, LAKE_PRODUCTS, and these over the defaults.

    Raises SettingsFault, in words for the user, where one
    cannot be used.
    """
    folder, target = _read_source(source, environ), read_lake(lake, environ=environ)
    if folder.is_relative_to(target):
        raise SettingsFault(f"The source {folder} lies inside the lake {target}; keep them apart with --lake.")
    numbers: dict[str, Any] = {
        name: value for name, variable in COUNTS.items() if (value := _read_count(environ, variable)) is not None
    }
    if (memory := _read_size(environ, "LAKE_MEMORY")) is not None:
        numbers["memory_bytes"] = memory
    mended = read_corrections_folder(corrections)
    runner = replace(_read_runner(environ), shared=(folder, target))
    bounds, products = read_bounds(environ), read_products(environ)
    settings = Settings(source=folder, lake=target, corrections=mended, runner=runner, bounds=bounds, products=products)
    return replace(settings, **numbers)


def ask(
    settings: Settings,
    *,
    since: date | None = None,
    until: date | None = None,
    rebuild: Sequence[str] = (),
    retry_rejected: bool = False,
) -> Settings:
    """Add to a run's settings what it was asked for. Raises SettingsFault where that cannot be done.

    The stage `read` dates pages too, so `date` is understood as `read`.
    """
    if since and until and since > until:
        raise SettingsFault(f"No day is both after {since} and before {until}; --since comes before --until.")
    stages = tuple(dict.fromkeys("read" if stage == "date" else stage for stage in rebuild))
    if unknown := set(stages) - set(STAGES):
        raise SettingsFault(f"There is no stage {', '.join(sorted(unknown))}; there are {', '.join(STAGES)}.")
    return replace(settings, days=Days(since, until), rebuild=stages, retry_rejected=retry_rejected)


def read_day(text: str | None) -> date | None:
    """Read a day as a person types it. Raises SettingsFault where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise SettingsFault(f"{text!r} is no day; write it like 2023-03-14.") from fault


def read_corrections_folder(corrections: Path | None = None) -> Path:
    """Choose the folder of corrections: as given, else seeds/corrections in the checkout."""
    if corrections is None:
        return CORRECTIONS
    folder = corrections.expanduser().resolve()
    if not folder.is_dir():
        raise SettingsFault(f"No folder {folder}; give the folder of your corrections with --corrections.")
    return folder


def _read_source(source: Path | None, environ: Mapping[str, str]) -> Path:
    if source and _is_url(source):
        from flows.copies import open_mirror  # noqa: PLC0415 -- likewise

        return open_mirror(
            source,
            environ,
            limit_bytes=_read_count(environ, "LAKE_FILE_LIMIT_BYTES") or FILE_LIMIT_BYTES,
            archive_bytes=_read_count(environ, "LAKE_ARCHIVE_LIMIT_BYTES") or ARCHIVE_LIMIT_BYTES,
        )
    folder = (source or SAMPLE_SOURCE).expanduser().resolve()
    if not folder.exists():
        raise SettingsFault(f"No folder {folder}; give the folder of your issue files with --source.")
    if not folder.is_dir():
        raise SettingsFault(f"{folder} is a file; --source takes the folder it lies in.")
    return folder


def _is_url(place: Path) -> bool:
    """Tell whether this names a bucket: a path has lost a slash of `s3://`."""
    return place.parts[:1] == ("s3:",)


def _read_count(environ: Mapping[str, str], variable: str) -> int | None:
    text = environ.get(variable, "")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", text) or int(text) == 0:
        raise SettingsFault(f"{variable}={text!r} is no count of bytes; give a whole number above 0, e.g. 8000000.")
    return int(text)


def _read_size(environ: Mapping[str, str], variable: str) -> int | None:
    text = environ.get(variable, "")
    if not text:
        return None
    size = re.fullmatch(r"([1-9][0-9]{0,5})(MB|GB)", text)
    if not size:
        raise SettingsFault(f"{variable}={text!r} is no size; give whole megabytes or gigabytes, e.g. 4GB (--memory).")
    return int(size[1]) * SIZES[size[2]]


def _read_runner(environ: Mapping[str, str]) -> Runner:
    text = environ.get("LAKE_RUNNER", "")
    if not text:
        return Runner()
    kind, _, where = text.partition(":")
    if kind in CLUSTER_RUNNERS:
        return Runner(kind=kind, address=_read_address(kind, where, text))
    if kind not in LOCAL_RUNNERS or not re.fullmatch(r"[1-9][0-9]{0,2}|", where):
        known = "threads:N, processes:N, ray:HOST:PORT or dask:HOST:PORT"
        raise SettingsFault(f"LAKE_RUNNER={text!r} is not known; give {known}, e.g. processes:2.")
    return Runner(kind=kind, workers=int(where)) if where else Runner(kind=kind)


def _read_address(kind: str, where: str, text: str) -> str:
    """Read the address of a cluster, as its client takes it: Ray without a scheme, Dask with one."""
    address = ADDRESS.fullmatch(where)
    if not address or (kind == "ray" and address["scheme"]) or int(where.rpartition(":")[2]) > LAST_PORT:
        example = {"ray": "ray:10.0.0.1:6379", "dask": "dask:10.0.0.1:8786 or dask:tls://10.0.0.1:8786"}[kind]
        raise SettingsFault(f"LAKE_RUNNER={text!r} names no cluster; give host and port, e.g. {example}.")
    if find_spec(CLUSTER_RUNNERS[kind]) is None:
        install = f"uv sync --frozen --inexact --extra {kind}"
        raise SettingsFault(f"LAKE_RUNNER={text} needs what is not installed; run `{install}` in the checkout first.")
    scheme = (address["scheme"] or "tcp://") if kind == "dask" else ""
    return scheme + address["place"]
