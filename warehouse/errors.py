"""The four ways in which a run can go wrong, and who has to act. No I/O: transforms may raise them."""


class BroadsheetError(Exception):
    """An error with words for a person: what, where, what was expected, what to do next."""


class SourceFault(BroadsheetError):
    """The source is bad: one row in `rejects`, and the run goes on."""

    def __init__(self, reason: str, evidence: str) -> None:
        """`reason` is a stable code such as `empty`; `evidence` says what was seen."""
        super().__init__(f"{reason}: {evidence}")
        self.reason = reason
        self.evidence = evidence


class ContractFault(BroadsheetError):
    """Our code or declaration is wrong: the run stops, nothing is published, and a retry would not help."""


class StoreFault(BroadsheetError):
    """Disk, lock or network. Only the transient ones are worth a retry."""

    def __init__(self, message: str, *, is_transient: bool = False) -> None:
        """`is_transient` marks a fault that may pass by itself."""
        super().__init__(message)
        self.is_transient = is_transient


class SettingsFault(BroadsheetError):
    """The user's to mend: one line, exit code 2, no traceback."""


class NoLake(StoreFault):
    """There is no published lake where the user pointed: exit code 3."""


class LakeLocked(StoreFault):
    """Another run writes to the lake: exit code 4. It passes by itself."""

    def __init__(self, message: str) -> None:
        """Mark the fault as one that passes."""
        super().__init__(message, is_transient=True)


class WorkerLost(StoreFault):
    """What worked on a batch died of it or beside it, and the batch with it. Another try may do."""

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        """`is_final`: the engine has tried it itself, as often as it does."""
        super().__init__(message, is_transient=not is_final)


class TooFewRecords(BroadsheetError):
    """A run found fewer records than it has to: the run stops, and nothing is published."""
