"""Every attack that is a command of its own, one after the other, and what came of it: docs/trust.md.

    python tests/trust.py --corpus DIR       # about half an hour, and docs/trust.md written anew
    python tests/trust.py --only tests/shapes.py   # that one, and its row written anew
    python tests/trust.py --bounded          # a part of each, about ten minutes, and nothing written

Each campaign is a command of its own too, which can go on for longer.

A campaign prints in its last line how many attacks it tried and how many of them succeeded. Exits with 1 if any did.
"""

import argparse
import datetime
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).parent
REPOSITORY = TESTS.parent
PAGE = REPOSITORY / "docs" / "trust.md"

_LAST = re.compile(
    r"^(?P<name>[a-z ]+): (?P<tried>[\d,]+) tried, (?P<wrong>[\d,]+) wrong(?:; (?P<note>.*))?$", re.MULTILINE
)


class Campaign(NamedTuple):
    """What is tried and what would be a success, with the command and what it is given beside when it is bounded or not."""

    what: str
    loss: str
    script: str
    whole: tuple[str, ...] = ()
    bounded: tuple[str, ...] = ()


class Result(NamedTuple):
    """How many attacks a campaign tried, how many succeeded, what else it says, and how many seconds it took."""

    tried: int
    wrong: int
    note: str
    seconds: float


CAMPAIGNS = [
    Campaign(
        "inputs of our own, each with its whole outcome, in both lanes",
        "another outcome than is written down",
        "tests/redteam.py",
    ),
    Campaign(
        "any bytes, any YAML, any values in a record (Hypothesis)",
        "an exception, a difference between the lanes, a layout that says something else",
        "tests/campaign.py",
        ("--minutes", "5"),
        ("--minutes", "1"),
    ),
    Campaign(
        "yaml-test-suite, JSONTestSuite and the naughty strings",
        "an exception, data read otherwise than they mean, a string that is live on its page",
        "tests/corpus.py",
    ),
    Campaign(
        "files of every shape up to one mebibyte, in check, fmt and --fix, in both lanes",
        "more than 2 s or 300 MB, or a traceback",
        "tests/shapes.py",
    ),
    Campaign(
        "every system call by which a command writes fails, or is its last one (strace)",
        "a file that is neither old nor new, a traceback, a stray file after the next run",
        "tests/campaign_faults.py",
        ("--seconds", "300"),
        ("--seconds", "90"),
    ),
    Campaign(
        "requests of every route and parameter to the public server, over the shipped claims",
        "a status from 500 on, a traceback, more than 1 s or 100 MB",
        "benchmarks/sweep.py",
        ("--seconds", "300"),
        ("--seconds", "60"),
    ),
]


def run(campaign: Campaign, options: tuple[str, ...]) -> Iterator[Result]:
    """Yield what each part of a campaign came to; raise RuntimeError if it broke off."""
    begin = time.monotonic()
    command = [sys.executable, str(REPOSITORY / campaign.script), *options]
    done = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    seconds = time.monotonic() - begin
    found = list(_LAST.finditer(done.stdout))
    if not found or done.returncode not in (0, 1):
        raise RuntimeError(f"{campaign.script} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    if done.returncode:
        print(done.stdout[-6000:])
    for each in found:
        tried, wrong = (int(each[part].replace(",", "")) for part in ("tried", "wrong"))
        yield Result(tried, wrong, each["note"] or "", seconds / len(found))


def _options(campaign: Campaign, given: argparse.Namespace, database: Path) -> tuple[str, ...] | None:
    """Return what a campaign is given beside; None where it has nothing to try here."""
    options = campaign.bounded if given.bounded else campaign.whole
    if campaign.script == "tests/corpus.py":
        return (*options, "--corpus", str(given.corpus)) if given.corpus else None
    if campaign.script == "tests/campaign_faults.py" and not _may_trace():
        return None
    return (*options, str(database)) if campaign.script == "benchmarks/sweep.py" else options


def _may_trace() -> bool:
    """Return whether strace is there and may follow a process."""
    strace = shutil.which("strace")
    return (
        bool(strace)
        and not subprocess.run([str(strace), "-qq", "-o", os.devnull, "true"], capture_output=True).returncode
    )


def _row(campaign: Campaign, result: Result) -> str:
    note = f" ({result.note})" if result.note else ""
    return f"| {campaign.what}{note} | {result.tried:,} | {campaign.loss} | {result.wrong:,} | {result.seconds:,.0f} |"


def _with_former(rows: list[str]) -> list[str]:
    """Return rows in the order of the campaigns, with those of the page for what was not tried now."""
    former = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    every = []
    for campaign in CAMPAIGNS:
        new, old = ([row for row in lines if row.startswith(f"| {campaign.what}")] for lines in (rows, former))
        every += new or old
    return every


def _page(rows: list[str]) -> str:
    day = datetime.datetime.now(tz=datetime.UTC).date()
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores"
    head = [
        "# What was tried",
        "",
        "Made by `python tests/trust.py --corpus DIR`. [SECURITY.md](../SECURITY.md) says what is promised, and which",
        "tests of the suite hold it; these attacks are commands of their own, since they take longer than a suite may.",
        "Continuous integration runs a part of each. Public collections are not copied in here: DIR is where they are.",
        "",
        f"Last on {day:%d %B %Y}, {machine}. The machine is shared; seconds are wall times.",
        "",
        "| tried | how often | what would be lost | lost | s |",
        "|---|---:|---|---:|---:|",
    ]
    return "\n".join([*head, *rows, ""]) + "\n"


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="where the public collections are")
    parser.add_argument("--only", metavar="SCRIPT", help="this campaign alone")
    parser.add_argument("--bounded", action="store_true", help="a part of each; writes nothing")
    given = parser.parse_args()
    rows, lost = [], 0
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "claims.db"
        build = [sys.executable, "-m", "validator", "build", "-o", str(database)]
        subprocess.run(build, cwd=REPOSITORY, check=True, stderr=subprocess.DEVNULL)
        for campaign in CAMPAIGNS:
            options = _options(campaign, given, database)
            if given.only not in (None, campaign.script):
                continue
            if options is None:
                print(f"not tried here: {campaign.what}", flush=True)
                continue
            for result in run(campaign, options):
                rows.append(_row(campaign, result))
                lost += result.wrong
                print(
                    f"{result.wrong:,} of {result.tried:,} lost in {result.seconds:,.0f} s: {campaign.what}", flush=True
                )
    if not given.bounded:
        PAGE.write_text(_page(_with_former(rows)), encoding="utf-8")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(_main())
