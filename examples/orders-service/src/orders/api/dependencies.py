"""What the endpoints are given."""

from typing import Annotated

from fastapi import Depends, Header, HTTPException, Request

from orders.clients.inventory import InventoryClient
from orders.clients.payments import PaymentsClient
from orders.domain.checkout import Inventory, Payments
from orders.security import token_matches
from orders.storage.customers import CustomerRepository
from orders.storage.idempotency import IdempotencyKeys
from orders.storage.orders import OrderRepository


def customer_repository(request: Request) -> CustomerRepository:
    """Customers of this application."""
    return CustomerRepository(request.app.state.database)


def order_repository(request: Request) -> OrderRepository:
    """Orders of this application."""
    return OrderRepository(request.app.state.database)


def idempotency_keys(request: Request) -> IdempotencyKeys:
    """Keys that requests came with."""
    keys: IdempotencyKeys = request.app.state.idempotency_keys
    return keys


def inventory(request: Request) -> Inventory:
    """The inventory service."""
    settings = request.app.state.settings
    return InventoryClient(settings.inventory_url, settings.timeout_seconds)


def payments(request: Request) -> Payments:
    """The payment provider."""
    settings = request.app.state.settings
    return PaymentsClient(settings.payments_url, settings.timeout_seconds)


def require_admin(request: Request, x_admin_token: Annotated[str, Header()] = "") -> None:
    """Refuse whoever does not know the token."""
    if not token_matches(x_admin_token, request.app.state.settings.admin_token):
        raise HTTPException(status_code=403, detail="admin token required")


Customers = Annotated[CustomerRepository, Depends(customer_repository)]
Orders = Annotated[OrderRepository, Depends(order_repository)]
Keys = Annotated[IdempotencyKeys, Depends(idempotency_keys)]
Stock = Annotated[Inventory, Depends(inventory)]
Provider = Annotated[Payments, Depends(payments)]
