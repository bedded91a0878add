"""Public collections of odd YAML, JSON and text, put through `check`, `fmt` and `build`; none of them is copied in here.

    python tests/corpus.py --corpus DIR    # any mixture of them, at any depth below DIR

Known by their names: `in.yaml` of yaml-test-suite's branch `data` (with `in.json`, what it means, or `error`),
`[yni]_*.json` of JSONTestSuite (must be read, must not be, may be), and `blns.json`, the naughty strings. Of any other
file only this is asked: that it ends, and that both lanes say the same. What is expected of a document:

- it is refused with a finding, or both lanes read the same data as the collection says it means, with the values of the
  core schema of YAML 1.2, which JSON shares;
- what is not YAML is refused;
- `fmt` changes neither data nor comments, and its own layout no more.

Of a naughty string: as the name of an agent it is refused, or stands unchanged in the database, and the page of the
agent shows it as text.
"""

import argparse
import asyncio
import contextlib
import html
import io
import json
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from case import Case, lay_out
from datasette.app import Datasette

from validator import quick
from validator.cli import main
from validator.layout import laid_out
from validator.record import read

ROOT = Path("/nowhere/claims")
FILE = ROOT / "agents" / "reform-club.yaml"
UNSAFE = "<script>alert"

# Where ruamel.yaml reads otherwise than the standard, by the names of yaml-test-suite. The first group it is laxer on than
# the standard, with data that nobody would read in another way; of the second, no value that a schema lets pass is read
# otherwise: `[?x]` as a mapping, and spaces on a last line without a line end.
KNOWN = frozenset(("9C9N", "9JBA", "CVW2", "G5U8", "QB6E", "SU5Z", "YJV2", "652Z", "HM87/01", "JEF9/02", "L24T/01"))

Told = Iterator[tuple[str, str]]  # what was seen, and what is wrong with it, empty if nothing is


def documents(folder: Path) -> Told:
    """Yield what became of every document of YAML or JSON."""
    for file in sorted(folder.rglob("*")):
        if file.name == "in.yaml":
            yield _document(file, _meaning(file), refused=(file.parent / "error").exists())
        elif file.suffix == ".json" and file.name[:2] in ("y_", "n_", "i_"):
            yield _document(file, _parsed(file.read_bytes()) if file.name[0] == "y" else None, refused=False)
        elif file.is_file() and file.name not in ("blns.json", "in.json"):
            yield _document(file, None, refused=False)


def _meaning(file: Path) -> Any:
    told = file.with_name("in.json")
    return _parsed(told.read_bytes()) if told.exists() else None


def _parsed(content: bytes) -> Any:
    try:
        return [json.loads(content)]
    except ValueError:
        return None


def _document(file: Path, meaning: Any, *, refused: bool) -> tuple[str, str]:
    """Return what became of a document; `meaning` is a list with what it means, None if that is not said."""
    content = file.read_bytes()
    try:
        tree, problems = read(FILE, content)
        fast = quick.plain(content)
        layout = "" if tree is None else _layout(content)
    except Exception as error:  # noqa: BLE001 - what is looked for
        return "broken", f"{file}: {type(error).__name__}: {error}"
    if tree is None:
        return "refused", f"{file}: only the fast lane reads it" if fast is not None else ""
    if problems or layout:
        return "read", f"{file}: {layout or 'read in spite of problems'}"
    if fast is not None and _canonical(fast) != _canonical(tree.value):
        return "read", f"{file}: the lanes differ"
    if file.parent.as_posix().endswith(tuple(f"/{name}" for name in KNOWN)):
        return "read otherwise than the standard has it, as is known", ""
    if refused:
        return "read", f"{file}: it is not YAML"
    if meaning is not None and _canonical(tree.value) != _canonical(meaning[0]):
        return "read", f"{file}: means {_canonical(meaning[0])}, read as {_canonical(tree.value)}"
    return "read", ""


def _layout(content: bytes) -> str:
    once = laid_out(FILE, ROOT, content)
    again = laid_out(FILE, ROOT, once.after)
    if once.refused == "in another layout it would be read otherwise":
        return once.refused
    return "" if again.after == once.after else "its layout is not stable"


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def strings(folder: Path) -> Told:
    """Yield what became of every naughty string, each in a data set of its own."""
    for file in sorted(folder.rglob("blns.json")):
        for text in json.loads(file.read_text(encoding="utf-8")):
            yield _string(text)


def _string(text: str) -> tuple[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        lay_out(Case([], [], ""), place)
        agent = place / "claims" / "agents" / "phileas-fogg.yaml"
        lines = agent.read_text(encoding="utf-8").splitlines(keepends=True)
        lines[2] = f"name: {json.dumps(text)}\n"
        agent.write_text("".join(lines), encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
            built = main(["build", str(place / "claims"), "--today", "1873-01-01", "-o", str(place / "c.db")])
        if built not in (0, 1):
            return "broken", f"{text!r}: exit {built}: {err.getvalue()[-300:]}"
        if built == 1:
            return "refused", "" if "phileas-fogg.yaml:3:" in out.getvalue() else f"{text!r}: {out.getvalue()[:300]}"
        return "published", _shown(place, text)


def _shown(place: Path, text: str) -> str:
    with closing(sqlite3.connect(place / "c.db")) as database:
        (stored,) = database.execute("SELECT name FROM agents WHERE id = 'phileas-fogg'").fetchone()
    if stored != text:
        return f"{text!r}: stored as {stored!r}"
    told = json.loads((place / "metadata.json").read_text(encoding="utf-8"))
    site = Datasette([], immutables=[str(place / "c.db")], metadata=told)
    answer = asyncio.run(site.client.get("/agent/phileas-fogg"))
    if (
        answer.status_code != 200
        or str(html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")) not in answer.text
    ):
        return f"{text!r}: page {answer.status_code} does not show it"
    return f"{text!r}: live on its page" if UNSAFE in text and text in answer.text else ""


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    folder = parser.parse_args().corpus
    wrong = 0
    for name, told in (("documents", documents(folder)), ("strings", strings(folder))):
        seen: Counter[str] = Counter()
        faults = []
        for what, fault in told:
            seen[what] += 1
            faults += [fault] if fault else []
        print("".join(f"{fault}\n" for fault in faults), end="")
        note = ", ".join(f"{count:,} {what}" for what, count in seen.items())
        print(f"{name}: {seen.total():,} tried, {len(faults):,} wrong; {note or 'none found'}")
        wrong += len(faults)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(_main())
