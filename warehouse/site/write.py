"""Writing the report into a folder: whole, only what changed, and nothing at all where nothing did.

Pages carry no number of a snapshot themselves: `assets/snapshot.js` brings it, so that a page whose facts are the same
is the same file. A report without its stamp is half made, and the next run makes it again.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from warehouse import snapshots
from warehouse.errors import NoLake, StoreFault
from warehouse.reader import open_lake
from warehouse.schema import fingerprint
from warehouse.site.addresses import FOLDERS, SEARCH
from warehouse.site.counted import CountedReader, open_counted
from warehouse.site.pages import make_pages
from warehouse.site.rendering import ASSETS
from warehouse.site.search_page import as_script, make_search_data
from warehouse.site.site import Site
from warehouse.snapshots import Snapshot

REPORT = "report"
STAMP = "report.json"
# Articles of a lake up to which each has a file. 500 articles and what they name are some 2,000 pages: at 90 a second
# (docs/report.md) twenty seconds of each run; what is larger is made page by page when a browser asks.
MOST_ARTICLES = 500
SCRATCH = ".tmp"


def publish_report(
    root: Path, rules: Mapping[str, str], *, output: Path | None = None, most_articles: int = MOST_ARTICLES
) -> int:
    """Bring the report in `output` (in the lake's `report/` by default) to the newest snapshot; count its pages.

    A lake of more than `most_articles` gets the pages that are there once. Raises NoLake, StoreFault.
    """
    folder = output or root / REPORT
    snapshot = snapshots.latest(root)
    if snapshot is None:
        raise NoLake(f"{root} holds no published lake; run `./lake run` first, or name another folder")
    version = code_version(rules, most_articles)
    stamp = {"snapshot_id": snapshot.snapshot_id, "version": version}
    held = _read_stamp(folder)
    if isinstance(count := held.get("page_count"), int) and held == stamp | {"page_count": count}:
        return count
    _require_ours(folder)
    try:
        (folder / STAMP).unlink(missing_ok=True)
        count = _write(folder, root, snapshot, rules, most_articles)
        _put(folder, STAMP, json.dumps(stamp | {"page_count": count}).encode())
    except OSError as fault:
        raise StoreFault(f"cannot write the report in {folder}: {fault}; free space or mend the permissions") from fault
    return count


def code_version(rules: Mapping[str, str], most_articles: int) -> str:
    """Hash what pages are made with: this package, its templates and assets, the rules' words, the limit."""
    digest = hashlib.sha256(json.dumps([sorted(rules.items()), most_articles]).encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def snapshot_script(snapshot: Snapshot) -> str:
    """Give the script that tells each page which snapshot it shows."""
    words = f"snapshot {snapshot.snapshot_id} of {snapshot.created_at:%Y-%m-%d %H:%M} UTC"
    return f"window.broadsheetSnapshot = {as_script(words)};\n"


def rules_script(rules: Mapping[str, str]) -> str:
    """Give the script that tells an article's page what each rule says."""
    return f"window.broadsheetRules = {as_script(dict(sorted(rules.items())))};\n"


def is_small(snapshot: Snapshot, most_articles: int) -> bool:
    """Tell whether every page of a lake is written as a file."""
    return snapshot.counts["articles"] <= most_articles


def _write(folder: Path, root: Path, snapshot: Snapshot, rules: Mapping[str, str], most_articles: int) -> int:
    kept = {STAMP}
    count = 0
    is_whole = is_small(snapshot, most_articles)
    command = "" if is_whole else f"./lake serve-report --lake {root}"
    with open_lake(root) as reader, _open_counted(folder, root, snapshot, is_whole=is_whole) as counted:
        kinds = FOLDERS if is_whole else frozenset[str]()
        site = Site(reader=reader, snapshot=snapshot, rules=rules, kinds=kinds, counted=counted, command=command)
        for path, content in _assets(site):
            _put(folder, path, content)
            kept.add(path)
        for address, page in make_pages(site):
            _put(folder, address.path, page.encode("utf-8", "replace"))
            kept.add(address.path)
            count += 1
    _remove_others(folder, kept)
    return count


def _open_counted(
    folder: Path, root: Path, snapshot: Snapshot, *, is_whole: bool
) -> AbstractContextManager[CountedReader | None]:
    """Give what answers lists; nothing where every page is written, or the lake is one of other columns."""
    if is_whole or snapshot.schema != fingerprint():
        return nullcontext()
    return open_counted(root, snapshot, folder)


def _assets(site: Site) -> Iterator[tuple[str, bytes]]:
    for path in sorted(ASSETS.iterdir()):
        yield f"assets/{path.name}", path.read_bytes()
    yield "assets/snapshot.js", snapshot_script(site.snapshot).encode()
    yield "assets/rules.js", rules_script(site.rules).encode()
    if site.kinds:
        yield f"assets/{SEARCH}-data.js", make_search_data(site).encode("utf-8", "replace")


def _put(folder: Path, path: str, content: bytes) -> None:
    """Write a file where it is not there with these bytes, in one step."""
    target = folder / path
    try:
        if target.stat().st_size == len(content) and target.read_bytes() == content:
            return
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(target.name + SCRATCH)
    scratch.write_bytes(content)
    scratch.replace(target)


def _remove_others(folder: Path, kept: set[str]) -> None:
    """Remove pages of what the lake no longer has, and what a killed run left."""
    for part in (*FOLDERS, "assets", ""):
        for path in (folder / part).glob("*"):
            if path.is_file() and path.relative_to(folder).as_posix() not in kept and _is_ours(path):
                path.unlink()
        if part and (folder / part).is_dir() and not any((folder / part).iterdir()):
            (folder / part).rmdir()


def _is_ours(path: Path) -> bool:
    return path.suffix in {".html", ".js", ".css", ".svg", SCRATCH}


def _require_ours(folder: Path) -> None:
    """Refuse a folder that holds other things than a report: its files would be removed."""
    if not folder.is_dir():
        return
    names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    if names - {STAMP, "index.html", "assets"} and not {"index.html", "assets"} & names:
        raise StoreFault(f"{folder} holds other files than a report; name a new or empty folder")


def _read_stamp(folder: Path) -> Mapping[str, object]:
    try:
        held = json.loads((folder / STAMP).read_bytes())
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}
