"""SARIF 2.1.0 (OASIS, errata 01), with every rule and its help; what GitHub reads of it is given in full."""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from validator.laws import Law, laws
from validator.printable import printable
from validator.problem import Finding, Span
from validator.report._repository import last_line, path_in_repository

# GitHub refuses a run of more (docs.github.com, "SARIF results exceed one or more limits"), and of these it shows the
# 5,000 gravest. Of its other limits none can be reached: one run, fewer rules, one place a result.
MOST = 25_000

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - every format takes it
    """Yield the document, with as many results as GitHub takes and errors first if there are more.

    Paths are those from the root of the repository, columns count code points.
    """
    known, found = laws(), list(findings)
    if len(found) > MOST:
        found = sorted(found, key=lambda finding: finding.severity)[:MOST]
    driver = {"name": "Claimbook", "version": version("claimbook"), "rules": [_rule(law) for law in known.values()]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(found, {rule: index for index, rule in enumerate(known)})),
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(law: Law) -> dict[str, Any]:
    told = law.text.partition("\nBad:")[0].rstrip()
    return {
        "id": law.id,
        "shortDescription": {"text": law.summary},
        "fullDescription": {"text": told},
        "help": {"text": law.text, "markdown": _markdown(law.text)},
        "defaultConfiguration": {"level": str(law.severity)},
    }


def _markdown(text: str) -> str:
    # Examples are indented like code already; Markdown wants an empty line before code, and prose without markup.
    lines = text.replace(":\n    ", ":\n\n    ").split("\n")
    return "\n".join(
        line if line.startswith("    ") else re.sub(r"([\\`*_\[\]<>&|~$#])", r"\\\1", line) for line in lines
    )


def _results(findings: Iterable[Finding], rules: dict[str, int]) -> Iterator[dict[str, Any]]:
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        words = " ".join(finding.source.split())
        seen[finding.file, finding.rule, words] += 1
        fingerprint = f"{_digest(words)}:{seen[finding.file, finding.rule, words]}"
        yield _result(finding, rules[finding.rule], fingerprint)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode(errors="replace")).hexdigest()[:16]


def _result(finding: Finding, rule: int, fingerprint: str) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": _uri(finding.file)}, "region": _region(finding.span)}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": str(finding.severity),
        "message": {"text": _literal(finding.message)},
        "locations": [{"physicalLocation": place}],
        # Without file and rule, which readers know, and without the number of the line, which changes. GitHub's upload
        # adds a fingerprint under a name of its own, and warns at each one of that name that it would count otherwise.
        "partialFingerprints": {"claimbookLine/v1": fingerprint},
    }


def _literal(text: str) -> str:
    # A message may have placeholders and links (3.11.5 and 3.11.6 of the standard); words of the data are neither.
    return printable(text).replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _region(span: Span) -> dict[str, int]:
    region = {"startLine": span.line, "startColumn": span.column, "endLine": last_line(span)}
    # Without an end column a region goes to the end of its last line.
    return region if last_line(span) != span.end_line else {**region, "endColumn": span.end_column}


def _uri(file: str) -> str:
    path = path_in_repository(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
