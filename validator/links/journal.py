"""Results on disk: a journal that grows while the check runs, and the report that takes its place at the end.

The journal is `<report>.journal`: a first line `{"link-health-journal": 1}`, then a result a line, as JSON.
The report is `{"version": 1, "counts": {outcome: n}, "links": [...]}`, sorted by address; each link is a result with
`used_by: [{kind, id, key}]`, `archive_urls` on record, and `suggested_archive_url`, which nobody has looked at.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from validator.find import Misuse, content_named, place_of, shown
from validator.links.address import Link
from validator.links.answer import OUTCOMES, Result
from validator.replace import refuse_others, replace, sweep

VERSION = 1
_LARGEST = 2**27  # bytes; a result takes some 400
_FIRST = json.dumps({"link-health-journal": VERSION})

Results = Mapping[str, Result]


class Kept(NamedTuple):
    """What a journal holds: results by address, and how many lines are none."""

    results: dict[str, Result]
    unread: int


class Journal:
    """The journal of a report."""

    def __init__(self, report: Path) -> None:
        self.report = report
        self.file = report.with_name(f"{report.name}.journal")

    def prepare(self, root: Path) -> None:
        """Make room for both files; raise Misuse if anything else, or a record of the data set at `root`, is there."""
        refuse_others(self.report, _is_report, "a report of claimbook links", root=root)
        refuse_others(self.file, lambda _: True, "a journal", root=root)  # `load` knows whether it is one
        for file in (self.report, self.file):
            sweep(place_of(file).parent)

    def load(self) -> Kept:
        """Return what an unfinished run has found; nothing if there is none.

        A process that is killed, or a disk that fails, may leave lines that are no results: they are counted. Raises
        Misuse if the file does not begin as a journal does.
        """
        if not self.file.exists() or not self.file.stat().st_size:
            return Kept({}, 0)
        first, *lines = content_named(self.file, _LARGEST).split(b"\n")
        if first != _FIRST.encode():
            raise Misuse(f"{shown(place_of(self.file))} is no journal of claimbook links; remove it")
        rows = [_result(line) for line in lines if line]
        return Kept({row.url: row for row in rows if row}, rows.count(None))

    @contextmanager
    def begun(self, known: Results) -> Iterator[TextIO]:
        """Begin the journal with what is known already, and hold it open for more."""
        lines = [_FIRST, *(_line(result) for result in known.values())]
        replace(self.file, "".join(f"{line}\n" for line in lines).encode())
        with self.file.open("a", encoding="utf-8") as stream:
            yield stream

    def finish(self, text: str) -> None:
        """Write the report, and remove the journal now that all is in the report."""
        replace(self.report, text.encode())
        self.file.unlink(missing_ok=True)


def note(stream: TextIO, result: Result) -> None:
    """Add a result to an open journal, so that it is there whatever happens next."""
    stream.write(f"{_line(result)}\n")
    stream.flush()


def _line(result: Result) -> str:
    return json.dumps(result.as_json(), ensure_ascii=False)


def _result(line: bytes) -> Result | None:
    try:
        return Result.from_json(json.loads(line.decode()))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_report(file: Path) -> bool:
    try:
        former(file)
    except Misuse:
        return False
    return True


def former(report: Path) -> dict[str, Result]:
    """Return the results of a report that is there, by address; raise Misuse if it is something else."""
    if not report.exists() or not report.stat().st_size:
        return {}
    try:
        content = json.loads(content_named(report, _LARGEST))
        rows = [Result.from_json(row) for row in content["links"] if content["version"] == VERSION]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Misuse(f"{shown(place_of(report))} is no report of claimbook links; choose another with -o") from error
    return {row.url: row for row in rows}


def text(links: Iterable[Link], results: Results) -> str:
    """Return the text of a report on the links that have a result."""
    rows = [_row(link, results[link.url]) for link in links if link.url in results]
    counted = Counter(row["outcome"] for row in rows)
    counts = {outcome: counted[outcome] for outcome in OUTCOMES}
    return json.dumps({"version": VERSION, "counts": counts, "links": rows}, indent=1, ensure_ascii=False) + "\n"


def _row(link: Link, result: Result) -> dict[str, Any]:
    return {
        "url": link.url,
        "used_by": [use._asdict() for use in link.uses],
        **result.as_json(),
        "archive_urls": list(link.archived),
        "suggested_archive_url": link.suggested if result.outcome == "dead" else None,
    }
