"""Files that are hard on readers end soon and in little memory; `python tests/shapes.py` tries many more of them."""

import shutil
from pathlib import Path

import pytest
import shapes

TEN = [
    *("brackets", "braces", "question marks", "one tag", "waivers", "newlines", "unknown directives"),
    *("duplicate keys", "number tags that fit", "evidence that fits"),
]


@pytest.mark.parametrize("name", TEN)
def test_a_file_as_large_as_may_be_is_a_finding_soon(name: str, tmp_path: Path) -> None:
    shutil.copytree(shapes.BASE, tmp_path, dirs_exist_ok=True)
    shape = shapes.SHAPES[name]
    found = shapes.cost(tmp_path, shape.file, shape.text(), [*shapes.FAST, "check", "claims"])
    assert found.status in (0, 1), found.said
    assert found.seconds < shapes.SECONDS
    assert found.megabytes < shapes.MEGABYTES
