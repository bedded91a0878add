"""Small inputs that somebody might try, each with its whole outcome, and a way to write the outcomes anew.

A file in tests/redteam/ has inputs, each of them begun by a line `== what it is ==`. What it does to the base of all
cases is said by actions; what is theirs stands below them, two spaces in:

- `edit FILE`: lines `key: value` take the place of the lines that begin with that key, or stand at the end;
- `replace FILE`: the lines with - are there once, next to each other, and become the lines with +;
- `write FILE`: its whole content; `append FILE`: what stands at its end;
- `move FILE TO`, `delete FILE`, `link FILE TO`, `pipe FILE`.

In all of it `\\xNN` is a byte, `\\uNNNN` and `\\UNNNNNNNN` are characters, `\\\\` is a backslash; `\\` at the end of the last
line leaves out the line end, and `\\s` is a space at the end of a line. The outcome stands below `gives`: the concise
report of `claimbook check`, and where that has no error, what a program gets of the record that was changed last.

    python tests/redteam.py          # the inputs whose outcome is another one
    python tests/redteam.py --write  # write down what comes now, to be read line by line before it is committed
"""

import contextlib
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from case import CASES, Case, edited, lay_out

from validator.check import sound
from validator.cli import main

FOLDER = Path(__file__).parent / "redteam"
CHECK = ("check", "--text", "text", "--today", "1873-01-01", "--format", "concise")

_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(s)$|(\\))", re.MULTILINE)


class Input(NamedTuple):
    """An input: its file in tests/redteam and its name, the actions with what is theirs, and the outcome."""

    file: Path
    name: str
    actions: list[tuple[str, str]]
    gives: str


def inputs(file: Path) -> list[Input]:
    """Read the inputs of a file."""
    _, *parts = re.split(r"^== (.+) ==\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_input(file, *pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def every() -> Iterator[Input]:
    """Yield the inputs of all files."""
    for file in sorted(FOLDER.glob("*.txt")):
        yield from inputs(file)


def _input(file: Path, name: str, text: str) -> Input:
    _, *parts = re.split(r"^(\S.*)\n", text.rstrip("\n") + "\n", flags=re.MULTILINE)
    blocks = [
        (head, re.sub("^  ", "", body, flags=re.MULTILINE)) for head, body in zip(parts[::2], parts[1::2], strict=True)
    ]
    gives = dict(blocks).get("gives", "")
    return Input(file, name, [block for block in blocks if block[0] != "gives"], gives)


def prepare(tried: Input, folder: Path) -> Path:
    """Lay out the base of all cases in a folder, do to it what the input says, and return the last file changed."""
    lay_out(Case([], [], ""), folder)
    for action, body in tried.actions:
        what, name, *to = action.split(" ")
        file = Path(os.fsdecode(os.fsencode(folder) + b"/" + _bytes(name)))
        file.parent.mkdir(parents=True, exist_ok=True)
        _act(what, file, body, folder, [os.fsdecode(_bytes(each)) for each in to])
    return file


def _act(what: str, file: Path, body: str, folder: Path, to: list[str]) -> None:
    match what:
        case "write":
            file.write_bytes(_bytes(body))
        case "append":
            file.write_bytes(file.read_bytes() + _bytes(body))
        case "edit":
            file.write_bytes(_keys_changed(file.read_bytes(), body))
        case "replace":
            file.write_bytes(_bytes(edited(file.read_text(encoding="utf-8"), body)))
        case "move":
            (folder / to[0]).parent.mkdir(parents=True, exist_ok=True)
            file.rename(folder / to[0])
        case "delete":
            file.unlink()
        case "link":
            file.unlink(missing_ok=True)
            file.symlink_to(to[0])
        case "pipe":
            file.unlink(missing_ok=True)
            os.mkfifo(file)
        case _:
            raise ValueError(what)


def _keys_changed(content: bytes, body: str) -> bytes:
    """Give keys at the left margin other values; a key that is not there is added."""
    for part in re.split(r"^(?=\S)", body, flags=re.MULTILINE)[1:]:
        key = part.partition(":")[0].encode()
        new = _bytes(part)
        old = re.compile(rb"^" + re.escape(key) + rb":.*\n(?:[ -].*\n)*", re.MULTILINE)
        content = old.sub(lambda _, new=new: new, content) if old.search(content) else content + new
    return content


def _bytes(text: str) -> bytes:
    """Return the bytes that a text with escapes stands for.

    >>> _bytes("caf\\\\xe9 \\\\u00e9 \\\\\\\\"), _bytes("no line end\\\\\\n")
    (b'caf\\xe9 \\xc3\\xa9 \\\\', b'no line end')
    """
    text = text[:-2] if text.endswith("\\\n") and not text.endswith("\\\\\n") else text
    pieces, end = [], 0
    for found in _ESCAPE.finditer(text):
        byte, short, long, space, _ = found.groups()
        pieces.append(text[end : found.start()].encode())
        code = short or long
        pieces.append(
            bytes([int(byte, 16)])
            if byte
            else chr(int(code, 16)).encode("utf-8", "surrogatepass")
            if code
            else b" "
            if space
            else b"\\"
        )
        end = found.end()
    return b"".join([*pieces, text[end:].encode()])


def outcome(changed: Path) -> str:
    """Return what comes of the data set in the working directory: the report, and what a program gets of a record."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        status = main(CHECK)
    lines = out.getvalue()
    return lines if status else lines + _published(changed.resolve())


def _published(changed: Path) -> str:
    for record in sound(Path("claims").resolve()).records:
        if record.file == changed:
            before = _base().get(changed.name, {})
            told = {key: value for key, value in record.data.items() if before.get(key) != value}
            return f"{json.dumps(told, ensure_ascii=True)}\n"
    return "nothing\n"


@cache
def _base() -> dict[str, dict[str, object]]:
    """Return the records in the base of all cases by the names of their files."""
    return {record.file.name: record.data for record in sound(CASES / "base" / "claims").records}


def written(tried: Input) -> str:
    """Return the text of an input."""
    blocks = [*tried.actions, ("gives", tried.gives)]
    body = "".join(f"{head}\n" + re.sub("^(?=.)", "  ", text, flags=re.MULTILINE) for head, text in blocks)
    return f"== {tried.name} ==\n{body}"


def _now(tried: Input) -> Input:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        changed = prepare(tried, Path(folder))
        os.chdir(folder)
        try:
            return tried._replace(gives=outcome(changed))
        finally:
            os.chdir(before)


def _main() -> int:
    others = 0
    for file in sorted(FOLDER.glob("*.txt")):
        was = inputs(file)
        now = [_now(tried) for tried in was]
        for one, other in zip(was, now, strict=True):
            if one.gives != other.gives:
                others += 1
                print(f"{file.name}: {one.name}\n{one.gives}->\n{other.gives}")
        if "--write" in sys.argv:
            head = file.read_text(encoding="utf-8").partition("==")[0]
            file.write_text(head + "\n".join(map(written, now)), encoding="utf-8")
    print(f"inputs: {sum(1 for _ in every()):,} tried, {others:,} wrong")
    return 1 if others and "--write" not in sys.argv else 0


if __name__ == "__main__":
    sys.exit(_main())
