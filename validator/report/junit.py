"""A JUnit report: one test case for each file with findings, which fails if there is an error among them.

There is no standard; this keeps to what the strictest reader takes (`junit-10.xsd` of the xUnit plugin of Jenkins) and
the laxer ones show (the junit plugin of Jenkins, GitLab): those read one `failure` of a case, and name cases by
`classname` and `name`. Hence no attribute `file`, and all errors of a file in one failure.
"""

import itertools
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as Xml

from validator.printable import printable
from validator.problem import Finding, Severity
from validator.report.concise import line

_SUITE = "claimbook"


def render(findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - every format takes it
    """Yield the document."""
    grouped = itertools.groupby(sorted(findings), key=lambda finding: finding.file)
    # Jenkins fails a build whose reports have no case at all.
    cases = [_case(file, list(group)) for file, group in grouped] or [_case("nothing found", [])]
    failures = sum(case.find("failure") is not None for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": "0", "time": "0"}
    root = Xml.Element("testsuites")
    Xml.SubElement(root, "testsuite", {"name": _SUITE, **counts}).extend(cases)
    Xml.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield Xml.tostring(root, encoding="unicode")


def _case(name: str, findings: list[Finding]) -> Xml.Element:
    case = Xml.Element("testcase", classname=_SUITE, name=printable(name), time="0")
    errors = [finding for finding in findings if finding.severity == Severity.ERROR]
    warnings = [finding for finding in findings if finding.severity == Severity.WARNING]
    if errors:
        rules = ", ".join(dict.fromkeys(finding.rule for finding in errors))
        _told(Xml.SubElement(case, "failure", type="error", message=rules), errors)
    if warnings:
        _told(Xml.SubElement(case, "system-out"), warnings)
    return case


def _told(element: Xml.Element, findings: list[Finding]) -> None:
    element.text = "\n".join(map(line, findings))
