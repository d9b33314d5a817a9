"""Bodies of requests and responses."""

from pydantic import BaseModel, Field

from orders.domain.models import Customer, Order


class NewCustomer(BaseModel):
    """A customer who registers."""

    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)
    password: str = Field(min_length=10)


class CustomerView(BaseModel):
    """A customer as others see them."""

    id: str
    email: str
    tier: str

    @classmethod
    def of(cls, customer: Customer) -> "CustomerView":
        """View of a customer."""
        return cls(id=customer.id, email=customer.email, tier=customer.tier.value)


class NewLine(BaseModel):
    """Some of one product."""

    sku: str = Field(min_length=1, max_length=40)
    quantity: int = Field(ge=1, le=999)
    unit_cents: int = Field(ge=0)


class NewOrder(BaseModel):
    """An order to be placed."""

    customer_id: str
    lines: list[NewLine] = Field(min_length=1, max_length=100)


class OrderView(BaseModel):
    """An order as the customer sees it."""

    id: str
    status: str
    total_cents: int
    currency: str

    @classmethod
    def of(cls, order: Order) -> "OrderView":
        """View of an order."""
        return cls(
            id=order.id,
            status=order.status.value,
            total_cents=order.total.cents,
            currency=order.total.currency,
        )
