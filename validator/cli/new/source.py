"""`claimbook new source`."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from validator.cli.new._values import NoEdit, Root, completed, given, identified, interactive, options
from validator.cli.new._written import written
from validator.scaffold.entry import asking, entry, known

_ASKED = ("title", "type", "publisher", "published", "url", "language", "tier", "access")


@click.command("source")
@options("source", "title", "type", "publisher", "authors", "published", "url", "archive_url", "language", "tier")
@options("source", "access", "accessed", "derives_from", "note", "id")
@Root
@NoEdit
def command(root: Path, no_edit: bool, **values: Any) -> int:
    r"""Begin a source: a document that evidence comes from.

    The id is made of the title unless it is given. A source of the same page is refused, however its address is
    written.

    \b
    Example:
      claimbook new source --title "Passengers by line, April 2024" --type dataset --publisher "Northport Authority" \
        --url https://port.example/april --language en --tier primary --access full --accessed 2024-05-03
    """
    root, dataset = known(root, "source")
    data = completed("source", given(values), _ASKED, {})
    if data["access"] != "unseen":
        data = completed("source", data, ("accessed",), {"accessed": date.today().isoformat()} if interactive() else {})
        data.setdefault("accessed", asking("source", "accessed"))
    data = identified("source", data, data["title"])
    return written(entry(root, root / "sources" / f"{data['id']}.yaml", "source", data), dataset, edit=not no_edit)
