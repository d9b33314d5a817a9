"""What can go wrong in the domain, with the HTTP status that says so."""


class DomainError(Exception):
    """Something that the caller can understand and act on."""

    code = "domain-error"
    status = 400


class NotFoundError(DomainError):
    """There is no such order, customer or product."""

    code = "not-found"
    status = 404


class OutOfStockError(DomainError):
    """The inventory cannot cover a line of the order."""

    code = "out-of-stock"
    status = 409


class PaymentDeclinedError(DomainError):
    """The payment provider said no."""

    code = "payment-declined"
    status = 402


class RequestInProgressError(DomainError):
    """A request with the same idempotency key is not done yet."""

    code = "request-in-progress"
    status = 409


class InvalidTransitionError(DomainError):
    """An order cannot go from its status to the wanted one."""

    code = "invalid-transition"
    status = 409
