"""The results for the terminal: what needs work, first what needs it most."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from validator.links.address import Link
from validator.links.answer import OUTCOMES, Result

_INDENT = " " * 14


def table(links: Iterable[Link], results: dict[str, Result]) -> Iterator[str]:
    """Yield the lines on every link that is not simply ok."""
    chosen = [(link, results[link.url]) for link in links if not is_fine(results[link.url])]
    for link, result in sorted(chosen, key=lambda each: OUTCOMES.index(each[1].outcome)):
        yield f"{result.outcome:<8} {result.status or '-':>3}  {link.url}"
        yield from (f"{_INDENT}{line}" for line in _details(link, result))


def is_fine(result: Result) -> bool:
    """Tell whether there is nothing to say of a result."""
    return result.outcome == "ok" and result.reason is None


def _details(link: Link, result: Result) -> Iterator[str]:
    yield ", ".join(f"{use.key} of {use.kind} {use.id}" for use in link.uses)
    if result.moved_to:
        yield f"now at {result.moved_to}"
    elif result.redirects:
        yield f"leads to {result.final_url}"
    if result.reason:
        yield result.reason
    if result.outcome == "dead":
        yield from (f"archived at {url}" for url in link.archived if url != link.url)
        if link.suggested:
            yield f"perhaps archived at {link.suggested}"


def summary(results: Collection[Result]) -> str:
    """Return how many links have which outcome, those without any left out: `2 dead, 1 moved, 9 ok (1 in doubt)`."""
    counts = Counter(result.outcome for result in results)
    doubtful = sum(result.outcome == "ok" and not is_fine(result) for result in results)
    listed = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in OUTCOMES if counts[outcome])
    return f"{listed} ({doubtful:,} in doubt)" if doubtful else listed
