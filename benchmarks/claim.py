"""An invented claim: what is told, who says it, what the evidence shows, and what reviewers made of it."""

import re
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from world import PER_AGENT, PER_SOURCE, REVIEWERS, Data, World, agent_id, day, origin, source_id

_NEW_YEAR_2024 = date(2024, 1, 1).toordinal()
_CLAUSE = re.compile(r"\w+")


def _shares(**words: int) -> tuple[str, ...]:
    """Repeat each word, with hyphens, as often as it is to be drawn."""
    return tuple(word.replace("_", "-") for word, times in words.items() for _ in range(times))


_KINDS = _shares(
    event=50, interpretation=16, position=10, prediction=8, quantity=6, quotation=4, causal=3, commitment=3
)
_MODES = _shares(narrator=42, document=23, direct_quotation=18, indirect_quotation=12, mixed_quotation=5)
_STANCES = _shares(reports=6, endorses=3, questions=1)
_SAID = _shares(confirmed=8, misquoted=1, misattributed=1)
_CONFIDENCES = _shares(medium=5, high=3, low=2)
_RELATIONS = _shares(context=5, supports=3, qualifies=3, refutes=1)
_BARE = _shares(not_enough_evidence=3, not_checkable=2)
_VERDICTS = _shares(supported=68, not_checkable=11, not_enough_evidence=7, refuted=6, misleading=5, conflicting=3)
# How many evidence items and how many reviews: the more often a number stands here, the more often it is drawn.
_ITEMS = (0, *(1,) * 2, *(2,) * 5, *(3,) * 9, *(4,) * 9, *(5,) * 6, *(6,) * 4)
_REVIEWS = (0, *(1,) * 6, *(2,) * 4, 3)
_NEEDED = {
    "supported": ["supports"],
    "refuted": ["refutes"],
    "conflicting": ["supports", "refutes"],
    "misleading": ["qualifies"],
}
_ACCURACIES = {"supported": (5, 5, 4), "refuted": (1, 2), "misleading": (2, 3)}
_FAULTS = ("missing-context", "wrong-number", "exaggerated", "wrong-date", "outdated", "misnamed", "unsourced")
_LOCATORS = (
    "table {}",
    "page {}",
    "page {}: table 2",
    "{}:30",
    "section {}, second paragraph",
    "minutes {} to the end",
)
_TAGS = ("ferries", "harbour", "library", "timetable", "budget", "weather", "council", "birds", "night-boat", "planks")


class Setting(NamedTuple):
    """Where claims are made: the world, the article's id, the number of its first claim, their number, and the day."""

    world: World
    article: str
    first: int
    claims: int
    published: int

    def someone(self, rng: Random) -> int:
        """Draw an agent; a few are drawn very often."""
        return int(self.world.agents * rng.random() ** 4)

    def something(self, rng: Random) -> int:
        """Draw a source: one that is cited everywhere, or one from near by."""
        if rng.random() < 0.4:
            return int(self.world.sources * rng.random() ** 4)
        near = self.first // PER_SOURCE + int(rng.random() * (2 + self.claims // PER_SOURCE))
        return min(near, self.world.sources - 1)


class Told(NamedTuple):
    """What a claim is about, in a language; `words` are those of the article."""

    language: Data
    port: int
    other: int
    line: int
    amount: str
    year: int
    withdrawn: bool
    words: str = ""

    def of(self, sentence: str) -> str:
        """Fill in a sentence."""
        ports = self.language["ports"]
        filled: str = sentence.format(
            port=ports[self.port], other=ports[self.other], line=self.line, count=self.amount, year=self.year
        )
        return filled

    def some(self, which: str, rng: Random, most: int = 1) -> str:
        """Say up to so many different sentences of a sort, one after the other."""
        sentences = self.language[which]
        start, number = int(rng.random() * len(sentences)), 1 + int(rng.random() * min(most, len(sentences)))
        chosen = (sentences[(start + step) % len(sentences)] for step in range(number))
        return str(self.language["joint"]).join(map(self.of, chosen))


