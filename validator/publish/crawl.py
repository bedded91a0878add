"""All pages of the site, as its own server answers them, for the files of a copy."""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from datasette.app import Datasette

from validator.publish.document import relative
from validator.publish.places import ORIGIN, Place, Places

_START = ("/", "/search", "/tag", "/feed.atom", "/sitemap.xml", "/robots.txt")
_KINDS = ("article", "claim", "source", "agent", "tag")
_SETTINGS = {"sql_time_limit_ms": 60_000}  # nobody waits for one page, and a copy without a page would be none
_PART = re.compile(r"<loc>[^<]*(/sitemap-\d+\.xml)</loc>")


class File(NamedTuple):
    """One file of a copy, and how many there are as far as is known."""

    path: str
    content: bytes
    known: int


async def files(database: Path, metadata: Mapping[str, Any], today: str) -> AsyncIterator[File]:
    """Yield every page of a database that has this metadata, in all its forms, and what the pages need.

    `today` is the day of the copy (ISO 8601), after which nothing in it happened.

    Raises RuntimeError if the site does not answer one of its own links.
    """
    ours = metadata.get("plugins", {}).get("claimbook", {})
    site = Datasette(
        [],
        immutables=[str(database)],
        metadata={**metadata, "plugins": {"claimbook": {**ours, "of_files": True, "today": today}}},
        settings=_SETTINGS,
        template_dir=str(Path(__file__).parent / "templates"),
    )
    places = Places(database.stem, known=bool(ours.get("site_url")))
    found = {place.address: place for address in _addresses(database) if (place := places.place(address))}
    waiting = list(reversed(found.values()))
    while waiting:
        here = waiting.pop()
        content, linked = made(await _answer(site, here), here, places)
        # What has no address of its own is brought along by whoever writes the copy.
        fresh = {place.address: place for place in linked if place.address and place.address not in found}
        found |= fresh
        waiting += reversed(fresh.values())
        yield File(here.file, content, len(found))


def _addresses(database: Path) -> Iterator[str]:
    """Yield the addresses to begin with: not every record is linked to from another one."""
    yield from _START
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        for kind in _KINDS:
            for (key,) in connection.execute(f"SELECT id FROM {kind}s ORDER BY id"):  # noqa: S608 - tables of ours
                yield f"/{kind}/{quote(key, safe='')}"


async def _answer(site: Datasette, place: Place) -> Any:
    answer = await site.client.get(place.address, headers={"Host": urlsplit(ORIGIN).netloc})
    if answer.status_code != 200:
        raise RuntimeError(f"the site answers its own link {place.address} with status {answer.status_code}")
    return answer


def made(answer: Any, here: Place, places: Places) -> tuple[bytes, list[Place]]:
    """Make the file of an answer, and find the places that it leads to."""
    kind = answer.headers["content-type"].partition(";")[0]
    if kind == "text/html":
        text, linked = relative(answer.text, here, places)
        return text.encode(), linked
    parts = _PART.findall(answer.text) if kind == "application/xml" else []
    return answer.content, [place for part in parts if (place := places.place(part))]
