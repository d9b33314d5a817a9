"""Prices and discounts."""

from decimal import Decimal

import pytest

from orders.domain.discounts import discount
from orders.domain.models import Customer, Line, Tier
from orders.domain.money import Money
from orders.domain.pricing import price


def lines(quantity: int, cents: int) -> tuple[Line, ...]:
    return (Line("mug", quantity, Money(cents)),)


@pytest.mark.parametrize(
    ("tier", "quantity", "coupon", "expected"),
    [
        (Tier.STANDARD, 1, None, "0"),
        (Tier.GOLD, 1, None, "0.07"),
        (Tier.SILVER, 20, None, "0.05"),
        (Tier.GOLD, 50, "spring10", "0.15"),
        (Tier.STANDARD, 1, "unknown", "0"),
    ],
)
def test_discount(tier: Tier, quantity: int, coupon: str | None, expected: str) -> None:
    assert discount(tier, lines(quantity, 100), coupon) == Decimal(expected)


def test_small_orders_pay_shipping_and_tax() -> None:
    result = price(Customer("c", "c@example.org"), lines(1, 1_000))
    assert result.shipping == Money(490)
    assert result.tax == Money(283)
    assert result.total == Money(1_773)


def test_large_orders_ship_free() -> None:
    assert price(Customer("c", "c@example.org"), lines(10, 1_000)).shipping == Money(0)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="cannot mix"):
        Money(1, "EUR") + Money(1, "USD")
