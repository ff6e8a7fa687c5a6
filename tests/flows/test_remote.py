"""What travels to a worker and back."""

import pickle
from pathlib import Path

import pytest

from flows.remote import load_perform, pack_call, perform, unpack_outcome, worker_version
from tests.flows.deeds import Deed, do_deed
from warehouse.errors import SettingsFault, SourceFault


def test_what_the_work_returns_comes_back(tmp_path: Path):
    call = pack_call(len, "four", folders=[tmp_path])
    assert unpack_outcome(perform(call)) == 4
    assert unpack_outcome(load_perform()(call)) == 4


def test_what_the_work_raises_comes_back_with_its_traceback():
    with pytest.raises(TypeError, match="no len") as fault:
        unpack_outcome(perform(pack_call(len, 4)))
    assert "in perform" in "".join(fault.value.__notes__)


def test_a_fault_that_pickle_cannot_carry_comes_back_by_its_words(tmp_path: Path):
    # Where Dask was imported before, pickle can carry it.
    with pytest.raises((RuntimeError, SourceFault), match="bad: takes two words") as fault:
        unpack_outcome(perform(pack_call(do_deed, Deed(batch_no=1, folder=tmp_path, fails=True))))
    assert "in do_deed" in "".join(fault.value.__notes__)


def test_a_worker_with_other_code_does_nothing(tmp_path: Path):
    deed = pickle.dumps((do_deed, Deed(batch_no=1, folder=tmp_path)))
    with pytest.raises(SettingsFault, match=r"runs .*this run 0.0.9\+old; restart the workers"):
        unpack_outcome(perform(pickle.dumps(("0.0.9+old", [], deed))))
    assert not list(tmp_path.iterdir())
    assert worker_version().count(",") == 2


def test_a_worker_that_does_not_see_a_folder_says_which_and_does_nothing(tmp_path: Path):
    call = pack_call(do_deed, Deed(batch_no=1, folder=tmp_path), folders=[tmp_path, tmp_path / "issues"])
    with pytest.raises(SettingsFault, match=r"sees no folder .*issues; source and lake must lie on storage"):
        unpack_outcome(perform(call))
    assert not list(tmp_path.iterdir())
