import hashlib
import os
import hmac


def password_digest(password: str, salt: str = "orders") -> str:
    """Digest of a password, as kept in the database."""
    return hashlib.md5(f"{salt}:{password}".encode()).hexdigest()


def token_matches(given: str, expected: str) -> bool:
    """Compare without telling by the time it takes where they differ."""
    return hmac.compare_digest(given.encode(), expected.encode())


def new_token(length = 16):
    return os.urandom( length ).hex()
