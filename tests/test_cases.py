"""Every law, by example: what is reported for a fault, whole, and that a near miss is not."""

from pathlib import Path

import pytest
from case import CASES, lay_out, read_case

from validator.cli import main
from validator.laws import laws

FILES = sorted(CASES.glob("*/*.txt"))


@pytest.mark.parametrize("file", [pytest.param(each, id=f"{each.parent.name}/{each.stem}") for each in FILES])
def test_report(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = read_case(file)
    lay_out(case, tmp_path)
    monkeypatch.chdir(tmp_path)

    status = main(["check", *case.arguments, "--format", "concise"])

    assert capsys.readouterr().out == case.expected
    assert status == (1 if " error: " in case.expected else 0)


def test_the_base_of_all_cases_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    base = CASES / "base"
    assert main(["check", str(base / "claims"), "--text", str(base / "text"), "--today", "1873-01-01"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("law", sorted(laws()))
def test_every_law_has_a_bad_case_that_only_it_reports_and_a_near_miss_that_nothing_reports(law: str) -> None:
    bad = [read_case(file).expected for file in (CASES / law).glob("bad*.txt")]
    assert bad or law in ELSEWHERE
    assert all(line.endswith(f" [{law}]") for expected in bad for line in expected.splitlines())
    assert all(bad)
    near = [read_case(file).expected for file in (CASES / law).glob("near*.txt")]
    assert (near and not any(near)) or law in ELSEWHERE


def test_cases_are_of_known_laws() -> None:
    assert {file.parent.name for file in FILES} <= set(laws())


# Faults that no text file can show: they are in the bytes or not to be seen, and tested with reading.
ELSEWHERE = frozenset(
    (
        *("unreadable-file", "linked-file", "file-too-large", "not-utf-8", "byte-order-mark", "control-character"),
        *("invisible-character", "nested-too-deeply", "too-many-values", "too-many-problems", "internal-error"),
    )
)
