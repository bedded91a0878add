"""Files of every shape that is hard on readers, as large as a file may be: what each command takes for them.

    python tests/shapes.py [SHAPE ...]

For each shape and command: exit status, CPU seconds and peak MB of a process of its own. Exits with 1 if one of them
ends with a traceback, takes more than 2 s or more than 300 MB.
"""

import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

from validator.record.content import MAX_BYTES

BASE = Path(__file__).parent / "cases" / "base"
CLAIM = "claims/articles/gazette-1872-10-03/001-wager.yaml"
ARTICLE = "claims/articles/gazette-1872-10-03/article.yaml"
AGENT = "claims/agents/reform-club.yaml"
SECONDS, MEGABYTES = 2.0, 300
COMMANDS = (["check", "claims", "--text", "text"], ["fmt", "--check"], ["check", "--fix", "claims"])
FAST = ("-m", "validator")
# As where the extra `fast` is not installed.
EXPLAINING = ("-c", "import sys; sys.modules['yaml12'] = None; from validator.cli import main; sys.exit(main())")
LANES = {"fast": FAST, "explaining": EXPLAINING}

Lines = Callable[[int], str]


class Shape(NamedTuple):
    """A file: its place, what it begins with, and what is repeated up to the largest size or that many times."""

    file: str
    begin: str
    repeated: Lines
    end: str = ""
    most: int = 10**9

    def text(self, size: int = MAX_BYTES) -> bytes:
        """Return the file, of at most that many bytes."""
        begin, end = self.begin.encode(), self.end.encode()
        parts, left = [begin], size - len(begin) - len(end)
        for number in range(self.most):
            part = self.repeated(number).encode()
            if len(part) > left:
                break
            parts.append(part)
            left -= len(part)
        return b"".join([*parts, end])


def _claim(key: str = "") -> str:
    """Return the claim of the base, less one key with all that is below it."""
    lines = (BASE / CLAIM).read_text(encoding="utf-8").splitlines(keepends=True)
    kept, inside = [], False
    for line in lines:
        inside = line.startswith(f"{key}:") or (inside and line.startswith((" ", "-")))
        kept += [] if inside else [line]
    return "".join(kept)


def always(text: str, times: int = 1) -> Lines:
    """Return what repeats a text; many at a time where it is short."""
    return lambda _: text * times


def numbered(text: str) -> Lines:
    """Return what repeats a text with a number in it."""
    return lambda number: text.format(number)


