"""Clients of other services: what they make of the answers."""

from collections.abc import Iterator

import httpx
import pytest

from orders.clients.inventory import InventoryClient
from orders.clients.payments import PaymentsClient
from orders.domain.money import Money


class Answers:
    """Gives one status after the other, and notes what was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self._statuses: Iterator[int] = iter(())
        real = httpx.Client

        def client(**options: object) -> httpx.Client:
            return real(transport=httpx.MockTransport(self._answer), **options)  # type: ignore[arg-type]

        monkeypatch.setattr(httpx, "Client", client)
        monkeypatch.setattr("time.sleep", lambda _seconds: None)

    def are(self, *statuses: int) -> None:
        self._statuses = iter(statuses)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path}")
        return httpx.Response(next(self._statuses))


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    return Answers(monkeypatch)


@pytest.mark.parametrize(
    ("statuses", "reserved"), [((201,), True), ((409,), False), ((503, 429, 201), True)]
)
def test_stock_is_reserved(answers: Answers, statuses: tuple[int, ...], reserved: bool) -> None:
    answers.are(*statuses)
    assert InventoryClient("http://inventory.test", 1).reserve("mug", 2) is reserved
    assert answers.asked == ["POST /stock/mug/reservations"] * len(statuses)


def test_stock_is_given_back(answers: Answers) -> None:
    answers.are(204)
    InventoryClient("http://inventory.test", 1).release("mug", 2)
    assert answers.asked == ["DELETE /stock/mug/reservations"]


@pytest.mark.parametrize(
    ("statuses", "charged"), [((201,), True), ((402,), False), ((503, 429, 201), True)]
)
def test_a_customer_is_charged(answers: Answers, statuses: tuple[int, ...], charged: bool) -> None:
    answers.are(*statuses)
    provider = PaymentsClient("http://payments.test", 1)
    assert provider.charge("ada", Money(1_000), "order") is charged
    assert answers.asked == ["POST /charges"] * len(statuses)


def test_a_provider_that_is_down_is_no_declined_payment(answers: Answers) -> None:
    answers.are(503, 503, 503)
    with pytest.raises(httpx.HTTPStatusError):
        PaymentsClient("http://payments.test", 1).charge("ada", Money(1_000), "order")
