"""A claim's page as an entry of a bibliography: BibTeX, and CSL-JSON (the items of the Citation Style Language).

Whoever reviewed the claim last is the author, the day of that verdict the date; the verdict is part of the title, since
many styles print nothing else.
"""

import re
from collections.abc import Mapping
from typing import Any

from validator.site.words import MONTHS, day, label

Row = Mapping[str, Any]

SITE = "Claimbook"
# BibTeX counts braces even behind a backslash, so that one alone has to be a command.
_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_ESCAPES = str.maketrans(_SPECIAL)


def bibtex(claim: Row, review: Row | None, url: str) -> str:
    r"""Write an entry of type misc, which every BibTeX style knows; `review` is the current one.

    The second pair of braces keeps a style from changing capitals, and a name from being taken apart.
    """
    fields = {
        **({"author": field(review["reviewer_name"])} if review else {}),
        "title": field(title(claim)),
        **(when(review["decided"]) if review else {}),
        "howpublished": field(SITE),
        "note": field(note(claim, review)),
        "url": f"{{{plain_url(url)}}}",
    }
    return "".join([f"@misc{{{claim['id']}", *(f",\n  {key} = {value}" for key, value in fields.items()), "\n}\n"])


def field(text: str) -> str:
    """Write the text of a field."""
    return f"{{{{{escaped(text)}}}}}"


def csl(claim: Row, review: Row | None, url: str) -> Mapping[str, Any]:
    """Give an item of type webpage; `review` is the current one."""
    item = {"id": claim["id"], "type": "webpage", "title": title(claim), "container-title": SITE, "URL": url}
    if review is None:
        return item
    issued = {"date-parts": [[int(part) for part in review["decided"].split("-")]]}
    return {**item, "author": [{"literal": review["reviewer_name"]}], "issued": issued, "note": note(claim, review)}


def title(claim: Row) -> str:
    """Give the claim with its verdict before it, without the full stop that a style sets itself."""
    return f"{label(claim['status'])}: {claim['statement'].removesuffix('.')}"


def note(claim: Row, review: Row | None) -> str:
    """Say which article is meant, and of which state of the world the verdict speaks."""
    where = f"Claim {claim['number']} of “{claim['headline']}”, {claim['publisher_name']}, {day(claim['published'])}"
    return f"{where}; verdict as of {day(review['as_of'])}" if review else where


def when(date: str) -> Row:
    """Give the fields of a date: the month as the name that every style defines."""
    year, *rest = date.split("-")
    month = {"month": MONTHS[int(rest[0]) - 1][:3].lower()} if rest else {}
    return {"year": f"{{{year}}}", **month}


def escaped(text: str) -> str:
    r"""Write text so that LaTeX prints it as it is, and so that its braces are balanced.

    >>> escaped("50% of {A & B_2}")
    '50\\% of {\\textbraceleft}A \\& B\\_2{\\textbraceright}'
    """
    return " ".join(text.translate(_ESCAPES).split())


def plain_url(url: str) -> str:
    """Encode what would end the field or the entry; the rest of an address is printed verbatim."""
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", url)
