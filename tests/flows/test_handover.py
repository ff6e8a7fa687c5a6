import pytest

from flows.handover import PRODUCTS, Product, read_products
from warehouse.errors import SettingsFault

PLAIN = Product(name="plain", says="", maker="a:b")
EXTRA = Product(name="extra", says="", maker="a:b", is_default=False, extra=("more", "no_such_module"))


def test_what_needs_an_extra_is_made_only_where_it_is_named() -> None:
    assert read_products({}, (PLAIN, EXTRA)) == (PLAIN,)


def test_what_needs_an_extra_that_is_not_installed_is_refused_before_the_run() -> None:
    with pytest.raises(SettingsFault, match="--extra more"):
        read_products({"LAKE_PRODUCTS": "plain,extra"}, (PLAIN, EXTRA))


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: product.name)
def test_every_product_has_its_maker(product: Product) -> None:
    assert callable(product.make)
