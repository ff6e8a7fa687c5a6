import errno

import pytest

from flows.retries import is_transient
from warehouse.errors import ContractFault, LakeLocked, SourceFault, StoreFault


@pytest.mark.parametrize(
    ("fault", "again"),
    [
        (OSError(errno.ESTALE, "stale file handle"), True),
        (TimeoutError(errno.ETIMEDOUT, "timed out"), True),
        (StoreFault("the server closed the connection", is_transient=True), True),
        (StoreFault("disk full"), False),
        (OSError(errno.ENOSPC, "disk full"), False),
        (LakeLocked("another run"), False),
        (ContractFault("a bug"), False),
        (SourceFault("empty", "0 bytes"), False),
        (ValueError("a bug"), False),
    ],
    ids=repr,
)
def test_only_faults_that_pass_are_tried_again(fault: BaseException, *, again: bool):
    assert is_transient(fault) is again
