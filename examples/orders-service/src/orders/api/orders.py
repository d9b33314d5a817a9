"""Orders over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Header

from orders.api.dependencies import Customers, Keys, Orders, Provider, Stock
from orders.api.schemas import NewOrder, OrderView
from orders.domain.checkout import checkout
from orders.domain.models import Line, Status
from orders.domain.money import Money

router = APIRouter(prefix="/orders", tags=["orders"])


@router.post("", status_code=201)
def place(
    body: NewOrder,
    customers: Customers,
    orders: Orders,
    stock: Stock,
    provider: Provider,
    keys: Keys,
    idempotency_key: Annotated[str, Header(max_length=100)] = "",
) -> OrderView:
    """Place and pay an order; a request that is repeated with its key gets the same one."""
    customer = customers.get(body.customer_id)
    lines = tuple(Line(line.sku, line.quantity, Money(line.unit_cents)) for line in body.lines)

    def place_new() -> str:
        order = checkout(customer, lines, stock, provider)
        orders.add(order)
        return order.id

    if not idempotency_key:
        return OrderView.of(orders.get(place_new()))
    order_id = keys.once(f"{customer.id}:{idempotency_key}", place_new)
    return OrderView.of(orders.get(order_id))


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
