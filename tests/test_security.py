"""SECURITY.md: every line of its tables names the tests that hold it, and they are there."""

import re

import pytest
from conftest import REPOSITORY

PAGE = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
ROWS = [
    line for line in PAGE.splitlines() if line.startswith("|") and not re.match(r"\| (cannot|held|part) \||\|-", line)
]
NAMED = re.findall(r"`(test_\w+\.py)::(\w*)`", PAGE)


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED)))
def test_the_tests_that_are_named_are_there(file: str, name: str) -> None:
    text = (REPOSITORY / "tests" / file).read_text(encoding="utf-8")
    assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE)


def test_every_line_names_a_test_but_those_on_what_is_trusted() -> None:
    trusted = PAGE.partition("## What is trusted")[2].partition("\n## ")[0]
    assert [row for row in ROWS if "::" not in row and row not in trusted] == []
