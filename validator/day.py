"""Days as records have them: ISO 8601, as exact as YYYY-MM-DD, YYYY-MM or YYYY, in nobody knows which time zone.

What two people wrote in two places may differ by a day and still be of one moment: it is at most 26 hours from the
clocks of Baker Island (UTC-12) to those of Kiritimati (UTC+14). So days of two places are compared by `later`, which
lets one day pass. What one person wrote in one record, such as the start and the end of a role, is compared by `after`.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

_APART = timedelta(days=1)
_EAST = timedelta(hours=14)


def today() -> str:
    """Return the latest day that has begun anywhere on earth (UTC+14), whatever time zone the machine is in.

    With it a reviewer in Auckland and a runner in UTC agree on what lies in the future.
    """
    return (datetime.now(UTC) + _EAST).date().isoformat()


def after(one: str, other: str) -> bool:
    """Tell whether a day is certainly after another one of the same place, as far as both are known.

    >>> after("2024-05-02", "2024-05-01"), after("2024-06", "2024-05-01"), after("2024-05-02", "2024")
    (True, True, False)
    """
    return one[: len(other)] > other


def later(one: str, other: str) -> bool:
    """Tell whether a day is certainly after another one, wherever on earth each of them was written down.

    >>> later("2024-05-02", "2024-05-01"), later("2024-05-03", "2024-05-01"), later("2024-06", "2024-05")
    (False, True, False)
    """
    return one > other and after(one, other) and _first(one) - _last(other) > _APART


def _first(day: str) -> date:
    return date.fromisoformat(f"{day}-01-01"[:10])


def _last(day: str) -> date:
    if len(day) == 10:
        return date.fromisoformat(day)
    year, month = int(day[:4]), int(day[5:] or 12)
    return date(year, month, monthrange(year, month)[1])