GOOD = "id: reform-club\ntype: organization\nname: Reform Club\n"
K = 1000
SHAPES = {
    # Lists
    "anchors": Shape(CLAIM, _claim("anchors") + "anchors:\n", numbered("  - a: {}\n")),
    "anchors alike": Shape(CLAIM, _claim("anchors") + "anchors:\n", always("  - paragraph: 1\n", K)),
    "anchors in brackets": Shape(CLAIM, _claim("anchors") + "anchors: [", numbered("{{paragraph: {}}},"), "]\n"),
    "number tags": Shape(CLAIM, _claim("tags") + "tags:\n", numbered("  - {}\n")),
    "tags": Shape(CLAIM, _claim("tags") + "tags:\n", numbered("  - t{}\n")),
    "tags alike": Shape(CLAIM, _claim("tags") + "tags:\n", always("  - x\n", K)),
    "bad tags": Shape(CLAIM, _claim("tags") + "tags:\n", numbered("  - X{}\n")),
    "quoted tags": Shape(CLAIM, _claim("tags") + "tags:\n", numbered('  - " A{} "\n')),
    "empty mappings": Shape(CLAIM, _claim("evidence") + "evidence:\n", always("- {}\n", K)),
    "empty items": Shape(CLAIM, _claim("evidence") + "evidence:\n", always("-\n", K)),
    "empty lists": Shape(CLAIM, _claim("tags") + "tags: [", always("[],", K), "]\n"),
    "commas": Shape(CLAIM, _claim("tags") + "tags: [", always("a,", K), "]\n"),
    "evidence": Shape(
        CLAIM, _claim("evidence") + "evidence:\n", numbered("  - id: e{}\n    source: x\n    relation: y\n")
    ),
    "reviews": Shape(CLAIM, _claim("reviews") + "reviews:\n", numbered("  - status: x{}\n    evidence: [e1]\n")),
    "cited ids": Shape(CLAIM, _claim("reviews") + "reviews:\n  - evidence:\n", numbered("      - e{}\n")),
    "depends on": Shape(CLAIM, _claim("depends_on") + "depends_on:\n", numbered("  - no-such-{:03}\n")),
    "dates": Shape(CLAIM, _claim("due") + "due:\n", numbered("  - 2021-02-{}\n")),
    "paragraphs": Shape(ARTICLE, "id: gazette-1872-10-03\nparagraphs:\n", numbered("  - number: {}\n    role: x\n")),
    # As many values as a file may have
    "anchors that fit": Shape(CLAIM, _claim("anchors") + "anchors:\n", numbered("  - a: {}\n"), "", 6600),
    "anchors alike that fit": Shape(CLAIM, _claim("anchors") + "anchors:\n", always("  - a: 1\n"), "", 6600),
    "number tags that fit": Shape(CLAIM, _claim("tags") + "tags:\n", numbered("  - {}\n"), "", 19_900),
    "tags that fit": Shape(CLAIM, _claim("tags") + "tags:\n", numbered("  - t{}\n"), "", 19_900),
    "bad tags that fit": Shape(CLAIM, _claim("tags") + "tags:\n", numbered("  - T{}\n"), "", 19_900),
    "quoted tags that fit": Shape(CLAIM, _claim("tags") + "tags:\n", numbered('  - " A{} "\n'), "", 19_900),
    "one bad tag that fits": Shape(CLAIM, _claim("tags") + "tags:\n", numbered("  - t{}\n"), "  - T\n", 19_800),
    "empty mappings that fit": Shape(CLAIM, _claim("evidence") + "evidence:\n", always("- {}\n"), "", 19_800),
    "evidence that fits": Shape(
        CLAIM,
        _claim("evidence") + "evidence:\n",
        numbered("  - {{id: e{}, source: club-record, relation: supports, finding: He paid what he owed.}}\n"),
        "",
        2200,
    ),
    "cited ids that fit": Shape(
        CLAIM, _claim("reviews") + "reviews:\n  - evidence:\n", numbered("      - e{}\n"), "", 19_800
    ),
    "depends on many": Shape(CLAIM, _claim("depends_on") + "depends_on:\n", numbered("  - no-{:03}\n"), "", 19_800),
    "unknown keys that fit": Shape(AGENT, GOOD, numbered("names{}: x\n"), "", 9_900),
    "unknown keys in items": Shape(
        CLAIM, _claim("anchors") + "anchors:\n  - \n", numbered("    stat{}: x\n"), "", 9_900
    ),
    "commented keys that fit": Shape(AGENT, GOOD, numbered("k{}: x # c\n# d\n"), "", 9_900),
    "comments in a list that fit": Shape(AGENT, GOOD + "also_known_as:\n", numbered("  # c\n  - x{}\n"), "", 19_900),
    "waivers behind that fit": Shape(
        AGENT, GOOD + "also_known_as:\n", numbered("  - x{} # claimbook: ignore[orphan-agent] x\n"), "", 10_000
    ),
    "placeholders that fit": Shape(AGENT, GOOD + "also_known_as:\n", numbered("  - TODO{}\n"), "", 19_900),
    # Keys
    "unknown keys": Shape(AGENT, GOOD, numbered("k{}: x\n")),
    "unknown keys like known": Shape(AGENT, GOOD, numbered("names{}: x\n")),
    "unknown long keys": Shape(AGENT, GOOD, lambda number: f"{'name' * 200}{number}: x\n"),
    "one long key": Shape(AGENT, GOOD + "a", always("b", K), ": x\n"),
    "one long complex key": Shape(AGENT, GOOD + "? a", always("b", K), "\n: x\n"),
    "empty keys": Shape(AGENT, GOOD, always(": x\n", K)),
    "complex keys": Shape(AGENT, GOOD, always("? a\n", K)),
    "question marks": Shape(AGENT, GOOD, always("? ", K)),
    "number keys": Shape(AGENT, GOOD, numbered("{}: x\n")),
    "duplicate keys": Shape(AGENT, GOOD, always("name: x\n", K)),
    "commented keys": Shape(AGENT, GOOD, numbered("k{}: x # c\n")),
    "merge keys": Shape(AGENT, GOOD, always("<<: x\n", K)),
    "placeholders": Shape(AGENT, GOOD, numbered("k{}: TODO\n")),
    "bad addresses": Shape(AGENT, GOOD, numbered("url{}: http://\n")),
    # Comments
    "one comment": Shape(AGENT, GOOD + "#", always("x", K), "\n"),
    "comments": Shape(AGENT, GOOD, always("# c\n", K)),
    "indented comments": Shape(AGENT, GOOD, always("   # c\n", K)),
    "comments in a list": Shape(AGENT, GOOD + "also_known_as:\n", numbered("  # c\n  - x{}\n")),
    "waivers": Shape(AGENT, GOOD, always("# claimbook: ignore[single-origin] x\n", 100)),
    "waivers behind": Shape(
        AGENT, GOOD + "also_known_as:\n", numbered("  - x{} # claimbook: ignore[orphan-agent] x\n")
    ),
    "waivers of nothing": Shape(AGENT, GOOD, numbered("# claimbook: ignore[single-orgin{}] x\n")),
    "waivers in a text": Shape(AGENT, GOOD + "x: |\n", always("  # claimbook: ignore[single-origin] x\n", 100)),
    # Texts
    "one line": Shape(AGENT, GOOD + "x: ", always("x", K), "\n"),
    "one line of words": Shape(AGENT, GOOD + "x: ", always("x ", K), "x\n"),
    "plain lines": Shape(AGENT, GOOD + "x: a\n", always("  x\n", K)),
    "one quoted line": Shape(AGENT, GOOD + 'x: "', always("x", K), '"\n'),
    "escapes": Shape(AGENT, GOOD + 'x: "', always("\\n", K), '"\n'),
    "escapes of controls": Shape(AGENT, GOOD + 'x: "', always("\\0", K), '"\n'),
    "quotes": Shape(AGENT, GOOD + "x: '", always("''", K), "'\n"),
    "quoted lines": Shape(AGENT, GOOD + 'x: "', always("  x\n", K), '"\n'),
    "open quotes": Shape(AGENT, GOOD + 'x: "', always("x \n ", K)),
    "folded": Shape(AGENT, GOOD + "x: >\n", always("  x\n", K)),
    "folded empty lines": Shape(AGENT, GOOD + "x: >\n", always("  x\n\n", K)),
    "literal": Shape(AGENT, GOOD + "x: |\n", always("  x\n", K)),
    "spaces": Shape(AGENT, GOOD + "x: a", always(" ", K), "b\n"),
    "a statement": Shape(CLAIM, _claim("statement") + "statement: ", always("she ", K), "\n"),
    "combining marks": Shape(AGENT, GOOD + "x: a", always("\u0301", K), "\n"),
    "zero width": Shape(AGENT, GOOD + "x: a", always("\u200b", K), "\n"),
    "newlines": Shape(AGENT, GOOD, always("\n", K)),
    "carriage returns": Shape(AGENT, GOOD, always("\r", K)),
    "windows newlines": Shape(AGENT, GOOD, always("\r\n", K)),
    # Structure
    "brackets": Shape(AGENT, "", always("[", K)),
    "braces": Shape(AGENT, "", always("{", K)),
    "brackets with keys": Shape(AGENT, "", always("[a: ", K)),
    "closing brackets": Shape(AGENT, "", always("]", K)),
    "dashes": Shape(AGENT, "", always("- ", K)),
    "indentation": Shape(AGENT, "", lambda number: f"{' ' * number}a:\n"),
    "indented dashes": Shape(AGENT, "", lambda number: f"{' ' * number}-\n"),
    "documents": Shape(AGENT, "", always("---\n", K)),
    "document ends": Shape(AGENT, "", always("...\n", K)),
    "directives": Shape(AGENT, "", always("%YAML 1.2\n", K)),
    "unknown directives": Shape(AGENT, "", numbered("%A{} b\n"), "---\na: b\n"),
    "tag directives": Shape(AGENT, "", numbered("%TAG !e{}! tag:a,b:\n"), "---\na: b\n"),
    "exclamation marks": Shape(AGENT, "a: ", always("!", K)),
    "one tag": Shape(AGENT, "a: !", always("x", K), " b\n"),
    "tagged": Shape(AGENT, GOOD + "x:\n", always("  - !a b\n", K)),
    "anchors of YAML": Shape(AGENT, GOOD + "x:\n", numbered("  - &a{} b\n")),
    "aliases of YAML": Shape(AGENT, "a: &a x\nb:\n", always("  - *a\n", K)),
    "one anchor": Shape(AGENT, "a: &", always("x", K), " b\n"),
    "big numbers": Shape(AGENT, GOOD + "x:\n", numbered("  - 99999999999999999999{}\n")),
    "one number": Shape(AGENT, GOOD + "x: ", always("9", K), "\n"),
    "nulls": Shape(AGENT, GOOD + "x:\n", always("  - ~\n", K)),
    "zero bytes": Shape(AGENT, "", always("\0", K)),
    "no UTF-8": Shape(AGENT, GOOD + "x: ", always("\u00ff", K), "\n"),
}


