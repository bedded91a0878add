"""Every system call by which a command writes fails in turn, or is its last one; the table tells what was lost.

    python tests/campaign_faults.py [--seconds N]

strace lets the calls fail (-e inject), so that nothing of the command, of Python or of SQLite is replaced, and a kill comes
between two calls as it would from outside. A fault is lost content if a file is neither old nor new, whole; if the command
ends with a traceback or says nothing; or if the next run does not end what this one began, and leave nothing else. With
--seconds a part of the faults is tried, drawn by lot with the same seed each time.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest
from faulty import Run
from test_faults import COMMANDS, SITE, TODAY, Place, prepare

MORE = {
    "check --fix": ["check", "--fix", *TODAY],
    "check --write-baseline": ["check", *TODAY, "--write-baseline", "baseline.json"],
    "new source": ["new", "source", "--title", "The log of the Mongolia", "--access", "unseen"],
    "new claim": ["new", "claim", "--text", "text", "gazette-1872-10-03", "by the 8.45 train"],
    "site": SITE,
}
CALLS = "openat write pwrite64 fsync fdatasync ftruncate rename renameat2 mkdir rmdir unlink unlinkat link chmod flock"
FAULTS = ("error=ENOSPC", "error=EACCES", "error=EIO", "signal=KILL")
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)")


class Fault(NamedTuple):
    command: str
    call: str
    number: int
    what: str


def traced(arguments: list[str], *options: str) -> Run:
    # Python writes no compiled modules, so that all it writes is ours.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = ["strace", "-f", "-qq", *options, sys.executable, "-m", "validator", *arguments]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=120)
    # A process that strace follows and that is killed takes strace along.
    status = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return Run(status, done.stderr.decode(errors="replace"))


def faults(name: str, place: Place) -> list[Fault]:
    """Each call that writes, by its number among those of its name, with each fault."""
    place.fresh()
    log = place.folder / "calls"
    traced(place.arguments, "-e", f"trace={CALLS.replace(' ', ',')}", "-o", str(log))
    seen: Counter[str] = Counter()
    found = []
    for call, given in _lines(log):
        seen[call] += 1
        # Datasette opens files in several threads, so that their numbers are others in the next run of `site`.
        if call != "openat" or (name != "site" and re.search("O_WRONLY|O_RDWR|O_CREAT", given)):
            found += [Fault(name, call, seen[call], what) for what in FAULTS]
    return found


def _lines(log: Path) -> list[tuple[str, str]]:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [match.groups() for line in lines if (match := _CALL.match(line))]  # type: ignore[misc]


def lost(fault: Fault, place: Place) -> tuple[int, str]:
    """Try a fault; return the status of the command and what was wrong then, or nothing."""
    place.fresh()
    inject = f"inject={fault.call}:{fault.what}:when={fault.number}"
    run = traced(place.arguments, "-e", f"trace={fault.call}", "-e", inject, "-o", os.devnull)
    try:
        place.hold(run, fault, heard="write" not in fault.call)
    except AssertionError as error:
        return run.status, str(error).splitlines()[0]
    return run.status, ""


def campaign(seconds: float | None) -> tuple[dict[str, Counter[str]], list[str]]:
    """Try the faults; return for each command how many there are and what came of them, and each loss in words."""
    end = time.monotonic() + seconds if seconds else float("inf")
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        start = prepare(_made(Path(folder, "start")))
        tempfile.tempdir = str(_made(Path(folder, "temporary")))
        patch.setenv("TMPDIR", tempfile.tempdir)
        places = {
            name: Place(start, _made(Path(folder, name)), patch, arguments)
            for name, arguments in (COMMANDS | MORE).items()
        }
        every = {name: faults(name, place) for name, place in places.items()}
        rows = {name: Counter({"faults": len(each)}) for name, each in every.items()}
        for fault in _in_turn(every):
            if time.monotonic() > end:
                break
            status, why = lost(fault, places[fault.command])
            rows[fault.command].update({"tried": 1, str(status): 1, "lost": bool(why)})
            wrong += [f"{fault}: {why}"] if why else []
        os.chdir("/")
    return rows, wrong


def _in_turn(every: dict[str, list[Fault]]) -> Iterator[Fault]:
    """Yield the faults of all commands, one of each after the other, in the order of the same lot each time."""
    for each in every.values():
        random.Random(1872).shuffle(each)
    for faults_of_all in zip_longest(*every.values()):
        yield from filter(None, faults_of_all)


def report(rows: dict[str, Counter[str]], wrong: list[str]) -> int:
    """Print the table, and what was lost; return the exit status."""
    print("| command | faults | tried | exit 0 | exit 2 | killed | lost |\n|---|---:|---:|---:|---:|---:|---:|")
    for name, row in rows.items():
        print(
            f"| {name} | " + " | ".join(f"{row[key]:,}" for key in ("faults", "tried", "0", "2", "137", "lost")) + " |"
        )
    print(*wrong, sep="\n", file=sys.stderr)
    faults_of_all, tried = (sum(row[key] for row in rows.values()) for key in ("faults", "tried"))
    print(f"faults: {tried:,} tried, {len(wrong):,} wrong; of {faults_of_all:,}")
    return 1 if wrong else 0


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, help="try as many faults as there is time for")
    chosen = parser.parse_args()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        found = campaign(chosen.seconds)
    sys.exit(report(*found))
