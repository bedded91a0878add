"""Now, as far as a site says when something happened: nothing that readers are told of is later than that."""

from datetime import UTC, datetime

from validator.site.book import Book


def now(book: Book) -> datetime:
    """Return the present moment; in a copy of the site, that at which its day began on earth.

    A copy says on which day it is made, so that the same data give the same bytes all day.
    """
    day = book.settings.get("today")
    return _begun(day) if day else datetime.now(UTC)


def moment(day: str, at: datetime) -> str | None:
    """Return the moment of a day as RFC 3339 has it: its beginning in UTC, or where that is to come, on earth.

    None for a day that has begun nowhere. On Kiritimati a day begins fourteen hours earlier than in UTC, and reviews
    are dated in Auckland too.

    >>> at = datetime.fromisoformat("2024-05-02T10:00:00+00:00")
    >>> moment("2024-05-02", at), moment("2024-05-03", at), moment("2024-05-04", at)
    ('2024-05-02T00:00:00Z', '2024-05-02T10:00:00Z', None)
    """
    begins = (datetime.fromisoformat(f"{day}T00:00:00+00:00"), _begun(day))
    found = next((each for each in begins if each <= at), None)
    return f"{found.isoformat()[:19]}Z" if found else None


def _begun(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+14:00").astimezone(UTC)
