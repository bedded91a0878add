"""Cells of Datasette's own tables: badges for statuses, links where an id has a page."""

from collections.abc import Mapping

from markupsafe import Markup

from validator.site.book import Book
from validator.site.charts import GLYPHS, NO_GLYPH
from validator.site.words import label

# What the id in a column of that name is an id of.
KINDS = {
    "claim": "claim",
    "depends_on": "claim",
    "related": "claim",
    "source": "source",
    "derives_from": "source",
    "article": "article",
    "tag": "tag",
    "speaker": "agent",
    "agent": "agent",
    "reviewer": "agent",
    "publisher": "agent",
    "organization": "agent",
    "part_of": "agent",
    "distinct_from": "agent",
}
IDS = {
    "articles": "article",
    "claims": "claim",
    "claim_overview": "claim",
    "overview_rows": "claim",
    "sources": "source",
    "agents": "agent",
    "tags": "tag",
}
# Columns that have a name or a title where others have an id.
NAMES = {
    ("sources", "publisher"),
    ("source_uses", "publisher"),
    ("source_counts", "publisher"),
    ("claim_overview", "article"),
    ("claim_overview", "speaker"),
    ("overview_rows", "article"),
    ("overview_rows", "speaker"),
}
STATUSES = {
    ("statuses", "id"),
    ("claims", "status"),
    ("reviews", "status"),
    ("claim_overview", "status"),
    ("overview_rows", "status"),
    ("verdict_periods", "status"),
    ("verdict_changes", "status"),
    ("verdict_changes", "earlier"),
    ("speaker_statuses", "status"),
    ("claim_counts", "status"),
}


def cell(book: Book, table: str, column: str, value: object) -> Markup | None:
    """Give a cell as we would show it, or None to leave it to Datasette."""
    key, text = parts(value)
    if not key:
        return None
    if (table, column) in STATUSES:
        return badge(book, key)
    kind = kind_of(table, column)
    # The view of speakers has a row for the article itself, which is no agent.
    if kind is None or (table, key) == ("speaker_statuses", "narrator"):
        return None
    return Markup('<a href="{}">{}</a>').format(book.page(kind, key), text)


def parts(value: object) -> tuple[str, str]:
    """Take a cell apart into id and text; Datasette gives a foreign key with a label as a mapping of both."""
    if isinstance(value, Mapping):
        return str(value["value"]), str(value["label"] or value["value"])
    return (value, value) if isinstance(value, str) else ("", "")


def kind_of(table: str, column: str) -> str | None:
    """Say what the id in a column is an id of."""
    if column == "id":
        return IDS.get(table)
    return None if (table, column) in NAMES else KINDS.get(column)


def badge(book: Book, status: str) -> Markup:
    """Draw a status, a sign and a word and a colour besides, that leads to what it means."""
    return Markup(
        '<a class="status status-{}" href="{}"><svg class="glyph" viewBox="0 0 12 12" width="12" height="12" '
        'aria-hidden="true"><path d="{}"/></svg>{}</a>'
    ).format(status, book.datasette.urls.path(f"/#status-{status}"), GLYPHS.get(status, NO_GLYPH), label(status))
