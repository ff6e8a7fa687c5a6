"""The stages after `publish`: what is made of a snapshot for those who do not ask the lake itself.

Each product is made from the newest snapshot alone, and making it again changes nothing: so a run that was killed
between the commit and its products, or that finds nothing new, leaves them as they should be.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from warehouse.errors import SettingsFault
from warehouse.lock import writer_lock

VARIABLE = "LAKE_PRODUCTS"
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product of a lake. `maker` says where the function is that makes it, as `module:function`.

    `extra` is what it needs beside the default install: the extra, and the module that this brings.

    Named and not imported: the version of a stage hangs on all that it imports, and the settings are imported by all.
    """

    name: str
    says: str
    maker: str
    is_default: bool = True
    extra: tuple[str, str] | None = None

    @property
    def make(self) -> Callable[[Path], int]:
        """Function that brings the product to the newest snapshot of the lake at a path, and counts its records."""
        module, _, name = self.maker.partition(":")
        function: Callable[[Path], int] = getattr(import_module(module), name)
        return function


PRODUCTS: tuple[Product, ...] = (
    Product(
        name="export", says="Bringing the tables for BI tools up to date", maker="warehouse.exports.make:make_export"
    ),
    Product(name="report", says="Writing the pages to look at", maker="flows.site:make_report"),
    Product(
        name="index",
        says="Bringing the search index up to date",
        maker="warehouse.search.index:make_index",
        is_default=False,
        extra=("search", "tantivy"),
    ),
)


def read_products(environ: Mapping[str, str], known: Sequence[Product] = PRODUCTS) -> tuple[Product, ...]:
    """Choose what a run makes: LAKE_PRODUCTS names them, with commas between, or is `none`.

    Raises SettingsFault where it names what there is not, or what needs an extra that is not installed.
    """
    text = environ.get(VARIABLE, "")
    if not text:
        return tuple(product for product in known if product.is_default)
    names = [] if text == NONE else [name.strip() for name in text.split(",")]
    if unknown := set(names) - {product.name for product in known}:
        there = ", ".join(product.name for product in known)
        raise SettingsFault(
            f"{VARIABLE}={text!r}: there is no {', '.join(sorted(unknown))}; there are {there}; or {NONE}."
        )
    chosen = tuple(product for product in known if product.name in names)
    for name, module in (product.extra for product in chosen if product.extra):
        if find_spec(module) is None:
            install = f"uv sync --frozen --inexact --extra {name}"
            raise SettingsFault(f"{VARIABLE}={text} needs what is not installed; first run `{install}`.")
    return chosen


def make_products(root: Path, products: Sequence[Product]) -> None:
    """Make products where no run does, after a command has committed a snapshot. Holds the writer's lock."""
    with writer_lock(root):
        for product in products:
            product.make(root)
