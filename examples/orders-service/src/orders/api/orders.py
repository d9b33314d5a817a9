"""Orders over HTTP."""

from fastapi import APIRouter

from orders.api.dependencies import Customers, Orders, Provider, Stock
from orders.api.schemas import NewOrder, OrderView
from orders.domain.checkout import checkout
from orders.domain.models import Line, Status
from orders.domain.money import Money

router = APIRouter(prefix="/orders", tags=["orders"])


@router.post("", status_code=201)
def place(
    body: NewOrder, customers: Customers, orders: Orders, stock: Stock, provider: Provider
) -> OrderView:
    """Place and pay an order."""
    customer = customers.get(body.customer_id)
    lines = tuple(Line(line.sku, line.quantity, Money(line.unit_cents)) for line in body.lines)
    order = checkout(customer, lines, stock, provider)
    orders.add(order)
    return OrderView.of(order)


@router.get("/{order_id}")
def read(order_id: str, orders: Orders) -> OrderView:
    """One order."""
    return OrderView.of(orders.get(order_id))


@router.post("/{order_id}/shipment")
def ship(order_id: str, orders: Orders) -> OrderView:
    """Mark an order as shipped."""
    order = orders.get(order_id).moved_to(Status.SHIPPED)
    orders.set_status(order)
    return OrderView.of(order)
