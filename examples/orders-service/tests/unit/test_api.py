"""The service over HTTP."""

from fastapi.testclient import TestClient

from calls import order, register
from stand_ins import FakeInventory, FakePayments


def test_health(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"
    assert client.get("/ready").json() == {"database": "ok"}


def test_an_order_is_paid_and_can_be_shipped_once(
    client: TestClient, payments: FakePayments
) -> None:
    customer_id = register(client)
    placed = order(client, customer_id)
    assert placed.status_code == 201
    assert placed.json()["status"] == "paid"
    assert payments.charges == [(customer_id, placed.json()["total_cents"])]
    url = f"/orders/{placed.json()['id']}/shipment"
    assert client.post(url).json()["status"] == "shipped"
    assert client.post(url).status_code == 409


def test_out_of_stock(client: TestClient, inventory: FakeInventory) -> None:
    response = order(client, register(client), "lamp", 4)
    assert response.status_code == 409
    assert response.json()["error"] == "out-of-stock"
    assert inventory.stock["lamp"] == 3


def test_a_declined_payment_gives_the_stock_back(
    client: TestClient, inventory: FakeInventory, payments: FakePayments
) -> None:
    payments.limit_cents = 0
    assert order(client, register(client)).status_code == 402
    assert inventory.stock["mug"] == 100


def test_reports_need_the_token(client: TestClient) -> None:
    customer_id = register(client)
    order(client, customer_id)
    url = f"/reports/customers/{customer_id}.csv"
    assert client.get(url).status_code == 403
    report = client.get(url, headers={"x-admin-token": "test-token"})
    assert report.text.splitlines()[0] == "id;customer;status;total"


def test_search_needs_the_token(client: TestClient) -> None:
    register(client)
    assert client.get("/customers/search", params={"email": "ada"}).status_code == 403
    found = client.get(
        "/customers/search", params={"email": "ada"}, headers={"x-admin-token": "test-token"}
    )
    assert [customer["email"] for customer in found.json()] == ["ada@example.org"]
