"""A page with its links made relative; all else in it stays as the server wrote it, byte for byte."""

from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

from validator.publish.places import Place, Places

_LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}
_CONTROLS = ("button", "input", "select")
_NOTE = '<p class="note">These fields need the server: this page is a copy.</p>'

Attributes = list[tuple[str, str | None]]


class Change(NamedTuple):
    """A stretch of a page, from start to end in code points, and what takes its place."""

    start: int
    end: int
    text: str


def relative(text: str, here: Place, places: Places) -> tuple[str, list[Place]]:
    """Make the links of a page relative, and return it with the places that they lead to.

    A link to what a copy cannot show loses its address and keeps its words; a form that only a server could answer is
    switched off and says so.
    """
    page = _Page(text, here, places)
    page.feed(text)
    page.close()
    pieces, end = [], 0
    for change in page.changes:
        pieces += [text[end : change.start], change.text]
        end = change.end
    return "".join([*pieces, text[end:]]), page.found


class _Page(HTMLParser):
    def __init__(self, text: str, here: Place, places: Places) -> None:
        super().__init__()
        self.here, self.places = here, places
        self.changes: list[Change] = []
        self.found: list[Place] = []
        self.off = False  # whether the parser is in a form that is switched off
        self.lines = [0]
        for line in text.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Rewrite a tag that links, or that belongs to a form which is switched off."""
        changed = self.changed(tag, attrs)
        if changed != attrs:
            raw = self.get_starttag_text() or ""
            removed = tag == "link" and "href" not in dict(changed)
            self.change(len(raw), "" if removed else _tag(tag, changed, closed=raw.endswith("/>")))

    def handle_endtag(self, tag: str) -> None:
        """Say behind a form that is switched off why it is."""
        if tag == "form" and self.off:
            self.off = False
            self.change(len("</form>"), f"</form>{_NOTE}")

    def change(self, length: int, text: str) -> None:
        """Put a text in place of what the parser stands at."""
        line, column = self.getpos()
        start = self.lines[line - 1] + column
        self.changes.append(Change(start, start + length, text))

    def changed(self, tag: str, attrs: Attributes) -> Attributes:
        """Give the attributes that a tag has in the copy."""
        given = dict(attrs)
        if tag == "form":
            self.off = not self.is_search(given.get("action"))
        if self.off and tag in _CONTROLS:
            return [*attrs, ("disabled", None)]
        name = _LINKS.get(tag, "")
        link = given.get(name)
        if link is None or (tag == "form" and self.off):
            return attrs
        there = self.followed(link, canonical=given.get("rel") == "canonical")
        return [(key, there if key == name else value) for key, value in attrs if key != name or there is not None]

    def followed(self, link: str, *, canonical: bool) -> str | None:
        """Give a link as it stands in the copy, or None where it would lead nowhere."""
        if canonical and not self.places.known:
            return None
        found = self.places.found(self.here.address, link)
        if found is None:
            return link
        place, fragment = found
        if place is None:
            return None
        self.found.append(place)
        return self.here.link(place, fragment)

    def is_search(self, action: str | None) -> bool:
        """Tell whether a form leads to the page that stands in place of the search."""
        found = self.places.found(self.here.address, action) if action else None
        return found is not None and found[0] is not None and found[0].address == "/search"


def _tag(name: str, attributes: Attributes, *, closed: bool) -> str:
    written = "".join(f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in attributes)
    return f"<{name}{written}{'/' if closed else ''}>"
