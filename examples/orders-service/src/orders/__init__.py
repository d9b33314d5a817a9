"""Orders: taken, priced, paid and shipped."""

__version__ = "1.4.0"
