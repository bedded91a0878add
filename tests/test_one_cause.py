"""One cause, one message: whatever single thing is taken from a clean data set is reported once, or was not needed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from case import CASES

from validator.check import check
from validator.record import read
from validator.record.tree import Node

FILES = sorted(file.relative_to(CASES / "base") for file in CASES.glob("base/claims/**/*.yaml"))
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def messages() -> list[str]:
    return [finding.message for finding in check([Path("claims")], Path("text"), "1873-01-01").findings]


def without_one_key(text: str) -> Iterator[str]:
    """The text without one key and all that it holds, for every key that does not begin a list item."""
    lines = text.split("\n")
    tree, _ = read(Path("x"), text.encode())
    assert tree
    for line, column in places(tree):
        end = line
        while end < len(lines) and (lines[end].startswith(" " * column) and lines[end] != ""):
            end += 1
        if not lines[line - 1].lstrip().startswith("- "):
            yield "\n".join([*lines[: line - 1], *lines[end:]])


def places(node: Node) -> Iterator[tuple[int, int]]:
    for span in node.keys.values():
        yield span.line, span.column
    for child in node.children.values():
        yield from places(child)


@each_file
def test_a_key_that_is_gone_is_reported_once_at_most(file: Path, example: Path) -> None:
    text = file.read_text(encoding="utf-8")
    changed = list(without_one_key(text))
    assert len(changed) > 2
    for each in changed:
        file.write_text(each, encoding="utf-8")
        assert len(messages()) <= 1, each


@each_file
def test_a_letter_that_is_gone_from_a_digest_is_reported_once(file: Path, example: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for digest in re.finditer("[0-9a-f]{64}", text):
        file.write_text(text[: digest.start()] + text[digest.start() + 1 :], encoding="utf-8")
        assert len(messages()) == 1


@each_file
@pytest.mark.parametrize("name", ["{stem}.yml", "x-{stem}.yaml", "999-{stem}.yaml"])
def test_a_file_that_is_renamed_is_reported_once(file: Path, name: str, example: Path) -> None:
    file.rename(file.with_name(name.format(stem=file.stem)))
    assert len(messages()) == 1
