"""Findings that are known and left for later, so that an old data set can take up a new rule one file at a time.

The file is JSON: `{"version": 1, "findings": [{"file", "rule", "message", "count"}]}`. Lines are left out: they move.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from validator.find import Misuse, content_named, shown
from validator.problem import Finding

Key = tuple[str, str, str]
VERSION = 1

_LARGEST = 2**25  # bytes; a finding takes some 200


def load(file: Path) -> Counter[Key]:
    """Return how often each finding is known; raise Misuse if the file is no baseline."""
    try:
        content = json.loads(content_named(file, _LARGEST, "the baseline "))
        return Counter({(each["file"], each["rule"], each["message"]): each["count"] for each in content["findings"]})
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, RecursionError) as error:
        hint = "make one with --write-baseline"
        raise Misuse(f"{shown(file.resolve())} is no baseline ({error.__class__.__name__}: {error}); {hint}") from error


def beyond(findings: Iterable[Finding], known: Counter[Key], root: Path) -> tuple[list[Finding], int]:
    """Return the findings that are not known, and how many known ones were found no more."""
    left, new = known.copy(), []
    for finding in findings:
        key = _key(finding, root)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return new, sum(left.values())


def dump(findings: Iterable[Finding], root: Path) -> str:
    """Return the text of a baseline of these findings, in an order that makes for small differences."""
    counted = sorted(Counter(_key(finding, root) for finding in findings).items())
    listed = [{"file": key[0], "rule": key[1], "message": key[2], "count": count} for key, count in counted]
    return json.dumps({"version": VERSION, "findings": listed}, indent=1, ensure_ascii=False) + "\n"


def _key(finding: Finding, root: Path) -> Key:
    file = Path(finding.file).resolve()
    name = file.relative_to(root.parent).as_posix() if file.is_relative_to(root.parent) else finding.file
    return name, finding.rule, finding.message
