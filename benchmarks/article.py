"""An invented article: its paragraphs, what claims nothing in them, and its claims."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from claim import Setting, Told, claim, told
from world import LANGUAGES, PORTS, TONGUES, Data, World, agent_id, day

_SMALLEST, _LARGEST = 20, 400  # claims
_GENRES = ("news", "analysis", "news", "interview", "news", "opinion", "press-release")
_NEW_YEAR_2019, _DAYS = date(2019, 1, 1).toordinal(), 1_820


class Share(NamedTuple):
    """The part of a data set that one article is: its number, the number of its first claim, and how many it has."""

    number: int
    first: int
    claims: int


class Article(NamedTuple):
    """An article: its record, its text, and its claims by the names of their files."""

    data: Data
    text: str
    claims: dict[str, Data]


def shares(claims: int) -> Iterator[Share]:
    """Divide that many claims among articles: 20 to 400 each, most of them short."""
    number = first = 0
    while first < claims:
        size = int(_SMALLEST * (_LARGEST / _SMALLEST) ** (number * 0.6180339887498949 % 1))
        yield Share(number, first, min(size, claims - first))
        number, first = number + 1, first + size


def article(share: Share, world: World) -> Article:
    """Write the article with that share in a world, and its claims."""
    rng = Random(f"article {share.number}")
    tag = TONGUES[share.number * 37 % 100]
    published = _NEW_YEAR_2019 + share.number * 389 % _DAYS
    name = f"{PORTS[share.number % 8]}-{day(published)}-{share.number:05}"
    setting = Setting(world, name, share.first, share.claims, published)
    said = [told(LANGUAGES[tag], rng) for _ in range(share.claims)]
    page = _page(said, LANGUAGES[tag], rng)
    claims: dict[str, Data] = {}
    sound: list[str] = []
    for index, each in enumerate(said):
        file = f"{index + 1:03}-line-{each.line}-{PORTS[each.port]}.yaml"
        claims[file] = claim(rng, setting, index, each, _anchors(page, said, index, rng), sound)
    head = {"id": name, "headline": page.paragraphs[0], "url": f"https://{PORTS[share.number % 8]}.example/{name}"}
    return Article({**head, **_about(setting, tag, page, rng)}, "\n".join(page.paragraphs) + "\n", claims)


def _about(setting: Setting, tag: str, page: "_Page", rng: Random) -> Data:
    data: Data = {"publisher": agent_id(setting.someone(rng))}
    if rng.random() < 0.5:
        data["authors"] = [agent_id(setting.someone(rng))]
    data |= {"published": day(setting.published), "language": tag, "genre": rng.choice(_GENRES)}
    data["text"] = {"normalization": "nfc-lines", **_fingerprint("\n".join(page.paragraphs))}
    data["paragraphs"] = [
        {"number": number, **_fingerprint(paragraph), "role": role}
        for number, (paragraph, role) in enumerate(zip(page.paragraphs, page.roles, strict=True), 1)
    ]
    return {**data, "excluded": page.excluded}


def _fingerprint(text: str) -> Data:
    return {"characters": len(text), "sha256": _digest(text)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Page(NamedTuple):
    """What stands in an article: paragraphs and their roles, the place of each claim, and what claims nothing."""

    paragraphs: list[str]
    roles: list[str]
    places: list[tuple[int, int, int]]
    excluded: list[Data]


def _page(said: Sequence[Told], language: Data, rng: Random) -> _Page:
    page = _Page([], [], [], [])
    for words, role, reason in (("headline", "headline", "heading"), ("byline", "byline", "byline")):
        _add_excluded(page, said[0].of(language[words]), role, reason)
    while len(page.places) < len(said):
        if rng.random() < 0.08:
            _add_excluded(page, said[len(page.places)].of(language["heading"]), "heading", "heading")
        first = len(page.places)
        _add_claimed(page, said[first : first + 1 + int(rng.random() * 6)], language, rng)
    return page


def _add_excluded(page: _Page, text: str, role: str, reason: str) -> None:
    page.paragraphs.append(text)
    page.roles.append(role)
    _exclude(page, 0, len(text), reason)


def _add_claimed(page: _Page, said: Sequence[Told], language: Data, rng: Random) -> None:
    """Add a paragraph in which each sentence is a claim, but for one that says who said it, if there is such a one."""
    joint, paragraph, begin = language["joint"], len(page.paragraphs) + 1, 0
    sentences = [each.words for each in said] + ([language["clause"]] if rng.random() < 0.15 else [])
    page.paragraphs.append(joint.join(sentences))
    page.roles.append("body" if rng.random() < 0.9 else "quotation")
    for index, sentence in enumerate(sentences):
        end = begin + len(sentence)
        if index == len(said):
            _exclude(page, begin, end, "reporting-clause")
        else:
            page.places.append((paragraph, begin, end))
            if said[index].withdrawn:
                _exclude(page, begin, end, "transition")
        begin = end + len(joint)


def _exclude(page: _Page, start: int, end: int, reason: str) -> None:
    page.excluded.append({"paragraph": len(page.paragraphs), "start": start, "end": end, "reason": reason})


def _anchors(page: _Page, said: Sequence[Told], index: int, rng: Random) -> list[Data]:
    """Return where a claim is made: in its own sentence, and sometimes in the next one too."""
    places = page.places[index : index + 2]
    if len(places) == 1 or places[1][0] != places[0][0] or said[index + 1].withdrawn or rng.random() > 0.2:
        del places[1:]
    return [
        {"paragraph": number, "start": start, "end": end, "sha256": _digest(page.paragraphs[number - 1][start:end])}
        for number, start, end in places
    ]
