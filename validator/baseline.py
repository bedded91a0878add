"""Findings that are known and left for later, so that an old data set can take up a new rule one file at a time.

The file is JSON: `{"version": 1, "findings": [{"file", "rule", "message", "count"}]}`. A finding is known by its file,
its rule and what was found. Lines are left out, since they move, and so is all of a message that may change while the
finding stays: what is expected, as no day later than today; where else something is; the revision that is compared
with; counts.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from validator.find import Misuse, content_named, place_of, shown
from validator.printable import printable_json
from validator.problem import Finding

Key = tuple[str, str, str]
VERSION = 1

_LARGEST = 2**25  # bytes; a finding takes some 200
_TYPES = {"file": str, "rule": str, "message": str, "count": int}

# Where a message has said what was found: `found X, expected Y; way out`, `found X, which main has`. What is between
# quotation marks are words of the data, and may be anything.
_FOUND = re.compile(r'((?:"[^"]*"|(?!,? (?:expected|first in|which|than in|is in|one that)\b| \(|;).)*)', re.DOTALL)
_COUNT = re.compile(r"\Afound [\d,]+ (?=[a-z])")


def load(file: Path) -> Counter[Key]:
    """Return how often each finding is known; raise Misuse if the file is no baseline."""
    known: Counter[Key] = Counter()
    try:
        for each in _listed(json.loads(content_named(file, _LARGEST, "the baseline "))):
            known[each["file"], each["rule"], _found(each["message"])] += each["count"]
    except (ValueError, RecursionError) as error:
        raise Misuse(f"{shown(place_of(file))} is no baseline ({error}); make one with --write-baseline") from error
    return known


def is_baseline(file: Path) -> bool:
    """Tell whether a file is a baseline."""
    try:
        load(file)
    except Misuse:
        return False
    return True


def _listed(content: Any) -> Iterator[dict[str, Any]]:
    """Yield the findings of a baseline; raise ValueError at what is none."""
    if not isinstance(content, dict) or not isinstance(content.get("findings"), list):
        raise ValueError('expected an object with "version" and "findings"')  # noqa: TRY004 - the caller's one error
    if content.get("version") is not VERSION:
        raise ValueError(f"found version {json.dumps(content.get('version'))[:20]}, expected {VERSION}")
    for number, each in enumerate(content["findings"], 1):
        kinds = {key: type(value) for key, value in each.items()} if isinstance(each, dict) else {}
        if kinds != _TYPES or each["count"] < 1:
            raise ValueError(f"finding {number}: expected file, rule and message as text, and count, at least 1")
        yield each


def beyond(findings: Iterable[Finding], known: Counter[Key], root: Path) -> tuple[list[Finding], int]:
    """Return the findings that are not known, and how many known ones were found no more."""
    left, new = known.copy(), []
    for finding in findings:
        file, rule, message = _key(finding, root)
        key = file, rule, _found(message)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return new, sum(left.values())


def dump(findings: Iterable[Finding], root: Path) -> str:
    """Return the text of a baseline of these findings, in an order that makes for small differences."""
    counted = sorted(Counter(_key(finding, root) for finding in findings).items())
    listed = [{"file": key[0], "rule": key[1], "message": key[2], "count": count} for key, count in counted]
    return printable_json(json.dumps({"version": VERSION, "findings": listed}, indent=1, ensure_ascii=False)) + "\n"


def _key(finding: Finding, root: Path) -> Key:
    file = Path(finding.file).resolve()
    name = file.relative_to(root.parent).as_posix() if file.is_relative_to(root.parent) else finding.file
    return name, finding.rule, finding.message


def _found(message: str) -> str:
    """Return the part of a message that stays as long as its finding does.

    >>> _found("found 2031-01-01, expected no later than today, 2026-11-27")
    'found 2031-01-01'
    >>> _found('found 2 of "a; b", first in line 7')
    'found N of "a; b"'
    """
    match = _FOUND.match(message)
    return _COUNT.sub("found N ", match[0] if match and match[0] else message)
