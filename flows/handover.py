"""The stages after `publish`: what is made of a snapshot for those who do not ask the lake itself.

Each product is made from the newest snapshot alone, and making it again changes nothing: so a run that was killed
between the commit and its products, or that finds nothing new, leaves them as they should be.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from warehouse.errors import SettingsFault
from warehouse.lock import writer_lock

VARIABLE = "LAKE_PRODUCTS"
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product of a lake. `maker` says where the function is that makes it, as `module:function`.

    Named and not imported: the version of a stage hangs on all that it imports, and the settings are imported by all.
    """

    name: str
    says: str
    maker: str
    is_default: bool = True

    @property
    def make(self) -> Callable[[Path], int]:
        """Function that brings the product to the newest snapshot of the lake at a path, and counts its records."""
        module, _, name = self.maker.partition(":")
        function: Callable[[Path], int] = getattr(import_module(module), name)
        return function


PRODUCTS: tuple[Product, ...] = (
    Product(name="export", says="Bringing the star for BI tools up to date", maker="warehouse.exports:make_export"),
    Product(name="report", says="Writing the pages to look at", maker="flows.site:make_report"),
)


def read_products(environ: Mapping[str, str], known: Sequence[Product] = PRODUCTS) -> tuple[Product, ...]:
    """Choose what a run makes: LAKE_PRODUCTS names them, with commas between, or is `none`.

    Raises SettingsFault where it names what there is not.
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
    return tuple(product for product in known if product.name in names)


def make_products(root: Path, products: Sequence[Product]) -> None:
    """Make products where no run does, after a command has committed a snapshot. Holds the writer's lock."""
    with writer_lock(root):
        for product in products:
            product.make(root)
