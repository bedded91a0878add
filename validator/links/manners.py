"""Politeness: one request at a time for each host, a pause between two, and the wait that a host asks for."""

import asyncio
import datetime
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime

# Seconds. A host that asks for more than that, at once or bit by bit, is left alone for the rest of the run.
PATIENCE = 120
_LONGEST = 7 * 24 * 60 * 60  # seconds; a header that asks for more is a slip, and no host is given up for it


class NotAsked(Exception):  # noqa: N818 - not a fault: the message says why nobody was asked
    """An address is not asked for."""


class Manners:
    """Who may ask which host when: `delay` seconds between two requests to one, `jobs` requests at a time in all."""

    def __init__(self, delay: float, jobs: int) -> None:
        self._delay = delay
        self._slots = asyncio.Semaphore(jobs)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free: defaultdict[str, float] = defaultdict(float)
        self._asked_for: defaultdict[str, float] = defaultdict(float)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until it is one's turn with a host; raise NotAsked if it wants to be left alone."""
        async with self._locks[host]:
            await asyncio.sleep(max(0, self._free[host] - time.monotonic()))
            if self._asked_for[host] > PATIENCE:
                raise NotAsked(f"{host} asks to be left alone for {self._asked_for[host]:,.0f} s")
            async with self._slots:
                try:
                    yield
                finally:
                    self._free[host] = max(self._free[host], time.monotonic() + self._delay)

    def rest(self, host: str, seconds: float) -> None:
        """Note that a host asks for a pause."""
        self._asked_for[host] += seconds
        if self._asked_for[host] <= PATIENCE:
            self._free[host] = max(self._free[host], time.monotonic() + seconds)


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a header Retry-After (RFC 9110, 10.2.3) asks for; None if it asks for none that can be.

    >>> retry_after("30"), retry_after("Thu, 03 Oct 1872 20:45:00 GMT"), retry_after("soon"), retry_after("9" * 400)
    (30.0, 0.0, None, None)
    """
    seconds = float(value) if value and value.strip().isdecimal() else _until(value or "")
    return seconds if seconds is not None and seconds <= _LONGEST else None


def _until(date: str) -> float | None:
    """Return the seconds until a date as HTTP writes it; None if it is no date."""
    try:
        then = parsedate_to_datetime(date)
        then = then if then.tzinfo else then.replace(tzinfo=datetime.UTC)
        return max(0.0, (then - datetime.datetime.now(datetime.UTC)).total_seconds())
    except (ValueError, OverflowError):
        return None
