"""The price of an order: lines, less discount, plus shipping and tax."""

from dataclasses import dataclass
from decimal import Decimal

from orders.domain.discounts import discount
from orders.domain.models import Customer, Line
from orders.domain.money import Money, total

FREE_SHIPPING_FROM = Money(5_000)
SHIPPING = Money(490)
VAT: dict[str, Decimal] = {"AT": Decimal("0.20"), "DE": Decimal("0.19"), "FR": Decimal("0.20")}


@dataclass(frozen=True)
class Price:
    """A price, taken apart."""

    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money

    @property
    def total(self) -> Money:
        """What the customer pays."""
        return self.subtotal - self.discount + self.shipping + self.tax


def price(
    customer: Customer, lines: tuple[Line, ...], country: str = "DE", coupon: str | None = None
) -> Price:
    """Price the lines for a customer in a country."""
    subtotal = total([line.amount for line in lines])
    reduction = subtotal.times(discount(customer.tier, lines, coupon))
    reduced = subtotal - reduction
    shipping = Money(0) if reduced >= FREE_SHIPPING_FROM else SHIPPING
    tax = (reduced + shipping).times(VAT.get(country, Decimal("0")))
    return Price(subtotal, reduction, shipping, tax)
