"""What became of one address."""

import datetime
from typing import Any, Literal, NamedTuple, Self

Outcome = Literal["ok", "moved", "dead", "refused", "timeout", "broken"]
OUTCOMES: tuple[Outcome, ...] = ("dead", "broken", "timeout", "refused", "moved", "ok")  # what needs work, first

PERMANENT = (301, 308)


class Hop(NamedTuple):
    """One redirect: the status that it came with, and where it leads."""

    status: int
    url: str


class Result(NamedTuple):
    """The answer to one address.

    `status` is what the last request got, None if it got no answer that can be used; `moved_to` is where redirects that
    call themselves permanent lead; `seconds` are whole ones, without those waited out of politeness; `checked` is an
    ISO date.
    """

    url: str
    outcome: Outcome
    status: int | None
    final_url: str
    moved_to: str | None
    redirects: tuple[Hop, ...]
    reason: str | None
    seconds: int
    checked: str

    def as_json(self) -> dict[str, Any]:
        """Return the result as JSON has it."""
        return {**self._asdict(), "redirects": [hop._asdict() for hop in self.redirects]}

    @classmethod
    def from_json(cls, row: Any) -> Self:
        """Return the result that a row of JSON has among its keys; raise KeyError, TypeError or ValueError if none."""
        hops = tuple(Hop(hop["status"], hop["url"]) for hop in row["redirects"])
        result = cls(**{**{key: row[key] for key in cls._fields}, "redirects": hops})
        if not result._fits():
            raise ValueError(f"found no result in {row!r}")
        return result

    def _fits(self) -> bool:
        """Tell whether every field has a value of its type, and every text can be shown."""
        texts = [self.url, self.final_url, self.checked, *(hop.url for hop in self.redirects)]
        texts += [each for each in (self.moved_to, self.reason) if each is not None]
        numbers = [self.seconds, *(hop.status for hop in self.redirects)]
        numbers += [] if self.status is None else [self.status]
        return (
            self.outcome in OUTCOMES
            and all(isinstance(each, str) and each.isprintable() for each in texts)
            and all(type(each) is int for each in numbers)
        )


def today() -> str:
    """Return the date of a result that comes now."""
    return datetime.date.today().isoformat()


def failed(url: str, error: Exception) -> Result:
    """Return the result of an address for which we failed."""
    reason = f"could not be asked for: claimbook has failed with {type(error).__name__}"
    return Result(url, "broken", None, url, None, (), reason, 0, today())
