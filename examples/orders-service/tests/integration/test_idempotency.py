"""Requests that come twice, with the Redis of `ORDERS_REDIS`."""

from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from redis import Redis

from calls import order, register
from orders.errors import OutOfStockError, RequestInProgressError
from orders.settings import load_settings
from orders.storage.idempotency import PENDING, PLACED_SECONDS, IdempotencyKeys
from stand_ins import FakePayments


@pytest.fixture
def redis() -> Redis:
    return Redis.from_url(load_settings().redis_url, decode_responses=True)


@pytest.fixture
def keys() -> IdempotencyKeys:
    return IdempotencyKeys(load_settings().redis_url)


@pytest.fixture
def key() -> str:
    """A key that no other run has used: the Redis of the tests need not be empty."""
    return uuid4().hex


def test_a_repeated_request_is_paid_once(
    client: TestClient, payments: FakePayments, key: str
) -> None:
    customer_id = register(client)
    first = order(client, customer_id, key=key)
    again = order(client, customer_id, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert len(payments.charges) == 1


def test_another_customer_may_use_the_same_key(client: TestClient, key: str) -> None:
    ada = order(client, register(client), key=key)
    bob = order(client, register(client, "bob@example.org"), key=key)
    assert ada.json()["id"] != bob.json()["id"]


def test_a_declined_payment_may_be_tried_again(
    client: TestClient, payments: FakePayments, key: str
) -> None:
    customer_id = register(client)
    payments.limit_cents = 0
    assert order(client, customer_id, key=key).status_code == 402
    payments.limit_cents = 100_000
    assert order(client, customer_id, key=key).status_code == 201


def test_a_request_that_is_not_done_yet_is_not_placed_again(
    client: TestClient, redis: Redis, payments: FakePayments, key: str
) -> None:
    customer_id = register(client)
    redis.set(f"orders:key:{customer_id}:{key}", PENDING, ex=5)
    response = order(client, customer_id, key=key)
    assert (response.status_code, response.json()["error"]) == (409, "request-in-progress")
    assert payments.charges == []


def test_a_key_is_taken_while_its_order_is_placed(keys: IdempotencyKeys, key: str) -> None:
    def place() -> str:
        with pytest.raises(RequestInProgressError):
            keys.once(key, lambda: "second")
        return "first"

    assert keys.once(key, place) == "first"
    assert keys.once(key, lambda: "third") == "first"


def test_a_key_is_free_after_an_order_that_was_refused(keys: IdempotencyKeys, key: str) -> None:
    def refuse() -> str:
        raise OutOfStockError("mug: 2 not in stock")

    with pytest.raises(OutOfStockError):
        keys.once(key, refuse)
    assert keys.once(key, lambda: "order") == "order"


def test_a_key_is_taken_after_an_error_that_nobody_expected(
    keys: IdempotencyKeys, key: str
) -> None:
    def break_off() -> str:
        raise ConnectionError("was it paid?")

    with pytest.raises(ConnectionError):
        keys.once(key, break_off)
    with pytest.raises(RequestInProgressError):
        keys.once(key, lambda: "order")


def test_a_key_is_forgotten_after_a_day(redis: Redis, keys: IdempotencyKeys, key: str) -> None:
    keys.once(key, lambda: "order")
    assert 0 < redis.ttl(f"orders:key:{key}") <= PLACED_SECONDS
