"""Client of the payment provider."""

import time

import httpx

from orders.domain.money import Money


class PaymentsClient:
    """Charges and refunds over HTTP."""

    def __init__(self, base_url: str, timeout_seconds: float) -> None:
        """Talk to the provider at `base_url`."""
        self._client = httpx.Client(base_url=base_url, timeout=timeout_seconds)

    def charge(self, customer_id: str, amount: Money, reference: str) -> bool:
        """Take the money; false if it was declined."""
        for attempt in range(3):
            try:
                response = self._client.post(
                    "/charges",
                    json={
                        "customer": customer_id,
                        "cents": amount.cents,
                        "currency": amount.currency,
                        "reference": reference,
                    },
                )
            except httpx.TransportError:
                if attempt == 2:
                    raise
                time.sleep(0.1 * 2**attempt)
                continue
            if response.status_code == 429 and attempt < 2:
                time.sleep(float(response.headers.get("retry-after", "1")))
                continue
            if response.status_code >= 500 and attempt < 2:
                time.sleep(0.1 * 2**attempt)
                continue
            if response.status_code == 402:
                return False
            response.raise_for_status()
            return True
        return False
