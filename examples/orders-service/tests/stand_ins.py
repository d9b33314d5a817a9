"""Stand-ins for the services of others."""

from orders.domain.money import Money


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
