"""The invented world of the generated data: who there is in it, what can be read there, and in what words.

Everything follows from its number, so that any part of a data set can be made alone and comes out the same.
"""

import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

Data = dict[str, Any]

PER_SOURCE = 20  # claims
PER_AGENT = 200
PORTS = ("northport", "eastholm", "westquay", "saltmouth", "greywater", "fernhaven", "dunmere", "alder-point")
REVIEWERS = "maintainers"

_SENTENCES = unicodedata.normalize("NFC", Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
LANGUAGES: dict[str, Data] = tomllib.loads(_SENTENCES)
TONGUES = tuple(tag for tag, language in LANGUAGES.items() for _ in range(language["share"]))

_BODIES = (
    "Harbour Office",
    "Town Council",
    "Ferry Guild",
    "Pilots' House",
    "Public Library",
    "Evening Post",
    "Bird Watch",
)
_OFFICES = ("Clerk", "Keeper", "Warden", "Secretary")
_TYPES = ("report", "webpage", "article-newspaper", "dataset", "article-newspaper", "document", "book", "post")
_TIERS = ("secondary", "primary", "secondary", "tertiary", "primary")
_ACCESS = ("excerpt", "full", "excerpt", "excerpt", "secondhand")
_NEW_YEAR_1995, _DAYS = date(1995, 1, 1).toordinal(), 10_500  # up to September 2023


class World(NamedTuple):
    """How many claims, sources and agents there are; the agents without the one that reviews."""

    claims: int
    sources: int
    agents: int


def world(claims: int) -> World:
    """Return the world in which that many claims are made."""
    return World(claims, -(-claims // PER_SOURCE), -(-claims // PER_AGENT))


def day(number: int) -> str:
    """Return an ISO date from the number that it has in Python's calendar."""
    return date.fromordinal(number).isoformat()


def source_id(number: int) -> str:
    """Return the id of a source."""
    return f"{PORTS[number % 8]}-{_TYPES[number * 5 % 8]}-{number}"


def origin(number: int) -> int:
    """Return the source that a source goes back to, which may be itself; no chain is longer than that."""
    return number - 1 - number % 3 if number % 7 == 3 else number


def source(number: int) -> Data:
    """Return the record of a source."""
    rng = Random(f"source {number}")
    tag = TONGUES[number * 29 % 100]
    language = LANGUAGES[tag]
    port, kind = language["ports"][number % 8], _TYPES[number * 5 % 8]
    data: Data = {"id": source_id(number), "title": _title(language, port, number), "type": kind}
    data["publisher"] = agent_name(number * 3 // PER_AGENT)
    if number % 4 == 1:
        data["authors"] = [f"{_OFFICES[number % 3]} of {port}", "The same office's readers"][: 1 + number % 2]
    published = day(_NEW_YEAR_1995 + number * 7919 % _DAYS)
    data["published"] = published[: (10, 10, 10, 7, 10, 4)[number % 6]]
    data["url"] = f"https://{PORTS[number % 8]}.example/{kind}/{published[:4]}/{number}"
    if number % 3 == 0:
        data["archive_url"] = f"https://archive.example/{published[:4]}/{number}"
    data |= {"language": tag, "tier": _TIERS[number % 5], "access": _ACCESS[number % 5]}
    data["accessed"] = day(date(2023, 10, 1).toordinal() + number % 80)
    if origin(number) != number:
        data["derives_from"] = [source_id(origin(number))]
    if rng.random() < 0.6:
        data["note"] = language["note"].format(port=port, line=number % 50 + 1, count=number % 900 + 60)
    return data


def _title(language: Data, port: str, number: int) -> str:
    shapes = (
        "{headline}",
        "{port}: report {number}",
        '"{port}" by line and year, table {number}',
        "[Notice of {port}, no. {number}]",
    )
    headline = language["headline"].format(port=port, count=number + 12, line=number % 50 + 1)
    return shapes[number * 3 % 7 % 4].format(headline=headline, port=port, number=number)


def agent_id(number: int) -> str:
    """Return the id of an agent."""
    return f"{PORTS[number % 8]}-{_slug(_office(number))}-{number}"


def agent_name(number: int) -> str:
    """Return the name of an agent."""
    return f"{_office(number)} of {PORTS[number % 8].title().replace('-', ' ')} {number}"


def agent(number: int) -> Data:
    """Return the record of an agent: every third one is a person, with dated roles."""
    data: Data = {"id": agent_id(number), "type": "organization", "name": agent_name(number)}
    if number % 4 == 0:
        tag = TONGUES[number * 13 % 100]
        data["also_known_as"] = [f"{LANGUAGES[tag]['ports'][number % 8]} {number}"]
    if number % 3 == 2:
        data["type"] = "person"
        office = {"title": _office(number).lower(), "organization": agent_id(number // 3 * 3)}
        data["roles"] = [{**office, "start": f"{2008 + number % 5}-0{1 + number % 9}"}]
        if number % 2:
            data["roles"].insert(0, {"title": "boatman", "start": "1998", "end": "2008-03-31"})
    elif number > 2:
        data["part_of"] = agent_id(number // 9 * 3)
    return data


def reviewers() -> Data:
    """Return the record of those who review."""
    return {"id": REVIEWERS, "type": "organization", "name": "Those who keep these claims"}


def _office(number: int) -> str:
    body = _BODIES[number // 3 % 7]
    return f"{_OFFICES[number % 4]} of the {body}" if number % 3 == 2 else body


def _slug(words: str) -> str:
    return words.lower().replace("'", "").replace(" ", "-")
