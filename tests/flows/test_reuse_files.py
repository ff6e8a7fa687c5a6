"""Reuse found in files is that found in memory."""

import mmap
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from flows import reuse_files
from flows.reuse_files import ARTICLE_BYTES, OUTCOMES, Room, find_reuse_in_files, put_aside
from flows.spill import HELD_SHARE, FolderSpill, GrowingArray, Maps, count_mapped, reserve
from transforms.reuse.find import find_among, find_reuse
from transforms.reuse.prints import FACTS
from transforms.reuse.settings import DEFAULT_SETTINGS
from transforms.reuse.spill import MemorySpill
from warehouse.errors import SettingsFault

CHECKOUT = Path(__file__).resolve().parents[2]
FIND = """
import sys
from pathlib import Path
from flows.reuse_files import find_reuse_in_files
folder = Path(sys.argv[1])
find_reuse_in_files([folder / "articles.parquet"], folder / "out")
print(*{"numba", "pandas", "pyarrow.compute"} & set(sys.modules))
"""
WORDS = "春耕渠水秧苗果园集市山路桥墩学堂课桌琴声茶馆渔船堤坝麦浪仓库车站邮差信件灯塔码头木匠石磨油坊窑洞瓷碗布鞋"


def write_article(number: int) -> dict[str, object]:
    """Every third article is a reprint, cut or with another ending, of one before it."""
    random = Random(number // 3)
    body = "".join(random.choice(WORDS) + random.choice("，。") * (random.random() < 0.1) for _ in range(300))
    shape = number % 3
    day = date(2020, 1, 1) + timedelta(number)
    return {
        "article_id": f"huaishu_bao-{day}-a-p0001-i001",
        "article_uid": f"{number:016x}",
        "newspaper_id": "huaishu_bao",
        "file_id": f"{number:016x}",
        "kind": "news",
        "published_on": day,
        "date_lower": day,
        "date_upper": day,
        "headline": None,
        "body": [body, body + "新的结尾", body[:140]][shape],
    }


@pytest.fixture
def articles() -> pl.DataFrame:
    rows = [write_article(number) for number in range(60)]
    return pl.DataFrame(rows, schema=FACTS | {"body": pl.String()}).sample(fraction=1, shuffle=True, seed=1)


@pytest.mark.parametrize("memory_bytes", [1 << 30, 60 * ARTICLE_BYTES], ids=["room for all", "room for nothing"])
def test_files_give_what_memory_gives(articles: pl.DataFrame, tmp_path: Path, memory_bytes: int) -> None:
    paths = [tmp_path / "first.parquet", tmp_path / "second.parquet"]
    articles[:25].write_parquet(paths[0], row_group_size=10)
    articles[25:].write_parquet(paths[1])
    find_reuse_in_files(paths, tmp_path / "out", memory_bytes=memory_bytes, settings=DEFAULT_SETTINGS)
    expected = find_reuse(articles)
    assert expected.clusters.height == 20
    assert expected.reuse.height > 40
    for name in OUTCOMES:
        assert pl.read_parquet(tmp_path / "out" / f"{name}.parquet").equals(getattr(expected, name))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{name}.parquet" for name in OUTCOMES)


def test_memory_that_cannot_be_kept_to_is_refused(articles: pl.DataFrame, tmp_path: Path) -> None:
    articles.write_parquet(tmp_path / "articles.parquet")
    with pytest.raises(SettingsFault, match=r"60 articles takes 1 MB .* give --memory 1MB"):
        find_reuse_in_files([tmp_path / "articles.parquet"], tmp_path / "out", memory_bytes=60 * ARTICLE_BYTES - 1)
    assert not list((tmp_path / "out").iterdir())


def test_pages_are_let_go_of_where_they_are_more_than_there_is_room_for(tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(bytes(32 << 20))
    with (tmp_path / "large.bin").open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    numbers = np.frombuffer(mapped, np.uint8)
    for room_bytes, stay in ((1 << 40, True), (0, False)):
        assert int(numbers.sum()) == 0
        looked_at = count_mapped()
        maps = Maps(room_bytes=room_bytes)
        maps.add(mapped)
        maps.rest()
        assert (looked_at - count_mapped() < 16 << 20) == stay


@pytest.mark.parametrize("batches", [[], [[1, 2], [3]]])
def test_what_was_written_is_read_once(tmp_path: Path, batches: list[list[int]]) -> None:
    for spill in (FolderSpill(tmp_path, Maps(room_bytes=0), memory_bytes=1), MemorySpill()):
        for batch in batches:
            spill.write("sampled", np.array(batch, np.uint64))
        assert spill.read("sampled").tolist() == [number for batch in batches for number in batch]
        assert spill.read("sampled").tolist() == []
    assert list(tmp_path.iterdir()) == []


def test_no_articles_are_no_special_case(articles: pl.DataFrame, tmp_path: Path) -> None:
    articles.clear().write_parquet(tmp_path / "articles.parquet")
    find_reuse_in_files([tmp_path / "articles.parquet"], tmp_path / "out", settings=DEFAULT_SETTINGS)
    assert [pl.read_parquet(tmp_path / "out" / f"{name}.parquet").height for name in OUTCOMES] == [0] * len(OUTCOMES)


def test_an_article_needs_no_more_than_an_id_and_a_body(articles: pl.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "docs.parquet"
    articles.select(pl.int_range(pl.len()).alias("id"), text="body").write_parquet(path)
    find_reuse_in_files([path], tmp_path / "out", columns={"article_id": "id", "body": "text"})
    assert pl.read_parquet(tmp_path / "out" / "clusters.parquet").height == 20


def test_what_takes_long_to_load_is_not_loaded(articles: pl.DataFrame, tmp_path: Path) -> None:
    articles.write_parquet(tmp_path / "articles.parquet")
    find_reuse_in_files([tmp_path / "articles.parquet"], tmp_path / "out")  # its loops are compiled now
    ran = subprocess.run(
        [sys.executable, "-c", FIND, tmp_path], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == []


def test_what_waits_is_given_once(tmp_path: Path) -> None:
    spill = FolderSpill(tmp_path, Maps(room_bytes=0), memory_bytes=1)
    for numbers in ([1, 2], [3]):
        spill.put("keys", 4, pl.Series(numbers, dtype=pl.UInt64).to_numpy())
    assert np.concatenate(spill.take("keys", 4)).tolist() == [1, 2, 3]
    assert spill.take("keys", 4) == []


def test_what_lies_aside_takes_no_memory_where_there_is_no_room(tmp_path: Path) -> None:
    batch = pa.RecordBatch.from_pydict({"name": ["柳林", None] * 5_000, "count": list(range(10_000))})
    spill = FolderSpill(tmp_path, Maps(room_bytes=0), memory_bytes=int(batch.nbytes / HELD_SHARE))
    assert spill.lay_aside(batch) is batch
    before = pa.total_allocated_bytes()
    laid = spill.lay_aside(batch)
    assert pa.total_allocated_bytes() == before
    assert laid.equals(batch)
    assert list(tmp_path.iterdir()) == []  # the file goes with what looks at it


class Ledger(FolderSpill):
    """Writes down what is laid aside."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Maps(room_bytes=0), memory_bytes=1 << 30)
        self.laid: list[tuple[set[str], int]] = []

    def lay_aside(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        self.laid.append((set(batch.schema.names), batch.num_rows))
        return super().lay_aside(batch)


def test_all_that_grows_with_the_articles_lies_aside(articles: pl.DataFrame, tmp_path: Path) -> None:
    articles.write_parquet(tmp_path / "articles.parquet")
    with put_aside([tmp_path / "articles.parquet"], tmp_path / "out", Room()) as aside:
        ledger = Ledger(aside.scratch)
        reuse = find_among(aside.described, aside.normal, ledger, settings=DEFAULT_SETTINGS)
    assert reuse.reuse.height > 40
    for columns, rows in (
        ({"article_id"}, 60),
        ({"told_by", "text"}, 60),
        ({"file_id", "hash_a", "wording_hash"}, 60),
        ({"text_a", "text_b", "shared_count"}, 40),
        ({"text_a", "text_b", "verdict"}, 40),
        ({"text_a", "text_b", "equal_chars"}, 40),
        ({"text", "canonical", "role"}, 20),
        ({"article_id_a", "article_id_b"}, 40),
        ({"article_id", "novelty_share"}, 60),
    ):
        assert any(columns <= names and count >= rows for names, count in ledger.laid), columns


def test_facts_are_read_a_few_at_a_time(
    articles: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles.write_parquet(tmp_path / "articles.parquet")
    with put_aside([tmp_path / "articles.parquet"], tmp_path / "out", Room()) as aside:
        whole = aside.described
    monkeypatch.setattr(reuse_files, "FACTS_AT_A_TIME", 7)
    with put_aside([tmp_path / "articles.parquet"], tmp_path / "out", Room()) as aside:
        assert aside.described.n_chunks() >= 60 // 7
        assert aside.described.equals(whole)


def test_what_waits_in_memory_is_held_alone(tmp_path: Path) -> None:
    spill, numbers = FolderSpill(tmp_path, Maps(room_bytes=0), memory_bytes=1 << 30), np.arange(100, dtype=np.uint64)
    spill.put("old", 0, numbers[:3])
    (waited,) = spill.take("old", 0)
    assert waited.base is None
    assert waited.tolist() == [0, 1, 2]


def test_room_in_a_file_is_taken_at_once(tmp_path: Path) -> None:
    with (tmp_path / "room.bin").open("w+b") as file:
        reserve(file.fileno(), 1 << 20)
        taken = os.fstat(file.fileno())
    assert taken.st_size == 1 << 20
    assert taken.st_blocks * 512 >= 1 << 20


def test_large_room_is_that_of_a_file(tmp_path: Path) -> None:
    spill = FolderSpill(tmp_path, Maps(room_bytes=0), memory_bytes=32 * 800)
    held, mapped = spill.make_room(100), spill.make_room(101)
    assert (held.base, len(held)) == (None, 100)
    assert isinstance(mapped.base, memoryview | mmap.mmap)
    mapped[:] = np.arange(101)
    assert mapped.tolist() == list(range(101))
    assert list(tmp_path.iterdir()) == []  # the file goes with what looks at it


@pytest.mark.parametrize("room_bytes", [0, 7, 8, 100])
def test_an_array_grows_in_memory_and_then_in_a_file(tmp_path: Path, room_bytes: int) -> None:
    growing, maps = GrowingArray(tmp_path / "codes.bin", np.uint16, room_bytes=room_bytes), Maps(room_bytes=0)
    for piece in ([], [1, 2, 3], [4], [], [5, 6]):
        growing.add(np.array(piece, np.uint16))
    assert growing.open(maps).tolist() == [1, 2, 3, 4, 5, 6]
    assert (tmp_path / "codes.bin").exists() == (room_bytes < 12)


@pytest.mark.parametrize("room_bytes", [0, 8, 100])
def test_what_was_written_into_room_offered_is_added_as_it_lies(tmp_path: Path, room_bytes: int) -> None:
    growing = GrowingArray(tmp_path / "codes.bin", np.uint16, room_bytes=room_bytes)
    for piece in ([1, 2], [3]):
        room = growing.offer(4)
        room[: len(piece)] = piece
        growing.add(room[: len(piece)])
    assert growing.open(Maps(room_bytes=0)).tolist() == [1, 2, 3]


def test_nothing_that_was_added_is_no_special_case(tmp_path: Path) -> None:
    growing = GrowingArray(tmp_path / "codes.bin", np.uint16, room_bytes=0)
    growing.add(np.empty(0, np.uint16))
    assert growing.open(Maps(room_bytes=0)).tolist() == []
