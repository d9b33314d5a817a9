"""Customers over HTTP."""

from uuid import uuid4

from fastapi import APIRouter, Depends

from orders.api.dependencies import Customers, require_admin
from orders.api.schemas import CustomerView, NewCustomer
from orders.domain.models import Customer
from orders.security import password_digest

router = APIRouter(prefix="/customers", tags=["customers"])


@router.post("", status_code=201)
def register(body: NewCustomer, customers: Customers) -> CustomerView:
    """Register a customer."""
    customer = Customer(uuid4().hex, body.email)
    customers.add(customer, password_digest(body.password))
    return CustomerView.of(customer)


@router.get("/search", dependencies=[Depends(require_admin)])
def search(email: str, customers: Customers) -> list[CustomerView]:
    """Customers whose address contains the text."""
    return [CustomerView.of(customer) for customer in customers.search(email)]


@router.get("/{customer_id}")
def read(customer_id: str, customers: Customers) -> CustomerView:
    """One customer."""
    return CustomerView.of(customers.get(customer_id))
