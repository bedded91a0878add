"""`claimbook site`."""

import sys
from datetime import datetime
from pathlib import Path

import click

from validator.cli._run import Named, Root, SiteUrl, Text, Today, built, described, tell
from validator.day import today as latest_day
from validator.find import place_of, shown
from validator.replace import scratch, sweep, writing

Folder = Named(file_okay=False)


@click.command("site")
@Root
@Text
@Today
@SiteUrl
@click.option("-o", "--output", type=Folder, required=True, help="The folder to make.")
def command(root: Path, text: Path | None, today: datetime | None, site_url: str | None, output: Path) -> int:
    r"""Check a data set, and write its whole site as files that any web host serves.

    All links between them are relative. Search, filters and tables need the server; the database is there as a file.
    A former copy in the folder is replaced once the new one is complete; a folder with anything else is left alone.

    \b
    Examples:
      claimbook site -o public
      claimbook site -o public --site-url https://facts.example
    """
    place = place_of(output)
    sweep(place.parent, former=place.name)
    with scratch() as folder:
        database = folder / "claims.db"
        status = built(root, text, today, database)
        if status == 0:
            day = today.date().isoformat() if today else latest_day()
            _publish(database, place, site_url, day)
    return status


def _publish(database: Path, output: Path, site_url: str | None, day: str) -> None:
    # Imported here, so that a fault in the data is told before a web server loads.
    from validator.publish import ORIGIN, publish

    told = described(database, site_url)
    # What else Datasette is told of plugins is for a server.
    metadata = {**told, "plugins": {"claimbook": told["plugins"]["claimbook"]}}
    with writing(output):
        publish(database, metadata, output, day, _track)
    tell(f"Wrote {shown(output)}.")
    if not metadata["plugins"]["claimbook"]["site_url"]:
        tell(f"Without --site-url there is no feed and no sitemap, and what cites a page names {ORIGIN}.")


def _track(count: int, known: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\rWriting {count:,} of {known:,} files", err=True, nl=count == known)
