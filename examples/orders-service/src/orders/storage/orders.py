"""Orders in the database."""

from datetime import datetime

from orders.domain.models import Line, Order, Status
from orders.domain.money import Money
from orders.errors import NotFoundError
from orders.storage.database import Database


class OrderRepository:
    """Finds and keeps orders."""

    def __init__(self, database: Database) -> None:
        """Use the application's database."""
        self._connection = database.connection

    def add(self, order: Order) -> None:
        """Keep a new order with its lines."""
        self._connection.execute(
            "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)",
            (
                order.id,
                order.customer_id,
                order.status.value,
                order.total.currency,
                order.total.cents,
                order.created_at.isoformat(),
            ),
        )
        self._connection.executemany(
            "INSERT INTO order_lines VALUES (?, ?, ?, ?)",
            [(order.id, line.sku, line.quantity, line.unit_price.cents) for line in order.lines],
        )
        self._connection.commit()

    def set_status(self, order: Order) -> None:
        """Keep the order's status."""
        self._connection.execute(
            "UPDATE orders SET status = ? WHERE id = ?", (order.status.value, order.id)
        )
        self._connection.commit()

    def get(self, order_id: str) -> Order:
        """The order with this id."""
        row = self._connection.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
        if row is None:
            raise NotFoundError(f"no order {order_id}")
        lines = self._connection.execute(
            "SELECT sku, quantity, unit_cents FROM order_lines WHERE order_id = ?", (order_id,)
        ).fetchall()
        currency = row["currency"]
        return Order(
            customer_id=row["customer_id"],
            lines=tuple(
                Line(line["sku"], line["quantity"], Money(line["unit_cents"], currency))
                for line in lines
            ),
            total=Money(row["total_cents"], currency),
            status=Status(row["status"]),
            id=row["id"],
            created_at=datetime.fromisoformat(row["created_at"]),
        )

    def of_customer(self, customer_id: str) -> list[Order]:
        """All orders of a customer, newest first."""
        rows = self._connection.execute(
            "SELECT id FROM orders WHERE customer_id = ? ORDER BY created_at DESC", (customer_id,)
        ).fetchall()
        return [self.get(row["id"]) for row in rows]
