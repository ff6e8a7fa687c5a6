"""The outcome of a run, as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of one run.

    `files` page files were met in the source, besides `ignored` others; `duplicates` of them hold the bytes of another,
    and `rejected` records (files, parts of files, facts) were refused for `reasons`. `read` were new or changed, and
    were read; of the others the lake knows. `gone` files of the lake are in the source no more. `rows` counts each
    table of the snapshot that readers see. `warnings`: counts above what was expected, and what was refused or lost.
    """

    files: int
    read: int
    gone: int
    ignored: int
    duplicates: int
    rejected: int
    reasons: Mapping[str, int]
    rows: Mapping[str, int]
    is_new: bool
    snapshot_id: int
    data: Path
    catalog: Path
    stage_seconds: Mapping[str, float]
    warnings: Sequence[str] = ()

    @property
    def headline(self) -> str:
        """The run in one line."""
        counts = ", ".join(f"{self.rows[name]} {name}" for name in ("issues", "pages", "articles"))
        warned = "".join(f" Warning: {warning}." for warning in self.warnings)
        gone = f", {self.gone} gone" if self.gone else ""
        told = f"{self.duplicates} duplicates, {self.rejected} rejected{gone}"
        return f"{self.files} files: {counts}; {told}. {self.outcome}{warned}"

    @property
    def outcome(self) -> str:
        """What readers see now."""
        if self.is_new:
            return f"Published as snapshot {self.snapshot_id}."
        return f"Nothing has changed since snapshot {self.snapshot_id}; no new one was made."