class Cost(NamedTuple):
    """What a process took."""

    status: int
    seconds: float
    megabytes: float
    said: str


def cost(folder: Path, file: str, content: bytes, arguments: Sequence[str]) -> Cost:
    """Return what a command takes for a folder in which a file has this content.

    What takes too long is tried again, twice at most, and the least counts: whoever shares the machine can make a run
    longer and never shorter.
    """
    runs: list[Cost] = []
    while len(runs) < 3 and not (runs and runs[-1].seconds <= SECONDS):
        (folder / file).write_bytes(content)
        runs.append(_run(folder, arguments))
    return min(runs, key=lambda run: run.seconds)


def _run(folder: Path, arguments: Sequence[str]) -> Cost:
    """Run Python with arguments in a folder, in a process of its own with limits."""
    output = folder / "output"
    child = os.fork()
    if not child:
        _become(folder, output, arguments)
    _, status, used = os.wait4(child, 0)
    said = output.read_text(encoding="utf-8", errors="replace")
    return Cost(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


def _become(folder: Path, output: Path, arguments: Sequence[str]) -> None:
    os.chdir(folder)
    stream = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(stream, 1)
    os.dup2(stream, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))
    os.execv(sys.executable, [sys.executable, *arguments])


def measured(shape: Shape) -> Iterator[tuple[str, Cost]]:
    """Yield what each command takes in each lane for a small data set with one file of that shape in it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(BASE, folder, dirs_exist_ok=True)
        for (lane, start), arguments in product(LANES.items(), COMMANDS):
            found = cost(Path(folder), shape.file, shape.text(), [*start, *arguments])
            yield f"{' '.join(arguments[:2])}, {lane}", found


def main(wanted: list[str]) -> int:
    """Measure the shapes of these names, all if there are none, and print a table."""
    tried = bad = 0
    for name in wanted or SHAPES:
        for command, found in measured(SHAPES[name]):
            tried += 1
            fine = found.status in (0, 1) and found.seconds <= SECONDS and found.megabytes <= MEGABYTES
            bad += not fine
            row = f"{name:26} {command:26} {found.status:3} {found.seconds:7.2f} s {found.megabytes:6.0f} MB"
            print(row, "" if fine else "  <--", flush=True)
            if found.status not in (0, 1):
                print("   ", found.said[-300:].replace("\n", "\n    "))
    print(f"shapes: {tried} tried, {bad} wrong")
    return bool(bad)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
