"""Amounts of money, in cents, so that nothing is lost to floating point."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, order=True)
class Money:
    """An amount in the smallest unit of its currency."""

    cents: int
    currency: str = "EUR"

    def __add__(self, other: "Money") -> "Money":
        """Add an amount of the same currency."""
        self._same_currency(other)
        return Money(self.cents + other.cents, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Subtract an amount of the same currency."""
        self._same_currency(other)
        return Money(self.cents - other.cents, self.currency)

    def times(self, factor: Decimal | int) -> "Money":
        """Multiply and round half up to whole cents."""
        exact = Decimal(self.cents) * Decimal(factor)
        return Money(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)), self.currency)

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")


def total(amounts: list[Money], currency: str = "EUR") -> Money:
    """Sum of amounts; zero for none."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result
