"""What the tests share: an application on a temporary database, and stand-ins for others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from orders.api import dependencies
from orders.main import create_app
from stand_ins import FakeInventory, FakePayments


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