def told(language: Data, rng: Random) -> Told:
    """Draw what a claim is about."""
    count = int(10 ** (1 + rng.random() * 3.2))
    port, step = int(rng.random() * 8), 1 + int(rng.random() * 7)
    numbers = (
        1 + int(rng.random() * 50),
        f"{count:,}" if language["joint"] else str(count),
        2000 + int(rng.random() * 19),
    )
    about = Told(language, port, (port + step) % 8, *numbers, withdrawn=rng.random() < 0.005)
    return about._replace(words=about.some("text", rng))


def claim(rng: Random, setting: Setting, index: int, about: Told, anchors: list[Data], sound: list[str]) -> Data:
    """Make a claim of an article; `sound` are those before it that another may depend on, and it may join them."""
    overall = setting.first + index
    kind = _drawn(_KINDS, rng)
    evidence = _evidence(rng, setting, overall, about)
    reviews = _reviews(rng, setting, overall, about, kind, evidence)
    status = reviews[-1]["status"] if reviews else "unreviewed"
    data: Data = {"id": f"{setting.article}-{index + 1:03}", "statement": about.some("statement", rng)}
    data |= {"kind": kind, "anchors": anchors}
    if rng.random() < 0.4:
        data["fragment"] = _fragment(about.words, rng)
    data |= {"attribution": _attribution(rng, setting, overall, len(evidence)), "status": status}
    if kind in ("prediction", "commitment") and rng.random() < 0.5:
        data["due"] = day(_NEW_YEAR_2024 - int(rng.random() * 20))
    data |= {"evidence": evidence} if evidence else {}
    data |= {"reviews": reviews} if reviews else {}
    data |= _links(rng, setting, index, sound)
    if about.withdrawn:
        reason = f"The sentence leads over to the next; {setting.article}-{index + 1:03} claims nothing of its own."
        data["withdrawn"] = {"date": "2025-11-02", "reason": reason}
    elif status != "refuted":
        sound.append(data["id"])
    return data


def _drawn(words: Sequence[str], rng: Random) -> str:
    return words[int(rng.random() * len(words))]


def _fragment(words: str, rng: Random) -> str:
    """Return a few words of a sentence, or a clause where words are not set apart."""
    parts = words.split(" ")
    if len(parts) == 1:
        return _drawn(_CLAUSE.findall(words), rng)
    start = int(rng.random() * (len(parts) - 3))
    return " ".join(parts[start : start + 3 + int(rng.random() * 6)])


def _attribution(rng: Random, setting: Setting, overall: int, items: int) -> Data:
    mode = _drawn(_MODES, rng)
    # So that every agent is named somewhere.
    owed = overall % PER_AGENT == 0
    if mode == "narrator" and not owed:
        return {"mode": mode, "stance": "endorses"}
    speaker = overall // PER_AGENT if owed else setting.someone(rng)
    data: Data = {"mode": mode if mode != "narrator" else "document", "speaker": agent_id(speaker)}
    if rng.random() < 0.2:
        data["via"] = [agent_id(setting.someone(rng))]
    if rng.random() < 0.7:
        data["said"] = day(setting.published - int(rng.random() * 4))
    data |= {"stance": _drawn(_STANCES, rng), "status": "unconfirmed"}
    if items and rng.random() < 0.5:
        data |= {"status": _drawn(_SAID, rng), "evidence": [f"e{1 + int(rng.random() * items)}"]}
    return data


def _evidence(rng: Random, setting: Setting, overall: int, about: Told) -> list[Data]:
    """Return evidence of sources of which no two have a common origin."""
    number = _ITEMS[int(rng.random() * len(_ITEMS))]
    # So that every source is cited somewhere.
    owed = overall % PER_SOURCE == 0
    items: list[Data] = []
    origins: dict[int, int] = {}
    for index in range(max(number, 1) if owed else number):
        source = overall // PER_SOURCE if owed and not items else setting.something(rng)
        source = origins.setdefault(origin(source), source)
        item = {"id": f"e{index + 1}", "source": source_id(source), "relation": _drawn(_RELATIONS, rng)}
        if rng.random() < 0.4:
            item["locator"] = _drawn(_LOCATORS, rng).format(2 + int(rng.random() * 50))
        item["finding"] = about.some("finding", rng, most=2)
        if rng.random() < 0.25:
            item["fragment"] = _fragment(about.some("text", rng), rng)
        items.append(item)
    return items


