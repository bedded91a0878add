"""The fingerprint of an article is that of its text. Checked where the text is at hand.

All anchors rest on it. If the publisher changed the text, that is another version, and another article record. Two
copies that look alike may differ in characters that nobody sees, such as soft hyphens; the message names those of the
text.

Bad:
    sha256: the digest of the text before it was corrected

Good:
    sha256: the digest of the text that the claims are taken from
"""

from collections.abc import Iterator

from validator.article import fingerprint, whole
from validator.dataset.shelf import Shelf
from validator.invisible import bare, listed
from validator.problem import Problem
from validator.record import Record
from validator.words import exact

TEXT = True


def check(article: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare number, lengths and digests of the paragraphs, and if all agree the digest of the whole."""
    text, recorded = shelf.text or [], article.data["paragraphs"]
    if len(text) != len(recorded):
        message = f"found {len(recorded)} paragraphs, expected {len(text)} as in the text"
        yield Problem(article.at("paragraphs"), message)
        return
    differing = list(_differing(article, text))
    yield from differing
    if not differing and whole(text).sha256 != article.data["text"]["sha256"]:
        message = f"found the digest of another text, expected {whole(text).sha256}"
        yield Problem(article.at("text", "sha256"), message)


def _differing(article: Record, text: list[str]) -> Iterator[Problem]:
    for index, paragraph in enumerate(article.data["paragraphs"]):
        actual = fingerprint(text[index])
        if paragraph["characters"] != actual.characters:
            message = f"found {paragraph['characters']} characters, expected {actual.characters} as in the text"
            message += _unseen(text[index], paragraph["sha256"])
            yield Problem(article.at("paragraphs", index, "characters"), message)
        elif paragraph["sha256"] != actual.sha256:
            message = f"found the digest of another text, expected {actual.sha256}{_unseen(text[index], '')}"
            yield Problem(article.at("paragraphs", index, "sha256"), message)


def _unseen(paragraph: str, recorded: str) -> str:
    """Return what the text has that nobody sees, and whether the text would be the recorded one without it."""
    if not (characters := listed(paragraph)):
        return ""
    same = fingerprint(exact(bare(paragraph))).sha256 == recorded
    way_out = "without it the text is the same: delete it there" if same else "compare another copy of the text"
    return f", which has {characters}, where nobody sees it; {way_out}"
