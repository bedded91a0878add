"""All addresses at once, as far as politeness lets them."""

import asyncio
from collections.abc import Callable, Iterable
from typing import NamedTuple

from validator.links.answer import Result, failed
from validator.links.ask import Asker
from validator.links.door import Door
from validator.links.manners import Manners


class Settings(NamedTuple):
    """How to ask: `timeout` of a request and `delay` between two to a host in seconds, `jobs` requests at a time."""

    timeout: float
    delay: float
    jobs: int
    allow_private: bool
    agent: str


class Failure(NamedTuple):
    """A bug of ours that one address brought out, and the result that the address gets for it."""

    result: Result
    error: Exception


def run(urls: Iterable[str], settings: Settings, found: Callable[[Result], None]) -> list[Failure]:
    """Ask for every address, and pass on each result as it comes; KeyboardInterrupt ends it at once.

    Returns the failures, which are not passed on.
    """
    return asyncio.run(_run(urls, settings, found))


async def _run(urls: Iterable[str], settings: Settings, found: Callable[[Result], None]) -> list[Failure]:
    manners, failures = Manners(settings.delay, settings.jobs), []
    async with Door(settings.timeout, allow_private=settings.allow_private) as door:
        asker = Asker(door, manners, settings.timeout, settings.agent)

        async def visit(url: str) -> None:
            try:
                result = await asker.ask(url)
            except Exception as error:  # noqa: BLE001 - whatever one address does, the others are asked for
                failures.append(Failure(failed(url, error), error))
            else:
                found(result)

        await asyncio.gather(*map(visit, urls))
    return failures
