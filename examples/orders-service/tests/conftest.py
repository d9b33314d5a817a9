"""What the tests share: an application on a temporary database, and stand-ins."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from orders.api import dependencies
from orders.domain.money import Money
from orders.main import create_app


class FakeInventory:
    """Has a given stock."""

    def __init__(self, stock: dict[str, int]) -> None:
        self.stock = stock

    def reserve(self, sku: str, quantity: int) -> bool:
        if self.stock.get(sku, 0) < quantity:
            return False
        self.stock[sku] -= quantity
        return True

    def release(self, sku: str, quantity: int) -> None:
        self.stock[sku] += quantity


class FakePayments:
    """Declines what is above a limit."""

    def __init__(self, limit_cents: int = 100_000) -> None:
        self.limit_cents = limit_cents
        self.charges: list[tuple[str, int]] = []

    def charge(self, customer_id: str, amount: Money, reference: str) -> bool:
        if amount.cents > self.limit_cents:
            return False
        self.charges.append((customer_id, amount.cents))
        return True


@pytest.fixture
def inventory() -> FakeInventory:
    return FakeInventory({"mug": 100, "lamp": 3})


@pytest.fixture
def payments() -> FakePayments:
    return FakePayments()


@pytest.fixture
def client(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    inventory: FakeInventory,
    payments: FakePayments,
) -> Iterator[TestClient]:
    monkeypatch.setenv("ORDERS_DATABASE", str(tmp_path / "orders.db"))
    monkeypatch.setenv("ORDERS_ADMIN_TOKEN", "test-token")
    app = create_app()
    app.dependency_overrides[dependencies.inventory] = lambda: inventory
    app.dependency_overrides[dependencies.payments] = lambda: payments
    with TestClient(app) as client:
        yield client
