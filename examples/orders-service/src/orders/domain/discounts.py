"""Discounts, each a fraction of the subtotal."""

from decimal import Decimal

from orders.domain.models import Line, Tier

TIER_DISCOUNT: dict[Tier, Decimal] = {
    Tier.STANDARD: Decimal("0"),
    Tier.SILVER: Decimal("0.03"),
    Tier.GOLD: Decimal("0.07"),
}

COUPONS: dict[str, Decimal] = {
    "WELCOME5": Decimal("0.05"),
    "SPRING10": Decimal("0.10"),
}

MAXIMUM = Decimal("0.15")


def quantity_discount(lines: tuple[Line, ...]) -> Decimal:
    """Two percent from twenty pieces of one product, four from fifty."""
    most = max((line.quantity for line in lines), default=0)
    if most >= 50:
        return Decimal("0.04")
    if most >= 20:
        return Decimal("0.02")
    return Decimal("0")


def discount(tier: Tier, lines: tuple[Line, ...], coupon: str | None = None) -> Decimal:
    """All discounts together, at most fifteen percent."""
    fraction = TIER_DISCOUNT[tier] + quantity_discount(lines)
    if coupon is not None:
        fraction += COUPONS.get(coupon.upper(), Decimal("0"))
    return min(fraction, MAXIMUM)
