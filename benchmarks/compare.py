"""How fast claimbook is, beside tools that do a part of its work, and beside the least that anybody has to do.

    python benchmarks/compare.py                   all of it, on 10,000 claims; some ten minutes
    python benchmarks/compare.py --large 1000000   how time and memory grow up to that many; hours, and 10 GB of disk

Everything runs as a whole process that starts cold, on files that the machine has read before, in turn: A B C A B C.
The numbers go to results.json and large.json beside this file, the table to the README, the chart to docs/speed.svg.
"""

import json
import os
import platform
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import shown
from peers import ANY_WORD, BUILD, CHECK, FAULTY, Contender, contenders, one_file, put_together, schemas, set_up

HERE = Path(__file__).parent
ROOT = HERE.parent
ONE_OF = 200  # claims of the repository in which one file is looked at
TRIAL = 400  # claims on which each shows beforehand that it knows good from bad
LONGEST = 4 * 3600  # seconds that one process may take

Runs = dict[str, dict[str, Any]]


@click.command(help=__doc__.replace("\n\n    ", "\n\n\b\n    ") if __doc__ else "")
@click.argument("claims", type=click.IntRange(1000), default=10_000)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
@click.option("--large", type=click.IntRange(1000), metavar="N", help="Compare CLAIMS with N instead.")
@click.option(
    "--peers", "cache", type=click.Path(path_type=Path), default=ROOT / ".peers_cache", help="Where they are."
)
@click.option("--scratch", type=click.Path(path_type=Path, exists=True), help="Where the data go.")
@click.option("--dry-run", is_flag=True, help="Write nothing into the repository.")
def main(claims: int, rounds: int, large: int | None, cache: Path, scratch: Path | None, dry_run: bool) -> None:
    """Measure, print the table, and write it down."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        work = Path(folder).resolve()
        measured = grown(claims, large, rounds, work) if large else compared(claims, rounds, cache.resolve(), work)
    print("\n".join(shown.growth(measured) if large else shown.everything(measured, None)))
    if not dry_run:
        file = HERE / ("large.json" if large else "results.json")
        file.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        shown.publish(ROOT)


def compared(claims: int, rounds: int, cache: Path, work: Path) -> dict[str, Any]:
    """Let all take turns on clean data; claimbook on faulty data too, and two of them on one file."""
    node = set_up(cache)
    schemas(work)
    everybody = list(contenders(cache, work, node=node))
    _trial(everybody, work)
    clean, small = _generated(claims, work / "clean"), _generated(ONE_OF, work / "small")
    faulty = _generated(claims, work / "faulty", "--faulty", "1")
    put_together(clean)
    alone = list(one_file(cache, work, _some_claim(small)))
    spoilt = [everybody[0]._replace(name=FAULTY, does="")]
    runs: Runs = {}
    for number in range(rounds):
        _take_turns(_turn(everybody, number), clean, work, runs, number)
        _take_turns(spoilt, faulty, work, runs, number, clean=False)
        _take_turns(alone * 2, small, work, runs, number)
    faults = len(json.loads((faulty / "faults.json").read_text(encoding="utf-8")))
    return {**_about(clean, rounds, node), "faults": faults, "runs": runs}


def grown(claims: int, large: int, rounds: int, work: Path) -> dict[str, Any]:
    """Check and build a small data set a few times, and a large one once, in between."""
    both = [each for each in contenders(work, work, node=False) if each.name in (CHECK, BUILD)]
    few, many = _generated(claims, work / "few"), _generated(large, work / "many")
    small: Runs = {}
    big: Runs = {}
    for number in range(rounds):
        _take_turns(both, few, work, small, number)
        if number == rounds // 2:
            _take_turns(both, many, work, big, number)
    return {**_about(few, rounds, node=False), "large": large, "runs": small, "large_runs": big}


def _trial(everybody: Iterable[Contender], work: Path) -> None:
    """End everything if somebody finds fault with clean data, or none in faulty ones, be it one word of a claim."""
    clean, faulty = _generated(TRIAL, work / "good"), _generated(TRIAL, work / "bad", "--faulty", "5")
    worded = _generated(TRIAL, work / "worded")
    claim = worded / _some_claim(worded)
    claim.write_text(re.sub("\nkind: .*", "\nkind: rumour", claim.read_text(encoding="utf-8")), encoding="utf-8")
    for data in (clean, faulty, worded):
        put_together(data)
    for contender in everybody:
        _take_turns([contender], clean, work, {}, 0)
        _take_turns([contender], faulty, work, {}, 0, clean=False)
        _take_turns([contender], worded, work, {}, 0, clean=contender.name in ANY_WORD)
    _as_expected(faulty)


def _as_expected(faulty: Path) -> None:
    """End everything if claimbook does not report each spoilt file once, and by the right rule."""
    command = [sys.executable, "-m", "validator", "check", "claims", "--format", "json"]
    found = json.loads(subprocess.run(command, cwd=faulty, capture_output=True, check=False).stdout)["findings"]
    expected = json.loads((faulty / "faults.json").read_text(encoding="utf-8"))
    reported = sorted((each["file"].removeprefix("claims/"), each["rule"]) for each in found)
    if reported != sorted(expected.items()):
        raise SystemExit(f"{len(reported)} errors were found, of another kind than the {len(expected)} that are there")


def _turn(everybody: list[Contender], number: int) -> Iterator[Contender]:
    """Yield whose turn it is in a round: in the first one also the slow ones, with claimbook between them again."""
    yield from (each for each in everybody if not each.once)
    for each in everybody:
        if each.once and number == 0:
            yield from (each, everybody[0])


def _take_turns(
    everybody: Iterable[Contender], data: Path, work: Path, runs: Runs, number: int, *, clean: bool = True
) -> None:
    """Let each work on the data, in turn, and add what it cost in the round of that number to the runs."""
    for each in everybody:
        for made in (*work.glob("made.db*"), *work.glob("metadata.json")):
            made.unlink()
        tell(f"{each.name} … ", nl=False)
        status, *cost = _measured(each.command(data), data, work / "output.txt")
        tell(f"{cost[0]:.2f} s")
        if (status == 0) != clean:
            output = (work / "output.txt").read_text(encoding="utf-8", errors="replace")
            raise SystemExit(f"{each.name} ended with {status} in {data.name}:\n{output[-2000:]}")
        run = runs.setdefault(each.name, {"version": each.version, "does": each.does})
        for key, value in zip(("round", "wall", "cpu", "peak"), (number, *cost), strict=True):
            run.setdefault(key, []).append(round(value, 4))


def _measured(command: list[str], folder: Path, output: Path) -> list[Any]:
    """Run a command through measure.py; return its exit status, wall and CPU seconds, and peak in MB."""
    whole = [sys.executable, "-S", "-E", str(HERE / "measure.py"), str(output), *command]
    with subprocess.Popen(whole, cwd=folder, stdout=subprocess.PIPE, start_new_session=True) as child:
        try:
            told, _ = child.communicate(timeout=LONGEST)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
    measured: list[Any] = json.loads(told)
    return measured


def _generated(claims: int, folder: Path, *options: str) -> Path:
    tell(f"{claims:,} claims {' '.join(options)} … ", nl=False)
    command = [sys.executable, str(HERE / "generate.py"), str(claims), str(folder), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    tell("made")
    return folder


def _some_claim(data: Path) -> str:
    files = sorted(data.glob("claims/articles/*/[0-9]*.yaml"))
    return files[len(files) // 2].relative_to(data).as_posix()


def _about(data: Path, rounds: int, node: bool) -> dict[str, Any]:
    """Return what was measured where, and with what."""
    sizes = {
        kind: [file.stat().st_size for file in _files(data, kind)] for kind in ("claim", "source", "agent", "article")
    }
    versions = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    if node:
        versions["Node.js"] = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True).stdout[
            1:-1
        ]
    return {
        "date": date.today().isoformat(),
        "machine": {"cores": os.cpu_count(), "processor": _processor(), "system": platform.system()},
        "versions": versions,
        "rounds": rounds,
        "files": {kind: len(each) for kind, each in sizes.items()},
        "bytes": {kind: sum(each) for kind, each in sizes.items()},
    }


def _files(data: Path, kind: str) -> Iterator[Path]:
    patterns = {"claim": "articles/*/[0-9]*.yaml", "article": "articles/*/article.yaml"}
    return (data / "claims").glob(patterns.get(kind, f"{kind}s/*.yaml"))


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def tell(message: str, *, nl: bool = True) -> None:
    """Say how far it is."""
    click.echo(message, err=True, nl=nl)


if __name__ == "__main__":
    main()
