"""Ask for one address: HEAD first, then a little of GET where HEAD is not answered well or leads nowhere."""

import asyncio
import itertools
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import httpx

from validator.address import fault
from validator.links.answer import PERMANENT, Hop, Outcome, Result, today
from validator.links.door import Door, NoSuchHost
from validator.links.judge import judged, why
from validator.links.location import NotAnAddress, address, following, shown_host
from validator.links.manners import Manners, NotAsked, retry_after
from validator.links.target import doubt, same

REDIRECTS = 10
LIMIT = 256 * 1024  # bytes read of an answer to GET
_IN_VAIN = 3  # times that a host may let HEAD go unanswered, before it gets no more; one page may be odd
REQUESTS = 3  # all requests for one address may take as long as that many

_WAIT = (429, 503)
_AGAINST_RANGES = (400, 412, 416, 501)  # perhaps answered to a header Range, and not to the question
_REDIRECTING = (301, 302, 303, 307, 308)
# Nothing in an answer is unpacked, and any language will do.
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate", "Accept-Language": "*", "Connection": "close"}


class _UnfitAnswer(Exception):  # noqa: N818 - the server's, not ours
    """A library cannot make anything of what a server says."""


_TOO_MANY: tuple[Outcome, str] = ("broken", f"redirects more than {REDIRECTS} times")
_SETTLED = (("ok", None), _TOO_MANY)  # GET would tell no more

_UNFIT = "leads for good to an address that no record may have"

# What may go wrong with one request, whoever is to blame but us.
_FAILURES = (httpx.HTTPError, TimeoutError, OSError, _UnfitAnswer)


@dataclass(frozen=True)
class Asker:
    """What all visits share; `timeout` is in seconds, for each request, and `agent` says who asks."""

    door: Door
    manners: Manners
    timeout: float
    agent: str
    unheard: Counter[str] = field(default_factory=Counter)  # how often a host has let HEAD go unanswered

    async def ask(self, url: str) -> Result:
        """Ask for an address, follow its redirects, and say what became of it."""
        visit = _Visit(self, url)
        outcome, reason = await visit.outcome()
        new = _new_address(url, visit.hops) if (outcome, reason) == ("ok", None) else None
        moved_to = new and _recorded(new)
        return Result(
            url=url,
            outcome="moved" if moved_to else outcome,
            status=visit.status,
            final_url=visit.final_url,
            moved_to=moved_to,
            redirects=tuple(visit.hops),
            reason=_UNFIT if new and not moved_to else reason,
            seconds=round(visit.seconds),
            checked=today(),
        )


def _new_address(url: str, hops: list[Hop]) -> str | None:
    """Return where redirects lead for good, if that is another address and may be that of the same document."""
    permanent = list(itertools.takewhile(lambda hop: hop.status in PERMANENT, hops))
    new = permanent[-1].url if permanent else url
    return None if same(url, new) or doubt(url, new) else new


def _recorded(url: str) -> str | None:
    """Return an address as a record may have it; None where none is meant that could be one, as with a password."""
    wrong = fault(url)
    return wrong.meant if wrong else url


class _Answer(NamedTuple):
    status: int
    location: bytes | None
    asks_to_wait: bool

    @property
    def is_redirect(self) -> bool:
        return self.location is not None

    @property
    def is_well(self) -> bool:
        """Whether HEAD has told all; 429 has too, since asking again at once would be no better."""
        return 200 <= self.status < 300 or self.status == 429 or self.is_redirect


