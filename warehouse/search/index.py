"""The search index of a lake, in `index/`: which articles it holds, and how it follows the lake.

`index.json` is written after each commit of the index and names that commit and the files of `articles` it was made
of: where the two do not belong together the index is torn, and made anew. Until it follows, searches scan.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from warehouse import snapshots, store
from warehouse.errors import SettingsFault
from warehouse.search.folding import fold_table
from warehouse.search.hits import Found
from warehouse.search.query import Filters, Page, Query
from warehouse.snapshots import Snapshot

if TYPE_CHECKING:
    from types import ModuleType

FOLDER = "index"
STATE = "index.json"
FORMAT = 1  # raised where an index of older code would not be read rightly
TABLE = "articles"
INSTALL = "uv sync --frozen --inexact --extra search"
FRAME_ROWS = 5_000  # read from a file at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """What an index was made of: its folder and the commit there, the snapshot, and that one's files of articles.

    `manifest` is the hash of the snapshot's: in a copy of a bucket, a number may come to mean another snapshot.
    """

    made_by: str
    folder: str
    commit: int
    snapshot_id: int
    manifest: str
    files: tuple[str, ...]


def make_index(root: Path) -> int:
    """Bring the index to the newest snapshot; count the articles that it holds. Only for the writer of the lake.

    Only files of articles that are new or gone since are read, and only articles in them that differ are replaced.
    Raises SettingsFault where tantivy is not installed.
    """
    if not is_installed():
        raise SettingsFault(f"The search index needs tantivy; run `{INSTALL}` in the checkout first.")
    snapshot = snapshots.latest(root)
    if snapshot is None:
        return 0
    state = read_whole_state(root)
    files = files_of(snapshot)
    if state is None or not _can_follow(root, state, files):
        _build(root, snapshot)
    elif set(state.files) != set(files):
        _follow(root, state, snapshot)
    elif state.manifest != _hash_manifest(root, snapshot.snapshot_id):
        _write_state(root, state.folder, state.commit, snapshot)
    return snapshot.counts[TABLE]


def is_installed() -> bool:
    """Tell whether this Python has tantivy."""
    return find_spec("tantivy") is not None


def choose_index(root: Path, snapshot_id: int) -> tuple[IndexState | None, str | None]:
    """Give the index where it shows that snapshot; else None, and in words for the user why not, if there is one."""
    if not (root / FOLDER / STATE).exists():
        return None, None
    if not is_installed():
        return None, f"The search index needs tantivy, so all texts were read; `{INSTALL}` installs it."
    state = read_whole_state(root)
    if state is None:
        return None, "The search index is damaged, so all texts were read; a run with LAKE_PRODUCTS=index mends it."
    is_same = state.manifest == _hash_manifest(root, snapshot_id)
    if is_same or set(state.files) == set(files_of(snapshots.read_snapshot(root, snapshot_id))):
        return state, None
    return None, (
        f"The search index shows snapshot {state.snapshot_id}, not {snapshot_id}, so all texts were read; "
        "a run with LAKE_PRODUCTS=index brings it to the newest."
    )


def ask_index(root: Path, state: IndexState, query: Query, filters: Filters, page: Page) -> Found | None:
    """Search by the index; None where the index cannot say the order, and a scan has to."""
    return _engine().search_index(root / FOLDER / state.folder, query, filters, page)  # type: ignore[no-any-return]


def read_whole_state(root: Path) -> IndexState | None:
    """Read what the index was made of; None where it is not whole, or this code reads others."""
    try:
        held = json.loads((root / FOLDER / STATE).read_bytes())
        state = IndexState(**held | {"files": tuple(held["files"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    folder = root / FOLDER / state.folder
    is_whole = state.made_by == _made_by() and "/" not in state.folder and _engine().read_commit(folder) == state.commit
    return state if is_whole else None


def files_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Name the files of articles."""
    return tuple(part.path for part in snapshot.tables[TABLE])


def _can_follow(root: Path, state: IndexState, files: Sequence[str]) -> bool:
    """Tell whether what the index was made of can still be read, where it has changed."""
    return all((root / path).is_file() for path in set(state.files) - set(files))


def _build(root: Path, snapshot: Snapshot) -> None:
    folder = f"articles-{snapshot.snapshot_id:06d}"
    shutil.rmtree(root / FOLDER, ignore_errors=True)
    (root / FOLDER / folder).mkdir(parents=True)
    rows = (row for path in files_of(snapshot) for row in _read_rows(root / path))
    _write_state(root, folder, _engine().write_changes(root / FOLDER / folder, (), rows), snapshot)


def _follow(root: Path, state: IndexState, snapshot: Snapshot) -> None:
    files = files_of(snapshot)
    before = _scan(root, [path for path in state.files if path not in set(files)])
    after = _scan(root, [path for path in files if path not in set(state.files)])
    columns = list(_engine().COLUMNS)
    gone = before.join(after, on=columns, how="anti", nulls_equal=True)["article_id"]
    new = after.join(before, on=columns, how="anti", nulls_equal=True)
    commit = _engine().write_changes(root / FOLDER / state.folder, gone, new.iter_rows(named=True))
    _write_state(root, state.folder, commit, snapshot)


def _scan(root: Path, paths: Sequence[str]) -> pl.DataFrame:
    columns = list(_engine().COLUMNS)
    if not paths:
        from warehouse.tables import TABLES  # noqa: PLC0415

        return TABLES[TABLE].create_empty().select(columns)
    return pl.read_parquet([root / path for path in paths], columns=columns)


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    for rows in pl.read_parquet(path, columns=list(_engine().COLUMNS)).iter_slices(FRAME_ROWS):
        yield from rows.iter_rows(named=True)


def _write_state(root: Path, folder: str, commit: int, snapshot: Snapshot) -> None:
    state = IndexState(
        made_by=_made_by(),
        folder=folder,
        commit=commit,
        snapshot_id=snapshot.snapshot_id,
        manifest=_hash_manifest(root, snapshot.snapshot_id),
        files=files_of(snapshot),
    )
    store.replace_file(root / FOLDER / STATE, json.dumps(asdict(state)).encode())


def _hash_manifest(root: Path, snapshot_id: int) -> str:
    path = snapshots.manifest_path(root, snapshot_id)
    return store.hash_file(path) if path.is_file() else ""


@cache
def _made_by() -> str:
    """Name what an index hangs on beside the articles: our format, how characters are folded, and tantivy's format."""
    folding = hashlib.sha256(repr(sorted(fold_table().items())).encode()).hexdigest()[:16]
    return f"{FORMAT}, folding {folding}, tantivy {_engine().tantivy.__version__}"


def _engine() -> "ModuleType":
    from warehouse.search import text_index  # noqa: PLC0415 -- an extra

    return text_index
