"""Placing an order: price it, reserve the stock, charge the customer."""

from typing import Protocol

from orders.domain.models import Customer, Line, Order, Status
from orders.domain.money import Money
from orders.domain.pricing import price
from orders.errors import OutOfStockError, PaymentDeclinedError


class Inventory(Protocol):
    """What checkout asks of the stock."""

    def reserve(self, sku: str, quantity: int) -> bool:
        """Take pieces from the stock; false if there are too few."""

    def release(self, sku: str, quantity: int) -> None:
        """Put pieces back."""


class Payments(Protocol):
    """What checkout asks of the payment provider."""

    def charge(self, customer_id: str, amount: Money, reference: str) -> bool:
        """Take the money; false if it was declined."""


def checkout(
    customer: Customer, lines: tuple[Line, ...], inventory: Inventory, payments: Payments
) -> Order:
    """Place and pay an order; nothing stays reserved if it fails."""
    reserved: list[Line] = []
    try:
        for line in lines:
            if not inventory.reserve(line.sku, line.quantity):
                raise OutOfStockError(f"{line.sku}: {line.quantity} not in stock")
            reserved.append(line)
        order = Order(customer.id, lines, price(customer, lines).total).moved_to(Status.PLACED)
        if not payments.charge(customer.id, order.total, order.id):
            raise PaymentDeclinedError(f"order {order.id}: {order.total.cents} cents declined")
    except (OutOfStockError, PaymentDeclinedError):
        for line in reserved:
            inventory.release(line.sku, line.quantity)
        raise
    return order.moved_to(Status.PAID)
