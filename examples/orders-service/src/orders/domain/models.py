"""Orders, customers and what they are made of."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from uuid import uuid4

from orders.domain.money import Money, total
from orders.errors import InvalidTransitionError


class Tier(StrEnum):
    """How much a customer is worth to us."""

    STANDARD = "standard"
    SILVER = "silver"
    GOLD = "gold"


class Status(StrEnum):
    """Where an order stands."""

    DRAFT = "draft"
    PLACED = "placed"
    PAID = "paid"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.PLACED, Status.CANCELLED}),
    Status.PLACED: frozenset({Status.PAID, Status.CANCELLED}),
    Status.PAID: frozenset({Status.SHIPPED, Status.CANCELLED}),
    Status.SHIPPED: frozenset(),
    Status.CANCELLED: frozenset(),
}


@dataclass(frozen=True)
class Customer:
    """Somebody who may order."""

    id: str
    email: str
    tier: Tier = Tier.STANDARD


@dataclass(frozen=True)
class Line:
    """Some of one product, at the price of the moment."""

    sku: str
    quantity: int
    unit_price: Money

    @property
    def amount(self) -> Money:
        """Price of the whole line."""
        return self.unit_price.times(self.quantity)


@dataclass(frozen=True)
class Order:
    """What one customer wants, and where it stands."""

    customer_id: str
    lines: tuple[Line, ...]
    total: Money
    status: Status = Status.DRAFT
    id: str = field(default_factory=lambda: uuid4().hex)
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def subtotal(self) -> Money:
        """Sum of the lines, before discounts and shipping."""
        return total([line.amount for line in self.lines], self.total.currency)

    def moved_to(self, status: Status) -> "Order":
        """The same order in another status, if it may go there."""
        if status not in TRANSITIONS[self.status]:
            raise InvalidTransitionError(f"order {self.id} is {self.status}, cannot be {status}")
        return replace(self, status=status)
