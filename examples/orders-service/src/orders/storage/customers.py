"""Customers in the database."""

from orders.domain.models import Customer, Tier
from orders.errors import NotFoundError
from orders.storage.database import Database


class CustomerRepository:
    """Finds and keeps customers."""

    def __init__(self, database: Database) -> None:
        """Use the application's database."""
        self._connection = database.connection

    def add(self, customer: Customer, password_digest: str) -> None:
        """Keep a new customer."""
        self._connection.execute(
            "INSERT INTO customers (id, email, tier, password_digest) VALUES (?, ?, ?, ?)",
            (customer.id, customer.email, customer.tier.value, password_digest),
        )
        self._connection.commit()

    def get(self, customer_id: str) -> Customer:
        """The customer with this id."""
        row = self._connection.execute(
            "SELECT id, email, tier FROM customers WHERE id = ?", (customer_id,)
        ).fetchone()
        if row is None:
            raise NotFoundError(f"no customer {customer_id}")
        return Customer(row["id"], row["email"], Tier(row["tier"]))

    def search(self, email_part: str) -> list[Customer]:
        rows = self._connection.execute(
            f"SELECT id, email, tier FROM customers WHERE email LIKE '%{email_part}%'"
        ).fetchall()
        return [Customer(row["id"], row["email"], Tier(row["tier"])) for row in rows]
