"""The rooms and who may import whom, as the table in docs/architecture.md says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import REPOSITORY

PACKAGE = REPOSITORY / "validator"
TABLE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| .+ \| (.+) \|$", re.MULTILINE)
ALLOWED = {room: set() if may == "-" else set(may.split(", ")) for room, may in ROW.findall(TABLE)}


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(file: Path) -> Iterator[str]:
    """The rooms that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "validator":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("validator."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("validator."))


MODULES = [file for file in sorted(PACKAGE.glob("**/*.py")) if room_of(file) not in ("__init__", "__main__")]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_room_may(file: Path) -> None:
    room = room_of(file)
    if ALLOWED[room] != {"all"}:
        assert set(imported(file)) - {room} <= ALLOWED[room]


def test_the_table_lists_the_rooms_that_there_are() -> None:
    assert set(ALLOWED) == {room_of(file) for file in MODULES}
