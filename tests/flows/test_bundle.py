from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from flows.bundle import PAGE, PAGEMAP, BundleWriter, open_bundle
from warehouse.errors import StoreFault

BATCH = pa.RecordBatch.from_pydict({"name": ["柳林", None, "白沙"], "count": [3, 0, 7]})


def write_bundle(path: Path) -> None:
    writer = BundleWriter(path)
    writer.add("codes", [np.arange(5, dtype=np.uint16), np.arange(3, dtype=np.uint16)], "<u2")
    writer.add("none", [], "<u8")
    writer.add_table("rows", BATCH)
    writer.close({"first": 7})


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_bundle(tmp_path / "one.bundle")
    bundle = open_bundle(tmp_path / "one.bundle")
    assert bundle.says == {"first": 7}
    assert bundle.arrays["codes"].tolist() == [0, 1, 2, 3, 4, 0, 1, 2]
    assert len(bundle.arrays["none"]) == 0
    assert bundle.arrays["rows"].equals(BATCH)


def test_a_table_is_written_without_a_copy_of_it(tmp_path: Path) -> None:
    pool = pa.default_memory_pool()
    numbers = np.arange(max(2 * pool.max_memory() // 8, 1_000_000))
    batch = pa.RecordBatch.from_arrays(
        [pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])], ["n"]
    )
    before = pool.max_memory()
    writer = BundleWriter(tmp_path / "one.bundle")
    writer.add("codes", [np.arange(5, dtype=np.uint16)], "<u2")
    writer.add_table("rows", batch)
    writer.close({})
    assert pool.max_memory() - before < numbers.nbytes // 2
    assert open_bundle(tmp_path / "one.bundle").arrays["rows"].equals(batch)


def test_a_file_that_is_there_is_the_first_array(tmp_path: Path) -> None:
    path = tmp_path / "begun.bundle"
    np.arange(9, dtype=np.uint16).tofile(path)
    writer = BundleWriter(path, ("codes", "<u2"))
    writer.add("keys", [np.arange(4, dtype=np.uint64)], "<u8")
    writer.close({})
    arrays = open_bundle(path).arrays
    assert arrays["codes"].tolist() == list(range(9))
    assert arrays["keys"].tolist() == list(range(4))


@pytest.mark.parametrize("kept", [0, 10, -1], ids=["nothing", "the beginning", "all but a byte"])
def test_half_a_bundle_is_none(tmp_path: Path, kept: int) -> None:
    write_bundle(tmp_path / "whole.bundle")
    cut = tmp_path / "cut.bundle"
    cut.write_bytes((tmp_path / "whole.bundle").read_bytes()[:kept])
    with pytest.raises(StoreFault, match="does not end with its table of arrays"):
        open_bundle(cut)


def flip_bit(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


@pytest.mark.skipif(not PAGEMAP.exists(), reason="only Linux says which pages were looked at")
def test_a_page_that_changed_on_the_disk_is_told_once_it_is_looked_at(tmp_path: Path) -> None:
    path, bad = tmp_path / "large.bundle", 3000  # far from the second page: the system may map some around it as well
    writer = BundleWriter(path)
    writer.add("pages", [np.repeat(np.arange(4096, dtype=np.uint32), PAGE // 4)], "<u4")
    writer.close({})
    flip_bit(path, bad * PAGE)
    bundle = open_bundle(path)
    assert int(bundle.arrays["pages"][PAGE // 4]) == 1
    bundle.require_whole()
    assert int(bundle.arrays["pages"][bad * PAGE // 4]) == bad ^ 1
    with pytest.raises(StoreFault, match=rf"is damaged, at byte {bad * PAGE} .* --rebuild deduplicate"):
        bundle.require_whole()


def test_a_table_of_arrays_that_changed_is_told_as_the_file_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "one.bundle"
    write_bundle(path)
    flip_bit(path, path.stat().st_size - 30)
    with pytest.raises(StoreFault, match="does not end with its table of arrays"):
        open_bundle(path)
