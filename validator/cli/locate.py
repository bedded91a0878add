"""`claimbook locate`."""

from pathlib import Path

import click

from validator import article as canon
from validator.cli._run import TextDir, tell
from validator.find import Misuse, place_of, shown
from validator.scaffold.text import paragraphs_of, places, unseen


@click.command("locate")
@click.argument("article")
@click.argument("words")
@click.option("--text", type=TextDir, required=True, help="Folder with the texts, <article id>.txt.")
def command(article: str, words: str, text: Path) -> int:
    r"""Turn words of an article's text into an anchor, ready to paste.

    The words have to stand in the text exactly so, quotation marks included; only white space, and characters that
    nobody sees, may differ.

    \b
    Example:
      claimbook locate --text ~/texts harbour-2024-05-01 "twelve thousand of us"
    """
    file = place_of(text / f"{article}.txt")
    if not file.exists():
        raise Misuse(f"found no text {shown(file)}")
    paragraphs = paragraphs_of(file)
    found = places(paragraphs, words)
    for place in found:
        click.echo(_anchor(place, paragraphs[place.paragraph - 1][place.start : place.end]))
    for note in unseen(paragraphs, found):
        tell(note)
    if not found:
        tell("found these words nowhere; copy them from the text, with its quotation marks and case")
    elif len(found) > 1:
        tell(f"found {len(found)} places; paste the one that you mean, or give more words")
    return 0 if found else 1


def _anchor(place: canon.Range, words: str) -> str:
    digest = canon.fingerprint(words).sha256
    return f"  - paragraph: {place.paragraph}\n    start: {place.start}\n    end: {place.end}\n    sha256: {digest}"
