"""`claimbook serve`."""

import errno
import json
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from validator.cli._run import Output, Root, SiteUrl, Text, Today, built, described, tell
from validator.find import Misuse, place_of, shown
from validator.replace import scratch

# How Datasette serves the public: no query but those of the pages, tables and named questions, each within limits.
PUBLIC: Mapping[str, str | int] = {
    "default_allow_sql": "off",
    "suggest_facets": "off",
    "max_returned_rows": 500,
    "sql_time_limit_ms": 500,
    "facet_time_limit_ms": 200,
    "default_cache_ttl": 300,  # seconds; a new build may be seen that much later
    "allow_csv_stream": "on",
    "max_csv_mb": 3,  # a stream that ends; whoever wants more takes the database itself
}


_PLACES = ("-", "agent", "article", "claim", "source", "tag")  # what has pages below it


@click.command("serve")
@Root
@Text
@Today
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.", metavar="ADDRESS")
@click.option("--public", is_flag=True, help="Serve strangers: no free SQL, limits, nothing for developers.")
@SiteUrl
@click.option("-o", "--output", type=Output, help="Keep the database here.")
def command(
    root: Path,
    text: Path | None,
    today: datetime | None,
    port: int,
    host: str,
    public: bool,
    site_url: str | None,
    output: Path | None,
) -> int:
    r"""Check a data set, build its database, and publish it on this machine.

    With --public the server is ready for strangers behind a proxy that speaks TLS and keeps answers for a while;
    docs/publishing.md has one. Without it everybody who reaches the server may run SQL.

    \b
    Examples:
      claimbook serve
      claimbook serve --port 8080 -o claims.db
      claimbook serve --public --site-url https://facts.example
    """
    port = _free(host, port)
    # Asked to end, unwind: the temporary folder is removed on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with scratch() as folder:
        database = output or folder / "claims.db"
        status = built(root, text, today, database)
        if status == 0:
            options = _options(database, folder / "served.json", public=public, site_url=site_url)
            tell(f"Serving {shown(place_of(root))} at http://{_bracketed(host)}:{port} (Ctrl-C ends it)")
            _publish([*options, "-h", host, "-p", str(port)])
    return status


def _free(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    unknown = Misuse(f"found no address {host!r} of this machine; name another with --host, such as 127.0.0.1")
    if not host:
        raise unknown  # to the system it would mean every address
    try:
        with socket.create_server((host, port), family=family) as server:
            return int(server.getsockname()[1])
    except (socket.gaierror, UnicodeError) as error:
        raise unknown from error
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise unknown from error
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise Misuse(f"port {port} cannot be used ({reason}); choose another with --port") from error


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _options(database: Path, metadata: Path, *, public: bool, site_url: str | None) -> list[str]:
    """Write what Datasette is told to the file `metadata`, and return the options that it is started with."""
    told = described(database, site_url)
    ours = told["plugins"]["claimbook"]
    settings: dict[str, str | int] = {}
    if public:
        site, base = parted(ours["site_url"] or "")
        _check_path(base, database.stem)
        ours |= {"public": True, "site_url": site}
        _close_indexes(database, told)
        settings = {**PUBLIC, "base_url": base}
    metadata.write_text(json.dumps(told), encoding="utf-8")
    chosen = [part for name, value in settings.items() for part in ("--setting", name, str(value))]
    return ["-i", str(database), "-m", str(metadata), *chosen]


def _close_indexes(database: Path, told: dict[str, Any]) -> None:
    """Deny everybody the tables that the full-text search is made of, so that no page lists what is not answered."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        listed = connection.execute("SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')").fetchall()
    told["databases"][database.stem]["tables"] |= {name: {"allow": False} for (name,) in listed}


def _check_path(base: str, database: str) -> None:
    """Make sure that no page has the path of the site in its own: a proxy takes it away, and then it would be twice."""
    begun = base.split("/")[1]
    said = f"the path of the site begins with /{begun}, as the addresses of"
    if begun == database:
        raise Misuse(f"{said} its tables do; give the database another name, as with -o data.db")
    if begun in _PLACES:
        raise Misuse(f"{said} pages do; choose another")


def parted(site_url: str) -> tuple[str, str]:
    """Part the address of a site into what names its host and the path that all its pages begin with.

    >>> parted("https://facts.example/claims"), parted("https://facts.example")
    (('https://facts.example', '/claims/'), ('https://facts.example', '/'))
    """
    path = urlsplit(site_url).path
    return site_url.removesuffix(path), f"/{path.strip('/')}/".replace("//", "/")


def _publish(options: list[str]) -> None:
    # Imported here, so that a fault in the data is told before a web server loads.
    from datasette.cli import cli as datasette

    datasette.main(["serve", *options], standalone_mode=False)
