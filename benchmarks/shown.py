"""What was measured, as a table with the aims and whether they are met, and as a chart."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from textwrap import wrap
from typing import Any, NamedTuple

from chart import chart
from peers import BUILD, CHECK, COMPILED, FAULTY, FLOOR, INDEXED, SLOW

from validator.problem import amount

BEGIN = "<!-- made by: python benchmarks/compare.py -->"
END = "<!-- end of what benchmarks/compare.py makes -->"
PER_FAULT = 0.010  # seconds that a faulty file may cost more

Results = dict[str, Any]


class Aim(NamedTuple):
    """What is aimed at, what was measured, and the most (or, with `least`, the least) that it may be."""

    says: str
    measured: float
    limit: float
    least: bool = False

    def row(self) -> str:
        """Return the aim as a row of a table."""
        met = self.measured >= self.limit if self.least else self.measured <= self.limit
        side = "at least" if self.least else "at most"
        return f"| {self.says} | {side} {self.limit:g} | {self.measured:.2f} | {'met' if met else 'not met'} |"


def publish(root: Path) -> None:
    """Write what is known into the README and the chart."""
    here = root / "benchmarks"
    results, large = (_read(here / f"{name}.json") for name in ("results", "large"))
    if results:
        readme = root / "README.md"
        readme.write_text(replaced(readme.read_text(encoding="utf-8"), everything(results, large)), encoding="utf-8")
        (root / "docs" / "speed.svg").write_text(chart(*_bars(results)), encoding="utf-8")


def _read(file: Path) -> Results | None:
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def replaced(text: str, lines: Iterator[str]) -> str:
    """Return a text with what stands between the marks replaced."""
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"README.md has no place for the table, between {BEGIN} and {END}")
    return "\n".join((f"{before}{BEGIN}\n", *lines, f"\n{END}{after}"))


def everything(results: Results, large: Results | None) -> Iterator[str]:
    """Yield the lines of what was compared and of the aims."""
    yield from wrap(_setting(results), 118)
    yield ""
    yield "| | what it does | wall, s | CPU, s | peak, MB | times `check` |"
    yield "|---|---|---:|---:|---:|---:|"
    for name, run in sorted(_everybody(results), key=lambda item: median(item[1]["wall"])):
        wall, cpu, peak = (median(run[key]) for key in ("wall", "cpu", "peak"))
        named = ", ".join(filter(None, (name, run["version"])))
        yield f"| {named} | {run['does']} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {ratio(results, name, CHECK):.2f} |"
    yield ""
    yield "| aim, as a ratio | | measured | |"
    yield "|---|---|---:|---|"
    yield from (aim.row() for aim in aims(results))
    yield from (
        growth(large) if large else ("| wall a claim at 1,000,000 to that at 10,000 | at most 1.3 | | not measured |",)
    )


def aims(results: Results) -> Iterator[Aim]:
    """Yield every aim for which all that it compares was measured."""
    if compiled := [name for name in COMPILED if name in results["runs"]]:
        fastest = min(compiled, key=lambda name: _middle(results, name, "wall"))
        says = f"`check`, wall, to the fastest that only knows a schema ({fastest})"
        yield Aim(says, ratio(results, CHECK, fastest), 1)
    yield Aim(f"{SLOW}, wall, to `check`", ratio(results, SLOW, CHECK), 30, least=True)
    yield Aim("`build`, which checks first, CPU, to the floor", ratio(results, BUILD, FLOOR, "cpu"), 2.5)
    says = "the same to the floor that also makes indexes and full-text search"
    yield Aim(says, ratio(results, BUILD, INDEXED, "cpu"), 2.5)
    says = f"`check` of one file among 200 claims, wall, to {SLOW} of that file"
    yield Aim(says, ratio(results, f"{CHECK}, one file", f"{SLOW}, one file"), 0.6)
    says = f"`check` with {results['faults']} faulty files, wall, to 1.5 times the clean run and 10 ms for each"
    yield Aim(says, ratio(results, FAULTY, CHECK, of=lambda clean: 1.5 * clean + PER_FAULT * results["faults"]), 1)


def ratio(
    results: Results, one: str, other: str, what: str = "wall", of: Callable[[float], float] = lambda value: value
) -> float:
    """Return the ratio of two, the median of what it is in each round in which both took their turns.

    Within a round the machine is as busy for one as for the other. `of` is applied to the other.
    """
    ones, others = (_by_round(results["runs"][name], what) for name in (one, other))
    return float(median(ones[number] / of(others[number]) for number in ones.keys() & others.keys()))


def _by_round(run: Results, what: str) -> dict[int, float]:
    numbers = set(run["round"])
    return {
        number: float(median(value for value, when in zip(run[what], run["round"], strict=True) if when == number))
        for number in numbers
    }


def growth(large: Results) -> Iterator[str]:
    """Yield the rows that tell how time and memory grow."""
    few, many = large["files"]["claim"], large["large"]
    for name in (CHECK, BUILD):
        run = large["large_runs"][name]
        ratio = run["wall"][0] / many / (_middle(large, name, "wall") / few)
        peak = f"{run['wall'][0]:,.0f} s, {run['peak'][0]:,.0f} MB; {_day(large)}"
        yield Aim(f"`{name}`, wall a claim at {many:,} ({peak}) to that at {few:,}", ratio, 1.3).row()


def _setting(results: Results) -> str:
    """Say when, where and on what it was measured."""
    machine, files = results["machine"], results["files"]
    versions = ", ".join(f"{name} {number}" for name, number in results["versions"].items())
    others = ", ".join(f"{files[kind]:,} {kind}s" for kind in ("source", "agent", "article"))
    size = results["bytes"]["claim"] / files["claim"] / 1000
    once = ", ".join(name for name, run in _everybody(results) if len(set(run["round"])) < results["rounds"])
    rounds = f"medians of {amount(results['rounds'], 'round')} in which all took turns"
    return (
        (
            f"{_day(results)}, {machine['cores']} cores of {machine['processor']}, {machine['system']}, {versions}. "
            f"{files['claim']:,} claims of {size:.1f} kB on average, with {others}; {rounds}"
        )
        + (f"; {once} ran once." if once else ".")
        + " Ratios are medians of those within each round."
    )


def _everybody(results: Results) -> list[tuple[str, Results]]:
    return [(name, run) for name, run in results["runs"].items() if run["does"]]


def _middle(results: Results, name: str, what: str) -> float:
    return float(median(results["runs"][name][what]))


def _day(results: Results) -> str:
    when = date.fromisoformat(results["date"])
    return f"{when.day} {when:%B %Y}"


def _bars(results: Results) -> tuple[str, list[tuple[str, float, str]]]:
    """Return the title of the chart, and its bars: name, seconds, and how many times `check`."""
    bars = [(name, median(run["wall"])) for name, run in _everybody(results)]
    claims = f"{results['files']['claim']:,} claims"
    title = f"{claims}: wall time of the whole process, and how many times that of claimbook check"
    return title, [
        (name, wall, f"{wall:.1f} s, {ratio(results, name, CHECK):.2f} times")
        for name, wall in sorted(bars, key=_second)
    ]


def _second(bar: tuple[str, float]) -> float:
    return bar[1]
