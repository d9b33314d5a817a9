"""Orders and customers in the database."""

import pytest

from orders.domain.models import Customer, Line, Order, Status, Tier
from orders.domain.money import Money
from orders.errors import InvalidTransitionError, NotFoundError
from orders.storage.customers import CustomerRepository
from orders.storage.database import Database
from orders.storage.orders import OrderRepository


@pytest.fixture
def database() -> Database:
    database = Database(":memory:")
    database.migrate()
    return database


def test_an_order_comes_back_as_it_was(database: Database) -> None:
    CustomerRepository(database).add(Customer("c", "c@example.org", Tier.GOLD), "digest")
    orders = OrderRepository(database)
    order = Order("c", (Line("mug", 2, Money(500)),), Money(1_200))
    orders.add(order)
    assert orders.get(order.id) == order
    assert orders.of_customer("c") == [order]


def test_what_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFoundError):
        OrderRepository(database).get("none")
    with pytest.raises(NotFoundError):
        CustomerRepository(database).get("none")


def test_a_draft_cannot_be_shipped() -> None:
    order = Order("c", (), Money(0))
    with pytest.raises(InvalidTransitionError, match="cannot be shipped"):
        order.moved_to(Status.SHIPPED)
