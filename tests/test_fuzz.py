"""Any bytes, any YAML, any values in a record: `check` and `fmt` end with findings, never with an exception.

CLAIMBOOK_EXAMPLES says how many inputs each test tries; `python tests/campaign.py` tries many. What was once found stands
in tests/redteam/found/, and is tried every time.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from case import CASES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redteam import FOLDER

from validator import quick
from validator.check import check, sound
from validator.layout import laid_out
from validator.report import render

EXAMPLES = int(os.environ.get("CLAIMBOOK_EXAMPLES", "25"))
FOUND = FOLDER / "found"
ROOT = CASES / "base" / "claims"
FILES = {record.kind: record.file for record in sound(ROOT).records}
CONTENTS = [record.file.read_bytes() for record in sound(ROOT).records]

kept: list[Path] = []

many = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES <= 100, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def said(file: Path, content: bytes) -> list[str]:
    """Return the report of a check of the base in which a file has this content."""
    outcome = check([file], unsaved={file: content}, today="1873-01-01")
    return list(render("concise", outcome.findings, colour=False))


def hold(kind: str, content: bytes) -> None:
    """Hold a file of some content to what every file is promised; keep the last that breaks it, which is the smallest."""
    try:
        _hold(FILES[kind], content)
    except Exception:
        FOUND.mkdir(exist_ok=True)
        while kept:
            kept.pop().unlink(missing_ok=True)
        kept.append(FOUND / f"{kind}-{hashlib.sha256(content).hexdigest()[:12]}")
        kept[-1].write_bytes(content)
        raise


def _hold(file: Path, content: bytes) -> None:
    found = said(file, content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick, "yaml12", None)
        assert said(file, content) == found
    assert not any("[internal-error]" in line for line in found)
    once = laid_out(file, ROOT, content)
    assert laid_out(file, ROOT, once.after).after == once.after
    if not any(": error: " in line for line in found):
        assert not any(": error: " in line for line in said(file, once.after))


@pytest.mark.parametrize("name", sorted(each.name for each in FOUND.glob("*")) if FOUND.is_dir() else [])
def test_what_was_once_found(name: str) -> None:
    _hold(FILES[name.partition("-")[0]], (FOUND / name).read_bytes())  # type: ignore[index]


kinds = st.sampled_from(sorted(FILES))
SPECIAL = [
    b"\x00", b"\t", b"\r", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xc2\x85", b"\xf0\x9f\x98\x80", b": ",
    b" #", b"- ", b"? ", b"|\n", b">-\n  ", b"'", b'"', b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!str ", b"---\n", b"...\n",
    b"%YAML 1.3\n", b"<<: ", b"# claimbook: ignore[unknown-agent] x", b"TODO", b"null", b".nan", b"1e400", b"0x1F", b"\n\n",
]  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A record of the base with a few pieces of it taken out, doubled or replaced."""
    content = draw(st.sampled_from(CONTENTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from([0, 0, 1, 2, 8, 40])))
        piece = draw(st.sampled_from([*SPECIAL, content[start:end] * 2]) | st.binary(max_size=4))
        content = content[:start] + piece + content[end:]
    return content


LINES = st.tuples(
    st.integers(0, 6).map(lambda count: " " * count),
    st.sampled_from(
        ["", "- ", "? ", "id: ", "name: ", "roles:", "title: ", "note: >-", "a: |", "- - ", "'b': ", '"c": ', "? d\n: "]
    ),
    st.sampled_from(
        [
            "",
            "x",
            "[",
            "{a: b}",
            "'",
            '"\\',
            "&a x",
            "*a",
            "!x y",
            "# z",
            "1.0",
            "~",
            "no",
            "|+",
            ">9",
            "\u202e",
            "é",
            "- ",
            ": ",
        ]
    ),
).map("".join)


@many
@given(kinds, st.binary(max_size=60) | spoilt())
def test_any_bytes(kind: str, content: bytes) -> None:
    hold(kind, content)


@many
@given(kinds, st.lists(LINES, max_size=8).map("\n".join))
def test_any_yaml(kind: str, text: str) -> None:
    hold(kind, text.encode())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20)
    | st.sampled_from(["1872-02-30", "https://[x", "TODO", "reform-club", "e1", "", " ", "x\n", "\u202e", "a" * 600, 1.0, -1, 0]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@cache
def record(kind: str) -> str:
    (found,) = (each.data for each in sound(ROOT).records if each.file == FILES[kind])  # type: ignore[index]
    return json.dumps(found)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every mapping and list within a value, each with every key of it."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


@many
@given(kinds, st.data())
def test_any_values_in_a_record(kind: str, data: st.DataObject) -> None:
    changed = json.loads(record(kind))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from([*places(changed)]))
        holder[key] = data.draw(VALUES)
    hold(kind, json.dumps(changed, ensure_ascii=data.draw(st.booleans())).encode(errors="surrogatepass"))
