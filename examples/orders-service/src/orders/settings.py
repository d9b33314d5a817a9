"""Settings, from the environment."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Everything that differs between a laptop, a test and production."""

    database: str
    redis_url: str
    payments_url: str
    inventory_url: str
    admin_token: str
    timeout_seconds: float


def load_settings() -> Settings:
    """Read the environment; what is missing has a default for a laptop."""
    return Settings(
        database=os.environ.get("ORDERS_DATABASE", "orders.db"),
        redis_url=os.environ.get("ORDERS_REDIS", "redis://localhost:6379/0"),
        payments_url=os.environ.get("PAYMENTS_URL", "http://payments.internal"),
        inventory_url=os.environ.get("INVENTORY_URL", "http://inventory.internal"),
        admin_token=os.environ.get("ORDERS_ADMIN_TOKEN", "letmein-0rders!"),
        timeout_seconds=float(os.environ.get("ORDERS_TIMEOUT", "2.5")),
    )
