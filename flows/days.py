"""The days a run is asked for: which files it takes in, where it does not take in all."""

from dataclasses import dataclass
from datetime import date

from transforms.pages.file_names import read_file_name


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `since` to `until`, both included; None: no bound."""

    since: date | None = None
    until: date | None = None

    @property
    def bound(self) -> bool:
        """Whether any day is left out."""
        return self.since is not None or self.until is not None

    def include(self, file_name: str) -> bool:
        """Tell whether a path says a day among them; where none is left out, a path that says none does too."""
        return not self.bound or self.hold(read_file_name(file_name).day)

    def hold(self, day: date | None) -> bool:
        """Tell whether a day is among them; a day that nobody knows is not."""
        return day is not None and (self.since or day) <= day <= (self.until or day)


EVERY_DAY = Days()