class _Visit:
    """One address on its way: the redirects so far, the last status, the seconds spent on requests."""

    def __init__(self, asker: Asker, url: str) -> None:
        self._asker, self._url = asker, url
        # For each address: some sites redirect until their cookie comes back, and no visit is to know another.
        self._cookies = httpx.Cookies()
        self._waited = self._led_by_head = self._sent = False
        self.hops: list[Hop] = []
        self.status: int | None = None
        self.seconds = 0.0
        self._bound = ""

    @property
    def final_url(self) -> str:
        """Where the redirects so far lead."""
        return self.hops[-1].url if self.hops else self._url

    async def outcome(self) -> tuple[Outcome, str | None]:
        """Say what became of the address, and why where the status does not tell."""
        found = await self._outcome("HEAD")
        if found in _SETTLED or not self._led_by_head or self.status == 429 or self._left() <= 0:
            return found
        # Some servers send HEAD in a circle, to a login or to an error page, and answer a reader all the same.
        self.hops.clear()
        self._cookies = httpx.Cookies()
        return await self._outcome("GET")

    async def _outcome(self, method: str) -> tuple[Outcome, str | None]:
        try:
            return await self._walk(method)
        except NoSuchHost as error:
            return "dead", str(error)
        except NotAsked as error:
            return "refused", str(error)
        except NotAnAddress as error:
            self.status = None
            return "broken", str(error)
        except (TimeoutError, httpx.TimeoutException):
            return "timeout", f"gives no whole answer within {self._bound}"
        except _UnfitAnswer as error:
            return "broken", f"its answer makes no sense ({type(error.__cause__).__name__})"
        except _FAILURES as error:
            return "broken", why(error, answered=self.status is not None)

    async def _walk(self, method: str) -> tuple[Outcome, str | None]:
        """Follow the redirects from the address on, and say what they come to."""
        request, seen = self._request(method, address(self._url)), set()
        while (state := _state(request)) not in seen:
            seen.add(state)
            request, answer = await self._answered(request)
            if answer.location is None:
                return judged(answer.status, doubt(self._url, self.final_url))
            url = following(request.url, answer.location)
            if len(self.hops) == REDIRECTS:
                return _TOO_MANY
            self.hops.append(Hop(answer.status, str(url)))
            request = self._request(request.method, url)
        return "broken", "redirects in a circle"

    def _request(self, method: str, url: httpx.URL, **more: str) -> httpx.Request:
        # With Host, httpx does not look at it itself: it would decode Punycode, whatever somebody wrote there.
        headers = {"Host": url.netloc.decode("ascii"), **_HEADERS, "User-Agent": self._asker.agent, **more}
        request = httpx.Request(method, url, headers=headers, extensions={"trace": self._note})
        request.headers.encoding = "utf-8"  # cookies may have any letters
        self._cookies.set_cookie_header(request)
        return request

    async def _note(self, event: str, _: dict[str, Any]) -> None:
        """Note that there is a server which got the request."""
        self._sent = self._sent or event == "http11.send_request_headers.complete"

    async def _answered(self, request: httpx.Request) -> tuple[httpx.Request, _Answer]:
        """Ask with HEAD; where that fails, ask with GET, from here on, before anything is said of the address."""
        if request.method == "HEAD" and (answer := await self._answered_to_head(request)):
            return request, answer
        request = self._request("GET", request.url, Range=f"bytes=0-{LIMIT - 1}")
        answer = await self._patiently(request)
        if answer.status in _AGAINST_RANGES:
            answer = await self._patiently(self._request("GET", request.url))
        return request, answer

    async def _answered_to_head(self, request: httpx.Request) -> _Answer | None:
        """Return an answer to HEAD that tells all; None if there is a server, and GET may do better."""
        try:
            answer = await self._patiently(request)
        except _FAILURES as error:
            if not self._sent:
                raise
            if isinstance(error, TimeoutError):
                self._asker.unheard[shown_host(request.url)] += 1
            return None
        self._led_by_head = self._led_by_head or answer.is_redirect
        return answer if answer.is_well else None

    async def _patiently(self, request: httpx.Request) -> _Answer:
        """Ask, and once more if the server says when to come back; the first time only."""
        answer = await self._once(request)
        if not answer.asks_to_wait or self._waited:
            return answer
        self._waited = True
        return await self._once(request)

    async def _once(self, request: httpx.Request) -> _Answer:
        async with self._asker.manners.turn(shown_host(request.url)):
            self.status, self._sent = None, False
            self._skip_what_is_not_heard(request)
            begin = time.monotonic()
            try:
                async with asyncio.timeout(self._seconds_for_one()):
                    return await self._exchange(request)
            except (ValueError, OverflowError, httpx.InvalidURL, httpx.StreamError) as error:
                raise _UnfitAnswer from error
            finally:
                self.seconds += time.monotonic() - begin

    def _skip_what_is_not_heard(self, request: httpx.Request) -> None:
        """Raise TimeoutError at once for HEAD where others have waited in vain."""
        if request.method == "HEAD" and self._asker.unheard[shown_host(request.url)] >= _IN_VAIN:
            self._sent = True
            raise TimeoutError

    def _left(self) -> float:
        return REQUESTS * self._asker.timeout - self.seconds

    def _seconds_for_one(self) -> float:
        """Return how long a request may take, and note it in words."""
        timeout, left = self._asker.timeout, self._left()
        self._bound = f"{timeout:g} s" if timeout <= left else f"{REQUESTS * timeout:g} s, all requests together"
        return min(timeout, left)

    async def _exchange(self, request: httpx.Request) -> _Answer:
        response = await self._asker.door.handle_async_request(request)
        try:
            self.status = response.status_code
            self._keep_cookies(request, response)
            wait = retry_after(response.headers.get("Retry-After")) if self.status in _WAIT else None
            if wait is not None:
                self._asker.manners.rest(shown_host(request.url), wait)
            if request.method == "GET" and response.is_success:
                await _read(response)
        finally:
            await response.aclose()
        return _Answer(self.status, _location(response), wait is not None)

    def _keep_cookies(self, request: httpx.Request, response: httpx.Response) -> None:
        response.request = request
        with warnings.catch_warnings():  # the library tells of every cookie that it cannot read
            warnings.simplefilter("ignore")
            self._cookies.extract_cookies(response)


def _state(request: httpx.Request) -> tuple[str, str]:
    """Return what makes a request another one: its address, and the cookies that it brings along."""
    return str(request.url), request.headers.get("Cookie", "")


def _location(response: httpx.Response) -> bytes | None:
    """Return where an answer redirects to, if it does and says so."""
    values = (value for name, value in response.headers.raw if name.lower() == b"location")
    return next(values, b"").strip() or None if response.status_code in _REDIRECTING else None


async def _read(response: httpx.Response) -> None:
    """Read an answer up to the limit, as it comes: nothing is unpacked."""
    received = 0
    async for chunk in response.aiter_raw():
        received += len(chunk)
        if received >= LIMIT:
            return
