"""`claimbook links`."""

import sys
from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import click

from validator.build.publication import publication
from validator.check import sound
from validator.cli._process import report_bug
from validator.cli._run import Output, Root, tell
from validator.dataset import Dataset
from validator.find import Misuse, located, place_of, root_of, shown
from validator.links.address import Link, addresses
from validator.links.answer import Result
from validator.links.journal import Journal, former, note, text
from validator.links.run import Failure, Settings, run
from validator.links.shown import summary, table
from validator.printable import printable
from validator.problem import did_you_mean
from validator.replace import writing

Seconds = click.FloatRange(min=0)

_PLAIN = ":/?&=#%~@+"  # what may stand in a header as it is in an address


@click.command(
    "links", epilog="Exit status: 0 nothing is dead, 1 something is, 2 misuse, 3 a bug of claimbook, 130 Ctrl-C."
)
@Root
@click.option("-o", "--output", type=Output, default="link-health.json", show_default=True, help="The report to write.")
@click.option("--resume", is_flag=True, help="Go on with a run that was ended, without asking again.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=20,
    show_default=True,
    help="Seconds that one request may take; all for one address together may take three times as many.",
)
@click.option(
    "--per-host-delay",
    "delay",
    type=Seconds,
    default=1,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=8, show_default=True, help="Requests at a time in all.")
@click.option("--only", multiple=True, metavar="SOURCE", help="Ask for this source or article; may be given again.")
@click.option("--allow-private", is_flag=True, help="Ask hosts of this machine and of private networks too.")
def command(
    root: Path,
    output: Path,
    resume: bool,
    timeout: float,
    delay: float,
    jobs: int,
    only: tuple[str, ...],
    allow_private: bool,
) -> int:
    """Ask the web whether the addresses of sources and articles still lead to something.

    \b
      ok       it answers, perhaps from another address for the time being; listed only where it is in doubt
      moved    it redirects for good; the report has the new address
      dead     404, 410, or no host of that name
      refused  401, 403, 429 and the like: whether it is there cannot be told
      timeout  no whole answer in time
      broken   breaks off, fails, redirects in a circle, or its certificate does not hold

    Each address is asked for once, with HEAD, and with GET for at most 256 kB where HEAD is not answered well or leads
    nowhere. An address that redirects to an error page, a login, the front page or a list is in doubt: nothing there
    is proposed as a new address. One request at a time goes to a host, and one that says when to come back
    (Retry-After) is asked once more then. robots.txt is for programs that follow links, and is not read. Proxies of
    the environment are not used.

    Results are kept as they come in <report>.journal, so that --resume goes on where Ctrl-C ended. With --only, what
    the report says of other addresses stays. No other command asks the web, and `check` never does.

    \b
    Examples:
      claimbook links
      claimbook links --resume
      claimbook links --only club-record --only evening-paper
    """  # noqa: D301 - a real \b, by which click keeps the lines of a paragraph apart
    root = root_of([located(root)])
    journal = Journal(output)
    journal.prepare(root)
    dataset = _read(root)
    links, named = addresses(dataset, _known(dataset, only)), addresses(dataset)
    results = _begun(journal, {link.url for link in named}, resume=resume)
    settings = Settings(timeout, delay, jobs, allow_private, _agent(root))
    try:
        with writing(output):
            kept = former(output) if only else {}
            failures = _ask(links, results, journal, settings)
            results |= {each.result.url: each.result for each in failures}
            journal.finish(text(named, kept | results))
    except KeyboardInterrupt:
        tell(f"Ended after {_done(links, results):,} of {len(links):,} addresses; --resume does the rest.")
        return 130
    status = _told(links, results, output)
    return _bug(failures) if failures else status


def _read(root: Path) -> Dataset:
    """Read a data set as far as its files satisfy their schemas: no rule has a say in whether a page is there."""
    dataset = sound(root)
    if dataset.broken:
        tell(f"Files left out for their errors: {len(dataset.broken):,}; claimbook check tells which.")
    return dataset


def _known(dataset: Dataset, only: Collection[str]) -> Collection[str] | None:
    known = [*dataset.sources, *dataset.articles]
    for wanted in only:
        if wanted not in known:
            raise Misuse(f'found no source or article "{wanted}"{did_you_mean(wanted, known)}')
    return only or None


def _begun(journal: Journal, named: Collection[str], *, resume: bool) -> dict[str, Result]:
    """Return the results that a run which was ended has left of the addresses that the data set names."""
    kept, file = journal.load(), printable(shown(place_of(journal.file)))
    if kept.results and not resume:
        held = f"{file} holds {len(kept.results):,} results of a run that was ended"
        raise Misuse(f"{held}; go on with --resume, or remove the file")
    if kept.unread:
        tell(f"Lines of {file} that are no results: {kept.unread:,}; what they stood for is asked for again.")
    here = {url: result for url, result in kept.results.items() if url in named}
    if others := len(kept.results) - len(here):
        tell(f"Results in {file} for addresses that no record names: {others:,}; they are left out.")
    return here


def _agent(root: Path) -> str:
    """Return the User-Agent: the tool, and where whoever keeps a server can find out who asks."""
    used = publication(root.parent / "claimbook.toml").used
    address = used.get("repository", used.get("site_url"))
    if not address:
        tell("The servers cannot see who asks: claimbook.toml names neither repository nor site_url.")
    return f"claimbook/{version('claimbook')} (link check{f'; +{quote(address, safe=_PLAIN)}' if address else ''})"


def _ask(links: list[Link], results: dict[str, Result], journal: Journal, settings: Settings) -> list[Failure]:
    """Ask for the addresses that have no result yet; `results` grows with the journal.

    A failure of ours is not in the journal, so that --resume asks again.
    """
    waiting, before = [link.url for link in links if link.url not in results], len(results)
    with journal.begun(results) as stream:

        def found(result: Result) -> None:
            note(stream, result)
            results[result.url] = result
            _progress(len(results) - before, len(waiting))

        return run(waiting, settings, found)


def _done(links: list[Link], results: dict[str, Result]) -> int:
    """Count the addresses that have a result; a journal may know others too."""
    return sum(link.url in results for link in links)


def _progress(count: int, known: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\rAsked for {count:,} of {_addresses(known)}", err=True, nl=count == known)


def _addresses(count: int) -> str:
    return f"{count:,} address{'' if count == 1 else 'es'}"


def _told(links: list[Link], results: dict[str, Result], output: Path) -> int:
    """Print what needs work, and return the exit status."""
    here = {link.url: results[link.url] for link in links}
    for line in table(links, here):
        click.echo(printable(line))
    written = printable(shown(place_of(output)))
    tell(f"Asked for {_addresses(len(here))}: {summary(here.values()) or 'none named'}. Wrote {written}.")
    dead = [link for link in links if here[link.url].outcome == "dead"]
    if any(link.suggested for link in dead):
        tell("Nobody has looked at the copies that may be archived: open each before it goes into a record.")
    if len(here) > 1 and all(_unanswered(result) for result in here.values()):
        tell("Not one server answered: this machine may have no way to the web.")
    return 1 if dead else 0


def _bug(failures: list[Failure]) -> int:
    """Tell of the failures of ours, report the first, and return the exit status."""
    first = failures[0]
    more = f" and {len(failures) - 1:,} more" if len(failures) > 1 else ""
    tell(f"Could not ask for {first.result.url}{more}; the report has the rest.")
    return report_bug(first.error)


def _unanswered(result: Result) -> bool:
    return result.outcome in ("dead", "broken") and result.status is None
