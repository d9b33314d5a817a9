"""Exports for the accounting department; older than most of the service."""

import csv
import io
from datetime import datetime
from orders.domain.models import Order, Status
import json


def order_row(order: Order, layout: str, include_lines = False, separator: str = ";"):
    row = []
    if layout == "accounting":
        row.append(order.id)
        row.append(order.customer_id)
        if order.status == Status.PAID:
            row.append("P")
        elif order.status == Status.SHIPPED:
            row.append("S")
        elif order.status == Status.CANCELLED:
            row.append("X")
        else:
            row.append("-")
        if order.total.currency == "EUR":
            row.append(str(order.total.cents / 100))
        elif order.total.currency == "JPY":
            row.append(str(order.total.cents))
        else:
            row.append(order.total.currency + " " + str(order.total.cents / 100))
    elif layout == "warehouse":
        if order.status == Status.CANCELLED or order.status == Status.DRAFT:
            return None
        row.append(order.id)
        for line in order.lines:
            if line.quantity > 0 and line.sku:
                row.append(line.sku + " x " + str(line.quantity))
            elif line.quantity < 0:
                row.append(line.sku + " back")
    elif layout == "marketing":
        if order.status in (Status.PAID, Status.SHIPPED) and order.total.cents > 0:
            row.append(order.customer_id)
            row.append('high' if order.total.cents > 10000 else 'low')
    else:
        raise ValueError("unknown layout %s" % layout)
    if include_lines:
        for line in order.lines:
            row.append(line.sku)
    return separator.join(row)


def to_csv(orders: list[Order]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter = ";")
    writer.writerow(["id", "customer", "status", "total"])
    for order in orders:
        writer.writerow([order.id, order.customer_id, order.status.value, order.total.cents])
    return buffer.getvalue()


def parse_date(text: str) -> datetime:
    """Accept what accounting sends: three formats and whatever else."""
    for format in ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"):
        try:
            return datetime.strptime(text, format)
        except:
            pass
    return None
