"""What became of one address."""

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
    def from_json(cls, row: dict[str, Any]) -> Self:
        """Return the result that a row of JSON has among its keys; raise KeyError or TypeError if it has none."""
        hops = tuple(Hop(hop["status"], hop["url"]) for hop in row["redirects"])
        return cls(**{**{key: row[key] for key in cls._fields}, "redirects": hops})
