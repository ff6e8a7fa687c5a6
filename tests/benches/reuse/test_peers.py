import numpy as np
import polars as pl
import pytest

from tests.benches.reuse.peer_scripts.texts import best_bands, hash_shingles, join_bands
from tests.benches.reuse.peers import PEERS, SCRIPTS, write_peer_texts


def test_every_peer_has_its_script() -> None:
    assert all((SCRIPTS / f"{peer.script}.py").is_file() for peer in PEERS.values())


@pytest.mark.parametrize(
    ("is_normalised", "text"),
    [pytest.param(False, "新题\n第１回，繁體。", id="raw"), pytest.param(True, "新题第1回繁体", id="normalised")],
)
def test_peers_are_handed_headline_and_body(tmp_path, is_normalised, text) -> None:
    docs = pl.DataFrame({"id": [4], "headline": ["新题"], "body": ["第１回，繁體。"]})
    docs.write_parquet(tmp_path / "docs.parquet")
    write_peer_texts(tmp_path / "docs.parquet", tmp_path / "texts.parquet", is_normalised=is_normalised)
    assert pl.read_parquet(tmp_path / "texts.parquet").rows() == [(4, text)]


def test_equal_shingles_have_equal_hashes_wherever_they_stand() -> None:
    hashes, offsets = hash_shingles(["东南西北中", "上东南西北", "短"], 4)
    assert offsets.tolist() == [0, 2, 4, 5]
    assert hashes[0] == hashes[3]
    assert len(set(hashes.tolist())) == 4


@pytest.mark.parametrize(("threshold", "bands_and_rows"), [(0.45, (25, 5)), (0.5, (25, 5)), (0.8, (9, 13))])
def test_bands_are_those_that_datasketch_chooses(threshold, bands_and_rows) -> None:
    assert best_bands(128, threshold) == bands_and_rows


def test_signatures_that_agree_are_joined_and_no_others() -> None:
    random = np.random.default_rng(1)
    signatures = random.integers(0, 1 << 32, (6, 128), dtype=np.uint64)
    signatures[3] = signatures[0]
    signatures[3, ::10] += 1
    signatures[4, :5] = signatures[1, :5]  # a band alone is no proof
    assert join_bands(signatures, 0.45) == [0, 1, 2, 0, 4, 5]