def _reviews(rng: Random, setting: Setting, overall: int, about: Told, kind: str, evidence: list[Data]) -> list[Data]:
    """Return reviews, oldest first; the evidence is made to say what the verdict needs."""
    verdict = _verdict(rng, len(evidence))
    for item, relation in zip(evidence, _NEEDED.get(verdict, ()), strict=False):
        item["relation"] = relation
    # There is one review at least by those who are there to review.
    number = max(_REVIEWS[int(rng.random() * len(_REVIEWS))], overall == 0)
    decided = _NEW_YEAR_2024 + 20 + int(rng.random() * 300)
    reviews: list[Data] = []
    for index in range(number):
        status = verdict if index == number - 1 or rng.random() < 0.4 else _drawn(_BARE, rng)
        early = index == 0 and kind == "prediction" and status == "not-checkable"
        as_of = setting.published if early else decided - int(rng.random() * 20)
        reviewer = REVIEWERS if overall == 0 or rng.random() < 0.8 else agent_id(setting.someone(rng))
        dates = {"decided": day(decided), "as_of": day(as_of), "reviewer": reviewer}
        reviews.append({**dates, **_judgement(rng, about, status, len(evidence), day(decided))})
        decided += 30 + int(rng.random() * 120)
    return reviews


def _verdict(rng: Random, items: int) -> str:
    """Draw a verdict that so many evidence items can bear."""
    verdict = _drawn(_VERDICTS if items else _BARE, rng)
    return verdict if len(_NEEDED.get(verdict, ())) <= items else "supported"


def _judgement(rng: Random, about: Told, status: str, items: int, today: str) -> Data:
    data: Data = {"status": status}
    if status in _ACCURACIES:
        accuracy = data["accuracy"] = _ACCURACIES[status][int(rng.random() * len(_ACCURACIES[status]))]
        if accuracy < 5 and rng.random() < 0.7:
            first = int(rng.random() * len(_FAULTS))
            data["faults"] = list(_FAULTS[first : first + 1 + int(rng.random() * 2)])
    data |= {"confidence": _drawn(_CONFIDENCES, rng), "rationale": about.some("rationale", rng, most=4)}
    if items and status != "not-checkable":
        least = max(1, len(_NEEDED.get(status, ())))
        data["evidence"] = [f"e{number + 1}" for number in range(least + int(rng.random() * (items - least + 1)))]
    if status == "not-enough-evidence":
        data["search"] = [_search(rng, about, today) for _ in range(1 + int(rng.random() * 2))]
    return data


def _search(rng: Random, about: Told, today: str) -> Data:
    looked = {"where": about.some("where", rng), "query": about.of("{port} {other} {year} {line}"), "date": today}
    return {**looked, "result": about.some("result", rng)}


def _links(rng: Random, setting: Setting, index: int, sound: list[str]) -> Data:
    """Return links to other claims of the article, and tags."""
    data: Data = {}
    if sound and rng.random() < 0.18:
        data["depends_on"] = [sound[int(rng.random() * len(sound))]]
    near = {min(max(0, index - 4 + int(rng.random() * 9)), setting.claims - 1) for _ in range(int(rng.random() * 4))}
    if near := near - {index}:
        data["related"] = [f"{setting.article}-{number + 1:03}" for number in sorted(near)]
    first = int(rng.random() * len(_TAGS))
    return {**data, "tags": [*_TAGS[first : first + 1 + int(rng.random() * 2)], f"line-{index % 50 + 1}"]}
