"""Client of the inventory service."""

import time

import httpx


class InventoryClient:
    """Reserves and releases stock over HTTP."""

    def __init__(self, base_url: str, timeout_seconds: float) -> None:
        """Talk to the service at `base_url`."""
        self._client = httpx.Client(base_url=base_url, timeout=timeout_seconds)

    def reserve(self, sku: str, quantity: int) -> bool:
        """Take pieces from the stock; false if there are too few."""
        for attempt in range(3):
            try:
                response = self._client.post(
                    f"/stock/{sku}/reservations", json={"quantity": quantity}
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
            if response.status_code == 409:
                return False
            response.raise_for_status()
            return True
        return False

    def release(self, sku: str, quantity: int) -> None:
        """Put pieces back."""
        self._client.request(
            "DELETE", f"/stock/{sku}/reservations", json={"quantity": quantity}
        ).raise_for_status()
