"""The index of a lake: it follows each publish, and is never asked where it does not show the snapshot."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from warehouse.errors import SettingsFault
from warehouse.history import rollback
from warehouse.publish import open_for_writing, publish
from warehouse.runs import Run
from warehouse.search import index as search_index
from warehouse.search.find import find_articles
from warehouse.search.query import Order

text_index = pytest.importorskip("warehouse.search.text_index", reason="tantivy is an extra")

Publish = Callable[[], None]


@pytest.fixture
def publish_photo(published: Path, rows: dict[str, Any], as_tables: Callable[..., Any]) -> Publish:
    """Publish snapshot 2: one article has become a photo."""

    def publish_it() -> None:
        rows["articles"][0] |= {"kind": "photo"}
        run = Run(
            run_id="run-2", started_at=datetime(2024, 6, 3, tzinfo=UTC), code_version="1.0", counts_in={"files": 6}
        )
        with open_for_writing(published) as lake:
            publish(lake, as_tables(rows), run)

    return publish_it


def ask(lake: Path, **asked: Any) -> tuple[int, bool, bool]:
    found = find_articles(lake, "路", **asked)
    return found.total, found.by_index, found.hint is not None


def test_the_index_answers_once_it_is_made(published: Path) -> None:
    assert ask(published) == (2, False, False)
    assert search_index.make_index(published) == 3
    assert ask(published) == (2, True, False)


def test_an_index_behind_is_not_asked_and_follows(
    published: Path, publish_photo: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_index.make_index(published)
    publish_photo()
    assert ask(published, kinds=["photo"]) == (1, False, True)
    written: list[tuple[list[str], list[str]]] = []
    write = text_index.write_changes

    def watched(folder: Path, gone: Any, rows: Any) -> int:
        rows = list(rows)
        written.append((list(gone), [row["article_id"] for row in rows]))
        return int(write(folder, written[-1][0], rows))

    monkeypatch.setattr(text_index, "write_changes", watched)
    search_index.make_index(published)
    changed = "hexi_ribao-2024-05-06-a-p0001-i001"
    assert written == [([changed], [changed])]
    assert ask(published, kinds=["photo"]) == (1, True, False)
    search_index.make_index(published)
    assert len(written) == 1


def test_an_older_snapshot_is_scanned_and_one_brought_back_is_not(published: Path, publish_photo: Publish) -> None:
    search_index.make_index(published)
    publish_photo()
    assert ask(published, at=1, kinds=["photo"]) == (0, True, False)
    search_index.make_index(published)
    assert ask(published, at=1, kinds=["photo"]) == (0, False, True)
    rollback(published, 1)
    assert ask(published, kinds=["photo"]) == (0, False, True)
    search_index.make_index(published)
    assert ask(published, kinds=["photo"]) == (0, True, False)


def test_a_run_that_died_after_the_commit_leaves_an_index_that_is_made_anew(
    published: Path, publish_photo: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_index.make_index(published)
    publish_photo()
    with monkeypatch.context() as patched:
        patched.setattr(search_index, "_write_state", lambda *_: None)
        search_index.make_index(published)
    assert ask(published, at=1) == (2, False, True)
    search_index.make_index(published)
    assert ask(published, kinds=["photo"]) == (1, True, False)


def test_a_run_that_died_before_the_commit_leaves_the_index_as_it_was(published: Path, publish_photo: Publish) -> None:
    search_index.make_index(published)
    folder = next((published / "index").glob("articles-*"))
    writer = text_index.open_folder(folder).writer(text_index.HEAP_BYTES)
    writer.delete_all_documents()
    del writer
    assert ask(published) == (2, True, False)
    publish_photo()
    search_index.make_index(published)
    assert ask(published) == (2, True, False)


@pytest.mark.parametrize(
    "wound",
    [
        lambda index: (index / "index.json").write_text("{"),
        lambda index: next(index.glob("articles-*/meta.json")).unlink(),
        lambda index: (index / "index.json").write_text(
            json.dumps(json.loads((index / "index.json").read_text()) | {"made_by": "older code"})
        ),
        lambda index: (index / "index.json").write_text(
            json.dumps(json.loads((index / "index.json").read_text()) | {"folder": "../../elsewhere"})
        ),
    ],
    ids=["torn state", "no commit", "older code", "a folder elsewhere"],
)
def test_what_is_not_whole_is_not_asked_and_made_anew(published: Path, wound: Callable[[Path], object]) -> None:
    search_index.make_index(published)
    wound(published / "index")
    assert ask(published) == (2, False, True)
    search_index.make_index(published)
    assert ask(published) == (2, True, False)


def test_a_number_that_means_another_snapshot_is_not_asked(published: Path, publish_photo: Publish) -> None:
    search_index.make_index(published)
    publish_photo()
    (published / "snapshots" / "000002.json").replace(published / "snapshots" / "000001.json")
    assert ask(published, kinds=["photo"]) == (1, False, True)


def test_a_limit_beyond_all_articles_is_no_harm(published: Path) -> None:
    search_index.make_index(published)
    assert ask(published, order=Order.NEWEST, limit=10**9) == (2, True, False)
    assert ask(published, limit=10**9, offset=10**9) == (2, True, False)


def test_without_tantivy_an_index_is_refused_and_one_that_stands_is_not_asked(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_index.make_index(published)
    monkeypatch.setattr(search_index, "find_spec", lambda _: None)
    assert ask(published) == (2, False, True)
    with pytest.raises(SettingsFault, match="extra search"):
        search_index.make_index(published)
