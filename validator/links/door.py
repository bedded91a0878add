"""The way out to the web: http and https only, and no host of a private network unless that is allowed.

What counts is the address that is dialled. So names are resolved here, once, and the connection is made to the very
address that was looked at: a name that answers otherwise the second time gains nothing.
"""

import asyncio
import socket
import threading
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from validator.address import fault
from validator.links.location import shown_host
from validator.links.manners import NotAsked

_TRIED = 4  # addresses of one host

_UNICAST = ip_network("2000::/3")  # all that IANA has given out of IPv6 for hosts of the public internet
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits, reached through a translator
# What ip_address takes for global: RFC 6890 keeps 192.0.0.0/24 for protocols, RFC 7526 has given up 192.88.99.0/24, RFC
# 9637 keeps 3fff::/20 for documentation. Oracle tells its machines secrets in the first of these, Azure in the third.
_RESERVED = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "3fff::/20")))

# What socket.getaddrinfo gives: family, kind, protocol, canonical name, and the address with its port.
_Found = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]


class NoSuchHost(Exception):  # noqa: N818 - an answer, from the name server
    """There is no host of that name."""


class Door(httpx.AsyncBaseTransport):
    """A transport of httpx that looks at whom it is about to ask; `timeout` is in seconds, for all addresses of it.

    Raises NotAsked or NoSuchHost besides what httpx raises.
    """

    def __init__(self, timeout: float, *, allow_private: bool) -> None:
        # A connection is for one request: kept open, it could serve another name that has the same address.
        self._way = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
        self._timeout = timeout
        self._allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask one of the addresses of the host: the first that accepts the connection."""
        if request.url.scheme not in ("http", "https"):
            raise NotAsked(f"leads to {request.url.scheme}:, and only http and https are asked")
        found = (await _resolved(request.url.raw_host.decode("ascii")))[:_TRIED]
        if not self._allow_private and not all(map(is_public, found)):
            raise NotAsked(f"{shown_host(request.url)} is in a private network; --allow-private asks it all the same")
        *others, last = found
        for address in others:
            try:
                return await self._way.handle_async_request(_dialling(request, address, self._timeout / len(found)))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._way.handle_async_request(_dialling(request, last, self._timeout / len(found)))

    async def aclose(self) -> None:
        """Close what is still open."""
        await self._way.aclose()


def is_public(address: str) -> bool:
    """Tell whether an IP address, in any form that a resolver gives it, is one of the public internet.

    >>> [is_public(each) for each in ("93.184.215.14", "127.0.0.1", "10.0.0.1", "169.254.169.254", "224.0.0.1")]
    [True, False, False, False, False]
    >>> [is_public(each) for each in ("2606:4700::1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1", "2002:a00:1::")]
    [True, False, False, False, False]
    >>> [is_public(each) for each in ("64:ff9b::5db8:d70e", "64:ff9b::a00:1", "::7f00:1", "fec0::1", "64:ff9b:1::1")]
    [True, False, False, False, False]
    """
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        parsed = _inner(parsed) or parsed
    if isinstance(parsed, IPv6Address) and parsed not in _UNICAST:
        return False
    return parsed.is_global and not parsed.is_multicast and not any(parsed in each for each in _RESERVED)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address to which a request for an IPv6 address goes on."""
    translated = IPv4Address(address.packed[-4:]) if address in _NAT64 else None
    return address.ipv4_mapped or address.sixtofour or translated


def _dialling(request: httpx.Request, address: str, seconds: float) -> httpx.Request:
    """Return a request that goes to an address; the names in its head and on the certificate stay as asked.

    >>> made = _dialling(httpx.Request("HEAD", "https://harbour.example/fares"), "2606:4700::1", seconds=5)
    >>> str(made.url), made.headers["Host"], made.extensions["sni_hostname"]
    ('https://[2606:4700::1]/fares', 'harbour.example', 'harbour.example')
    """
    # Certificates know no dot at the end of a name.
    name = request.url.raw_host.decode("ascii").removesuffix(".")
    extensions = {**request.extensions, "timeout": {"connect": seconds}, "sni_hostname": name}
    url = request.url.copy_with(host=address)
    return httpx.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)


async def _resolved(host: str) -> list[str]:
    """Return the addresses of a host, best first. Raises NoSuchHost, or OSError if no name server answers."""
    if ":" not in host and fault(f"http://{host}/"):
        raise NoSuchHost(f"{host} cannot be the name of a host")
    try:
        found = await _look_up(host)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)):
            raise NoSuchHost(f"there is no host {host}") from error
        raise
    return list(dict.fromkeys(str(each[4][0]) for each in found))


async def _look_up(host: str) -> list[_Found]:
    # A thread of our own, since asyncio and the interpreter wait for theirs to end before they end, and a name server
    # may take its time: Ctrl-C has to be quicker.
    future: Future[list[_Found]] = Future()
    future.set_running_or_notify_cancel()

    def work() -> None:
        try:
            future.set_result(list(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))
        except Exception as error:  # noqa: BLE001 - passed on to whoever waits for it
            future.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return await asyncio.wrap_future(future)
