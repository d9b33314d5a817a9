"""What clients ask of the service."""

from secrets import token_hex

from fastapi.testclient import TestClient
from httpx import Response


def register(client: TestClient, email: str = "ada@example.org") -> str:
    response = client.post("/customers", json={"email": email, "password": token_hex(8)})
    assert response.status_code == 201
    return str(response.json()["id"])


def order(
    client: TestClient, customer_id: str, sku: str = "mug", quantity: int = 2, key: str = ""
) -> Response:
    response: Response = client.post(
        "/orders",
        json={
            "customer_id": customer_id,
            "lines": [{"sku": sku, "quantity": quantity, "unit_cents": 1_000}],
        },
        headers={"idempotency-key": key} if key else {},
    )
    return response
