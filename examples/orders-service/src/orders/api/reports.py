"""Reports for the accounting department."""

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse

from orders.api.dependencies import Customers, Orders, require_admin
from orders.export import to_csv

router = APIRouter(prefix="/reports", tags=["reports"], dependencies=[Depends(require_admin)])


@router.get("/customers/{customer_id}.csv", response_class=PlainTextResponse)
def customer_report(customer_id: str, customers: Customers, orders: Orders) -> str:
    """All orders of a customer, as accounting wants them."""
    customer = customers.get(customer_id)
    return to_csv(orders.of_customer(customer.id))
