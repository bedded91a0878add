"""`claimbook new article`."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from validator import schema
from validator.cli._run import Named, tell
from validator.cli.new._values import NoEdit, Root, completed, given, identified, options
from validator.cli.new._written import written
from validator.find import Misuse, place_of, shown
from validator.scaffold.entry import entry, known
from validator.scaffold.roles import Guess, guess, of_role
from validator.scaffold.text import paragraphs_of, recorded

_ASKED = ("headline", "url", "publisher", "published", "language", "genre")
TextFile = Named(exists=True, dir_okay=False)
_SHOWN = 60  # characters of a paragraph in the table


@click.command("article")
@click.option("--text", type=TextFile, required=True, help="The file with the text.")
@options("article", "url", "id", "headline", "publisher", "authors", "published", "language", "genre")
@click.option("--role", multiple=True, metavar="N=ROLE", help="The role of paragraph N; may be given more than once.")
@Root
@NoEdit
def command(text: Path, role: tuple[str, ...], root: Path, no_edit: bool, **values: Any) -> int:
    r"""Begin an article: its fingerprint, and the role of each paragraph, guessed and shown for review.

    The text has a paragraph on each line, the headline first; empty lines make no difference. It stays where it is.
    The id is the name of the text file, or made of the headline, unless it is given. An article with the same text or
    address is refused.

    \b
    Examples:
      claimbook new article --text ~/texts/harbour-2024-05-01.txt --url https://harbour.example/ferries
      claimbook new article --text ferries.txt --id harbour-2024-05-01 --publisher harbour-news \
        --published 2024-05-01 --language en --genre news --url https://harbour.example/ferries --role 3=caption
    """
    root, dataset = known(root, "article", "agent")
    paragraphs = paragraphs_of(text)
    guesses = _corrected(guess(paragraphs, values["language"] or ""), paragraphs, role)
    for line in _table(paragraphs, guesses):
        tell(line)
    data = completed("article", given(values), _ASKED, {"headline": paragraphs[0]})
    data = identified("article", data, _name(text, data["headline"]))
    file = root / "articles" / data["id"] / "article.yaml"
    status = written(entry(root, file, "article", {**data, **recorded(paragraphs, guesses)}), dataset, edit=not no_edit)
    if text.name != f"{data['id']}.txt":
        tell(f"To compare with {shown(place_of(text))}, keep it in a folder of texts as {data['id']}.txt.")
    return status


def _name(text: Path, headline: str) -> str:
    return text.stem if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", text.stem) else headline


def _corrected(guesses: list[Guess], paragraphs: Sequence[str], roles: Sequence[str]) -> list[Guess]:
    """Put the roles that were given in place of those guessed; raise Misuse if there is no such paragraph or role."""
    known_roles = schema.at("article", ("paragraphs", 0, "role"))["enum"]
    for each in roles:
        number, _, role = each.partition("=")
        if not number.isdecimal() or not 1 <= int(number) <= len(guesses) or role not in known_roles:
            raise Misuse(f"--role {each}: expected 1 to {len(guesses)}, =, and one of {', '.join(known_roles)}")
        guesses[int(number) - 1] = of_role(role, paragraphs[int(number) - 1])
    return guesses


def _table(paragraphs: Sequence[str], guesses: Sequence[Guess]) -> Iterator[str]:
    yield "Guessed; look it over, and correct it with --role N=ROLE or in the file."
    for number, (paragraph, each) in enumerate(zip(paragraphs, guesses, strict=True), 1):
        start, end, reason = each.excluded or (0, 0, "")
        part = "" if end - start == len(paragraph) else f" from {start}"
        begin = paragraph if len(paragraph) <= _SHOWN else f"{paragraph[: _SHOWN - 1]}…"
        yield f"{number:>5}  {each.role:<9}  {begin}" + (f"  (no claim{part}: {reason})" if reason else "")
