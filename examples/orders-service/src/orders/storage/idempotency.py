"""Keys by which a client may repeat a request: the order is placed and paid once."""

from collections.abc import Callable

from redis import Redis

from orders.errors import DomainError, RequestInProgressError

PENDING = "pending"
PENDING_SECONDS = 60
PLACED_SECONDS = 24 * 60 * 60


class IdempotencyKeys:
    """Remembers in Redis, for a day, which order a key has placed."""

    def __init__(self, url: str) -> None:
        """Use the Redis at `url`; nothing is asked of it before a key comes."""
        self._redis = Redis.from_url(url, decode_responses=True)

    def once(self, key: str, place: Callable[[], str]) -> str:
        """The order of this key; `place` is called if it has none, and says which it is."""
        name = f"orders:key:{key}"
        earlier = self._redis.set(name, PENDING, nx=True, get=True, ex=PENDING_SECONDS)
        if earlier == PENDING:
            raise RequestInProgressError(f"another request with the key {key} is not done yet")
        if earlier is not None:
            return str(earlier)
        try:
            order_id = place()
        except DomainError:
            # Nothing was placed. After any other error nobody knows, so the key stays taken.
            self._redis.delete(name)
            raise
        self._redis.set(name, order_id, ex=PLACED_SECONDS)
        return order_id

    def close(self) -> None:
        """Close the connections."""
        self._redis.close()
