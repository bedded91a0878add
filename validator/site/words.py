"""What the slugs, dates and numbers of the database are called when one speaks to people."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

ACCURACY = {
    5: "wholly accurate",
    4: "largely accurate",
    3: "half accurate",
    2: "largely inaccurate",
    1: "not accurate at all",
}
FAULTS = {
    "wrong-number": "A number, amount or rank is wrong.",
    "wrong-date": "A date or a duration is wrong.",
    "misquoted": "The words quoted are not the words used.",
    "misattributed": "It was said by somebody else.",
    "mistranslated": "The translation changes the meaning.",
    "exaggerated": "It is true of less than it is said of.",
    "missing-context": "A fact is left out without which the statement deceives.",
    "outdated": "It was so once, and no longer was when it was said.",
    "false-cause": "The cause named is not the cause.",
    "misnamed": "A person, body, title or thing is named wrongly.",
    "contradicts-itself": "The article itself says otherwise elsewhere.",
    "unsourced": "Nothing says where it comes from, and it needs a source.",
}
KINDS = {
    "event": "something happened, or was so, at a time and a place",
    "quantity": "a number, an amount, a rank or a duration",
    "causal": "one thing brought about another",
    "quotation": "somebody used these words; the exact words matter",
    "position": "somebody holds a view, makes a demand or denies something",
    "commitment": "somebody undertakes to do something",
    "prediction": "something will or will not happen",
    "interpretation": "what facts mean: a judgement, a motive, a comparison",
}
MODES = {
    "narrator": "in the voice of the article itself",
    "direct-quotation": "quoted in quotation marks",
    "indirect-quotation": "reported in other words",
    "mixed-quotation": "reported, with some words in quotation marks",
    "document": "taken from a document",
}
STANCES = {
    "endorses": "The article gives it as so.",
    "reports": "The article passes it on without taking sides.",
    "questions": "The article casts doubt on it.",
}
ATTRIBUTIONS = {
    "confirmed": "The words, or their substance, were read elsewhere as those of this speaker.",
    "misquoted": "The speaker said something materially different.",
    "misattributed": "Somebody else said it.",
    "unconfirmed": "Nothing was found that shows whether the speaker said it.",
}
NO_ATTRIBUTION = "The article says it itself, so there is nobody whose saying it would have to be shown."
CONFIDENCE = {
    "low": "one excerpt or one secondhand account; new evidence could well change the verdict",
    "medium": "several accounts, or one good one, with gaps",
    "high": "primary or independent sources that were read agree",
}
RELATIONS = {
    "supports": "For the statement",
    "refutes": "Against the statement",
    "qualifies": "Limits the statement, or changes the impression that it gives",
    "context": "Helps to understand it, and decides nothing",
}
TIERS = {
    "primary": "primary: the thing itself, or a statement by who made it",
    "secondary": "secondary: a report by somebody who saw or read it",
    "tertiary": "tertiary: a copy, a digest or a reference work made from reports",
}
ACCESS = {
    "full": "read in full",
    "excerpt": "only an excerpt was read",
    "secondhand": "known only from the account of somebody else",
    "unseen": "not read",
}


def plain(slug: str | None) -> str:
    """Turn a slug into words.

    >>> plain("not-enough-evidence")
    'not enough evidence'
    """
    return (slug or "").replace("-", " ").replace("_", " ")


def label(slug: str) -> str:
    """Turn a slug into words that begin a line."""
    words = plain(slug)
    return words[:1].upper() + words[1:]


def number(value: float) -> str:
    """Write a number with separators, and no decimals that say nothing."""
    return f"{value:,.1f}".removesuffix(".0")


def count(amount: int, one: str, many: str = "") -> str:
    """Write an amount with its noun.

    >>> count(1, "claim"), count(1200, "claim"), count(2, "reply", "replies")
    ('1 claim', '1,200 claims', '2 replies')
    """
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def percent(part: int, whole: int) -> str:
    """Write a share; one that is neither nothing nor all is never rounded to that."""
    if not whole:
        return "0%"
    share = 100 * part / whole
    if 0 < share < 1:
        return "under 1%"
    return "over 99%" if 99 < share < 100 else f"{round(share)}%"


def day(date: str) -> str:
    """Write an ISO 8601 day, month or year for people.

    >>> day("2021-12-07"), day("2021-12"), day("2021")
    ('7 December 2021', 'December 2021', '2021')
    """
    year, *rest = date.split("-")
    return " ".join([*(str(int(part)) for part in rest[1:]), *(MONTHS[int(part) - 1] for part in rest[:1]), year])


def time(date: str | None) -> Markup:
    """Write a date for people and machines."""
    return Markup('<time datetime="{}">{}</time>').format(date, day(date)) if date else Markup("")


def evidence_name(key: str) -> str:
    """Give the name that an evidence item has in its own file: e1."""
    return key.rpartition("-")[2]


OPEN, CLOSE = "\ue000", "\ue001"  # private use: no text of ours has them, and escaping leaves them alone
_MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def marked(text: str) -> Markup:
    """Turn the marks that the search puts around hits into elements, and everything else into harmless text."""
    return Markup(_MARKED.sub(r"<mark>\1</mark>", str(escape(text))))  # noqa: S704 - escaped before


def attribution(claim: Mapping[str, Any]) -> str:
    """Say in a few words in whose mouth the article puts a claim."""
    if not claim["speaker_name"]:
        return label(MODES[claim["mode"]])
    mode = MODES.get(claim["mode"], plain(claim["mode"]))
    return Markup("<bdi>{}</bdi>, {}").format(claim["speaker_name"], mode)
