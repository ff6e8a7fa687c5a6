"""One report over one snapshot: which pages it has, and the way from an address to a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from warehouse.reader import LakeReader
from warehouse.site.addresses import Address
from warehouse.site.near import Near, NearReader
from warehouse.site.rendering import Links, render
from warehouse.site.rows import Asks
from warehouse.snapshots import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A report. `rules`: what each rule id says. `kinds`: kinds of pages of one thing that it has.

    counted: answers what lists ask in the reader's place (warehouse.site.counted), if anything does.
    command: how to see the pages that it has not; empty where it has all.
    """

    reader: LakeReader
    snapshot: Snapshot
    rules: Mapping[str, str]
    kinds: frozenset[str]
    counted: Asks | None = None
    command: str = ""

    @property
    def lists(self) -> Asks:
        """What answers queries that count over all of the lake."""
        return self.counted or self.reader

    def fill(self, template: str, address: Address, title: str, **context: object) -> str:
        """Fill a template for a page of this report."""
        return render(template, self.links(address), title, context)

    def near(self, near: Near) -> NearReader:
        """Give a reader of the few files in which rows can lie."""
        return NearReader(self.reader, self.snapshot, near)

    def fill_elsewhere(self, address: Address, title: str) -> str:
        """Fill a page that says how to see what no run of a large lake writes: it reads all figures or texts."""
        return self.fill("elsewhere.html", address, title, command=self.command)

    def links(self, here: Address) -> Links:
        """Give the links of a page."""
        return Links(here, self.kinds, frozenset(self.rules))
