"""Ask for one address: HEAD first, then a little of GET where HEAD is not answered well."""

import asyncio
import datetime
import itertools
import time
from dataclasses import dataclass
from typing import NamedTuple

import httpx

from validator.links.answer import PERMANENT, Hop, Outcome, Result
from validator.links.door import Door, NoSuchHost
from validator.links.judge import judged, why
from validator.links.manners import Manners, NotAsked, retry_after

REDIRECTS = 10
LIMIT = 256 * 1024  # bytes read of an answer to GET

_WAIT = (429, 503)


@dataclass(frozen=True)
class Asker:
    """What all visits share; `timeout` is in seconds, for each request, and `agent` says who asks."""

    door: Door
    manners: Manners
    timeout: float
    agent: str

    async def ask(self, url: str) -> Result:
        """Ask for an address, follow its redirects, and say what became of it."""
        visit = _Visit(self, url)
        outcome, reason = await visit.outcome()
        permanent = list(itertools.takewhile(lambda hop: hop.status in PERMANENT, visit.hops))
        moved_to = permanent[-1].url if permanent and outcome == "ok" else None
        return Result(
            url=url,
            outcome="moved" if moved_to else outcome,
            status=visit.status,
            final_url=visit.hops[-1].url if visit.hops else url,
            moved_to=moved_to,
            redirects=tuple(visit.hops),
            reason=reason,
            seconds=round(visit.seconds),
            checked=datetime.date.today().isoformat(),
        )


class _Answer(NamedTuple):
    status: int
    following: httpx.Request | None
    asks_to_wait: bool


class _Visit:
    """One address on its way: the redirects so far, the last status, the seconds spent on requests."""

    def __init__(self, asker: Asker, url: str) -> None:
        # A client for each address: some sites redirect until their cookie comes back, and no visit is to know another.
        headers = {"User-Agent": asker.agent}
        self._client = httpx.AsyncClient(transport=asker.door, headers=headers, timeout=asker.timeout)
        self._asker, self._url = asker, url
        self._waited = False
        self.hops: list[Hop] = []
        self.status: int | None = None
        self.seconds = 0.0

    async def outcome(self) -> tuple[Outcome, str | None]:
        """Say what became of the address, and why where the status does not tell."""
        try:
            end = await self._walk()
        except NoSuchHost as error:
            return "dead", str(error)
        except NotAsked as error:
            return "refused", str(error)
        except (TimeoutError, httpx.TimeoutException):
            return "timeout", f"gives no whole answer within {self._asker.timeout:g} s"
        except httpx.InvalidURL:
            return "broken", "leads to what is no web address"
        except (httpx.HTTPError, OSError) as error:
            return "broken", why(error, answered=self.status is not None)
        return end or judged(self.status or 0, self._url, self.hops[-1].url if self.hops else self._url)

    async def _walk(self) -> tuple[Outcome, str] | None:
        """Follow the redirects; return what is wrong with them, if anything is."""
        request, seen = self._client.build_request("HEAD", self._url), set()
        while request:
            seen.add(self._state(request))
            answer = await self._answered(request)
            if not answer.following:
                return None
            if len(self.hops) == REDIRECTS:
                return "broken", f"redirects more than {REDIRECTS} times"
            self.hops.append(Hop(answer.status, str(answer.following.url)))
            request = answer.following
            if self._state(request) in seen:
                return "broken", "redirects in a circle"
        return None

    def _state(self, request: httpx.Request) -> tuple[str, str]:
        """Return what makes a request another one: its address, and the cookies that it brings along."""
        return str(request.url), request.headers.get("Cookie", "")

    async def _answered(self, request: httpx.Request) -> _Answer:
        """Ask with HEAD; where that fails, ask with GET before anything is said of the address."""
        if request.method == "HEAD":
            try:
                answer = await self._patiently(request)
            except (httpx.ReadError, httpx.RemoteProtocolError):
                answer = None
            if answer and (answer.status < 400 or answer.status == 429):
                return answer
            request = self._client.build_request("GET", request.url, headers={"Range": f"bytes=0-{LIMIT - 1}"})
        return await self._patiently(request)

    async def _patiently(self, request: httpx.Request) -> _Answer:
        """Ask, and once more if the server says when to come back; the first time only."""
        answer = await self._once(request)
        if not answer.asks_to_wait or self._waited:
            return answer
        self._waited = True
        return await self._once(request)

    async def _once(self, request: httpx.Request) -> _Answer:
        async with self._asker.manners.turn(request.url.host):
            self.status = None
            begin = time.monotonic()
            try:
                async with asyncio.timeout(self._asker.timeout):
                    return await self._exchange(request)
            finally:
                self.seconds += time.monotonic() - begin

    async def _exchange(self, request: httpx.Request) -> _Answer:
        response = await self._client.send(request, stream=True)
        try:
            self.status = response.status_code
            wait = retry_after(response.headers.get("Retry-After")) if self.status in _WAIT else None
            if wait is not None:
                self._asker.manners.rest(request.url.host, wait)
            if request.method == "GET" and response.is_success:
                await _read(response)
        finally:
            await response.aclose()
        return _Answer(self.status, response.next_request, wait is not None)


async def _read(response: httpx.Response) -> None:
    """Read an answer up to the limit, as it comes: nothing is unpacked."""
    received = 0
    async for chunk in response.aiter_raw():
        received += len(chunk)
        if received >= LIMIT:
            return
