"""Politeness: one request at a time for each host, a pause between two, and the wait that a host asks for."""

import asyncio
import datetime
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime

# Seconds. A host that asks for more than that is left alone for the rest of the run.
PATIENCE = 120


class NotAsked(Exception):  # noqa: N818 - not a fault: the message says why nobody was asked
    """An address is not asked for."""


class Manners:
    """Who may ask which host when: `delay` seconds between two requests to one, `jobs` requests at a time in all."""

    def __init__(self, delay: float, jobs: int) -> None:
        self._delay = delay
        self._slots = asyncio.Semaphore(jobs)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free: defaultdict[str, float] = defaultdict(float)
        self._alone: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until it is one's turn with a host; raise NotAsked if it wants to be left alone."""
        async with self._locks[host]:
            await asyncio.sleep(max(0, self._free[host] - time.monotonic()))
            if host in self._alone:
                raise NotAsked(f"{host} asks to be left alone for {self._alone[host]:,.0f} s")
            async with self._slots:
                try:
                    yield
                finally:
                    self._free[host] = max(self._free[host], time.monotonic() + self._delay)

    def rest(self, host: str, seconds: float) -> None:
        """Note that a host asks for a pause."""
        if seconds > PATIENCE:
            self._alone[host] = seconds
        else:
            self._free[host] = max(self._free[host], time.monotonic() + seconds)


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a header Retry-After (RFC 9110, 10.2.3) asks for; None if it asks for none.

    >>> retry_after("30"), retry_after("Thu, 03 Oct 1872 20:45:00 GMT"), retry_after("soon")
    (30.0, 0.0, None)
    """
    if value is None or value.strip().isdecimal():
        return None if value is None else float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=datetime.UTC)
    return max(0.0, (then - datetime.datetime.now(datetime.UTC)).total_seconds())
