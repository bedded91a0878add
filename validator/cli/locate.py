"""`claimbook locate`."""

from pathlib import Path

import click

from validator import article as canon
from validator.cli._run import TextDir, tell
from validator.find import Misuse, content_named, place_of, shown


@click.command("locate")
@click.argument("article")
@click.argument("words")
@click.option("--text", type=TextDir, required=True, help="Folder with the texts, <article id>.txt.")
def command(article: str, words: str, text: Path) -> int:
    r"""Turn words of an article's text into an anchor, ready to paste.

    The words have to stand in the text exactly so, quotation marks included; only white space may differ.

    \b
    Example:
      claimbook locate --text ~/texts harbour-2024-05-01 "twelve thousand of us"
    """
    file = place_of(text / f"{article}.txt")
    if not file.exists():
        raise Misuse(f"found no text {shown(file)}")
    paragraphs = canon.canonical(content_named(file, canon.MAX_BYTES, "the text "))
    places = list(canon.occurrences(paragraphs, words))
    for place in places:
        click.echo(_anchor(place, paragraphs[place.paragraph - 1][place.start : place.end]))
    if not places:
        tell("found these words nowhere; copy them from the text, with its quotation marks and case")
    elif len(places) > 1:
        tell(f"found {len(places)} places; paste the one that you mean, or give more words")
    return 0 if places else 1


def _anchor(place: canon.Range, words: str) -> str:
    digest = canon.fingerprint(words).sha256
    return f"  - paragraph: {place.paragraph}\n    start: {place.start}\n    end: {place.end}\n    sha256: {digest}"
