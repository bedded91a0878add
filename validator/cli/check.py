"""`claimbook check`."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from validator import report, spread
from validator.check import Before
from validator.check.file import NOTHING, Content
from validator.check.outcome import Outcome
from validator.cli._run import Jobs, Named, Text, Today, checked, show, tell
from validator.find import Misuse, located, place_of, shown
from validator.problem import Severity
from validator.record.content import MAX_BYTES

File = Named(dir_okay=False)


@click.command("check", epilog="Exit status: 0 clean or only warnings, 1 errors found, 2 misuse, 3 a bug of claimbook.")
@click.argument("paths", nargs=-1, type=Named())
@Text
@Today
@click.option("--format", "form", type=click.Choice(report.formats()), default="full", show_default=True)
@click.option("--select", multiple=True, metavar="RULE", help="Report only this rule; may be given more than once.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not report this rule; may be given more than once.")
@click.option(
    "--changed-since", "since", metavar="REV", help="Report only files that differ from this revision of git."
)
@click.option("--stdin-filename", type=File, metavar="FILE", help="Check what comes on standard input as this file.")
@click.option("--baseline", "known", type=File, metavar="FILE", help="Leave out the findings that this file lists.")
@click.option("--write-baseline", "write", type=File, metavar="FILE", help="List what is found now in this file.")
@click.option("--fix", is_flag=True, help="First mend what needs no judgement, and lay out the files.")
@click.option("--base", metavar="REV", help="Hold reviews and ids to those of this revision of git as well.")
@Jobs
@click.option("--cluster", metavar="ADDRESS", help="Work on the Dask cluster with that scheduler (extra: cluster).")
@click.option("--statistics", is_flag=True, help="Tell how long each rule took, and how many problems it found.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
def command(
    paths: tuple[Path, ...],
    text: Path | None,
    today: datetime | None,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    since: str | None,
    stdin_filename: Path | None,
    known: Path | None,
    write: Path | None,
    fix: bool,
    base: str | None,
    jobs: int | None,
    cluster: str | None,
    statistics: bool,
    watch: bool,
) -> int:
    r"""Check claims, sources, agents and articles.

    PATHS are files or folders of one data set; all of `claims` if there are none. Records elsewhere in the data set
    are read too, so that links can be followed, but only problems in PATHS are reported.

    --fix lays the files out as `claimbook fmt` does. Besides, where that alone makes a value right: white space at the
    ends of a text goes, a digest or a word of a list gets its lower case, a whole number loses its quotes, a number
    where text belongs gets some, and an address the escapes that it needs. The report is of what is left.

    --base compares with a revision, as it was where the current branch left it: reviews are only ever added, a claim
    is withdrawn and not deleted, and its id stays with it.

    \b
    Examples:
      claimbook check
      claimbook check claims/sources
      claimbook check --text ~/texts --format concise
      claimbook check --fix claims/articles
      claimbook check --base origin/main --changed-since origin/main
      claimbook check --ignore single-origin --write-baseline baseline.json
      claimbook check --stdin-filename claims/agents/nato.yaml < draft.yaml
    """
    _known_rules([*select, *ignore])
    if fix and (watch or stdin_filename):
        raise Misuse("--fix changes files once; leave out --watch and --stdin-filename")
    unsaved = _standard_input(stdin_filename, paths, watch)
    chosen = list(unsaved) or paths or [Path("claims")]
    broken = False
    if fix:
        from validator.cli import _layout

        broken = _layout.fix(chosen)
    past = _past(base) if base is not None else None
    if watch:
        from validator.cli._watch import watched

        with contextlib.suppress(KeyboardInterrupt):
            for outcome in watched(chosen, text, today, past):
                show(form, _reported(outcome, select, ignore, known, since).findings)
        tell("Stopped watching.")
        return 0
    outcome = checked(chosen, text, today, spread.spread(jobs, cluster), unsaved, past)
    if statistics:
        for line in _statistics(outcome):
            tell(line)
    broken = broken or bool(outcome.failed)
    outcome = _reported(outcome, select, ignore, None if write else known, since)
    if write:
        _write_baseline(write, outcome)
        return 3 if broken else 0
    show(form, outcome.findings)
    return 3 if broken else 1 if outcome.count(Severity.ERROR) else 0


def _write_baseline(file: Path, outcome: Outcome) -> None:
    from validator import baseline
    from validator.replace import refuse_others, replace, sweep, writing

    refuse_others(file, baseline.is_baseline, "a baseline", root=outcome.root)
    with writing(file):
        sweep(place_of(file).parent)
        replace(file, baseline.dump(outcome.findings, outcome.root).encode())
    tell(f"Wrote {shown(place_of(file))}; from now on check with --baseline {file}.")


def _past(base: str) -> Before:
    # Imported where it is needed, as what is compared with is elsewhere in this module: most checks have no use for it.
    from validator import history

    return partial(history.past, base)


def _statistics(outcome: Outcome) -> Iterator[str]:
    """Yield a table of the rules, the slowest first; where processes work side by side, their seconds are added up."""
    rows = sorted(outcome.profile.items(), key=lambda row: row[1], reverse=True)
    yield f"{'seconds':>10} {'problems':>10}  rule"
    yield from (f"{seconds:10.3f} {found:10,}  {rule}" for rule, (seconds, found) in rows)


def _known_rules(wanted: Sequence[str]) -> None:
    from validator import laws

    for rule in wanted:
        try:
            laws.law(rule)
        except KeyError as error:
            raise Misuse(error.args[0]) from error


def _standard_input(file: Path | None, paths: Sequence[Path], watch: bool) -> Content:
    if file is None:
        return NOTHING
    if paths or watch:
        raise Misuse("--stdin-filename checks that one file; leave out paths and --watch")
    try:
        return {located(file): sys.stdin.buffer.read(MAX_BYTES + 1)}
    except OSError as error:
        raise Misuse(f"cannot read standard input ({error.strerror}); send the file to it") from error


def _reported(
    outcome: Outcome, select: Sequence[str], ignore: Sequence[str], known: Path | None, since: str | None
) -> Outcome:
    """Leave out what was not asked for, and what the baseline knows."""
    findings = [each for each in outcome.findings if (not select or each.rule in select) and each.rule not in ignore]
    if since is not None:
        from validator import history

        changed = {shown(file) for file in history.changed(since, outcome.root)}
        findings = [finding for finding in findings if finding.file in changed]
        tell(f"Reporting on {len(changed):,} files that differ from {since}.")
    if known:
        from validator import baseline

        before = len(findings)
        findings, gone = baseline.beyond(findings, baseline.load(known), outcome.root)
        more = f"; {gone} of it are found no more, so write it again" if gone else ""
        tell(f"Left out {before - len(findings)} findings of the baseline{more}.")
    return outcome._replace(findings=findings)
