"""All addresses at once, as far as politeness lets them."""

import asyncio
from collections.abc import Callable, Iterable
from typing import NamedTuple

from validator.links.answer import Result
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


def run(urls: Iterable[str], settings: Settings, found: Callable[[Result], None]) -> None:
    """Ask for every address, and pass on each result as it comes; KeyboardInterrupt ends it at once."""
    asyncio.run(_run(urls, settings, found))


async def _run(urls: Iterable[str], settings: Settings, found: Callable[[Result], None]) -> None:
    manners = Manners(settings.delay, settings.jobs)
    async with Door(settings.timeout, allow_private=settings.allow_private) as door:
        asker = Asker(door, manners, settings.timeout, settings.agent)

        async def visit(url: str) -> None:
            found(await asker.ask(url))

        await asyncio.gather(*map(visit, urls))
