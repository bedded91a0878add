"""One JSON document with a list of findings, for programs."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from validator.printable import printable_json
from validator.problem import Finding


def render(findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - every format takes it
    """Yield the document; lines and columns count from 1, and the end column is the first one behind the span."""
    document = {"version": 1, "findings": [_plain(finding) for finding in findings]}
    yield printable_json(json.dumps(document, ensure_ascii=False, indent=2))


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.file,
        **finding.span._asdict(),
        "severity": str(finding.severity),
        "rule": finding.rule,
        "message": finding.message,
    }
