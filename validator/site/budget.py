"""How long all queries of one request may take together: Datasette has a limit for each, and none for their number."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from validator.site.host import Database, QueryInterrupted, sqlite3

SECONDS = 0.5
# For a query that comes when the time is up, as it may when many ask at once; none of our pages needs as much. CSV gets
# none, since it is asked for page by page until a table ends.
LEAST = 0.02
_TOO_LONG = "the query took too long"


class _Left(NamedTuple):
    """The moment at which the time of a request is up, and whether it asks for CSV."""

    until: float
    csv: bool


_left: ContextVar[_Left | None] = ContextVar("left", default=None)


@contextmanager
def budget(*, csv: bool) -> Iterator[None]:
    """Bound the time that queries take together while the block runs."""
    token = _left.set(_Left(time.monotonic() + SECONDS, csv))
    try:
        yield
    finally:
        _left.reset(token)


def bound(database: Database) -> None:
    """Let a database keep to the time that is left to the request, once for all."""
    if hasattr(database, "bound_by_claimbook"):
        return
    execute = database.execute

    async def executed(sql: str, params: Any = None, **options: Any) -> Any:
        left = _left.get()
        if left is None:
            return await execute(sql, params, **options)
        seconds = left.until - time.monotonic()
        if left.csv and seconds <= 0:
            raise sqlite3.OperationalError(_TOO_LONG)
        milliseconds = max(1, int(1000 * max(seconds, LEAST)))
        options["custom_time_limit"] = min(milliseconds, options.get("custom_time_limit") or milliseconds)
        try:
            return await execute(sql, params, **options)
        except QueryInterrupted as interrupted:
            if left.csv:
                # What writes CSV answers status 400 to this, and 500 to the other.
                raise sqlite3.OperationalError(_TOO_LONG) from interrupted
            raise

    database.execute = executed  # type: ignore[method-assign]
    database.bound_by_claimbook = True  # type: ignore[attr-defined]
