"""`claimbook serve`."""

import os
import signal
import socket
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import click

from validator.cli._run import Output, Root, Text, Today, built, tell
from validator.find import Misuse, shown

HOST = "127.0.0.1"


@click.command("serve")
@Root
@Text
@Today
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one."
)
@click.option("-o", "--output", type=Output, help="Keep the database here.")
def command(root: Path, text: Path | None, today: datetime | None, port: int, output: Path | None) -> int:
    r"""Check a data set, build its database, and publish it on this machine.

    \b
    Examples:
      claimbook serve
      claimbook serve --port 8080 -o claims.db
    """
    port = _free(port)
    # Asked to end, leave through the door: the temporary folder is removed on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="claimbook-") as folder:
        database = output or Path(folder) / "claims.db"
        status = built(root, text, today, database)
        if status == 0:
            tell(f"Serving {shown(root.resolve())} at http://{HOST}:{port} (Ctrl-C ends it)")
            _publish(database, port)
    return status


def _free(port: int) -> int:
    try:
        with socket.create_server((HOST, port)) as server:
            return int(server.getsockname()[1])
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise Misuse(f"port {port} cannot be used ({reason}); choose another with --port") from error


def _publish(database: Path, port: int) -> None:
    # Imported here, so that a fault in the data is told before a web server loads.
    from datasette.cli import cli as datasette

    options = ["-i", str(database), "-m", str(database.parent / "metadata.json"), "-h", HOST, "-p", str(port)]
    datasette.main(["serve", *options], standalone_mode=False)
